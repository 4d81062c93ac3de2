// Boxes and polylines on paper.
#pragma once

#include <algorithm>
#include <vector>

#include "plot/scene.hpp"

namespace plot {

using Polyline = std::vector<PaperPoint>;

/// An upright rectangle on paper; y grows downwards, so top <= bottom.
struct Box {
  double left = 0, top = 0, right = 0, bottom = 0;

  double width() const { return right - left; }
  double height() const { return bottom - top; }
  bool contains(PaperPoint p) const { return p.x >= left && p.x <= right && p.y >= top && p.y <= bottom; }
  bool contains(const Box& b) const { return b.left >= left && b.right <= right && b.top >= top && b.bottom <= bottom; }
  bool overlaps(const Box& b) const { return b.left < right && b.right > left && b.top < bottom && b.bottom > top; }
  Box grown(double by) const { return {left - by, top - by, right + by, bottom + by}; }
  PaperPoint nearest(PaperPoint p) const { return {std::clamp(p.x, left, right), std::clamp(p.y, top, bottom)}; }
};

}  // namespace plot
