// Which parts of a panel are inked already, on a grid of small cells; labels look for free ones.
// See ink_map.hpp.
#include "plot/geometry/ink_map.hpp"

#include <algorithm>
#include <cmath>

namespace plot {

InkMap::InkMap(const Box& area, double cell)
    : area_(area),
      cell_(cell),
      columns_(static_cast<std::size_t>(std::max(1.0, std::ceil(area.width() / cell)))),
      rows_(static_cast<std::size_t>(std::max(1.0, std::ceil(area.height() / cell)))),
      weights_(columns_ * rows_, 0.0) {}

std::size_t InkMap::column(double x) const {
  return static_cast<std::size_t>(std::clamp((x - area_.left) / cell_, 0.0, static_cast<double>(columns_ - 1)));
}

std::size_t InkMap::row(double y) const {
  return static_cast<std::size_t>(std::clamp((y - area_.top) / cell_, 0.0, static_cast<double>(rows_ - 1)));
}

InkMap::Cells InkMap::cells(const Box& box) const {
  if (!area_.overlaps(box)) return {0, 0, 0, 0};
  return {column(box.left), row(box.top), column(box.right) + 1, row(box.bottom) + 1};
}

void InkMap::add(const Polyline& line, double weight, double reach) {
  const auto mark = [&](PaperPoint p) {
    if (!area_.contains(p)) return;
    double& w = weights_[row(p.y) * columns_ + column(p.x)];
    w = std::max(w, weight);
  };
  if (line.size() == 1) {
    mark(line.front());
    strokes_.push_back({{line.front(), line.front()}, reach});
  }
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const PaperPoint a = line[i], b = line[i + 1];
    strokes_.push_back({{a, b}, reach});
    const int steps = 1 + static_cast<int>(std::hypot(b.x - a.x, b.y - a.y) / cell_);
    for (int k = 0; k <= steps; ++k) {
      const double t = static_cast<double>(k) / steps;
      mark({a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)});
    }
  }
}

void InkMap::add(const Box& box, double weight) {
  boxes_.push_back(box);
  const Cells c = cells(box);
  for (std::size_t j = c.top; j < c.bottom; ++j)
    for (std::size_t i = c.left; i < c.right; ++i) {
      double& w = weights_[j * columns_ + i];
      w = std::max(w, weight);
    }
}

double InkMap::under(const Box& box) const {
  const Cells c = cells(box);
  double sum = 0;
  for (std::size_t j = c.top; j < c.bottom; ++j)
    for (std::size_t i = c.left; i < c.right; ++i) sum += weights_[j * columns_ + i];
  return sum;
}

bool InkMap::touches(const Box& box) const {
  return std::any_of(boxes_.begin(), boxes_.end(), [&](const Box& b) { return b.overlaps(box); }) ||
         std::any_of(strokes_.begin(), strokes_.end(), [&](const Stroke& s) {
           return clip_segment(box.grown(s.reach), s.segment.from, s.segment.to).has_value();
         });
}

}  // namespace plot
