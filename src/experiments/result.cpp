// Look-up in results.
#include "experiments/result.hpp"

#include <stdexcept>

namespace experiments {

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

}  // namespace experiments
