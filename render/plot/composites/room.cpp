// See room.hpp.
#include "plot/composites/room.hpp"

#include <algorithm>
#include <cmath>

namespace plot {

std::optional<PaperPoint> roomiest(const Grid& grid, const std::vector<int>& regions,
                                   const std::function<bool(int)>& wanted) {
  constexpr double flatness = 0.4;
  const std::size_t n = grid.x.size(), m = grid.y.size();
  const std::size_t stride = std::max<std::size_t>(1, n / 40);
  const auto place = [&](std::size_t i, std::size_t j) {
    return PaperPoint{(grid.x[i] - grid.x[0]) / (grid.x[n - 1] - grid.x[0]),
                      (grid.y[j] - grid.y[0]) / (grid.y[m - 1] - grid.y[0])};
  };
  const auto distance = [](double dx, double dy) { return std::hypot(flatness * dx, dy); };
  double most = 0.02;
  std::optional<PaperPoint> best;
  for (std::size_t j = 0; j < m; j += stride) {
    for (std::size_t i = 0; i < n; i += stride) {
      const int region = regions[j * n + i];
      if (!wanted(region)) continue;
      const PaperPoint here = place(i, j);
      double room = std::min({flatness * here.x, flatness * (1 - here.x), here.y, 1 - here.y});
      for (std::size_t l = 0; l < m && room > most; l += stride)
        for (std::size_t k = 0; k < n; k += stride)
          if (regions[l * n + k] != region)
            room = std::min(room, distance(place(k, l).x - here.x, place(k, l).y - here.y));
      if (room > most) {
        most = room;
        best = here;
      }
    }
  }
  return best;
}

}  // namespace plot
