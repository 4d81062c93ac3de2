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

/// Where a label was put: its baseline's start, what it covers, how bad the place is, and beside what.
struct Place {
  PaperPoint origin;
  Box box;
  double cost = 0;
  PaperPoint anchor;
};

/// The best place for a label beside one of the anchors (earlier ones preferred), inside `within`.
Place find_place(const std::vector<PaperPoint>& anchors, double width, double size, double gap,
                 const Box& within, const Occupancy& occupancy);

}  // namespace plot
