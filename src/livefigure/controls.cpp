// See controls.hpp.
#include "livefigure/controls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <utility>

#include "text/number.hpp"

namespace livefigure {
namespace {

using experiment::Experiment;
using experiment::Json;
using experiment::ParameterError;
using experiment::ParameterInfo;
using Path = std::vector<std::string>;

constexpr double widest = 100;        // of a declared range, as a ratio, that a hand can set
constexpr double cut = 10;            // of a wider one: so many times the value, either way
constexpr double least_for_log = 20;  // the ratio from which on scales are logarithmic

constexpr int most_frames = 60;

const std::vector<std::string> keys{"from", "to", "scale", "element", "label", "frames"};
const std::vector<std::string> scales{"linear", "log"};

std::string shown(double value) { return text::plain(text::exact(value)); }

bool is_list(const ParameterInfo& info) { return info.type == &experiment::types::numbers; }

bool is_number(const ParameterInfo& info) {
  return info.type == &experiment::types::number || info.type == &experiment::types::integer || is_list(info);
}

/// The parameters of an experiment that a reader could move.
std::vector<std::string> numbers_of(const Experiment& e) {
  std::vector<std::string> names;
  for (const auto& info : e.parameters)
    if (is_number(info)) names.push_back(info.name);
  return names;
}

class Reader {
 public:
  Reader(const Experiment& e, const Json& effective) : experiment_(e), effective_(effective) {}

  Controls read(const Json& live) {
    if (live.is_array())
      for (std::size_t i = 0; i < live.size(); ++i) named(live[i], {"live", std::to_string(i)});
    else if (live.is_object())
      for (const auto& [name, range] : live.items()) parameter(name, range, {"live", name}, true);
    else
      fail({"live"}, "'live' must be a list of parameters, or a mapping of them with their ranges",
           "as in: live: [" + example() + "]");
    if (controls_.errors.empty() && controls_.list.empty())
      fail({"live"}, "'live' names no parameter", "as in: live: [" + example() + "]");
    if (controls_.list.size() > 1 && !runs_in_page(controls_.list))
      fail({"live"}, fmt::format("a figure with frames has one slider, and this one has {}", controls_.list.size()),
           "of a list, 'element' says which number moves");
    return std::move(controls_);
  }

 private:
  std::string example() const {
    const auto names = numbers_of(experiment_);
    return names.empty() ? "" : names.front();
  }

  void fail(Path path, std::string message, std::string hint = "", bool is_of_key = false) {
    controls_.errors.push_back(
        {.path = std::move(path), .message = std::move(message), .hint = std::move(hint), .is_of_key = is_of_key});
  }

  void named(const Json& name, const Path& path) {
    if (name.is_string()) return parameter(name.get<std::string>(), Json::object(), path, false);
    fail(path, "'live' lists the names of parameters");
  }

  void parameter(const std::string& name, const Json& range, const Path& path, bool is_key) {
    const ParameterInfo* info = experiment_.parameter(name);
    if (!info) {
      controls_.errors.push_back(
          {.path = path,
           .message =
               fmt::format("experiment '{}' has no parameter '{}' that a reader could move", experiment_.name, name),
           .given = name,
           .candidates = numbers_of(experiment_),
           .is_of_key = is_key});
      return;
    }
    if (!is_number(*info))
      return fail(
          path, fmt::format("'{}' is no number, and a reader can move numbers only", name),
          fmt::format("of '{}' these can be moved: {}", experiment_.name, fmt::join(numbers_of(experiment_), ", ")),
          is_key);
    if (!range.is_object() && !range.is_null())
      return fail(path, fmt::format("the range of '{}' must be a mapping", name), "as in: {from: 1, to: 10}");
    const Json written = range.is_object() ? range : Json::object();
    if (!has_known_keys(written, path)) return;
    for (const std::size_t element : elements(*info, written, path)) control(*info, element, written, path, is_key);
  }

  bool has_known_keys(const Json& range, const Path& path) {
    const std::size_t before = controls_.errors.size();
    for (const auto& [key, value] : range.items())
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        controls_.errors.push_back(
            {.path = below(path, key),
             .message = fmt::format("unknown key '{}'; known are {}", key, fmt::join(keys, ", ")),
             .given = key,
             .candidates = keys,
             .is_of_key = true});
    return controls_.errors.size() == before;
  }

  static Path below(Path path, const std::string& key) {
    path.push_back(key);
    return path;
  }

