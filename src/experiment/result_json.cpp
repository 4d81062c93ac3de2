// See result_json.hpp.
#include "experiment/result_json.hpp"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "experiment/place_text.hpp"

namespace experiment {
namespace {

Json numbers(const std::vector<double>& xs) {
  Json array = Json::array();
  for (double x : xs) array.push_back(stored_number(x));
  return array;
}

Json axis(const AxisInfo& info) { return {{"label", info.label}, {"scale", info.scale}}; }

bool has_names(const AxisInfo& info) { return info.scale == "date" || info.scale == "category"; }

Json places(const AxisInfo& axis, const std::vector<double>& xs) {
  if (!has_names(axis)) return numbers(xs);
  Json array = Json::array();
  for (double x : xs) array.push_back(place_text(axis, x));
  return array;
}

Json series_json(const AxisInfo& x, const Series& s) {
  return {{"name", s.name},    {"kind", name_of(s.kind)},   {"x", places(x, s.x)},
          {"y", numbers(s.y)}, {"lower", numbers(s.lower)}, {"upper", numbers(s.upper)}};
}

/// A CSV field, quoted where RFC 4180 asks for it.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

Json to_json(const Result& result) {
  Json json{{"panels", Json::array()}, {"values", Json::object()}, {"functions", Json::object()}};
  for (const auto& panel : result.panels) {
    Json series = Json::array();
    for (const auto& s : panel.series) series.push_back(series_json(panel.x, s));
    json["panels"].push_back(
        {{"title", panel.title}, {"x", axis(panel.x)}, {"y", axis(panel.y)}, {"series", std::move(series)}});
  }
  for (const auto& [name, value] : result.values) json["values"][name] = stored_number(value);
  for (const auto& [name, f] : result.functions)
    json["functions"][name] = {{"first", f.first}, {"values", numbers(f.values)}};
  return json;
}

std::string to_csv(const Result& result) {
  fmt::memory_buffer out;
  fmt::format_to(std::back_inserter(out), "panel,series,x,y,lower,upper\n");
  for (const auto& panel : result.panels)
    for (const auto& s : panel.series) {
      const std::string name =
          s.kind == SeriesKind::measured ? s.name : fmt::format("{} ({})", s.name, name_of(s.kind));
      for (std::size_t i = 0; i < s.x.size(); ++i)
        fmt::format_to(std::back_inserter(out), "{},{},{},{},{},{}\n", field(panel.title), field(name),
                       has_names(panel.x) ? field(place_text(panel.x, s.x[i])) : number_text(s.x[i]),
                       number_text(s.y[i]), s.lower.empty() ? "" : number_text(s.lower[i]),
                       s.upper.empty() ? "" : number_text(s.upper[i]));
    }
  return fmt::to_string(out);
}

}  // namespace experiment
