// Arrows from point to point, thinned where there are more than can be told apart.
// See arrows.hpp.
#include "plot/marks/arrows.hpp"

#include <cmath>

#include "plot/geometry/clip.hpp"
#include "plot/geometry/decimate.hpp"
#include "plot/geometry/fair_sample.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/panel_context.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

struct ArrowHead {
  PaperPoint middle;
  double dx = 0, dy = 0;  // a direction of length 1
  double length = 0;

  /// Its corners, the tip first.
  Polyline outline() const;
};

struct ArrowsOnPaper {
  std::vector<Polyline> shafts;
  std::vector<ArrowHead> heads;
};

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
void thin_out(std::vector<ArrowHead>& heads, const Box& box) {
  if (heads.size() <= most_heads) return;
  Polyline middles;
  for (const ArrowHead& head : heads) middles.push_back(head.middle);
  const std::vector<bool> stays = fair_sample(middles, box, most_heads);
  std::size_t n = 0;
  for (std::size_t i = 0; i < heads.size(); ++i)
    if (stays[i]) heads[n++] = heads[i];
  heads.resize(n);
}

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
  thin_out(drawn.heads, frame.box);
  return drawn;
}

}  // namespace

std::optional<SeriesView> series_of(const Arrows&) { return std::nullopt; }

void fit_axes(const Arrows& arrows, Autoscaler& axes) {
  axes.pad_x(arrows.x);
  axes.pad_y(arrows.x, arrows.y);
}

void occupy(const Arrows& arrows, const ProjectedSeries&, const Frame& frame, InkMap& ink_map) {
  const ArrowsOnPaper drawn = on_paper(arrows, frame);
  for (const Polyline& shaft : drawn.shafts) ink_map.add(shaft, 1, arrows.stroke.width / 2);
  for (const ArrowHead& head : drawn.heads)
    ink_map.add(Box{head.middle.x, head.middle.y, head.middle.x, head.middle.y}.grown(head.length / 2), 1);
}

void paint(const Arrows& arrows, const ProjectedSeries&, PanelContext& context) {
  const ArrowsOnPaper drawn = on_paper(arrows, context.frame);
  std::vector<PathStep> shafts, heads;
  for (const Polyline& shaft : drawn.shafts) append(shafts, path_through(shaft));
  for (const ArrowHead& head : drawn.heads) append(heads, outline_of(head.outline()));
  if (!shafts.empty()) stroke(context.items, std::move(shafts), arrows.stroke, arrows.series);
  if (!heads.empty()) fill(context.items, std::move(heads), {arrows.stroke.ink, arrows.stroke.opacity}, arrows.series);
}

/// The points that they lead to bear the series' name, and its values.
MarkLabel label_of(const Arrows&) { return {}; }
void place_label(const Arrows&, std::size_t, Labeller&) {}
void draw_sample(const Arrows&, LegendSample&) {}
void add_readout(const Arrows&, ReadoutParts&) {}

}  // namespace plot
