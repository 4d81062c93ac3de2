// Which cells of paper have been taken already.
#pragma once

#include <cmath>
#include <cstdint>
#include <unordered_set>

namespace plot {

/// Positions already taken, in cells of a given size.
class OccupiedCells {
 public:
  explicit OccupiedCells(double cell) : cell_(cell) {}
  bool take(double x, double y = 0) {
    const auto key = [this](double v) { return static_cast<std::int64_t>(std::floor(v / cell_)); };
    return cells_.insert(key(x) * 1000003 + key(y)).second;
  }

 private:
  double cell_;
  std::unordered_set<std::int64_t> cells_;
};

}  // namespace plot
