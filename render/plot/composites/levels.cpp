// See levels.hpp.
#include "plot/composites/levels.hpp"

namespace plot {

std::vector<double> symmetric_levels(double most, double low, double high) {
  double limit = 0.2;
  for (const double next : {0.4, 1.0, 2.0, 4.0, 10.0, 20.0}) {
    if (limit >= most) break;
    limit = next;
  }
  const double step = limit / 8;
  std::vector<double> levels;
  for (int k = -8; k <= 8; ++k)
    if ((k + 1) * step > low && (k - 1) * step < high) levels.push_back(k * step);
  return levels;
}

}  // namespace plot
