// Which experiments can run live, and why others cannot.
#pragma once

#include <string>

#include "experiment/any_experiment.hpp"

namespace livefigure {

/// Why a figure of this experiment cannot run in a reader's browser, in words that follow "it cannot run in a browser:
/// "; empty where it can.
std::string why_not(const experiment::Experiment& experiment);

}  // namespace livefigure
