// A reference line across the panel.
// See rule.hpp.
#include "plot/marks/rule.hpp"

#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {}  // namespace

std::optional<SeriesView> series_of(const Rule&) { return std::nullopt; }

void fit_axes(const Rule& rule, Autoscaler& axes) {
  if (rule.x) axes.pad_x(*rule.x);
  if (rule.y) axes.pad_y(*rule.y);
}

void occupy(const Rule& rule, const ProjectedSeries&, const Frame& frame, InkMap& ink_map) {
  const Box& b = frame.box;
  if (rule.y && can_show(frame.y.domain.kind, *rule.y))
    ink_map.add(Polyline{{b.left, frame.y(*rule.y)}, {b.right, frame.y(*rule.y)}}, 0.5);
  if (rule.x && can_show(frame.x.domain.kind, *rule.x))
    ink_map.add(Polyline{{frame.x(*rule.x), b.top}, {frame.x(*rule.x), b.bottom}}, 0.5);
}

void paint(const Rule& rule, const ProjectedSeries&, PanelContext& context) {
  const Box& box = context.frame.box;
  if (rule.x && can_show(context.frame.x.domain.kind, *rule.x)) {
    const double x = context.frame.x(*rule.x);
    if (x >= box.left && x <= box.right)
      stroke(context.items, path_through({{x, box.bottom}, {x, box.top}}), rule.stroke);
  }
  if (rule.y && can_show(context.frame.y.domain.kind, *rule.y)) {
    const double y = context.frame.y(*rule.y);
    if (y >= box.top && y <= box.bottom)
      stroke(context.items, path_through({{box.left, y}, {box.right, y}}), rule.stroke);
  }
}

MarkLabel label_of(const Rule& rule) {
  return {.text = rule.label, .freedom = Freedom::along_a_line, .ink = rule.stroke.ink};
}

/// At one of its ends, on one of its sides.
void place_label(const Rule& rule, std::size_t index, Labeller& labeller) {
  const Frame& frame = labeller.context.frame;
  const Box& box = frame.box;
  const double width = labeller.set(rule.label, mark_label_size).width;
  std::vector<PaperPoint> anchors;
  if (rule.y && can_show(frame.y.domain.kind, *rule.y)) {
    const double y = frame.y(*rule.y);
    if (y < box.top || y > box.bottom) return;
    const double inset = std::min(width / 2 + 1, box.width() / 2);
    for (const double t : {1.0, 0.0, 0.75, 0.25, 0.5, 0.88, 0.12, 0.62, 0.38})
      anchors.push_back({box.left + inset + t * (box.width() - 2 * inset), y});
  } else if (rule.x && can_show(frame.x.domain.kind, *rule.x)) {
    const double x = frame.x(*rule.x);
    if (x < box.left || x > box.right) return;
    for (const double t : {0.04, 0.96, 0.25, 0.75, 0.5, 0.12, 0.88, 0.62, 0.38})
      anchors.push_back({x, box.top + t * box.height()});
  }
  labeller.beside(index, rule.label, anchors, {mark_label_size, rule.stroke.ink});
}

void draw_sample(const Rule& rule, LegendSample& sample) { sample.line(rule.stroke); }

/// It is where its label says.
void add_readout(const Rule&, ReadoutParts&) {}

}  // namespace plot
