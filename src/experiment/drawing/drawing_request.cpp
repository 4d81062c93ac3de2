// See drawing_request.hpp.
#include "experiment/drawing/drawing_request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiment/enum_named.hpp"
#include "experiment/told_when_set.hpp"
#include "text/date.hpp"

namespace experiment {
namespace {

using Path = ParameterCheck::Path;

const std::vector<std::string> mark_names{"points", "line", "steps", "bars", "errorbars", "band", "histogram", "boxes"};
const std::vector<std::string> scales{"linear", "log", "date", "category"};

/// "points+line", or a list.
const ParameterType marks{"marks, joined by +", [](const Json& value, const Path& path, ParameterCheck& check) {
                            if (value.is_null()) return Json(Json::array());
                            if (!value.is_string()) return check.wrong_type(value, path, "the name of a mark");
                            Json list = Json::array();
                            std::string rest = value.get<std::string>();
                            while (true) {
                              const std::size_t plus = rest.find('+');
                              std::string name = rest.substr(0, plus);
                              name.erase(0, name.find_first_not_of(' '));
                              name.erase(name.find_last_not_of(' ') + 1);
                              list.push_back(check.choice(name, path, "mark"));
                              if (plus == std::string::npos) return list;
                              rest = rest.substr(plus + 1);
                            }
                          }};

/// A number of bins, or the edges of all.
const ParameterType bins{
    "number of bins, or list of edges", [](const Json& value, const Path& path, ParameterCheck& check) {
      if (value.is_null()) return Json(Json::array());
      if (value.is_number()) {
        const Json count = check.integer(value, path);
        return count.is_null() ? count : Json::array({count});
      }
      return check.list(value, path, [&](const Json& v, const Path& p) { return check.number(v, p); });
    }};

Json unknown_key(const std::string& key, const std::vector<std::string>& known, const Path& path,
                 ParameterCheck& check) {
  return check.fail({.path = ParameterCheck::below(path, key),
                     .message = fmt::format("unknown key '{}'; known are {}", key, fmt::join(known, ", ")),
                     .given = key,
                     .candidates = known,
                     .is_of_key = true});
}

/// A number, or a date as ISO 8601 writes it.
Json limit(const Json& value, const Path& path, ParameterCheck& check) {
  if (!value.is_string()) return check.number(value, path);
  const std::string& written = value.get_ref<const std::string&>();
  if (text::read_date(written)) return value;
  const std::string why = text::why_impossible(written);
  return check.fail(
      {.path = path,
       .message = fmt::format("a limit of an axis must be a number or a date, but this is {}", shown(value)),
       .hint = why.empty() ? "dates are written as in 2021-03-05" : why});
}

Json scale(const Json& value, const Path& path, ParameterCheck& check) {
  const auto is_it = [&](const std::string& name) { return value == name; };
  if (std::any_of(scales.begin(), scales.end(), is_it)) return value;
  return check.fail({.path = path,
                     .message = fmt::format("unknown scale {}; known are {}", shown(value), fmt::join(scales, ", ")),
                     .given = value.is_string() ? value.get<std::string>() : "",
                     .candidates = scales});
}

Json axis(const Json& value, const Path& path, ParameterCheck& check) {
  if (!value.is_object()) return check.wrong_type(value, path, "a mapping, as in {label: voles, scale: log}");
  Json normal = Json::object();
  for (const auto& [key, given] : value.items()) {
    const Path at = ParameterCheck::below(path, key);
    if (key == "label")
      normal[key] = check.text(given, at);
    else if (key == "minimum" || key == "maximum")
      normal[key] = limit(given, at, check);
    else if (key == "scale")
      normal[key] = scale(given, at, check);
    else
      unknown_key(key, {"label", "scale", "minimum", "maximum"}, path, check);
  }
  return normal;
}

const ParameterType axes{"axes", [](const Json& value, const Path& path, ParameterCheck& check) {
                           if (value.is_null()) return Json(Json::object());
                           if (!value.is_object())
                             return check.wrong_type(value, path,
                                                     "a mapping, as in {x: {label: year}, y: {scale: log}}");
                           Json normal = Json::object();
                           for (const auto& [key, given] : value.items()) {
                             if (key == "x" || key == "y")
                               normal[key] = axis(given, ParameterCheck::below(path, key), check);
                             else
                               unknown_key(key, {"x", "y"}, path, check);
                           }
                           return normal;
                         }};

AxisLimit limit_of(const Json& given) {
  if (given.is_string()) return {std::nullopt, text::read_date(given.get<std::string>())->begin};
  const double number = given.get<double>();
  if (number < 0 || number > 9999 || number != std::floor(number)) return {number, std::nullopt};
  return {number, text::read_date(fmt::format("{:04}", static_cast<int>(number)))->begin};
}

AxisRequest axis_of(const Json& both, const char* name) {
  AxisRequest request;
  const auto found = both.find(name);
  if (found == both.end()) return request;
  request.label = found->value("label", "");
  request.scale = found->value("scale", "");
  if (found->contains("minimum")) request.minimum = limit_of((*found)["minimum"]);
  if (found->contains("maximum")) request.maximum = limit_of((*found)["maximum"]);
  return request;
}

bool is_backwards(const AxisRequest& request) {
  if (!request.minimum || !request.maximum) return false;
  const AxisLimit &from = *request.minimum, &to = *request.maximum;
  if (from.number && to.number) return *from.number >= *to.number;
  return from.seconds && to.seconds && *from.seconds >= *to.seconds;
}

/// What the data are along an axis, in the plural.
std::string things(const std::string& named) {
  return named == "date" ? "dates" : named == "category" ? "categories" : "numbers";
}

bool has_place(const std::optional<AxisLimit>& limit, const std::string& named) {
  return !limit || place_of(limit, named);
}

/// What of the request is not for such an axis.
std::vector<ParameterError> against(const AxisRequest& request, const AxisInfo& info, const char* name) {
  std::vector<ParameterError> errors;
  const std::string are = things(info.scale);
  if (!request.scale.empty() && things(request.scale) != are)
    errors.push_back({.path = {"axes", name, "scale"},
                      .message = fmt::format("{} has {}, which have no scale '{}'", name, are, request.scale)});
  for (const auto& [key, limit] : {std::pair{"minimum", &request.minimum}, {"maximum", &request.maximum}}) {
    if (has_place(*limit, info.scale)) continue;
    errors.push_back({.path = {"axes", name, key},
                      .message = are == "categories"
                                     ? fmt::format("{} has categories, which have no {}", name, key)
                                     : fmt::format("the {} of {} must be one of its {}", key, name, are),
                      .hint = are == "dates" ? "as in 2021, 2021-03 or 2021-03-05" : ""});
  }
  return errors;
}

/// Of the first panel, where none of them goes with the request.
std::vector<ParameterError> against_all(const AxisRequest& request, const std::vector<PanelInfo>& panels,
                                        AxisInfo PanelInfo::*axis_of_panel, const char* name) {
  for (const PanelInfo& panel : panels)
    if (fits(request, panel.*axis_of_panel)) return {};
  return panels.empty() ? std::vector<ParameterError>{} : against(request, panels.front().*axis_of_panel, name);
}

}  // namespace

bool DrawingRequest::has(MarkKind mark) const { return std::find(marks.begin(), marks.end(), mark) != marks.end(); }

const std::vector<ParameterInfo>& drawing_parameters() {
  static const std::vector<ParameterInfo> all{
      told_when_set("mark", marks, nullptr,
                    "how it is drawn: " + fmt::format("{}", fmt::join(mark_names, ", ")) + "; several are joined by +",
                    mark_names),
      told_when_set("stacked", types::truth, false, "bars stand on one another"),
      told_when_set("bins", bins, nullptr, "of a histogram: how many, or their edges"),
      told_when_set("axes", axes, nullptr, "label, scale, minimum and maximum of x and y")};
  return all;
}

const ParameterInfo& drawing_parameter(const std::string& name) {
  const auto& all = drawing_parameters();
  return *std::find_if(all.begin(), all.end(), [&](const ParameterInfo& info) { return info.name == name; });
}

DrawingRequest read_drawing_request(const Json& effective) {
  DrawingRequest request;
  const auto given = [&](const char* name) {
    const auto found = effective.find(name);
    return found == effective.end() ? Json() : *found;
  };
  for (const Json& mark : given("mark")) request.marks.push_back(enum_named<MarkKind>(mark_names, mark));
  request.stacked = given("stacked") == true;
  if (const Json edges = given("bins"); edges.is_array()) request.bins = edges.get<std::vector<double>>();
  const Json both = given("axes");
  request.x = axis_of(both, "x");
  request.y = axis_of(both, "y");
  return request;
}

std::vector<ParameterError> contradictions(const DrawingRequest& r) {
  std::vector<ParameterError> errors;
  const auto fail = [&](std::vector<std::string> path, std::string message, std::string hint = "") {
    errors.push_back({.path = std::move(path), .message = std::move(message), .hint = std::move(hint)});
  };
  if (r.has(MarkKind::histogram) && r.marks.size() > 1) fail({"mark"}, "a histogram stands alone");
  if (r.has(MarkKind::boxes) && r.marks.size() > 1) fail({"mark"}, "boxes stand alone");
  if (r.bins.size() > 1 && !std::is_sorted(r.bins.begin(), r.bins.end(), std::less_equal<>()))
    fail({"bins"}, "edges of bins must ascend");
  if (!r.bins.empty() && !r.has(MarkKind::histogram))
    fail({"bins"}, "'bins' are of a histogram", "as in: mark: histogram");
  if (things(r.y.scale) != "numbers") fail({"axes", "y", "scale"}, "only x can be dates or categories");
  if (r.stacked && !r.has(MarkKind::bars)) fail({"stacked"}, "only bars can be stacked", "as in: mark: bars");
  for (const auto& [asked, name] : {std::pair{&r.x, "x"}, {&r.y, "y"}})
    if (is_backwards(*asked)) fail({"axes", name, "minimum"}, fmt::format("{} must begin before it ends", name));
  return errors;
}

std::vector<ParameterError> contradictions(const DrawingRequest& request, const std::vector<PanelInfo>& panels) {
  auto errors = against_all(request.x, panels, &PanelInfo::x, "x");
  for (auto& error : against_all(request.y, panels, &PanelInfo::y, "y")) errors.push_back(std::move(error));
  return errors;
}

bool fits(const AxisRequest& request, const AxisInfo& info) { return against(request, info, "").empty(); }

std::optional<double> place_of(const std::optional<AxisLimit>& limit, const std::string& named) {
  const std::string are = things(named);
  if (!limit || are == "categories") return std::nullopt;
  return are == "dates" ? limit->seconds : limit->number;
}

}  // namespace experiment
