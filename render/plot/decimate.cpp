// Thinning polylines that hold more points than paper can show.
// Minimum and maximum of each column of paper: the core of M4, Jugel et al., PVLDB 7 (2014) 797.
#include "plot/decimate.hpp"

#include <cmath>
#include <utility>

namespace plot {

Polyline decimate(const Polyline& line, double column) {
  if (line.size() < 3) return line;
  Polyline kept{line.front()};
  const std::size_t last = line.size() - 1;
  for (std::size_t begin = 1; begin < last;) {
    const double cell = std::floor(line[begin].x / column);
    std::size_t lowest = begin, highest = begin, end = begin + 1;
    for (; end < last && std::floor(line[end].x / column) == cell; ++end) {
      if (line[end].y < line[lowest].y) lowest = end;
      if (line[end].y > line[highest].y) highest = end;
    }
    const auto [first, second] = std::minmax(lowest, highest);
    kept.push_back(line[first]);
    if (second != first) kept.push_back(line[second]);
    begin = end;
  }
  kept.push_back(line[last]);
  return kept;
}

}  // namespace plot
