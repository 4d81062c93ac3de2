// Outputs that a file has to be read for, as those of a table: kept, so that an unchanged file is not read at every
// build.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "store/store.hpp"

namespace engine {

class KnownOutputs {
 public:
  /// Of an experiment with these effective parameters, while the files that it reads stand as they are.
  KnownOutputs(const experiment::Experiment& experiment, const experiment::Json& effective, const store::Store* store);

  /// The outputs of parameters that were found right; none where they are not known.
  std::optional<std::vector<experiment::OutputInfo>> get() const;

  void put(const std::vector<experiment::OutputInfo>& outputs) const;

 private:
  const store::Store* store_;  // null where nothing is to be kept
  std::string key_;
};

}  // namespace engine