  /// Which of a list move; of a number, itself.
  std::vector<std::size_t> elements(const ParameterInfo& info, const Json& range, const Path& path) {
    if (!is_list(info)) {
      if (range.contains("element"))
        fail(below(path, "element"), fmt::format("'{}' is one number, and has no elements", info.name));
      return {0};
    }
    const std::size_t count = effective_.at(info.name).size();
    std::vector<std::size_t> all(count);
    for (std::size_t i = 0; i < count; ++i) all[i] = i;
    const auto element = range.find("element");
    if (element == range.end()) return all;
    if (element->is_number_integer() && *element >= 1 && *element <= count) return {element->get<std::size_t>() - 1};
    fail(below(path, "element"),
         fmt::format("'{}' has {} element{}, counted from 1", info.name, count, count == 1 ? "" : "s"));
    return {};
  }

  void control(const ParameterInfo& info, std::size_t element, const Json& range, const Path& path, bool is_key) {
    const Json& value = effective_.at(info.name);
    Control c;
    c.parameter = info.name;
    c.value = (is_list(info) ? value[element] : value).get<double>();
    c.label = info.name;
    std::replace(c.label.begin(), c.label.end(), '-', ' ');
    if (is_list(info)) {
      c.element = element;
      if (value.size() > 1) c.label += fmt::format(" {}", element + 1);
    }
    c.unit = info.unit;
    c.is_whole = info.type == &experiment::types::integer;
    if (!set_label(c, range, path)) return;
    const auto frames = range.find("frames");
    if (frames != range.end() && frames->is_array()) {
      if (!list_frames(c, info, range, path)) return;
    } else {
      if (!set_range(c, info, range, path, is_key) || !set_scale(c, range, path)) return;
      if (frames != range.end() && !spread_frames(c, *frames, path)) return;
    }
    controls_.list.push_back(std::move(c));
  }

  bool set_label(Control& c, const Json& range, const Path& path) {
    const auto label = range.find("label");
    if (label == range.end()) return true;
    if (!label->is_string() || label->get_ref<const std::string&>().empty())
      return fail(below(path, "label"), "a label must be text"), false;
    c.label = label->get<std::string>();
    return true;
  }

  /// A limit as it is written, or none.
  std::optional<double> limit(const ParameterInfo& info, const Json& range, const char* key, const Path& path) {
    const auto at = range.find(key);
    if (at == range.end()) return std::nullopt;
    ParameterInfo one = info;
    if (is_list(info)) one.type = &experiment::types::number;
    const experiment::Checked checked = experiment::check(one, *at);
    if (checked.errors.empty()) return checked.value.get<double>();
    for (ParameterError error : checked.errors) {
      error.path = below(path, key);
      controls_.errors.push_back(std::move(error));
    }
    return std::nullopt;
  }

  bool set_range(Control& c, const ParameterInfo& info, const Json& range, const Path& path, bool is_key) {
    const std::size_t before = controls_.errors.size();
    const auto from = limit(info, range, "from", path), to = limit(info, range, "to", path);
    if (controls_.errors.size() > before) return false;
    if (!(from && to) && !declared_range(c, info, path, is_key)) return false;
    if (from) c.from = *from;
    if (to) c.to = *to;
    if (!(c.from < c.to))
      return fail(path, fmt::format("the range of '{}' goes from {} to {}; it must go upwards", info.name,
                                    shown(c.from), shown(c.to))),
             false;
    if (c.value < c.from || c.value > c.to)
      return fail(path, fmt::format("the figure's own '{}', {}, lies outside of the range from {} to {}", info.name,
                                    shown(c.value), shown(c.from), shown(c.to))),
             false;
    return true;
  }

  /// The declared range, or of one that is too wide for a hand what lies around the value.
  bool declared_range(Control& c, const ParameterInfo& info, const Path& path, bool is_key) {
    if (!std::isfinite(info.minimum) || !std::isfinite(info.maximum))
      return fail(path, fmt::format("'{}' is not bounded: it may be {}", info.name, experiment::range_text(info)),
                  fmt::format("say from where to where a reader may move it, as in: {}: {{from: {}, to: {}}}",
                              info.name, example_limit(c.value, -1), example_limit(c.value, 1)),
                  is_key),
             false;
    const double size = std::abs(c.value);
    c.from = info.minimum;
    c.to = info.maximum;
    if (!info.minimum_is_open && std::max(std::abs(c.from), std::abs(c.to)) <= widest * size &&
        (c.from <= 0 || c.to <= widest * c.from))
      return true;
    if (!info.minimum_is_open && size == 0 && c.to - c.from <= widest) return true;
    if (size == 0)
      return fail(path,
                  fmt::format("the range of '{}', {}, is too wide to be set by hand", info.name,
                              experiment::range_text(info)),
                  fmt::format("say from where to where a reader may move it, as in: {}: {{from: {}, to: {}}}",
                              info.name, example_limit(c.value, -1), example_limit(c.value, 1)),
                  is_key),
             false;
    c.from = std::max(c.from, c.value > 0 ? c.value / cut : c.value * cut);
    c.to = std::min(c.to, c.value > 0 ? c.value * cut : c.value / cut);
    if (info.minimum_is_open && c.from <= info.minimum) c.from = std::lerp(info.minimum, c.value, 1 / cut);
    if (c.is_whole) {
      c.from = std::ceil(c.from);
      c.to = std::floor(c.to);
    }
    return true;
  }

