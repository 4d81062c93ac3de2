// What several seeds gave, as one curve.
#pragma once

#include <vector>

#include "experiment/outputs.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

struct Quantiles {
  double lower, middle, upper;  // probabilities
};

inline constexpr Quantiles whole_range{0, 0.5, 1};
inline constexpr Quantiles four_fifths{0.1, 0.5, 0.9};

/// Point by point the quantiles over the seeds, each of which gives a y for every x.
inline experiment::Curve over_seeds(std::vector<double> x, const std::vector<std::vector<double>>& y_of_seeds,
                                    Quantiles quantiles) {
  experiment::Curve curve{std::move(x), {}};
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    std::vector<double> values;
    for (const auto& y : y_of_seeds) values.push_back(y[i]);
    curve.lower.push_back(numerics::quantile(values, quantiles.lower));
    curve.y.push_back(numerics::quantile(values, quantiles.middle));
    curve.upper.push_back(numerics::quantile(values, quantiles.upper));
  }
  return curve;
}

/// lowest, lowest + 1, ..., `count` of them: layers, steps, epochs.
inline std::vector<double> counted(std::size_t count, double lowest = 0) {
  std::vector<double> numbers(count);
  for (std::size_t k = 0; k < count; ++k) numbers[k] = lowest + static_cast<double>(k);
  return numbers;
}

}  // namespace experiments
