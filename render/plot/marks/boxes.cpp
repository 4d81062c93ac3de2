// Box plots: samples side by side by five numbers each.
// See boxes.hpp.
#include "plot/marks/boxes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "plot/geometry/clip.hpp"
#include "plot/geometry/tick.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/bars.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

constexpr double box_line = 0.9, median_line = 1.8, outlier_size = 3;
constexpr std::size_t most_told = 5;  // outliers by their values

SeriesView view(const Boxes& boxes) {
  SeriesView series{
      boxes.series, boxes.label, boxes.x, boxes.median, boxes.ink, boxes.role, false, 0, Marker::none, 0, false, 0};
  series.nan_is_missing = true;
  series.bars = BarEnds{boxes.offset, {}, false};
  return series;
}

std::size_t size_of(const Boxes& b) {
  return std::min(
      {b.x.size(), b.lower.size(), b.median.size(), b.upper.size(), b.whisker_low.size(), b.whisker_high.size()});
}

double half_width(const Boxes& boxes) {
  constexpr double part_of_bar = 0.5 / 0.7;  // a box is slimmer than a bar
  return (boxes.width > 0 ? boxes.width : part_of_bar * natural_bar_width({.x = boxes.x})) / 2;
}

struct BoxOnPaper {
  double left, middle, right, lower, median, upper, low, high;
};

std::vector<BoxOnPaper> on_paper(const Boxes& boxes, const Frame& frame) {
  const double half = half_width(boxes);
  std::vector<BoxOnPaper> drawn;
  for (std::size_t i = 0; i < size_of(boxes); ++i) {
    const double x = boxes.x[i] + boxes.offset;
    if (std::isnan(boxes.median[i]) || !can_show(frame.x.domain.kind, x)) continue;
    BoxOnPaper box{frame.x.extended(x - half), frame.x(x), frame.x.extended(x + half), 0, 0, 0, 0, 0};
    if (box.left > box.right) std::swap(box.left, box.right);
    box.lower = frame.y.extended(boxes.lower[i]);
    box.median = frame.y.extended(boxes.median[i]);
    box.upper = frame.y.extended(boxes.upper[i]);
    box.low = frame.y.extended(boxes.whisker_low[i]);
    box.high = frame.y.extended(boxes.whisker_high[i]);
    drawn.push_back(box);
  }
  return drawn;
}

std::vector<PaperPoint> outliers_on_paper(const Boxes& boxes, const Frame& frame) {
  std::vector<PaperPoint> places;
  for (std::size_t i = 0; i < std::min(boxes.outlier_x.size(), boxes.outlier_y.size()); ++i) {
    const double x = boxes.outlier_x[i] + boxes.offset;
    if (!can_show(frame.x.domain.kind, x)) continue;
    const PaperPoint p{frame.x(x), frame.y.extended(boxes.outlier_y[i])};
    if (p.x >= frame.box.left && p.x <= frame.box.right) places.push_back(p);
  }
  return places;
}

Polyline outline_of(const BoxOnPaper& b) {
  return {{b.left, b.lower}, {b.right, b.lower}, {b.right, b.upper}, {b.left, b.upper}};
}

std::array<Polyline, 2> whiskers_of(const BoxOnPaper& b) {
  return {Polyline{{b.middle, b.lower}, {b.middle, b.low}}, Polyline{{b.middle, b.upper}, {b.middle, b.high}}};
}

void stroke_visible(std::vector<PathStep>& steps, const Polyline& line, const Box& frame) {
  for (const Polyline& part : clip_polyline(frame, line)) append(steps, path_through(part));
}

std::string said(double value, const text::Words& words) {
  return plain_text(in_language(label_of(text::rounded(value, 4)), words));
}

/// What a box says besides its median and quartiles.
std::string note_on(const Boxes& boxes, std::size_t i, const text::Words& words) {
  std::string note;
  if (i < boxes.count.size()) note = words.say({"box_count", {{"count", std::to_string(boxes.count[i])}}}) + "; ";
  note += words.say(
      {"box_whiskers", {{"low", said(boxes.whisker_low[i], words)}, {"high", said(boxes.whisker_high[i], words)}}});
  std::size_t found = 0;
  std::string beyond;
  const std::string separator = words["decimal_sign"] == "," ? "; " : ", ";
  for (std::size_t k = 0; k < std::min(boxes.outlier_x.size(), boxes.outlier_y.size()); ++k) {
    if (boxes.outlier_x[k] != boxes.x[i]) continue;
    if (++found <= most_told) beyond += (found == 1 ? "" : separator) + said(boxes.outlier_y[k], words);
  }
  if (found > most_told) beyond += " " + words.say({"and_more", {{"count", std::to_string(found - most_told)}}});
  return found > 0 ? note + "; " + words.say({"box_beyond", {{"values", beyond}}}) : note;
}

}  // namespace

