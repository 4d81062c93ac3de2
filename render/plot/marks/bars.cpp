// Bars: lengths that can be compared, for they begin at one line.
// See bars.hpp.
#include "plot/marks/bars.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "plot/layout/autoscale.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

constexpr double gap_of_touching = 0.5;  // points of paper between bars that touch in their data
constexpr double open_line = 0.9;        // of bars that are not filled
/// Of thinner bars a column of paper shows the longest to either side.
constexpr double finest = 0.25;

SeriesView view(const Bars& bars) {
  SeriesView series{bars.series, bars.label, bars.x, bars.y, bars.ink, bars.role, false, 0, Marker::none, 0, true, 0};
  series.is_drawn_singly = !bars.errors.lower.empty();
  series.nan_is_missing = bars.nan_is_missing;
  series.bars = BarEnds{bars.offset, bars.below, bars.horizontal};
  return series;
}

const std::vector<double>& places_of(const Bars& bars) { return bars.horizontal ? bars.y : bars.x; }
const std::vector<double>& lengths_of(const Bars& bars) { return bars.horizontal ? bars.x : bars.y; }
std::size_t size_of(const Bars& bars) { return std::min(bars.x.size(), bars.y.size()); }

/// A bar in the values of its axes: across from side to side, along from its base to its end.
struct Bar {
  double from, to, start, end;
};

bool has_sides(const Bars& bars) {
  return !bars.sides.lower.empty() && bars.sides.lower.size() == bars.sides.upper.size();
}

std::vector<Bar> bars_of(const Bars& bars) {
  const double half = (bars.width > 0 ? bars.width : natural_bar_width(bars)) / 2;
  std::vector<Bar> all;
  for (std::size_t i = 0; i < size_of(bars); ++i) {
    const double below = i < bars.below.size() ? bars.below[i] : 0;
    const double place = places_of(bars)[i] + bars.offset, start = bars.base + below;
    Bar bar{place - half, place + half, start, lengths_of(bars)[i] + below};
    if (has_sides(bars) && i < bars.sides.lower.size()) {
      bar.from = bars.sides.lower[i];
      bar.to = bars.sides.upper[i];
    }
    all.push_back(bar);
  }
  return all;
}

struct BarOnPaper {
  Box box;
  bool goes_on = false;  // beyond the frame
  PaperPoint end;        // the middle of its visible end
};

BarOnPaper visible_part(const Bar& bar, bool horizontal, const Frame& frame) {
  const Scale &across = horizontal ? frame.y : frame.x, &along = horizontal ? frame.x : frame.y;
  double a = across.extended(bar.from), b = across.extended(bar.to);
  if (a > b) std::swap(a, b);
  if (b - a > 4 * gap_of_touching) a += gap_of_touching / 2, b -= gap_of_touching / 2;
  const double start = along.extended(bar.start), end = along.extended(bar.end);
  const auto [low, high] = std::minmax(start, end);
  const Box& f = frame.box;
  BarOnPaper drawn;
  if (horizontal) {
    drawn.box = {std::clamp(low, f.left, f.right), std::max(a, f.top), std::clamp(high, f.left, f.right),
                 std::min(b, f.bottom)};
    drawn.end = {std::clamp(end, f.left, f.right), (drawn.box.top + drawn.box.bottom) / 2};
    drawn.goes_on = end < f.left - 1e-6 || end > f.right + 1e-6;
  } else {
    drawn.box = {std::max(a, f.left), std::clamp(low, f.top, f.bottom), std::min(b, f.right),
                 std::clamp(high, f.top, f.bottom)};
    drawn.end = {(drawn.box.left + drawn.box.right) / 2, std::clamp(end, f.top, f.bottom)};
    drawn.goes_on = end < f.top - 1e-6 || end > f.bottom + 1e-6;
  }
  return drawn;
}

