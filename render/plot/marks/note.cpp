// Words at a place in the panel.
// See note.hpp.
#include "plot/marks/note.hpp"

#include <algorithm>
#include <cmath>

#include "plot/layout/labeller.hpp"

namespace plot {

namespace {

constexpr double note_size = 7.5, note_spacing = 9.5;
/// A note may move this far, in steps; farther away it would belong to something else.
constexpr double note_reach = 12, note_step = 2;
/// Between letters and the axis lines, which stand off the panel.
constexpr double beyond_frame = 1;

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

}  // namespace

std::optional<SeriesView> series_of(const Note&) { return std::nullopt; }

/// Data make the axes; a note beyond them stands at the edge.
void fit_axes(const Note&, Autoscaler&) {}

/// It is a label and nothing else, which finds its place with the others.
void occupy(const Note&, const Trace&, const Frame&, Occupancy&) {}
void paint(const Note&, const Trace&, Canvas&) {}

MarkLabel label_of(const Note& note) {
  return {.text = note.text,
          .freedom = Freedom::at_its_place,
          .ink = note.ink,
          .in_key = note.in_key,
          .sample_of = note.series};
}

/// At its place; it moves away a little from what is there already.
void place_label(const Note& note, std::size_t index, Labeller& labeller) {
  const Canvas& canvas = labeller.canvas;
  const Frame& frame = canvas.frame;
  if (!can_show(frame.x.domain.kind, note.x) || !can_show(frame.y.domain.kind, note.y)) return;
  const PaperPoint place = frame.box.nearest({frame.x(note.x), frame.y(note.y)});
  const Box within = canvas.plan.room.grown(beyond_frame);
  // In one line, or in more if there is no room for that.
  for (const double width : {within.width(), 0.5 * within.width()}) {
    LabelBlock label = labeller.block(note.text, width, note_size);
    label.size.spacing = note_spacing;
    const PaperPoint wanted{place.x + note.dx,
                            place.y - note.dy + cap_height * note_size / 2 - label.size.more_lines() / 2};
    for (const PaperPoint at : around(wanted)) {
      const Box ink = label.ink(at, note.anchor);
      if (!within.contains(ink) || canvas.occupancy.touches(ink)) continue;
      labeller.put(label, at, note.anchor, {note_size, note.ink});
      return;
    }
  }
  labeller.leave_to_key(index);
}

/// It stands beside the sample of the series that it names, or beside none.
void draw_sample(const Note&, Sample&) {}

void add_readout(const Note&, ReadoutParts&) {}

}  // namespace plot
