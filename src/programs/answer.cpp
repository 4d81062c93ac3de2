// See answer.hpp.
#include "programs/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>

#include "experiment/result_json.hpp"
#include "text/date.hpp"

namespace programs {
namespace {

using experiment::Json;
using experiment::Series;
using experiment::SeriesKind;

template <class... Parts>
[[noreturn]] void refuse(fmt::format_string<Parts...> format, Parts&&... parts) {
  throw AnswerError(fmt::format(format, std::forward<Parts>(parts)...));
}

std::string shown(const Json& json) {
  constexpr std::size_t most = 60;
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= most ? text : text.substr(0, most) + " ...";
}

/// A number, or one of the words for those that JSON does not have.
double number(const Json& json, const std::string& where) {
  if (json.is_number()) return json.get<double>();
  if (json == "Infinity") return std::numeric_limits<double>::infinity();
  if (json == "-Infinity") return -std::numeric_limits<double>::infinity();
  if (json == "NaN") return std::numeric_limits<double>::quiet_NaN();
  refuse("{} must be a number, \"Infinity\", \"-Infinity\" or \"NaN\", but this is {}", where, shown(json));
}

const Json& member(const Json& object, const char* name, const std::string& where) {
  const auto at = object.find(name);
  if (at == object.end()) refuse("{} has no \"{}\"", where, name);
  return *at;
}

void require_object(const Json& json, const std::string& where) {
  if (!json.is_object()) refuse("{} must be an object, but this is {}", where, shown(json));
}

void require_known(const Json& object, const std::vector<std::string>& known, const std::string& where) {
  for (const auto& [name, value] : object.items())
    if (std::find(known.begin(), known.end(), name) == known.end())
      refuse("{} has a \"{}\", which nobody reads; known are {}", where, name, fmt::join(known, ", "));
}

std::vector<double> column(const Json& series, const char* name, bool is_needed, const std::string& where) {
  if (!is_needed && !series.contains(name)) return {};
  const Json& list = member(series, name, where);
  if (!list.is_array()) refuse("\"{}\" of {} must be a list of numbers, but this is {}", name, where, shown(list));
  std::vector<double> numbers;
  numbers.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i)
    numbers.push_back(number(list[i], fmt::format("{}[{}] of {}", name, i, where)));
  return numbers;
}

SeriesKind kind_named(const Json& json, const std::string& where) {
  for (const SeriesKind kind : {SeriesKind::measured, SeriesKind::theory, SeriesKind::reference})
    if (json == experiment::name_of(kind)) return kind;
  refuse("\"kind\" of {} must be \"measured\", \"theory\" or \"reference\", but this is {}", where, shown(json));
}

/// Where along x the points lie: numbers, dates in seconds since 1970, or places in a list of categories.
class Places {
 public:
  explicit Places(experiment::AxisInfo& axis) : axis_(axis) {}

  /// A category that is new goes to the end of the axis' list.
  std::vector<double> of(const Json& series, const std::string& where) {
    if (axis_.scale != "date" && axis_.scale != "category") return column(series, "x", true, where);
    const Json& list = member(series, "x", where);
    if (!list.is_array()) refuse("\"x\" of {} must be a list, but this is {}", where, shown(list));
    std::vector<double> places;
    for (std::size_t i = 0; i < list.size(); ++i) {
      const std::string at = fmt::format("x[{}] of {}", i, where);
      places.push_back(axis_.scale == "date" ? date(list[i], at) : category(list[i], at));
    }
    return places;
  }

 private:
  static double date(const Json& json, const std::string& where) {
    const std::string written = json.is_string() ? json.get<std::string>() : "";
    const auto date = text::read_date(written);
    if (!date) {
      const std::string why = text::why_impossible(written);
      refuse("{} must be a date in quotes, as in \"2021-03-05\", but this is {}{}{}", where, shown(json),
             why.empty() ? "" : "; ", why);
    }
    return text::read_date(text::date_text(date->begin))->begin;  // as it is stored
  }

