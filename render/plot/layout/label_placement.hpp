// Where a label finds a place beside what it names.
#pragma once

#include <cstddef>
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

/// The best place for a label beside one of the anchors (earlier ones preferred), inside `within`. Where no place is
/// free, the least crowded one.
LabelPlacement find_placement(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap,
                              const Box& within, const InkMap& ink_map);

}  // namespace plot
