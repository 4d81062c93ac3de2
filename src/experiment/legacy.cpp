// See legacy.hpp.
#include "experiment/legacy.hpp"

namespace experiment {

std::vector<OutputInfo> outputs_of(const std::vector<Export>& exports, const std::vector<Tolerance>& tolerances) {
  std::vector<OutputInfo> list;
  for (const Export& e : exports) {
    Allowed allowed;
    for (const Tolerance& t : tolerances)
      if (t.panel.empty() && matches(t.name, e.name)) {
        allowed = {t.bound, t.statistics, t.reason};
        break;
      }
    list.push_back({e.indexed ? OutputKind::sequence : OutputKind::number, {}, e.name, e.meaning, std::move(allowed)});
  }
  for (const Tolerance& t : tolerances)
    if (!t.panel.empty())
      for (const OutputKind kind : {OutputKind::measured, OutputKind::theory, OutputKind::reference})
        list.push_back({kind, t.panel, t.name, {}, {t.bound, t.statistics, t.reason}});
  return list;
}

}  // namespace experiment
