// A data set as a regression sees it.
#pragma once

#include "data/dataset.hpp"
#include "numerics/networks/squared_loss.hpp"

namespace data {

/// So many examples from the front of the set, all where it has no more: images with mean 0 and variance 1 over all
/// pixels of the data set, and one-hot labels.
numerics::Examples<float> regression_examples(const Dataset& dataset, int count);

}  // namespace data