/// Of bars that stand in one fine column of paper those that reach farthest.
std::vector<BarOnPaper> thinned(std::vector<BarOnPaper> bars, bool horizontal) {
  const auto place = [horizontal](const BarOnPaper& b) { return horizontal ? b.end.y : b.end.x; };
  const auto end = [horizontal](const BarOnPaper& b) { return horizontal ? b.end.x : b.end.y; };
  std::vector<BarOnPaper> kept;
  for (std::size_t i = 0; i < bars.size();) {
    std::size_t next = i;
    const BarOnPaper *least = &bars[i], *most = &bars[i];
    for (; next < bars.size() && std::abs(place(bars[next]) - place(bars[i])) < finest; ++next) {
      if (end(bars[next]) < end(*least)) least = &bars[next];
      if (end(bars[next]) > end(*most)) most = &bars[next];
    }
    kept.push_back(*least);
    if (most != least) kept.push_back(*most);
    i = next;
  }
  return kept;
}

std::vector<BarOnPaper> on_paper(const Bars& bars, const Frame& frame) {
  const ScaleKind across = (bars.horizontal ? frame.y : frame.x).domain.kind;
  std::vector<BarOnPaper> drawn;
  for (const Bar& bar : bars_of(bars)) {
    if (!std::isfinite(bar.from) || !std::isfinite(bar.to) || std::isnan(bar.end) || std::isnan(bar.start)) continue;
    if (!can_show(across, bar.to)) continue;
    const BarOnPaper one = visible_part(bar, bars.horizontal, frame);
    if (one.box.width() >= 0 && one.box.height() >= 0) drawn.push_back(one);
  }
  return static_cast<double>(drawn.size()) > frame.box.width() ? thinned(std::move(drawn), bars.horizontal) : drawn;
}

/// The tip at the frame of a bar that goes on, this far across.
std::vector<PathStep> tip_of(const BarOnPaper& bar, const Box& frame, double size) {
  const PaperPoint p = bar.end;
  const double half = size / 2;
  if (p.y == frame.top) return outline_of(Polyline{p, {p.x + half, p.y + size}, {p.x - half, p.y + size}});
  if (p.y == frame.bottom) return outline_of(Polyline{p, {p.x + half, p.y - size}, {p.x - half, p.y - size}});
  const double back = p.x == frame.left ? size : -size;
  return outline_of(Polyline{p, {p.x + back, p.y - half}, {p.x + back, p.y + half}});
}

/// Error bars through the ends, drawn as those of points are.
ErrorBars error_bars_of(const Bars& bars) {
  ErrorBars errors{.series = bars.series, .marker = Marker::none, .ink = Ink::black};
  const SeriesView series = view(bars);
  Intervals& along = bars.horizontal ? errors.along_x : errors.along_y;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto [x, y] = series.place(i);
    const double below = i < bars.below.size() ? bars.below[i] : 0;
    errors.x.push_back(x);
    errors.y.push_back(y);
    if (i >= bars.errors.lower.size() || i >= bars.errors.upper.size()) continue;
    along.lower.push_back(bars.errors.lower[i] + below);
    along.upper.push_back(bars.errors.upper[i] + below);
  }
  return errors;
}

/// Bars alone need no name at each; where several series stand together their names are looked up in one place.
bool stands_alone(const Bars& bars) { return bars.offset == 0 && bars.below.empty() && bars.width == 0; }

}  // namespace

double natural_bar_width(const Bars& bars) {
  std::vector<double> places;
  for (const double place : places_of(bars))
    if (std::isfinite(place)) places.push_back(place);
  std::sort(places.begin(), places.end());
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 1; i < places.size(); ++i)
    if (const double distance = places[i] - places[i - 1]; distance > 0) least = std::min(least, distance);
  return 0.7 * (std::isfinite(least) ? least : 1);
}

std::optional<SeriesView> series_of(const Bars& bars) { return view(bars); }