  double category(const Json& json, const std::string& where) {
    if (!json.is_string()) refuse("{} must be a category, in quotes, but this is {}", where, shown(json));
    auto& names = axis_.categories;
    const auto at = std::find(names.begin(), names.end(), json.get<std::string>());
    if (at != names.end()) return static_cast<double>(at - names.begin());
    names.push_back(json.get<std::string>());
    return static_cast<double>(names.size() - 1);
  }

  experiment::AxisInfo& axis_;
};

/// Points lie somewhere along x; a y that is missing is a gap.
void check_columns(const Series& s, const std::string& where) {
  const std::size_t n = s.x.size();
  for (const auto& [name, list] : {std::pair{"y", &s.y}, {"lower", &s.lower}, {"upper", &s.upper}})
    if (list->size() != n && !(list->empty() && list != &s.y))
      refuse("{} has {} x and {} {}", where, n, list->size(), name);
  if (s.lower.empty() != s.upper.empty()) refuse("{} has \"lower\" or \"upper\" without the other", where);
  for (std::size_t i = 0; i < n; ++i)
    if (!std::isfinite(s.x[i])) refuse("x[{}] of {} is not finite, where a point must lie somewhere", i, where);
}

Series series_of(const Json& json, const std::string& panel, Places& places) {
  const std::string nameless = fmt::format("a series of panel '{}'", panel);
  require_object(json, nameless);
  const Json& name = member(json, "name", nameless);
  if (!name.is_string()) refuse("\"name\" of {} must be text, but this is {}", nameless, shown(name));
  Series s;
  s.name = name.get<std::string>();
  const std::string where = fmt::format("series '{}' of panel '{}'", s.name, panel);
  require_known(json, {"name", "kind", "x", "y", "lower", "upper"}, where);
  if (json.contains("kind")) s.kind = kind_named(json["kind"], where);
  s.x = places.of(json, where);
  s.y = column(json, "y", true, where);
  s.lower = column(json, "lower", false, where);
  s.upper = column(json, "upper", false, where);
  check_columns(s, where);
  return s;
}

/// An axis that the answer describes must be the declared one.
void check_axis(const Json& panel, const char* name, const experiment::AxisInfo& declared, const std::string& where) {
  if (!panel.contains(name)) return;
  const Json& axis = panel[name];
  require_object(axis, fmt::format("\"{}\" of {}", name, where));
  if (axis.value("label", Json(declared.label)) != declared.label ||
      axis.value("scale", Json(declared.scale)) != declared.scale)
    refuse("\"{}\" of {} is {}, but the declaration says label '{}', scale {}", name, where, shown(axis),
           declared.label, declared.scale);
}

experiment::PanelData panel_of(const Json& json, const Declaration& declaration) {
  require_object(json, "a panel");
  const Json title = json.value("title", Json(""));
  const auto declared = std::find_if(declaration.panels.begin(), declaration.panels.end(),
                                     [&](const auto& p) { return title == p.info.title; });
  if (declared == declaration.panels.end()) refuse("the panel {} is not declared", shown(title));
  const std::string& name = declared->info.title;
  const std::string where = fmt::format("panel '{}'", name);
  require_known(json, {"title", "x", "y", "series"}, where);
  experiment::PanelData panel;
  static_cast<experiment::PanelInfo&>(panel) = declared->info;
  check_axis(json, "x", panel.x, where);
  check_axis(json, "y", panel.y, where);
  const Json& list = member(json, "series", where);
  if (!list.is_array()) refuse("\"series\" of {} must be a list, but this is {}", where, shown(list));
  Places places(panel.x);
  std::set<std::pair<std::string, SeriesKind>> seen;
  for (const Json& one : list) {
    panel.series.push_back(series_of(one, name, places));
    const Series& s = panel.series.back();
    if (!seen.insert({s.name, s.kind}).second) refuse("{} has two {} series '{}'", where, name_of(s.kind), s.name);
    if (!declared->series.empty() &&
        std::find(declared->series.begin(), declared->series.end(), s.name) == declared->series.end())
      refuse("{} has a series '{}', which is not declared; declared are {}", where, s.name,
             fmt::join(declared->series, ", "));
  }
  for (const std::string& wanted : declared->series)
    if (!panel.find(wanted) && !panel.find(wanted, SeriesKind::theory) && !panel.find(wanted, SeriesKind::reference))
      refuse("{} has no series '{}', which is declared", where, wanted);
  return panel;
}

void read_panels(const Json& answer, const Declaration& declaration, experiment::Result& result) {
  const Json list = answer.value("panels", Json::array());
  if (!list.is_array()) refuse("\"panels\" must be a list, but this is {}", shown(list));
  for (const auto& declared : declaration.panels) {
    std::size_t count = 0;
    for (const Json& one : list) count += one.is_object() && one.value("title", Json("")) == declared.info.title;
    if (count == 0) refuse("the panel '{}' is declared, but not given", declared.info.title);
    if (count > 1) refuse("the panel '{}' is given twice", declared.info.title);
  }
  for (const Json& one : list) result.panels.push_back(panel_of(one, declaration));
}

/// What is declared of a kind and what is given must be the same names.
void check_names(const Json& given, const Declaration& declaration, experiment::OutputKind kind, const char* what) {
  require_object(given, fmt::format("\"{}\"", what));
  std::vector<std::string> declared;
  for (const auto& output : declaration.outputs)
    if (output.kind == kind) declared.push_back(output.name);
  for (const std::string& name : declared)
    if (!given.contains(name)) refuse("\"{}\" lacks '{}', which is declared", what, name);
  for (const auto& [name, value] : given.items())
    if (std::find(declared.begin(), declared.end(), name) == declared.end())
      refuse("\"{}\" has '{}', which is not declared", what, name);
}

void read_numbers(const Json& answer, const Declaration& declaration, experiment::Result& result) {
  const Json values = answer.value("values", Json::object());
  check_names(values, declaration, experiment::OutputKind::number, "values");
  for (const auto& [name, value] : values.items()) {
    const double x = number(value, fmt::format("the value '{}'", name));
    if (std::isnan(x)) refuse("the value '{}' is not a number (NaN)", name);
    result.values[name] = x;
  }
  const Json functions = answer.value("functions", Json::object());
  check_names(functions, declaration, experiment::OutputKind::sequence, "functions");
  for (const auto& [name, value] : functions.items()) {
    const std::string where = fmt::format("the function '{}'", name);
    require_object(value, where);
    require_known(value, {"first", "values"}, where);
    const Json& first = member(value, "first", where);
    if (!first.is_number_integer())
      refuse("\"first\" of {} must be a whole number, but this is {}", where, shown(first));
    result.functions[name] = {first.get<int>(), column(value, "values", true, where)};
  }
}

/// What JSON's parser says, with the beginning of what was there instead.
[[noreturn]] void refuse_text(const std::string& text, const Json::parse_error& error) {
  if (text.find_first_not_of(" \t\r\n") == std::string::npos) refuse("nothing was printed on standard output");
  const std::size_t at = std::min(error.byte > 0 ? error.byte - 1 : 0, text.size());
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  std::string said = text.substr(begin, std::min(text.find('\n', at), begin + 80) - begin);
  const char* hint = "";
  if (text.compare(at, 3, "NaN") == 0 || text.compare(at, 3, "Inf") == 0 ||
      (at > 0 && text.compare(at - 1, 3, "-In") == 0))
    hint = "; JSON has no NaN and no infinity, write \"NaN\", \"Infinity\" or \"-Infinity\" in quotes";
  refuse("what was printed is not JSON, in line {}: {}{}", line, said, hint);
}

}  // namespace

experiment::Result read_answer(const std::string& text, const Declaration& declaration) {
  Json answer;
  try {
    answer = Json::parse(text);
  } catch (const Json::parse_error& error) {
    refuse_text(text, error);
  }
  if (!answer.is_object()) refuse("the answer must be an object, but this is {}", shown(answer));
  require_known(answer, {"panels", "values", "functions", "figure", "experiment", "parameters", "dataset", "seed"},
                "the answer");
  experiment::Result result;
  result.nan_is_missing = true;
  read_panels(answer, declaration, result);
  read_numbers(answer, declaration, result);
  result.stored = experiment::to_json(result);
  return result;
}

}  // namespace programs
