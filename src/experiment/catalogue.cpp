// See catalogue.hpp.
#include "experiment/catalogue.hpp"

#include <algorithm>
#include <utility>

namespace experiment {

Catalogue::Catalogue() {
  for (const Experiment& e : registry()) all_.push_back(&e);
}

bool Catalogue::add(Experiment experiment) {
  const auto at = std::lower_bound(all_.begin(), all_.end(), experiment.name,
                                   [](const Experiment* e, const std::string& name) { return e->name < name; });
  if (at != all_.end() && (*at)->name == experiment.name) return false;
  const auto place = at - all_.begin();
  own_.push_back(std::move(experiment));
  all_.insert(all_.begin() + place, &own_.back());
  return true;
}

std::vector<std::string> Catalogue::names() const {
  std::vector<std::string> names;
  for (const Experiment* e : all_) names.push_back(e->name);
  return names;
}

const Experiment* Catalogue::find(const std::string& name) const {
  for (const Experiment* e : all_)
    if (e->name == name) return e;
  return nullptr;
}

}  // namespace experiment
