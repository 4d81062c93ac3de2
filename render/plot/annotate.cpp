// Labels of marks: at line ends in the margin, beside what they name inside the panel, notes.
// See annotate.hpp.
#include "plot/annotate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <limits>
#include <optional>

#include "plot/extent.hpp"
#include "plot/key.hpp"
#include "plot/labeller.hpp"
#include "plot/marker.hpp"
#include "plot/shape.hpp"
#include "plot/spread.hpp"
#include "plot/text.hpp"
#include "plot/tick.hpp"

namespace plot {

namespace {

constexpr double pointer_value_size = 7;

/// Two digits: a reader wants the size of what is out of sight.
double rounded_for_reading(double value) { return std::strtod(fmt::format("{:.1e}", value).c_str(), nullptr); }

/// The end of a line on paper's right.
PaperPoint right_end(const Trace& trace) {
  PaperPoint end = trace.parts.front().front();
  for (const Polyline& part : trace.parts)
    for (const PaperPoint p : {part.front(), part.back()})
      if (p.x >= end.x) end = p;
  return end;
}

struct MarginLabel {
  std::size_t mark;
  PaperPoint end;
};

/// The heights that labels in the margin may take, as middles: the panel's, or more where they are
/// many.
std::pair<double, double> margin_range(const Canvas& canvas, std::size_t labels) {
  double low = canvas.plan.room.top, high = canvas.plan.room.bottom;
  const double needed = direct_label_gap * static_cast<double>(labels - 1);
  if (needed > high - low) {
    const double reach = (needed - (high - low)) / 2;
    const double edge = canvas.style.text * 0.8;
    low = std::max(canvas.page.top + edge, low - reach);
    high = std::min(canvas.page.bottom - edge, std::max(high + reach, low + needed));
    low = std::max(canvas.page.top + edge, std::min(low, high - needed));
  }
  return {low, high};
}

void leader(Labeller& labeller, PaperPoint from, PaperPoint to, Ink ink, const std::string& series) {
  const StrokeStyle stroke{ink, leader_width, Dash::solid, 0.8};
  labeller.items.push_back(Path{{MoveTo{from}, LineTo{to}}, stroke, std::nullopt, series});
}

void label_margin(Labeller& labeller) {
  Canvas& canvas = labeller.canvas;
  std::vector<MarginLabel> labels;
  for (const std::size_t m : canvas.plan.margin_labels)
    if (!canvas.traces[m].parts.empty()) labels.push_back({m, right_end(canvas.traces[m])});
  if (labels.empty()) return;

  // More labels than the page is high: the last place says how many are missing.
  const auto [low, high] = margin_range(canvas, labels.size());
  const std::size_t most = 1 + static_cast<std::size_t>(std::max(0.0, (high - low) / direct_label_gap + 1e-6));
  const std::size_t kept = labels.size() <= most ? labels.size() : most - 1;
  std::vector<double> wanted;
  for (std::size_t i = 0; i < kept; ++i) wanted.push_back(labels[i].end.y);
  if (kept < labels.size()) wanted.push_back(high);
  const std::vector<double> heights = spread(wanted, direct_label_gap, low, high);

  const double x = canvas.plan.box.right + direct_label_offset;
  // Labels are aligned, whether or not a marker stands before them.
  double indent = 0;
  for (const MarginLabel& label : labels)
    indent = std::max(indent, label_indent(std::get<Line>(canvas.marks()[label.mark])));
  for (std::size_t i = 0; i < kept; ++i) {
    const Line& line = std::get<Line>(canvas.marks()[labels[i].mark]);
    const PaperPoint end = labels[i].end;
    const SetLabel label = labeller.set(line.label, labeller.size());
    TextItem item =
        write(label, {x + indent, heights[i] + cap_height * labeller.size() / 2}, text_ink(line.stroke.ink));
    item.series = line.series;
    const bool moved = std::abs(heights[i] - end.y) > 2 || x - end.x > bare_label_distance;
    if (moved)
      leader(labeller, {end.x + 1.5, end.y}, {x - 1.5 + indent - label_indent(line), heights[i]}, line.stroke.ink,
             line.series);
    if (label_indent(line) > 0)
      labeller.items.push_back(marker_item(line.marker, {x + line.marker_size / 2, heights[i]}, line.marker_size,
                                           line.marker_filled, line.stroke.ink, line.series));
    labeller.items.emplace_back(std::move(item));
  }
  if (kept < labels.size()) {
    const SetLabel more = labeller.set(fmt::format("and {} more", labels.size() - kept), 7);
    const double more_x = std::min(x, canvas.page.right - more.width);
    labeller.items.emplace_back(write(more, {more_x, heights.back() + cap_height * 7 / 2}, Ink::muted));
  }
}

constexpr double anchor_distance = 12;

/// Places along a line to name it at: its end first, then its points, then places between distant ones. Over a
/// landscape lines are paths, which end where they come to rest.
std::vector<PaperPoint> anchors_along(const Trace& trace, bool landscape) {
  std::vector<PaperPoint> anchors{landscape ? trace.parts.back().back() : right_end(trace)}, between;
  std::size_t total = 0;
  for (const Polyline& part : trace.parts) total += part.size();
  const std::size_t stride = std::max<std::size_t>(1, total / 40);
  std::size_t k = 0;
  for (auto part = trace.parts.rbegin(); part != trace.parts.rend(); ++part)
    for (std::size_t i = part->size(); i-- > 0; ++k) {
      const PaperPoint p = (*part)[i];
      if (k % stride == 0) anchors.push_back(p);
      if (i == 0 || total > 40) continue;
      const PaperPoint q = (*part)[i - 1];
      const double length = std::hypot(q.x - p.x, q.y - p.y);
      for (double s = anchor_distance; s < length; s += anchor_distance)
        between.push_back({p.x + s / length * (q.x - p.x), p.y + s / length * (q.y - p.y)});
    }
  anchors.insert(anchors.end(), between.begin(), between.end());
  return anchors;
}

/// What cannot be seen in the panel at all, but for a cross in a strip, is named in the key.
bool is_unseen(const Trace& trace) { return trace.parts.empty() && trace.pointers.empty() && trace.vertices.empty(); }

bool has_place(const Canvas& canvas, std::size_t mark) {
  const auto holds = [mark](const std::vector<std::size_t>& marks) {
    return std::find(marks.begin(), marks.end(), mark) != marks.end();
  };
  return holds(canvas.plan.margin_labels) || holds(canvas.plan.key);
}

void label_line(Labeller& labeller, std::size_t m, const Line& line) {
  const Trace& trace = labeller.canvas.traces[m];
  std::vector<PaperPoint> anchors;
  if (!trace.parts.empty()) {
    anchors = anchors_along(trace, is_landscape(*labeller.canvas.plan.panel));
  } else {
    for (const Pointer& p : trace.pointers) anchors.push_back(p.tip);
  }
  labeller.beside(m, line.label, anchors, {labeller.size(), line.stroke.ink, line.series});
}

void label_points(Labeller& labeller, std::size_t m, const Points& points) {
  const Trace& trace = labeller.canvas.traces[m];
  std::vector<PaperPoint> anchors(trace.vertices.rbegin(), trace.vertices.rend());
  if (anchors.size() > 40) anchors.resize(40);
  if (anchors.empty())
    for (const Pointer& p : trace.pointers) anchors.push_back(p.tip);
  labeller.beside(m, points.label, anchors, {labeller.size(), points.ink, points.series});
}

void label_series(Labeller& labeller) {
  Canvas& canvas = labeller.canvas;
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    const Mark& mark = canvas.marks()[m];
    const auto* line = std::get_if<Line>(&mark);
    const auto* points = std::get_if<Points>(&mark);
    if ((!line && !points) || label_of(mark).empty() || has_place(canvas, m)) continue;
    const Trace& trace = canvas.traces[m];
    if (is_unseen(trace)) {
      if (!trace.not_finite.empty() || !trace.not_positive.empty()) canvas.unplaced.push_back(m);
    } else if (line) {
      label_line(labeller, m, *line);
    } else {
      label_points(labeller, m, *points);
    }
  }
}

/// The value where a series begins or ends, if the axis can show it.
std::optional<double> value_beyond(const Line& line, ScaleKind y, bool at_start) {
  const std::size_t n = std::min(line.x.size(), line.y.size());
  for (std::size_t i = 0; i < n; ++i)
    if (const double value = line.y[at_start ? i : n - 1 - i]; can_show(y, value)) return value;
  return std::nullopt;
}

/// Where a curve leaves the panel, what it goes to, if there is room; over a landscape no axis is a value.
void label_pointers(Labeller& labeller) {
  const Canvas& canvas = labeller.canvas;
  if (is_landscape(*canvas.plan.panel)) return;
  const Box within = canvas.frame.box.grown(-0.5);
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    const auto* line = std::get_if<Line>(&canvas.marks()[m]);
    if (!line || line->role != Role::measured) continue;
    for (const Pointer& pointer : canvas.traces[m].pointers) {
      const auto value = value_beyond(*line, canvas.frame.y.domain.kind, pointer.at_start);
      if (!value) continue;
      const LabelBlock label =
          labeller.block(number_label(rounded_for_reading(*value)), within.width(), pointer_value_size);
      const Place place = find_place({pointer.tip}, label.size, 5, within, canvas.occupancy);
      if (place.is_free)
        labeller.put(label, place.origin, Anchor::left, {pointer_value_size, line->stroke.ink, line->series});
    }
  }
}

