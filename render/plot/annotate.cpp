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

#include "plot/shape.hpp"
#include "plot/spread.hpp"
#include "plot/text.hpp"
#include "plot/tick.hpp"

namespace plot {

namespace {

constexpr double label_weight = 6;  // of a label's cells, against 1 for a line's
constexpr double note_size = 7.5;
constexpr double pointer_value_size = 7;
/// A value beside a pointer may cross a thin line, not another label.
constexpr double most_cost_of_value = 8;

/// Two digits: a reader wants the size of what is out of sight.
double rounded_for_reading(double value) { return std::strtod(fmt::format("{:.1e}", value).c_str(), nullptr); }

struct Labeller {
  Canvas& canvas;
  std::vector<Item> items;

  double size() const { return canvas.style.text; }
  SetLabel set(const std::string& text, double at_size) const {
    return set_label(text, at_size, canvas.measure);
  }

  void add(TextItem item, const Box& box) {
    canvas.occupancy.add(box, label_weight);
    items.emplace_back(std::move(item));
  }

  /// A label in the best place beside one of the anchors.
  void beside(const std::string& text, const std::vector<PaperPoint>& anchors, double at_size,
              Ink ink, const std::string& series) {
    if (anchors.empty()) return;
    const Box within = canvas.frame.box.grown(-0.5);
    const std::vector<std::string> lines =
        break_lines(text, within.width(), at_size, canvas.measure);
    LabelSize block{0, at_size, lines.size()};
    for (const std::string& line : lines)
      block.width = std::max(block.width, set(line, at_size).width);
    const Place place = find_place(anchors, block, 4, within, canvas.occupancy);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      const PaperPoint at{place.origin.x,
                          place.origin.y + static_cast<double>(i) * block.line_spacing()};
      put(lines[i], at, at_size, ink, series);
    }
  }

