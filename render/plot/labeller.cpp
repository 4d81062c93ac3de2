// Puts labels of one panel where nothing else is.
// See labeller.hpp.
#include "plot/labeller.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/text.hpp"

namespace plot {

namespace {

constexpr double label_weight = 6;  // of a label's cells, against 1 for a line's
constexpr double note_size = 7.5, note_spacing = 9.5;
/// A note may move this far, in steps; farther away it would belong to something else.
constexpr double note_reach = 12, note_step = 2;
/// Between letters and the axis lines, which stand off the panel.
constexpr double beyond_frame = 1;

double shift(Anchor anchor, double width) {
  return anchor == Anchor::left ? 0 : (anchor == Anchor::centre ? width / 2 : width);
}

/// Places around one, the nearest first.
std::vector<PaperPoint> around(PaperPoint at) {
  std::vector<PaperPoint> places;
  for (double dy = -note_reach; dy <= note_reach; dy += note_step)
    for (double dx = -note_reach; dx <= note_reach; dx += note_step)
      if (std::hypot(dx, dy) <= note_reach) places.push_back({at.x + dx, at.y + dy});
  const auto distance = [at](PaperPoint p) { return std::hypot(p.x - at.x, p.y - at.y); };
  std::stable_sort(places.begin(), places.end(), [&](PaperPoint a, PaperPoint b) { return distance(a) < distance(b); });
  return places;
}

/// What a block inks whose lines are aligned at x, the first baseline at y.
Box ink_of(const LabelBlock& block, PaperPoint at, Anchor anchor) {
  return ink_box({at.x - shift(anchor, block.size.width), at.y}, block.size);
}

}  // namespace

LabelBlock Labeller::block(const std::string& text, double width, double at_size) const {
  LabelBlock block;
  block.size.size = at_size;
  block.size.above = block.size.below = 0;
  for (const std::string& line : break_lines(text, width, at_size, canvas.measure)) {
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

void Labeller::put(const LabelBlock& block, PaperPoint origin, Anchor anchor, const LabelLooks& looks) {
  for (const SetLabel& line : block.lines) {
    TextItem item = write(line, origin, anchor, text_ink(looks.ink), looks.halo);
    item.series = looks.series;
    canvas.occupancy.add(text_box(item.origin, line.width, block.size.size), label_weight);
    items.emplace_back(std::move(item));
    origin.y += block.size.line_spacing();
  }
}

void Labeller::beside(std::size_t mark, const std::string& text, const std::vector<PaperPoint>& anchors,
                      const LabelLooks& looks) {
  const Box within = canvas.frame.box.grown(-0.5);
  const LabelBlock label = block(text, within.width(), looks.size);
  const Place place = find_place(anchors, label.size, 4, within, canvas.occupancy);
  if (place.is_free) {
    put(label, place.origin, Anchor::left, looks);
  } else {
    canvas.unplaced.push_back(mark);
  }
}

void Labeller::at_one_of(std::size_t mark, const std::string& text, const std::vector<PaperPoint>& origins,
                         const Box& within, const LabelLooks& looks) {
  const LabelBlock label = block(text, within.width(), looks.size);
  const PaperPoint* best = nullptr;
  double least = std::numeric_limits<double>::infinity();
  for (const PaperPoint& origin : origins) {
    const Box ink = ink_box(origin, label.size);
    const double cost = canvas.occupancy.under(text_box(origin, label.size.width, looks.size));
    if (cost >= least || !within.contains(ink) || canvas.occupancy.touches(ink)) continue;
    least = cost;
    best = &origin;
  }
  if (best) {
    put(label, *best, Anchor::left, looks);
  } else {
    canvas.unplaced.push_back(mark);
  }
}

void Labeller::note(std::size_t mark, const Note& note) {
  const Frame& frame = canvas.frame;
  if (!can_show(frame.x.domain.kind, note.x) || !can_show(frame.y.domain.kind, note.y)) return;
  const PaperPoint place = frame.box.nearest({frame.x(note.x), frame.y(note.y)});
  const Box within = canvas.plan.room.grown(beyond_frame);
  // In one line, or in more if there is no room for that.
  for (const double width : {within.width(), 0.5 * within.width()}) {
    LabelBlock label = block(note.text, width, note_size);
    label.size.spacing = note_spacing;
    const PaperPoint wanted{place.x + note.dx,
                            place.y - note.dy + cap_height * note_size / 2 - label.size.more_lines() / 2};
    for (const PaperPoint at : around(wanted)) {
      const Box ink = ink_of(label, at, note.anchor);
      if (!within.contains(ink) || canvas.occupancy.touches(ink)) continue;
      put(label, at, note.anchor, {note_size, note.ink});
      return;
    }
  }
  canvas.unplaced.push_back(mark);
}

}  // namespace plot