std::optional<SeriesView> series_of(const Boxes& boxes) { return view(boxes); }

void fit_axes(const Boxes& boxes, Autoscaler& axes) {
  const double half = half_width(boxes);
  for (const double x : boxes.x) {
    axes.pad_x(x + boxes.offset - half);
    axes.pad_x(x + boxes.offset + half);
  }
  axes.pad_y(boxes.x, boxes.whisker_low);
  axes.pad_y(boxes.x, boxes.whisker_high);
  axes.pad_y(boxes.outlier_x, boxes.outlier_y);
}

void occupy(const Boxes& boxes, const ProjectedSeries&, const Frame& frame, InkMap& ink_map) {
  for (const BoxOnPaper& b : on_paper(boxes, frame)) {
    ink_map.add(Box{b.left, std::min(b.lower, b.upper), b.right, std::max(b.lower, b.upper)}.grown(box_line / 2), 1);
    for (const Polyline& whisker : whiskers_of(b)) ink_map.add(whisker, 1, box_line / 2);
  }
  for (const PaperPoint p : outliers_on_paper(boxes, frame))
    ink_map.add(Box{p.x, p.y, p.x, p.y}.grown(outlier_size), 1);
}

void paint(const Boxes& boxes, const ProjectedSeries&, PanelContext& context) {
  const Box& frame = context.frame.box;
  std::vector<PathStep> areas, lines, medians;
  for (const BoxOnPaper& b : on_paper(boxes, context.frame)) {
    const Polyline outline = outline_of(b);
    if (const Polyline area = clip_polygon(frame, outline); area.size() >= 3) append(areas, plot::outline_of(area));
    Polyline closed = outline;
    closed.push_back(closed.front());
    stroke_visible(lines, closed, frame);
    for (const Polyline& whisker : whiskers_of(b)) stroke_visible(lines, whisker, frame);
    stroke_visible(medians, {{b.left, b.median}, {b.right, b.median}}, frame);
  }
  if (!areas.empty()) fill(context.items, std::move(areas), {Ink::background, 1}, boxes.series);
  if (!lines.empty()) stroke(context.items, std::move(lines), {boxes.ink, box_line, Dash::solid, 1}, boxes.series);
  if (!medians.empty())
    stroke(context.items, std::move(medians), {boxes.ink, median_line, Dash::solid, 1}, boxes.series);

  std::vector<PaperPoint> seen;
  std::vector<PathStep> pointers;
  for (const PaperPoint p : outliers_on_paper(boxes, context.frame)) {
    if (frame.contains(p)) {
      seen.push_back(p);
    } else {
      const bool up = p.y < frame.top;
      append(pointers, pointer({p.x, up ? frame.top : frame.bottom}, up, pointer_size));
    }
  }
  SeriesView outliers = view(boxes);
  outliers.marker = Marker::circle;
  outliers.marker_size = outlier_size;
  paint_markers(context.items, seen, outliers, 1);
  if (!pointers.empty()) fill(context.items, std::move(pointers), {boxes.ink, 1}, boxes.series);
}

MarkLabel label_of(const Boxes& boxes) {
  return {.text = boxes.label, .freedom = Freedom::along_its_data, .ink = boxes.ink};
}

void place_label(const Boxes& boxes, std::size_t index, Labeller& labeller) {
  std::vector<PaperPoint> anchors;
  for (const BoxOnPaper& b : on_paper(boxes, labeller.context.frame)) {
    anchors.push_back({b.right, b.median});
    anchors.push_back({b.middle, b.high});
  }
  std::reverse(anchors.begin(), anchors.end());
  labeller.along(index, view(boxes), std::move(anchors));
}

void draw_sample(const Boxes& boxes, LegendSample& sample) {
  const double left = sample.left.x + 3, right = sample.left.x + LegendSample::width - 3, y = sample.left.y;
  const StrokeStyle line{boxes.ink, box_line, Dash::solid, 1};
  stroke(sample.items, plot::outline_of(Polyline{{left, y - 3}, {right, y - 3}, {right, y + 3}, {left, y + 3}}), line,
         boxes.series);
  stroke(sample.items, path_through({{left, y}, {right, y}}), {boxes.ink, median_line, Dash::solid, 1}, boxes.series);
}

/// The median within its quartiles.
void add_readout(const Boxes& boxes, ReadoutParts& readout) {
  ReadoutParts::Notes notes{readout.series.size(), {}};
  for (std::size_t i = 0; i < size_of(boxes); ++i)
    notes.texts.push_back(std::isnan(boxes.median[i]) ? "" : note_on(boxes, i, readout.words));
  readout.notes.push_back(std::move(notes));
  readout.series.push_back(view(boxes));
  readout.bounds.push_back({boxes.series, boxes.role, boxes.x, boxes.lower, boxes.upper});
}

}  // namespace plot
