// The experiments that a document may name: those that were compiled into the program, and its own.
#pragma once

#include <deque>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"

namespace experiment {

class Catalogue {
 public:
  /// All of the registry.
  Catalogue();
  Catalogue(Catalogue&&) = default;
  Catalogue& operator=(Catalogue&&) = default;

  /// False when there is one of that name already, which stays.
  bool add(Experiment experiment);

  /// By name; they stay where they are for as long as the catalogue lives, wherever that is moved.
  const std::vector<const Experiment*>& all() const { return all_; }
  std::vector<std::string> names() const;

  /// The experiment of this name, or nullptr.
  const Experiment* find(const std::string& name) const;

 private:
  std::deque<Experiment> own_;
  std::vector<const Experiment*> all_;
};

}  // namespace experiment
