// Look-up in results, and numbers in JSON.
#include "experiment/result.hpp"

#include <cmath>
#include <stdexcept>

#include "experiment/result_json.hpp"

namespace experiment {

const Series* PanelData::find(const std::string& name, SeriesKind kind) const {
  for (const auto& s : series)
    if (s.name == name && s.kind == kind) return &s;
  return nullptr;
}

const PanelData& Result::panel(const std::string& title) const {
  for (const auto& p : panels)
    if (p.title == title) return p;
  throw std::out_of_range("the result has no panel '" + title + "'");
}

PanelData& panel_of(const PanelInfo& info, Result& result) {
  for (PanelData& p : result.panels)
    if (p.title == info.title) return p;
  return result.panels.emplace_back(PanelData{info, {}});
}

Json stored_number(double x) {
  if (std::isfinite(x)) return x;
  return number_text(x);
}

double number_from(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto text = json.get<std::string>();
  if (text == "Infinity") return INFINITY;
  if (text == "-Infinity") return -INFINITY;
  if (text == "NaN") return NAN;
  throw std::invalid_argument("not a number: '" + text + "'");
}

const char* name_of(SeriesKind kind) {
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

}  // namespace experiment
