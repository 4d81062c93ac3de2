// Where a label finds a place beside what it names.
// See label_placement.hpp.
#include "plot/layout/label_placement.hpp"

#include <algorithm>

#include "plot/layout/kept_layout.hpp"
#include "plot/text/text.hpp"

namespace plot {

namespace {

/// A label may stand this much farther from what it names, where nothing nearer is free.
constexpr double farther_gap = 2.2;
constexpr double farthest = 1.25 * farther_gap;  // which is what that comes to at a corner
constexpr double rounding = 1e-9;
constexpr double airy = 12;  // points around a label within which others come near

struct Direction {
  double dx, dy, cost;
};
// Right first, as in reading; then the sides, then straight above and below.
constexpr Direction directions[] = {{1, 0, 0},   {1, -1, 0.3},  {1, 1, 0.4},  {0, -1, 0.5},
                                    {0, 1, 0.6}, {-1, -1, 0.7}, {-1, 1, 0.8}, {-1, 0, 0.9}};

LabelPlacement place_beside(PaperPoint a, const Direction& d, const LabelSize& label, double gap) {
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
std::vector<LabelPlacement> places_beside(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap,
                                          const Box& within, const InkMap& ink_map) {
  std::vector<LabelPlacement> places;
  for (std::size_t k = 0; k < anchors.size(); ++k)
    for (const Direction& d : directions) {
      LabelPlacement place = place_beside(anchors[k], d, label, gap);
      place.cost += ink_map.under(place.box.grown(1)) + 20 * outside(place.box, within) + 0.15 * static_cast<double>(k);
      places.push_back(place);
    }
  std::stable_sort(places.begin(), places.end(),
                   [](const LabelPlacement& a, const LabelPlacement& b) { return a.cost < b.cost; });
  return places;
}

LabelPlacement* first_free(std::vector<LabelPlacement>& places, const LabelSize& label, const Box& within,
                           const InkMap& ink_map) {
  for (LabelPlacement& place : places) {
    const Box ink = ink_box(place.origin, label);
    if (outside(ink, within) > 0 || ink_map.touches(ink)) continue;
    place.is_free = true;
    return &place;
  }
  return nullptr;
}

/// At its last place, or as near to it as it can be.
std::optional<LabelPlacement> kept_placement(PaperPoint last, const std::vector<PaperPoint>& anchors,
                                             const LabelSize& label, double gap, const Box& within,
                                             const InkMap& ink_map) {
  for (const PaperPoint at : places_around(last, kept_reach, 1)) {
    const Box ink = ink_box(at, label);
    const auto is_beside = [&](PaperPoint anchor) { return distance(anchor, ink.nearest(anchor)) <= farthest * gap; };
    const auto anchor = std::find_if(anchors.begin(), anchors.end(), is_beside);
    // Places come as distances from the panel's corner, which rounds.
    if (anchor == anchors.end() || outside(ink, within) > rounding || ink_map.touches(ink.grown(-rounding))) continue;
    return LabelPlacement{at, ink, 0, *anchor, true};
  }
  return std::nullopt;
}

/// A label that has to go elsewhere goes where there is most air, and stays the longer.
std::optional<LabelPlacement> airiest_placement(const std::vector<PaperPoint>& anchors, const LabelSize& label,
                                                double gap, const Box& within, const InkMap& ink_map) {
  std::optional<LabelPlacement> best;
  for (const double distance : {gap, farther_gap * gap})
    for (LabelPlacement& place : places_beside(anchors, label, distance, within, ink_map)) {
      const Box ink = ink_box(place.origin, label);
      place.cost = ink_map.under(ink.grown(airy));
      if ((best && place.cost >= best->cost) || outside(ink, within) > 0 || ink_map.touches(ink)) continue;
      place.is_free = true;
      best = place;
    }
  return best;
}

}  // namespace

std::vector<PaperPoint> places_around(PaperPoint at, double reach, double step) {
  std::vector<PaperPoint> places;
  const int most = static_cast<int>(reach / step);
  for (int j = -most; j <= most; ++j)
    for (int i = -most; i <= most; ++i)
      if (std::hypot(i, j) * step <= reach) places.push_back({at.x + i * step, at.y + j * step});
  std::stable_sort(places.begin(), places.end(),
                   [&](PaperPoint a, PaperPoint b) { return distance(a, at) < distance(b, at); });
  return places;
}

Box ink_box(PaperPoint origin, const LabelSize& label) {
  return {origin.x, origin.y - label.above, origin.x + label.width, origin.y + label.more_lines() + label.below};
}

LabelPlacement find_placement(const std::vector<PaperPoint>& anchors, const LabelSize& label, double gap,
                              const Box& within, const InkMap& ink_map, std::optional<PaperPoint> last) {
  if (last) {
    if (const auto kept = kept_placement(*last, anchors, label, gap, within, ink_map)) return *kept;
    if (const auto moved = airiest_placement(anchors, label, gap, within, ink_map)) return *moved;
  }
  std::vector<LabelPlacement> places = places_beside(anchors, label, gap, within, ink_map);
  if (places.empty()) return {};
  if (const LabelPlacement* place = first_free(places, label, within, ink_map)) return *place;
  std::vector<LabelPlacement> farther = places_beside(anchors, label, farther_gap * gap, within, ink_map);
  if (const LabelPlacement* place = first_free(farther, label, within, ink_map)) return *place;
  return places.front();
}

}  // namespace plot
