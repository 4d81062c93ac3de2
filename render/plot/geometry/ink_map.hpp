// Which parts of a panel are inked already, on a grid of small cells; labels look for free ones.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/geometry/box.hpp"
#include "plot/geometry/clip.hpp"

namespace plot {

class InkMap {
 public:
  explicit InkMap(const Box& area, double cell = 1.5);

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

}  // namespace plot
