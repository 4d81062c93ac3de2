// Which parts of a panel are inked already, on a grid of small cells; labels look for free ones.
// See occupancy.hpp.
#include "plot/geometry/occupancy.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/text/text.hpp"

namespace plot {

Occupancy::Occupancy(const Box& area, double cell)
    : area_(area),
      cell_(cell),
      columns_(static_cast<std::size_t>(std::max(1.0, std::ceil(area.width() / cell)))),
      rows_(static_cast<std::size_t>(std::max(1.0, std::ceil(area.height() / cell)))),
      weights_(columns_ * rows_, 0.0) {}

std::size_t Occupancy::column(double x) const {
  return static_cast<std::size_t>(std::clamp((x - area_.left) / cell_, 0.0, static_cast<double>(columns_ - 1)));
}

std::size_t Occupancy::row(double y) const {
  return static_cast<std::size_t>(std::clamp((y - area_.top) / cell_, 0.0, static_cast<double>(rows_ - 1)));
}

Occupancy::Cells Occupancy::cells(const Box& box) const {
  if (!area_.overlaps(box)) return {0, 0, 0, 0};
  return {column(box.left), row(box.top), column(box.right) + 1, row(box.bottom) + 1};
}

void Occupancy::add(const Polyline& line, double weight, double reach) {
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

void Occupancy::add(const Box& box, double weight) {
  boxes_.push_back(box);
  const Cells c = cells(box);
  for (std::size_t j = c.top; j < c.bottom; ++j)
    for (std::size_t i = c.left; i < c.right; ++i) {
      double& w = weights_[j * columns_ + i];
      w = std::max(w, weight);
    }
}

double Occupancy::under(const Box& box) const {
  const Cells c = cells(box);
  double sum = 0;
  for (std::size_t j = c.top; j < c.bottom; ++j)
    for (std::size_t i = c.left; i < c.right; ++i) sum += weights_[j * columns_ + i];
  return sum;
}

bool Occupancy::touches(const Box& box) const {
  return std::any_of(boxes_.begin(), boxes_.end(), [&](const Box& b) { return b.overlaps(box); }) ||
         std::any_of(strokes_.begin(), strokes_.end(), [&](const Stroke& s) {
           return clip_segment(box.grown(s.reach), s.segment.from, s.segment.to).has_value();
         });
}

namespace {

/// A label may stand this much farther from what it names, where nothing nearer is free.
constexpr double farther_gap = 2.2;

struct Direction {
  double dx, dy, cost;
};
// Right first, as in reading; then the sides, then straight above and below.
constexpr Direction directions[] = {{1, 0, 0},   {1, -1, 0.3},  {1, 1, 0.4},  {0, -1, 0.5},
                                    {0, 1, 0.6}, {-1, -1, 0.7}, {-1, 1, 0.8}, {-1, 0, 0.9}};

Place place_beside(PaperPoint a, const Direction& d, const LabelSize& label, double gap) {
  const double more = label.more_lines();
  const double above = cap_height * label.size, below = descender * label.size;
  PaperPoint origin{a.x + d.dx * gap, a.y + (above - more) / 2};
  if (d.dx < 0) origin.x -= label.width;
  if (d.dx == 0) origin.x -= label.width / 2;
  const double lift = d.dx == 0 ? gap : gap / 2;
  if (d.dy < 0) origin.y = a.y - lift - below - more;
  if (d.dy > 0) origin.y = a.y + lift + above;
  Box box = text_box(origin, label.width, label.size);
  box.bottom += more;
  return {origin, box, d.cost, a};
}

double outside(const Box& box, const Box& within) {
  return std::max(0.0, within.left - box.left) + std::max(0.0, box.right - within.right) +
         std::max(0.0, within.top - box.top) + std::max(0.0, box.bottom - within.bottom);
}

/// All places at a distance from the anchors, the best first.
std::vector<Place> places_beside(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap,
                                 const Box& within, const Occupancy& occupancy) {
  std::vector<Place> places;
  for (std::size_t k = 0; k < anchors.size(); ++k)
    for (const Direction& d : directions) {
      Place place = place_beside(anchors[k], d, label, gap);
      place.cost +=
          occupancy.under(place.box.grown(1)) + 20 * outside(place.box, within) + 0.15 * static_cast<double>(k);
      places.push_back(place);
    }
  std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.cost < b.cost; });
  return places;
}

Place* first_free(std::vector<Place>& places, const LabelSize& label, const Box& within, const Occupancy& occupancy) {
  for (Place& place : places) {
    const Box ink = ink_box(place.origin, label);
    if (outside(ink, within) > 0 || occupancy.touches(ink)) continue;
    place.is_free = true;
    return &place;
  }
  return nullptr;
}

}  // namespace

Box ink_box(PaperPoint origin, const LabelSize& label) {
  return {origin.x, origin.y - label.above, origin.x + label.width, origin.y + label.more_lines() + label.below};
}

Place find_place(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap, const Box& within,
                 const Occupancy& occupancy) {
  std::vector<Place> places = places_beside(anchors, label, gap, within, occupancy);
  if (places.empty()) return {};
  if (const Place* place = first_free(places, label, within, occupancy)) return *place;
  std::vector<Place> farther = places_beside(anchors, label, farther_gap * gap, within, occupancy);
  if (const Place* place = first_free(farther, label, within, occupancy)) return *place;
  return places.front();
}

}  // namespace plot
