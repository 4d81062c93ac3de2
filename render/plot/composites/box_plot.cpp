// See box_plot.hpp.
#include "plot/composites/box_plot.hpp"

#include <algorithm>

#include "plot/composites/quantile.hpp"

namespace plot {

Boxes box_plot(const std::vector<double>& x, const std::vector<std::vector<double>>& samples) {
  constexpr double reach = 1.5;
  Boxes boxes;
  for (std::size_t i = 0; i < std::min(x.size(), samples.size()); ++i) {
    const std::vector<double> sample = ascending(samples[i]);
    const double lower = quantile(sample, 0.25), upper = quantile(sample, 0.75);
    const double low_fence = lower - reach * (upper - lower), high_fence = upper + reach * (upper - lower);
    // Whiskers never end inside the box, where the sample is so small that no value lies between fence and quartile.
    double low = lower, high = upper;
    for (const double value : sample) {
      if (value < low_fence || value > high_fence) {
        boxes.outlier_x.push_back(x[i]);
        boxes.outlier_y.push_back(value);
      } else {
        low = std::min(low, value);
        high = std::max(high, value);
      }
    }
    boxes.x.push_back(x[i]);
    boxes.lower.push_back(lower);
    boxes.median.push_back(quantile(sample, 0.5));
    boxes.upper.push_back(upper);
    boxes.whisker_low.push_back(low);
    boxes.whisker_high.push_back(high);
    boxes.count.push_back(sample.size());
  }
  return boxes;
}

}  // namespace plot
