// A series of data points on paper: what is seen of it, and what stands for what cannot be seen.
#pragma once

#include <vector>

#include "plot/geometry/box.hpp"
#include "plot/geometry/scale.hpp"

namespace plot {

/// A panel's data area with its scales.
struct Frame {
  Box box;
  Scale x, y;
};

/// Lays two domains on a box.
Frame frame_on(const Box& box, const Domain& x, const Domain& y);

/// The point of the frame where a series goes on beyond.
struct Pointer {
  PaperPoint tip;
  bool up = true;
  bool at_start = false;  // the series comes from beyond
};

struct ProjectedSeries {
  std::vector<Polyline> parts;       // visible, thinned
  std::vector<PaperPoint> vertices;  // visible data points, or a fair sample of them
  std::size_t visible = 0;           // data points, drawn or not
  std::vector<Pointer> pointers;
  std::vector<double> not_finite;    // places on the x axis of values that are infinite or not a number
  std::vector<double> not_positive;  // the same of zeros and negative values on a log axis
};

/// The end of a line on paper's right.
PaperPoint right_end(const ProjectedSeries& projected);

/// Traces points joined by a line. Where the line leaves through the top or bottom for good, a
/// pointer stands; beating from beyond the top to beyond the bottom after the last visible point is
/// not drawn. The vertices are wanted for markers only, and about so many at most. NaN that is missing is a gap and
/// nothing else.
ProjectedSeries project_line(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame,
                             std::size_t most_vertices, bool nan_is_missing = false);

/// Those of a curve's vertices that are to bear a marker, `gap` apart along x. `start` is the share of a gap before the
/// first one: curves that lie on each other and start at different shares have their markers side by side.
Polyline spaced(const Polyline& vertices, double gap, double start);

/// Traces separate points, about so many of them at most.
ProjectedSeries project_points(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame,
                               std::size_t most, bool nan_is_missing = false);

/// Of points that are too many to be drawn, those that are. Points are asked for in their order.
class DrawnPoints {
 public:
  explicit DrawnPoints(const ProjectedSeries& projected)
      : projected_(projected), all_(projected.vertices.size() == projected.visible) {}
  /// Whether the point at this place is drawn; where all are, one out of sight counts as drawn.
  bool take(PaperPoint p);

 private:
  const ProjectedSeries& projected_;
  bool all_;
  std::size_t next_ = 0;
};

}  // namespace plot
