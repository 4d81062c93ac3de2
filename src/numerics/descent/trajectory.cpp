// See trajectory.hpp.
#include "numerics/descent/trajectory.hpp"

#include <algorithm>

#include "numerics/linear/norm.hpp"

namespace numerics {

std::vector<double> coordinates(const std::vector<Point>& path, int index) {
  std::vector<double> values;
  values.reserve(path.size());
  for (const Point& p : path) values.push_back(p[index]);
  return values;
}

std::vector<double> losses(const Objective& objective, const std::vector<Point>& path) {
  std::vector<double> values;
  values.reserve(path.size());
  for (const Point& p : path) values.push_back(objective.value(p));
  return values;
}

int count_rises(const std::vector<double>& losses) {
  int rises = 0;
  for (std::size_t k = 1; k < losses.size(); ++k) rises += losses[k] > losses[k - 1] ? 1 : 0;
  return rises;
}

LongestStep longest_step(const std::vector<Point>& path) {
  constexpr double rounding = 1e-12;  // all clipped steps have one length: the first is the longest
  LongestStep longest{0, 0, path[std::min<std::size_t>(1, path.size() - 1)]};
  for (std::size_t k = 0; k + 1 < path.size(); ++k) {
    const double length = norm(path[k + 1] - path[k]);
    if (length > (1 + rounding) * longest.length) longest = {length, k, path[k + 1]};
  }
  return longest;
}

}  // namespace numerics
