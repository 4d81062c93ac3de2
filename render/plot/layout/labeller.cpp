// Puts labels of one panel where nothing else is.
// See labeller.hpp.
#include "plot/layout/labeller.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/text/text.hpp"

namespace plot {

namespace {

constexpr double label_weight = 6;  // of a label's cells, against 1 for a line's
double shift(Anchor anchor, double width) {
  return anchor == Anchor::left ? 0 : (anchor == Anchor::centre ? width / 2 : width);
}

}  // namespace

Box LabelBlock::ink(PaperPoint at, Anchor anchor) const {
  return ink_box({at.x - shift(anchor, size.width), at.y}, size);
}

LabelBlock Labeller::block(const std::string& text, double width, double at_size) const {
  LabelBlock block;
  block.size.size = at_size;
  block.size.above = block.size.below = 0;
  for (const std::string& line : break_lines(text, width, at_size, context.measure)) {
    block.lines.push_back(set(line, at_size));
    block.size.width = std::max(block.size.width, block.lines.back().width);
    for (const TextRun& run : block.lines.back().runs) {
      block.size.above = std::max(block.size.above, ink_above * run.size - run.offset.y);
      block.size.below = std::max(block.size.below, ink_below * run.size + run.offset.y);
    }
  }
  block.size.lines = std::max<std::size_t>(1, block.lines.size());
  return block;
}

std::optional<PaperPoint> Labeller::last_place(std::size_t mark, double part) const {
  if (!context.plan.kept) return std::nullopt;
  const auto last = context.plan.kept->last(role_of(context.marks(), mark, part), LabelGround::panel);
  if (!last) return std::nullopt;
  return PaperPoint{context.plan.box.left + last->x, context.plan.box.top + last->y};
}

void Labeller::put(std::size_t mark, const LabelBlock& block, PaperPoint origin, Anchor anchor, const LabelLooks& looks,
                   double part) {
  if (const std::optional<PaperPoint> last = last_place(mark, part);
      last && distance(*last, origin) > context.plan.pace) {
    // On its way there, so that a reader's eye can follow; nothing else takes its place.
    context.ink_map.add(block.ink(origin, anchor), label_weight);
    context.is_settled = false;
    const double t = context.plan.pace / distance(*last, origin);
    origin = {std::lerp(last->x, origin.x, t), std::lerp(last->y, origin.y, t)};
  }
  context.placed.push_back({role_of(context.marks(), mark, part), LabelGround::panel, origin});
  for (const SetLabel& line : block.lines) {
    TextItem item = write(line, origin, anchor, text_ink(looks.ink), looks.halo);
    item.series = looks.series;
    context.ink_map.add(text_box(item.origin, line.width, block.size.size), label_weight);
    items.emplace_back(std::move(item));
    origin.y += block.size.line_spacing();
  }
}

void Labeller::beside(std::size_t mark, const std::string& text, const std::vector<PaperPoint>& anchors,
                      const LabelLooks& looks) {
  const Box within = context.frame.box.grown(-0.5);
  const LabelBlock label = block(text, within.width(), looks.size);
  const LabelPlacement place = find_placement(anchors, label.size, 4, within, context.ink_map, last_place(mark));
  if (place.is_free) {
    put(mark, label, place.origin, Anchor::left, looks);
  } else {
    leave_to_legend(mark);
  }
}

void Labeller::at_one_of(std::size_t mark, const std::string& text, const std::vector<PaperPoint>& origins,
                         const Box& within, const LabelLooks& looks) {
  const LabelBlock label = block(text, within.width(), looks.size);
  const PaperPoint* best = nullptr;
  double least = std::numeric_limits<double>::infinity();
  const std::optional<PaperPoint> last = last_place(mark);
  for (const PaperPoint& origin : origins) {
    const Box ink = ink_box(origin, label.size);
    const bool is_kept = last && distance(*last, origin) <= kept_reach;
    const double cost = is_kept ? -1 : context.ink_map.under(text_box(origin, label.size.width, looks.size));
    if (cost >= least || !within.contains(ink) || context.ink_map.touches(ink)) continue;
    least = cost;
    best = &origin;
  }
  if (best) {
    put(mark, label, *best, Anchor::left, looks);
  } else {
    leave_to_legend(mark);
  }
}

void Labeller::along(std::size_t mark, const SeriesView& series, std::vector<PaperPoint> anchors) {
  const ProjectedSeries& projected = context.projected[mark];
  if (anchors.empty())
    for (const Pointer& p : projected.pointers) anchors.push_back(p.tip);
  if (!anchors.empty()) {
    beside(mark, series.label, anchors, {size(), series.ink, series.name});
  } else if (!projected.not_finite.empty() || !projected.not_positive.empty()) {
    leave_to_legend(mark);
  }
}

void Labeller::along_points(std::size_t mark, const SeriesView& series) {
  constexpr std::size_t most_anchors = 40;
  const auto& points = context.projected[mark].vertices;
  std::vector<PaperPoint> anchors(points.rbegin(), points.rend());
  if (anchors.size() > most_anchors) anchors.resize(most_anchors);
  along(mark, series, std::move(anchors));
}

}  // namespace plot
