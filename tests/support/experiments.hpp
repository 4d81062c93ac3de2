// Experiments run as the engine runs them, one job after the other.
#pragma once

#include <string>
#include <vector>

#include "catch.hpp"
#include "experiment/any_experiment.hpp"

namespace support {

/// Without progress other than that it stays within its total.
inline experiment::Run serial_run(const data::Dataset* dataset = nullptr) {
  experiment::Run run;
  run.dataset = dataset;
  run.random = numerics::RandomStream(1);
  run.for_each = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(i);
  };
  run.progress = [](double done, double total) { CHECK(done <= total); };
  return run;
}

/// The parameters that are used where these are given.
inline experiment::Json effective(const experiment::Experiment& e, const experiment::Json& given) {
  const auto checked = experiment::effective_parameters(e.parameters, given);
  REQUIRE(checked.errors.empty());
  return checked.value;
}

}  // namespace support