/// A rule's label stands at one of its ends, on one of its sides.
void label_rule(Labeller& labeller, std::size_t m, const Rule& rule) {
  const Frame& frame = labeller.canvas.frame;
  const Box& box = frame.box;
  const double width = labeller.set(rule.label, 7).width;
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
  labeller.beside(m, rule.label, anchors, {7, rule.stroke.ink});
}

/// A region's label stands in one of its corners, or in its middle.
void label_region(Labeller& labeller, std::size_t m, const Region& region) {
  const Box& panel = labeller.canvas.frame.box;
  const auto visible = region_box(region, labeller.canvas.frame);
  if (!visible) return;
  const Box& b = *visible;
  const double width = labeller.set(region.label, 7).width;
  const double above = cap_height * 7, pad = 3;
  const double left = b.left + pad, right = std::max(left, b.right - pad - width);
  // In a flat region a label is centred; higher ones hold it near their edges.
  const double high = b.top + std::min(pad + above, (b.height() + above) / 2);
  const double low = b.bottom - std::min(pad + 1, (b.height() - above) / 2);
  std::vector<PaperPoint> origins;
  for (const double t : {0.0, 1.0, 0.5, 0.25, 0.75})
    for (const double y : {low, high, (low + high) / 2}) origins.push_back({std::lerp(left, right, t), y});
  const Ink ink = region.ink == Ink::faint || region.ink == Ink::grey ? Ink::muted : region.ink;
  // Without a halo, which would be a hole in the tint.
  labeller.at_one_of(m, region.label, origins, panel.grown(2), {7, ink, {}, false});
}

