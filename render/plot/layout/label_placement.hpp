// Where a label finds a place beside what it names.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <vector>

#include "plot/geometry/ink_map.hpp"
#include "plot/style.hpp"

namespace plot {

/// What a label needs: its widest line, its size, the number of its lines, and how far the ink of a line reaches over
/// and under its baseline.
struct LabelSize {
  double width = 0;
  double size = 8;
  std::size_t lines = 1;
  double above = ink_above * size, below = ink_below * size;
  double spacing = 0;  // of lines; 0: by the size

  double line_spacing() const { return spacing > 0 ? spacing : 1.2 * size; }
  double more_lines() const { return static_cast<double>(lines - 1) * line_spacing(); }
};

/// What the letters of a label ink whose first baseline starts at `origin`.
Box ink_box(PaperPoint origin, const LabelSize& label);

/// Where a label was put: its first baseline's start, what it covers, how bad the place is, beside what, and whether
/// nothing else is there.
struct LabelPlacement {
  PaperPoint origin;
  Box box;
  double cost = 0;
  PaperPoint anchor;
  bool is_free = false;
};

/// The best place for a label beside one of the anchors (earlier ones preferred), inside `within`: its last one, or the
/// free one nearest to that, as long as it is beside an anchor. Where no place is free, the least crowded one.
LabelPlacement find_placement(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap,
                              const Box& within, const InkMap& ink_map, std::optional<PaperPoint> last = {});

/// Places around one on a grid of this step, the nearest first.
std::vector<PaperPoint> places_around(PaperPoint at, double reach, double step);

inline double distance(PaperPoint a, PaperPoint b) { return std::hypot(a.x - b.x, a.y - b.y); }

}  // namespace plot