  /// One line of text; it may reach out of the panel, not out of the page.
  void put(const std::string& text, PaperPoint origin, double at_size, Ink ink,
           const std::string& series, bool halo = true) {
    const SetLabel label = set(text, at_size);
    origin.x = std::max(canvas.page.left, std::min(origin.x, canvas.page.right - label.width));
    TextItem item = write(label, origin, text_ink(ink), halo);
    item.series = series;
    add(std::move(item), text_box(origin, label.width, at_size));
  }
};

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

void leader(Labeller& labeller, PaperPoint from, PaperPoint to, Ink ink,
            const std::string& series) {
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
  const std::size_t most =
      1 + static_cast<std::size_t>(std::max(0.0, (high - low) / direct_label_gap + 1e-6));
  const std::size_t kept = labels.size() <= most ? labels.size() : most - 1;
  std::vector<double> wanted;
  for (std::size_t i = 0; i < kept; ++i) wanted.push_back(labels[i].end.y);
  if (kept < labels.size()) wanted.push_back(high);
  const std::vector<double> heights = spread(wanted, direct_label_gap, low, high);

  const double x = canvas.plan.box.right + direct_label_offset;
  for (std::size_t i = 0; i < kept; ++i) {
    const Line& line = std::get<Line>(canvas.marks()[labels[i].mark]);
    const PaperPoint end = labels[i].end;
    const SetLabel label = labeller.set(line.label, labeller.size());
    TextItem item =
        write(label, {x, heights[i] + cap_height * labeller.size() / 2}, text_ink(line.stroke.ink));
    item.series = line.series;
    const bool moved = std::abs(heights[i] - end.y) > 2 || x - end.x > bare_label_distance;
    if (moved)
      leader(labeller, {end.x + 1.5, end.y}, {x - 1.5, heights[i]}, line.stroke.ink, line.series);
    labeller.items.emplace_back(std::move(item));
  }
  if (kept < labels.size()) {
    const SetLabel more = labeller.set(fmt::format("and {} more", labels.size() - kept), 7);
    const double more_x = std::min(x, canvas.page.right - more.width);
    labeller.items.emplace_back(
        write(more, {more_x, heights.back() + cap_height * 7 / 2}, Ink::muted));
  }
}

/// Places along a line to name it at, the right end first.
std::vector<PaperPoint> anchors_along(const Trace& trace) {
  std::vector<PaperPoint> anchors{right_end(trace)};
  std::size_t total = 0;
  for (const Polyline& part : trace.parts) total += part.size();
  const std::size_t stride = std::max<std::size_t>(1, total / 40);
  std::size_t k = 0;
  for (auto part = trace.parts.rbegin(); part != trace.parts.rend(); ++part)
    for (auto p = part->rbegin(); p != part->rend(); ++p, ++k)
      if (k % stride == 0) anchors.push_back(*p);
  return anchors;
}

void label_lines(Labeller& labeller) {
  const Canvas& canvas = labeller.canvas;
  const auto& in_margin = canvas.plan.margin_labels;
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    const Trace& trace = canvas.traces[m];
    if (const auto* line = std::get_if<Line>(&canvas.marks()[m])) {
      if (line->label.empty() ||
          std::find(in_margin.begin(), in_margin.end(), m) != in_margin.end())
        continue;
      std::vector<PaperPoint> anchors;
      if (!trace.parts.empty()) {
        anchors = anchors_along(trace);
      } else {
        for (const Pointer& p : trace.pointers) anchors.push_back(p.tip);
      }
      labeller.beside(line->label, anchors, labeller.size(), line->stroke.ink, line->series);
    }
    if (const auto* points = std::get_if<Points>(&canvas.marks()[m])) {
      if (points->label.empty()) continue;
      std::vector<PaperPoint> anchors(trace.vertices.rbegin(), trace.vertices.rend());
      if (anchors.size() > 40) anchors.resize(40);
      labeller.beside(points->label, anchors, labeller.size(), points->ink, points->series);
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

/// Where a curve leaves the panel, what it goes to, if there is room; over a plane no axis is a value.
void label_pointers(Labeller& labeller) {
  const Canvas& canvas = labeller.canvas;
  const bool plane =
      std::any_of(canvas.marks().begin(), canvas.marks().end(), [](const Mark& mark) {
        return std::holds_alternative<Contours>(mark) || std::holds_alternative<HeatMap>(mark);
      });
  if (plane) return;
  const Box within = canvas.frame.box.grown(-0.5);
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    const auto* line = std::get_if<Line>(&canvas.marks()[m]);
    if (!line || line->stroke.dash != Dash::solid) continue;
    for (const Pointer& pointer : canvas.traces[m].pointers) {
      const auto value = value_beyond(*line, canvas.frame.y.domain.kind, pointer.at_start);
      if (!value) continue;
      const std::string text = number_label(rounded_for_reading(*value));
      const LabelSize size{labeller.set(text, pointer_value_size).width, pointer_value_size};
      const Place place = find_place({pointer.tip}, size, 5, within, canvas.occupancy);
      if (place.cost < most_cost_of_value)
        labeller.put(text, place.origin, pointer_value_size, line->stroke.ink, line->series);
    }
  }
}

double shift(Anchor anchor, double width) {
  return anchor == Anchor::left ? 0 : (anchor == Anchor::centre ? width / 2 : width);
}

void write_note(Labeller& labeller, const Note& note) {
  const Canvas& canvas = labeller.canvas;
  const Frame& frame = canvas.frame;
  if (!can_show(frame.x.domain.kind, note.x) || !can_show(frame.y.domain.kind, note.y)) return;
  const PaperPoint place = frame.box.nearest({frame.x(note.x), frame.y(note.y)});
  const std::vector<std::string> lines =
      break_lines(note.text, canvas.page.width(), note_size, canvas.measure);
  const double spacing = 9.5;
  double y = place.y - note.dy + cap_height * note_size / 2 -
             spacing * (static_cast<double>(lines.size()) - 1) / 2;
  y = std::clamp(
      y, canvas.page.top + note_size,
      std::max(canvas.page.top + note_size,
               canvas.page.bottom - 2 - spacing * (static_cast<double>(lines.size()) - 1)));
  for (const std::string& line : lines) {
    const double x = place.x + note.dx - shift(note.anchor, labeller.set(line, note_size).width);
    labeller.put(line, {x, y}, note_size, note.ink, {});
    y += spacing;
  }
}

/// A rule's label stands at one of its ends, on one of its sides.
void label_rule(Labeller& labeller, const Rule& rule) {
  const Frame& frame = labeller.canvas.frame;
  const Box& box = frame.box;
  const double width = labeller.set(rule.label, 7).width;
  std::vector<PaperPoint> anchors;
  if (rule.y && can_show(frame.y.domain.kind, *rule.y)) {
    const double y = frame.y(*rule.y);
    if (y < box.top || y > box.bottom) return;
    const double inset = std::min(width / 2 + 1, box.width() / 2);
    for (const double t : {1.0, 0.0, 0.75, 0.25, 0.5})
      anchors.push_back({box.left + inset + t * (box.width() - 2 * inset), y});
  } else if (rule.x && can_show(frame.x.domain.kind, *rule.x)) {
    const double x = frame.x(*rule.x);
    if (x < box.left || x > box.right) return;
    for (const double t : {0.04, 0.96, 0.25, 0.75, 0.5})
      anchors.push_back({x, box.top + t * box.height()});
  }
  labeller.beside(rule.label, anchors, 7, rule.stroke.ink, {});
}

/// A region's label stands in one of its corners, or in its middle.
void label_region(Labeller& labeller, const Region& region) {
  const auto visible = region_box(region, labeller.canvas.frame);
  if (!visible) return;
  const Box& b = *visible;
  const SetLabel label = labeller.set(region.label, 7);
  const double above = cap_height * 7, pad = 3;
  const double left = b.left + pad, right = std::max(left, b.right - pad - label.width);
  // In a flat region a label is centred; higher ones hold it near their edges.
  const double high = b.top + std::min(pad + above, (b.height() + above) / 2);
  const double low = b.bottom - std::min(pad + 1, (b.height() - above) / 2);
  PaperPoint best{left, low};
  double least = std::numeric_limits<double>::infinity();
  for (const PaperPoint p : {PaperPoint{left, low}, PaperPoint{right, low}, PaperPoint{left, high},
                             PaperPoint{right, high}, PaperPoint{(left + right) / 2, low},
                             PaperPoint{(left + right) / 2, high}}) {
    const double cost = labeller.canvas.occupancy.under(text_box(p, label.width, 7));
    if (cost < least) {
      least = cost;
      best = p;
    }
  }
  const Ink ink = region.ink == Ink::faint || region.ink == Ink::grey ? Ink::muted : region.ink;
  // Without a halo, which would be a hole in the tint.
  labeller.put(region.label, best, 7, ink, {}, false);
}

void label_guide(Labeller& labeller, const SlopeGuide& guide) {
  const auto part = guide_segment(guide, labeller.canvas.frame);
  if (!part) return;
  // Beside the rise, under the run, then along the line itself.
  const PaperPoint corner = guide_corner(*part), from = part->from, to = part->to;
  const PaperPoint higher = corner.x == from.x ? from : to, lower = corner.x == from.x ? to : from;
  std::vector<PaperPoint> anchors{{corner.x, (corner.y + higher.y) / 2},
                                  {(corner.x + lower.x) / 2, corner.y}};
  for (const double t : {0.5, 0.35, 0.65, 0.2, 0.8, 1.0, 0.0})
    anchors.push_back({from.x + t * (to.x - from.x), from.y + t * (to.y - from.y)});
  labeller.beside(guide.label, anchors, 7, Ink::foreground, {});
}

template <class M>
void for_each(const Canvas& canvas, const std::function<void(const M&)>& use) {
  for (const Mark& mark : canvas.marks())
    if (const M* m = std::get_if<M>(&mark)) use(*m);
}

}  // namespace

std::vector<Item> annotate(Canvas& canvas) {
  Labeller labeller{canvas, {}};
  // What has one place goes first, what can stand anywhere last.
  for_each<Note>(canvas, [&](const Note& note) { write_note(labeller, note); });
  label_margin(labeller);
  for_each<SlopeGuide>(canvas, [&](const SlopeGuide& guide) {
    if (!guide.label.empty()) label_guide(labeller, guide);
  });
  label_lines(labeller);
  for_each<Rule>(canvas, [&](const Rule& rule) {
    if (!rule.label.empty()) label_rule(labeller, rule);
  });
  for_each<Region>(canvas, [&](const Region& region) {
    if (!region.label.empty()) label_region(labeller, region);
  });
  label_pointers(labeller);
  return std::move(labeller.items);
}

}  // namespace plot
