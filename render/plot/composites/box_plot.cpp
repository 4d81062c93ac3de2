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

std::vector<Mark> grouped(std::vector<Boxes> series) {
  constexpr double box_part = 0.8;  // of the room that each has
  Bars all;
  for (const Boxes& boxes : series) all.x.insert(all.x.end(), boxes.x.begin(), boxes.x.end());
  const double n = static_cast<double>(series.size());
  const double step = series.size() == 1 ? 0 : natural_bar_width(all) / n;
  std::vector<Mark> marks;
  for (std::size_t k = 0; k < series.size(); ++k) {
    if (step > 0) series[k].width = box_part * step;
    series[k].offset = (static_cast<double>(k) - (n - 1) / 2) * step;
    marks.push_back(std::move(series[k]));
  }
  return marks;
}

}  // namespace plot
