// Look-up in results.
#include "experiment/result.hpp"

#include <stdexcept>

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
