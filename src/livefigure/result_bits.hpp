// All numbers of a result in one: two runs that gave the same doubles have the same.
#pragma once

#include <string>

#include "experiment/result.hpp"

namespace livefigure {

/// A hash of the bits of every number and the names of its series, values, sequences and samples, in hexadecimal. All
/// NaNs count as one: which of them an operation gives is the processor's affair.
std::string bits_of(const experiment::Result& result);

}  // namespace livefigure
