// Words at a place in the panel.
// See note.hpp.
#include "plot/marks/note.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/layout/labeller.hpp"

namespace plot {

namespace {

constexpr double note_size = 7.5, note_spacing = 9.5;
/// A note may move this far, in steps; farther away it would belong to something else.
constexpr double note_reach = 12, note_step = 2;
/// Between letters and the axis lines, which stand off the panel.
constexpr double beyond_frame = 1;
constexpr double corner_air = 3;  // between the panel and a note in its corner

/// Places around the one that is wanted; the nearest first, or those nearest to the last one, which is the first if it
/// is near enough.
std::vector<PaperPoint> places_for(PaperPoint wanted, std::optional<PaperPoint> last) {
  std::vector<PaperPoint> places = places_around(wanted, note_reach, note_step);
  if (!last || distance(*last, wanted) > note_reach + kept_reach) return places;
  if (distance(*last, wanted) <= note_reach) places.push_back(*last);
  std::stable_sort(places.begin(), places.end(),
                   [&](PaperPoint a, PaperPoint b) { return distance(a, *last) < distance(b, *last); });
  return places;
}

bool has_place(const Note& note) { return note.x && note.y; }

LabelBlock block_of(const Note& note, double width, const Labeller& labeller) {
  LabelBlock block = labeller.block(note.text, width, note_size);
  block.size.spacing = note_spacing;
  return block;
}

void place_near(const Note& note, std::size_t index, Labeller& labeller) {
  const PanelContext& context = labeller.context;
  const Frame& frame = context.frame;
  if (!can_show(frame.x.domain.kind, *note.x) || !can_show(frame.y.domain.kind, *note.y)) return;
  const PaperPoint place = frame.box.nearest({frame.x(*note.x), frame.y(*note.y)});
  const Box within = context.plan.room.grown(beyond_frame);
  const std::optional<PaperPoint> last = labeller.last_place(index);
  // In one line, or in more if there is no room for that.
  for (const double width : {within.width(), 0.5 * within.width()}) {
    const LabelBlock label = block_of(note, width, labeller);
    const PaperPoint wanted{place.x + note.dx,
                            place.y - note.dy + cap_height * note_size / 2 - label.size.more_lines() / 2};
    for (const PaperPoint at : places_for(wanted, last)) {
      const Box ink = label.ink(at, note.anchor);
      if (!within.contains(ink) || context.ink_map.touches(ink)) continue;
      labeller.put(index, label, at, note.anchor, {note_size, note.ink});
      return;
    }
  }
  labeller.leave_to_legend(index);
}

/// The corner in whose quarter of the panel there is least, as long as the words cover nothing there; the top right one
/// where all are as empty.
void place_in_corner(const Note& note, std::size_t index, Labeller& labeller) {
  const Box& box = labeller.context.frame.box;
  const LabelBlock label = block_of(note, 0.5 * box.width(), labeller);
  const LabelSize& size = label.size;
  const double middle_x = (box.left + box.right) / 2, middle_y = (box.top + box.bottom) / 2;
  const std::optional<PaperPoint> last = labeller.last_place(index);
  std::optional<PaperPoint> best;
  double least = std::numeric_limits<double>::infinity();
  for (const bool top : {true, false})
    for (const bool right : {true, false}) {
      const PaperPoint at{
          right ? box.right - corner_air - size.width : box.left + corner_air,
          top ? box.top + corner_air + size.above : box.bottom - corner_air - size.below - size.more_lines()};
      const Box ink = label.ink(at, Anchor::left);
      const Box quarter{right ? middle_x : box.left, top ? box.top : middle_y, right ? box.right : middle_x,
                        top ? middle_y : box.bottom};
      const bool is_kept = last && distance(*last, at) <= kept_reach;
      const double covered = is_kept ? -1 : labeller.context.ink_map.under(quarter);
      if (covered >= least || !box.contains(ink) || labeller.context.ink_map.touches(ink)) continue;
      least = covered;
      best = at;
    }
  if (best) {
    labeller.put(index, label, *best, Anchor::left, {note_size, note.ink});
  } else {
    labeller.leave_to_legend(index);
  }
}

}  // namespace

std::optional<SeriesView> series_of(const Note&) { return std::nullopt; }

/// Data make the axes; a note beyond them stands at the edge.
void fit_axes(const Note&, Autoscaler&) {}

/// It is a label and nothing else, which finds its place with the others.
void occupy(const Note&, const ProjectedSeries&, const Frame&, InkMap&) {}
void paint(const Note&, const ProjectedSeries&, PanelContext&) {}

MarkLabel label_of(const Note& note) {
  return {.text = note.text,
          .freedom = has_place(note) ? Freedom::at_its_place : Freedom::in_an_area,
          .ink = note.ink,
          .in_legend = note.in_legend,
          .sample_of = note.series};
}

void place_label(const Note& note, std::size_t index, Labeller& labeller) {
  if (has_place(note)) {
    place_near(note, index, labeller);
  } else {
    place_in_corner(note, index, labeller);
  }
}

/// It stands beside the sample of the series that it names, or beside none.
void draw_sample(const Note&, LegendSample&) {}

void add_readout(const Note&, ReadoutParts&) {}

}  // namespace plot