void fit_axes(const Bars& bars, Autoscaler& axes) {
  std::vector<double> sides;
  // Air only where bars end, so that they stand on the axis.
  Extent starts, ends;
  const auto include_end = [&](double value) {
    if (!std::isfinite(value)) return;
    starts.include(bars.base);
    ends.include(value);
  };
  for (const Bar& bar : bars_of(bars)) {
    sides.push_back(bar.from);
    sides.push_back(bar.to);
    include_end(bar.end);
  }
  for (std::size_t i = 0; i < std::min(bars.errors.lower.size(), bars.errors.upper.size()); ++i) {
    const double below = i < bars.below.size() ? bars.below[i] : 0;
    include_end(bars.errors.lower[i] + below);
    include_end(bars.errors.upper[i] + below);
  }
  const auto fit = [&](auto touch_places, auto touch_base, auto pad_end) {
    touch_places(sides);
    if (ends.empty()) return;
    touch_base({bars.base});
    if (ends.low < bars.base) pad_end(ends.low);
    if (ends.high > bars.base) pad_end(ends.high);
  };
  const auto touch_x = [&](const std::vector<double>& values) { axes.touch_x(values); };
  const auto touch_y = [&](const std::vector<double>& values) { axes.touch_y(values); };
  if (bars.horizontal) {
    fit(touch_y, touch_x, [&](double value) { axes.pad_x(value); });
  } else {
    fit(touch_x, touch_y, [&](double value) { axes.pad_y(value); });
  }
}

void occupy(const Bars& bars, const ProjectedSeries& projected, const Frame& frame, InkMap& ink_map) {
  for (const BarOnPaper& bar : on_paper(bars, frame)) ink_map.add(bar.box.grown(0.5), 1);
  if (!bars.errors.lower.empty()) occupy(error_bars_of(bars), projected, frame, ink_map);
}

void paint(const Bars& bars, const ProjectedSeries& projected, PanelContext& context) {
  const Box& frame = context.frame.box;
  std::vector<PathStep> outlines, tips, lone_tips;
  for (const BarOnPaper& bar : on_paper(bars, context.frame)) {
    append(outlines, outline_of(bars.filled ? bar.box : bar.box.grown(-open_line / 2)));
    if (!bar.goes_on) continue;
    // Of a bar that is wholly out of sight the tip stands alone.
    const double across = bars.horizontal ? bar.box.height() : bar.box.width();
    const double along = bars.horizontal ? bar.box.width() : bar.box.height();
    append(along > pointer_size ? tips : lone_tips, tip_of(bar, frame, std::min(pointer_size, 0.8 * across)));
  }
  if (outlines.empty()) return;
  Path path{std::move(outlines), std::nullopt, FillStyle{bars.filled ? bars.ink : Ink::background, 1}, bars.series};
  if (!bars.filled) path.stroke = StrokeStyle{bars.ink, open_line, Dash::solid, 1};
  context.items.emplace_back(std::move(path));
  if (!tips.empty()) fill(context.items, std::move(tips), {bars.filled ? Ink::background : bars.ink, 1}, bars.series);
  if (!lone_tips.empty()) fill(context.items, std::move(lone_tips), {bars.ink, 1}, bars.series);
  if (!bars.errors.lower.empty()) paint(error_bars_of(bars), projected, context);
}

MarkLabel label_of(const Bars& bars) {
  return {.text = bars.label, .freedom = Freedom::along_its_data, .ink = bars.ink};
}

void place_label(const Bars& bars, std::size_t index, Labeller& labeller) {
  if (!stands_alone(bars)) return labeller.leave_to_legend(index);
  std::vector<PaperPoint> anchors;
  for (const BarOnPaper& bar : on_paper(bars, labeller.context.frame)) anchors.push_back(bar.end);
  std::reverse(anchors.begin(), anchors.end());
  labeller.along(index, view(bars), std::move(anchors));
}

void draw_sample(const Bars& bars, LegendSample& sample) {
  const Box box{sample.left.x + 1, sample.left.y - 3, sample.left.x + LegendSample::width - 1, sample.left.y + 3};
  Path path{outline_of(box), std::nullopt, FillStyle{bars.filled ? bars.ink : Ink::background, 1}, bars.series};
  if (!bars.filled) path.stroke = StrokeStyle{bars.ink, open_line, Dash::solid, 1};
  sample.items.emplace_back(std::move(path));
}

void add_readout(const Bars& bars, ReadoutParts& readout) {
  readout.series.push_back(view(bars));
  const Intervals none, &sides = has_sides(bars) ? bars.sides : none;
  const Intervals &x = bars.horizontal ? bars.errors : sides, &y = bars.horizontal ? sides : bars.errors;
  readout.bounds.push_back({bars.series, bars.role, bars.x, y.lower, y.upper, x.lower, x.upper});
}

}  // namespace plot
