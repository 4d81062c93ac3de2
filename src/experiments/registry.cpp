// The experiments that were linked in, in the order of their names.
#include <algorithm>
#include <stdexcept>

#include "experiments/experiment.hpp"

namespace experiments {
namespace {

std::vector<Experiment>& all() {
  static std::vector<Experiment> experiments;
  return experiments;
}

}  // namespace

const ParameterInfo* Experiment::parameter(const std::string& wanted) const {
  for (const auto& info : parameters)
    if (info.name == wanted) return &info;
  return nullptr;
}

const std::vector<Experiment>& registry() { return all(); }

const Experiment* find(const std::string& name) {
  for (const auto& e : all())
    if (e.name == name) return &e;
  return nullptr;
}

std::string source_name(std::string_view name) {
  while (name.starts_with("./") || name.starts_with("../")) name.remove_prefix(name.find('/') + 1);
  return std::string(name);
}

bool add(Experiment experiment) {
  auto& list = all();
  const auto at = std::lower_bound(list.begin(), list.end(), experiment.name,
                                   [](const Experiment& e, const std::string& name) { return e.name < name; });
  if (at != list.end() && at->name == experiment.name)
    throw std::logic_error("two experiments are named '" + experiment.name + "'");
  list.insert(at, std::move(experiment));
  return true;
}

}  // namespace experiments
