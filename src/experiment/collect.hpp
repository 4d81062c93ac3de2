// Experiments that register themselves after the program has begun: those in the objects that it loads.
#pragma once

#include <functional>
#include <vector>

#include "experiment/any_experiment.hpp"

namespace experiment {

/// What is registered by this thread during the call, in its order. It does not come into the registry.
std::vector<Experiment> collect(const std::function<void()>& registration);

}  // namespace experiment
