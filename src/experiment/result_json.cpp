// Results to JSON and CSV and back.
#include "experiment/result_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <utility>

namespace experiment {
namespace {

Json numbers(const std::vector<double>& xs) {
  Json array = Json::array();
  for (double x : xs) array.push_back(stored_number(x));
  return array;
}

std::vector<double> numbers_from(const Json& json) {
  std::vector<double> xs;
  xs.reserve(json.size());
  for (const auto& x : json) xs.push_back(number_from(x));
  return xs;
}

const char* kind_name(SeriesKind kind) {
  switch (kind) {
    case SeriesKind::measured:
      return "measured";
    case SeriesKind::theory:
      return "theory";
    case SeriesKind::reference:
      return "reference";
  }
  return "";
}

SeriesKind kind_from(const std::string& name) {
  for (const auto kind : {SeriesKind::measured, SeriesKind::theory, SeriesKind::reference})
    if (name == kind_name(kind)) return kind;
  throw std::invalid_argument("not a kind of series: '" + name + "'");
}

Json axis(const AxisInfo& info) { return {{"label", info.label}, {"scale", info.scale}}; }

AxisInfo axis_from(const Json& json) {
  return {json.at("label").get<std::string>(), json.at("scale").get<std::string>()};
}

Json series_json(const Series& s) {
  return {{"name", s.name},    {"kind", kind_name(s.kind)}, {"x", numbers(s.x)},
          {"y", numbers(s.y)}, {"lower", numbers(s.lower)}, {"upper", numbers(s.upper)}};
}

Series series_from(const Json& json) {
  Series s{json.at("name").get<std::string>(), kind_from(json.at("kind").get<std::string>()),
           numbers_from(json.at("x")),         numbers_from(json.at("y")),
           numbers_from(json.at("lower")),     numbers_from(json.at("upper"))};
  const auto fits = [&](const std::vector<double>& bound) { return bound.empty() || bound.size() == s.x.size(); };
  if (s.y.size() != s.x.size() || !fits(s.lower) || !fits(s.upper))
    throw std::invalid_argument("a series has columns of different lengths");
  return s;
}

/// Indices are ints from the first to the last, which a damaged entry need not respect.
IndexedValues function_from(const Json& json) {
  const Json& first = json.at("first");
  auto values = numbers_from(json.at("values"));
  constexpr std::int64_t most = std::numeric_limits<int>::max();
  const auto from = first.is_number_integer() ? first.get<std::int64_t>() : most;
  if (from < -most || from > most - static_cast<std::int64_t>(values.size()))
    throw std::invalid_argument("a function's first index is no index");
  return {static_cast<int>(from), std::move(values)};
}

/// A CSV field, quoted where RFC 4180 asks for it.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

std::string number_text(double x) {
  if (std::isnan(x)) return "NaN";
  if (std::isinf(x)) return x > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{}", x);
}

Json to_json(const Result& result) {
  Json json{{"panels", Json::array()}, {"values", Json::object()}, {"functions", Json::object()}};
  for (const auto& panel : result.panels) {
    Json series = Json::array();
    for (const auto& s : panel.series) series.push_back(series_json(s));
    json["panels"].push_back(
        {{"title", panel.title}, {"x", axis(panel.x)}, {"y", axis(panel.y)}, {"series", std::move(series)}});
  }
  for (const auto& [name, value] : result.values) json["values"][name] = stored_number(value);
  for (const auto& [name, f] : result.functions)
    json["functions"][name] = {{"first", f.first}, {"values", numbers(f.values)}};
  return json;
}

Result result_from_json(const Json& json) {
  Result result;
  for (const auto& p : json.at("panels")) {
    PanelData panel{p.at("title").get<std::string>(), axis_from(p.at("x")), axis_from(p.at("y")), {}};
    for (const auto& s : p.at("series")) panel.series.push_back(series_from(s));
    result.panels.push_back(std::move(panel));
  }
  for (const auto& [name, value] : json.at("values").items()) result.values[name] = number_from(value);
  for (const auto& [name, f] : json.at("functions").items()) result.functions[name] = function_from(f);
  return result;
}

std::string to_csv(const Result& result) {
  fmt::memory_buffer out;
  fmt::format_to(std::back_inserter(out), "panel,series,x,y,lower,upper\n");
  for (const auto& panel : result.panels)
    for (const auto& s : panel.series) {
      const std::string name =
          s.kind == SeriesKind::measured ? s.name : fmt::format("{} ({})", s.name, kind_name(s.kind));
      for (std::size_t i = 0; i < s.x.size(); ++i)
        fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{}\n", field(panel.title), field(name),
                       number_text(s.x[i]), number_text(s.y[i]), s.lower.empty() ? "" : number_text(s.lower[i]),
                       s.upper.empty() ? "" : number_text(s.upper[i]));
    }
  return fmt::to_string(out);
}

}  // namespace experiment