void label_guide(Labeller& labeller, std::size_t m, const SlopeGuide& guide) {
  const auto part = guide_segment(guide, labeller.canvas.frame);
  if (!part) return;
  // Beside the rise, under the run, then along the line itself.
  const PaperPoint corner = guide_corner(*part), from = part->from, to = part->to;
  const PaperPoint higher = corner.x == from.x ? from : to, lower = corner.x == from.x ? to : from;
  std::vector<PaperPoint> anchors{{corner.x, (corner.y + higher.y) / 2}, {(corner.x + lower.x) / 2, corner.y}};
  for (const double t : {0.5, 0.35, 0.65, 0.2, 0.8, 1.0, 0.0})
    anchors.push_back({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
  labeller.beside(m, guide.label, anchors, {7, Ink::foreground});
}

/// The marks of one kind that have a label and no place for it yet.
template <class M>
void for_each(Labeller& labeller, const std::function<void(std::size_t, const M&)>& use) {
  const Canvas& canvas = labeller.canvas;
  for (std::size_t m = 0; m < canvas.marks().size(); ++m)
    if (const M* mark = std::get_if<M>(&canvas.marks()[m]))
      if (!label_of(*mark).empty() && !has_place(canvas, m)) use(m, *mark);
}

}  // namespace

std::vector<Item> annotate(Canvas& canvas) {
  Labeller labeller{canvas};
  // What has one place goes first, what can stand anywhere last.
  for_each<Note>(labeller, [&](std::size_t m, const Note& note) { labeller.note(m, note); });
  label_margin(labeller);
  for_each<SlopeGuide>(labeller, [&](std::size_t m, const SlopeGuide& guide) { label_guide(labeller, m, guide); });
  label_series(labeller);
  for_each<Rule>(labeller, [&](std::size_t m, const Rule& rule) { label_rule(labeller, m, rule); });
  for_each<Region>(labeller, [&](std::size_t m, const Region& region) { label_region(labeller, m, region); });
  label_pointers(labeller);
  std::sort(canvas.unplaced.begin(), canvas.unplaced.end());
  return std::move(labeller.items);
}

}  // namespace plot