  /// Frames that are listed, which say from where to where as well.
  bool list_frames(Control& c, const ParameterInfo& info, const Json& range, const Path& path) {
    for (const char* key : {"from", "to", "scale"})
      if (range.contains(key))
        return fail(below(path, key), fmt::format("'{}' says nothing where the frames are listed", key), "", true),
               false;
    const Json& listed = range["frames"];
    for (std::size_t i = 0; i < listed.size(); ++i) {
      const auto value = limit(info, Json{{"frames", listed[i]}}, "frames", path);
      if (!value) return false;
      c.frames.push_back(*value);
    }
    return set_frames(c, path);
  }

  /// So many, equally spaced on the slider.
  bool spread_frames(Control& c, const Json& count, const Path& path) {
    if (!count.is_number_integer() || count < 2 || count > most_frames)
      return fail(below(path, "frames"),
                  fmt::format("'frames' must be a list of values, or a whole number from 2 to {}", most_frames)),
             false;
    const int frames = count.get<int>();
    for (int i = 0; i < frames; ++i) c.frames.push_back(value_at(c, static_cast<double>(i) / (frames - 1)));
    return set_frames(c, path);
  }

  /// Puts them in order, once each, the report's own among them.
  bool set_frames(Control& c, const Path& path) {
    c.frames.push_back(c.value);
    std::sort(c.frames.begin(), c.frames.end());
    c.frames.erase(std::unique(c.frames.begin(), c.frames.end()), c.frames.end());
    if (c.frames.size() < 2)
      return fail(below(path, "frames"), "there is no frame beside the report's own, so that nothing moves"), false;
    if (c.frames.size() > most_frames + 1)
      return fail(below(path, "frames"), fmt::format("at most {} frames can be listed", most_frames)), false;
    c.from = c.frames.front();
    c.to = c.frames.back();
    return true;
  }

  static std::string example_limit(double value, int side) {
    if (value == 0) return side < 0 ? "-1" : "1";
    const double limit = (side > 0) == (value > 0) ? value * cut : value / cut;
    return fmt::format("{:.3g}", limit);
  }

  bool set_scale(Control& c, const Json& range, const Path& path) {
    const auto scale = range.find("scale");
    if (scale == range.end()) {
      c.is_log = c.from > 0 && c.to / c.from >= least_for_log;
      return true;
    }
    if (*scale != "log" && *scale != "linear") {
      const std::string given = scale->is_string() ? scale->get<std::string>() : scale->dump();
      controls_.errors.push_back({.path = below(path, "scale"),
                                  .message = fmt::format("unknown scale '{}'; known are linear, log", given),
                                  .given = given,
                                  .candidates = scales});
      return false;
    }
    c.is_log = *scale == "log";
    if (c.is_log && c.from <= 0)
      return fail(below(path, "scale"),
                  fmt::format("a logarithmic scale begins above 0, but this range begins at {}", shown(c.from))),
             false;
    return true;
  }

  const Experiment& experiment_;
  const Json& effective_;
  Controls controls_;
};

}  // namespace

Controls read_controls(const Experiment& experiment, const Json& effective, const Json& live) {
  return Reader(experiment, effective).read(live);
}

double value_at(const Control& c, double place) {
  if (place <= 0) return c.from;
  if (place >= 1) return c.to;
  const double value = c.is_log ? c.from * std::pow(c.to / c.from, place) : c.from + place * (c.to - c.from);
  if (c.is_whole) return std::round(value);
  return std::strtod(fmt::format("{:.2e}", value).c_str(), nullptr);
}

bool runs_in_page(const std::vector<Control>& controls) {
  return std::all_of(controls.begin(), controls.end(), [](const Control& c) { return c.frames.empty(); });
}

Json with_value(const Json& effective, const Control& control, double value) {
  Json changed = effective;
  Json& at = control.element ? changed[control.parameter][*control.element] : changed[control.parameter];
  if (control.is_whole)
    at = static_cast<int>(value);
  else
    at = value;
  return changed;
}

Json to_json(const std::vector<Control>& controls) {
  Json list = Json::array();
  for (const Control& c : controls) {
    Json json{{"parameter", c.parameter}, {"label", c.label}, {"unit", c.unit},  {"value", c.value},
              {"from", c.from},           {"to", c.to},       {"log", c.is_log}, {"whole", c.is_whole}};
    if (c.element) json["element"] = *c.element;
    if (!c.frames.empty()) json["frames"] = c.frames;
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace livefigure
