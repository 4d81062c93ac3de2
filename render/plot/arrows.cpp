// Arrows on paper: their shafts and heads, thinned where there are more than can be told apart.
// See arrows.hpp.
#include "plot/arrows.hpp"

#include <cmath>

#include "plot/decimate.hpp"
#include "plot/fair_sample.hpp"

namespace plot {

namespace {

/// More heads than these are one smear, and make a file too large to send.
constexpr std::size_t most_heads = 1500;

bool has_place(const Arrows& arrows, std::size_t i, const Frame& frame) {
  return can_show(frame.x.domain.kind, arrows.x[i]) && can_show(frame.y.domain.kind, arrows.y[i]);
}

/// A head in the middle of a step that is longer than the head.
void add_head(PaperPoint from, PaperPoint to, double length, const Box& box, std::vector<ArrowHead>& heads) {
  const double step = std::hypot(to.x - from.x, to.y - from.y);
  const PaperPoint middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
  if (step > 1.2 * length && box.grown(-length / 2).contains(middle))
    heads.push_back({middle, (to.x - from.x) / step, (to.y - from.y) / step, length});
}

/// Of too many heads a fair sample.
void thin(std::vector<ArrowHead>& heads, const Box& box) {
  if (heads.size() <= most_heads) return;
  Polyline middles;
  for (const ArrowHead& head : heads) middles.push_back(head.middle);
  const std::vector<bool> stays = fair_sample(middles, box, most_heads);
  std::size_t n = 0;
  for (std::size_t i = 0; i < heads.size(); ++i)
    if (stays[i]) heads[n++] = heads[i];
  heads.resize(n);
}

}  // namespace

Polyline ArrowHead::outline() const {
  const double h = length / 2, w = 0.38 * length;
  return {{middle.x + h * dx, middle.y + h * dy},
          {middle.x - h * dx - w * dy, middle.y - h * dy + w * dx},
          {middle.x - 0.5 * h * dx, middle.y - 0.5 * h * dy},
          {middle.x - h * dx + w * dy, middle.y - h * dy - w * dx}};
}

ArrowsOnPaper on_paper(const Arrows& arrows, const Frame& frame) {
  ArrowsOnPaper drawn;
  const std::size_t n = std::min(arrows.x.size(), arrows.y.size());
  const double head = 3 + 1.6 * arrows.stroke.width;
  for (std::size_t i = 0; i + 1 < n; ++i) {
    if (!has_place(arrows, i, frame) || !has_place(arrows, i + 1, frame)) continue;
    const PaperPoint from{frame.x(arrows.x[i]), frame.y(arrows.y[i])};
    const PaperPoint to{frame.x(arrows.x[i + 1]), frame.y(arrows.y[i + 1])};
    const auto part = clip_segment(frame.box, from, to);
    if (!part) continue;
    drawn.shafts.push_back({part->from, part->to});
    add_head(from, to, head, frame.box, drawn.heads);
  }
  drawn.shafts = thinned(std::move(drawn.shafts), frame.box);
  thin(drawn.heads, frame.box);
  return drawn;
}

}  // namespace plot
