// Which parts of a panel are inked already, on a grid of small cells; labels look for free ones.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/geometry/box.hpp"
#include "plot/geometry/clip.hpp"
#include "plot/style.hpp"

namespace plot {

class Occupancy {
 public:
  explicit Occupancy(const Box& area, double cell = 1.5);

  /// A line inks what is at most `reach` from it.
  void add(const Polyline& line, double weight, double reach = 0);
  void add(const Box& box, double weight);
  /// Sum of the weights under the box: how crowded a place is, to the size of a cell.
  double under(const Box& box) const;
  /// Whether anything reaches into the box, exactly.
  bool touches(const Box& box) const;

 private:
  struct Cells {
    std::size_t left, top, right, bottom;  // half open
  };
  struct Stroke {
    Segment segment;
    double reach = 0;
  };
  Cells cells(const Box& box) const;
  std::size_t column(double x) const;
  std::size_t row(double y) const;

  Box area_;
  double cell_;
  std::size_t columns_, rows_;
  std::vector<double> weights_;
  std::vector<Stroke> strokes_;
  std::vector<Box> boxes_;
};

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
struct Place {
  PaperPoint origin;
  Box box;
  double cost = 0;
  PaperPoint anchor;
  bool is_free = false;
};

/// The best place for a label beside one of the anchors (earlier ones preferred), inside `within`. Where no place is
/// free, the least crowded one.
Place find_place(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap, const Box& within,
                 const Occupancy& occupancy);

}  // namespace plot
