// Which parts of a panel are inked already, on a grid of small cells; labels look for free ones.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/geometry.hpp"

namespace plot {

class Occupancy {
 public:
  explicit Occupancy(const Box& area, double cell = 1.5);

  void add(const Polyline& line, double weight);
  void add(const Box& box, double weight);
  /// Sum of the weights under the box.
  double under(const Box& box) const;

 private:
  struct Cells {
    std::size_t left, top, right, bottom;  // half open
  };
  Cells cells(const Box& box) const;
  std::size_t column(double x) const;
  std::size_t row(double y) const;

  Box area_;
  double cell_;
  std::size_t columns_, rows_;
  std::vector<double> weights_;
};

/// What a label needs: its widest line, its size, the number of its lines.
struct LabelSize {
  double width = 0;
  double size = 8;
  std::size_t lines = 1;

  double line_spacing() const { return 1.2 * size; }
  double more_lines() const { return static_cast<double>(lines - 1) * line_spacing(); }
};

/// Where a label was put: its first baseline's start, what it covers, how bad the place is, and
/// beside what.
struct Place {
  PaperPoint origin;
  Box box;
  double cost = 0;
  PaperPoint anchor;
};

/// The best place for a label beside one of the anchors (earlier ones preferred), inside `within`.
Place find_place(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap,
                 const Box& within, const Occupancy& occupancy);

}  // namespace plot
