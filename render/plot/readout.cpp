// What a reader can read off a drawn panel.
// See readout.hpp.
#include "plot/readout.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <optional>
#include <stdexcept>

#include "plot/geometry/fair_sample.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/text/label.hpp"
#include "text/number.hpp"

namespace plot {

namespace {

constexpr double finest = 0.75;           // points of paper between two points that are kept
constexpr std::size_t most_points = 400;  // a series, but for what its markers show one by one
constexpr std::size_t most_marked_points = 800;
constexpr std::size_t most_samples = 41;  // of a heat map, along either axis

/// Names of series for readers: their labels where the figure has one, as plain text.
using SeriesNames = std::map<std::string, std::string>;

/// "eta=3e-05" with its number as a formula sets it.
std::string with_set_number(const std::string& series) {
  const std::size_t sign = series.find('=');
  if (sign == std::string::npos) return series;
  const char* begin = series.c_str() + sign + 1;
  char* end = nullptr;
  const double value = std::strtod(begin, &end);
  return end == begin || *end != '\0' ? series : series.substr(0, sign + 1) + text::formula(text::exact(value));
}

/// "eta=0.01" and "theta_1" as mathematics; other names as they are.
std::string readable(const std::string& series) {
  for (const char* greek : {"alpha", "beta", "eta", "lambda", "sigma", "theta"}) {
    const std::string word = greek;
    if (!series.starts_with(word) || series.size() == word.size()) continue;
    if (series[word.size()] != '=' && series[word.size()] != '_') continue;
    try {
      return plain_text("$\\" + with_set_number(series) + "$");
    } catch (const std::invalid_argument&) {
      return series;
    }
  }
  return series;
}

/// A series without a label of its own is named after the one whose name it continues: "tanh-he float32" after
/// "tanh-he".
std::string name_of(const SeriesView& series, const SeriesNames& names) {
  if (!series.label.empty()) return plain_text(series.label);
  const std::string& name = series.name;
  for (auto end = name.size(); end != std::string::npos && end > 0; end = name.rfind(' ', end - 1))
    if (const auto known = names.find(name.substr(0, end)); known != names.end())
      return known->second + (end < name.size() ? "," : "") + name.substr(end);
  return readable(name);
}

void collect_names(const Panel& panel, bool measured, SeriesNames& names) {
  for (const Mark& mark : panel.marks)
    if (const auto series = series_of(mark))
      if (!series->label.empty() && !series->name.empty() && (series->role == Role::measured) == measured)
        names.try_emplace(series->name, plain_text(series->label));
  for (const Inset& inset : panel.insets) collect_names(inset.panel, measured, names);
}

/// Whether x never turns back.
bool one_way(const std::vector<double>& x) {
  int direction = 0;
  for (std::size_t i = 1; i < x.size(); ++i) {
    const int step = x[i] > x[i - 1] ? 1 : x[i] < x[i - 1] ? -1 : 0;
    if (step * direction < 0) return false;
    if (step != 0) direction = step;
  }
  return true;
}

bool is_plane(const Panel& panel) {
  return is_landscape(panel) || std::any_of(panel.marks.begin(), panel.marks.end(), [](const Mark& mark) {
           const auto series = series_of(mark);
           return series && ((series->joined && !one_way(series->x)) || (series->bars && series->bars->horizontal));
         });
}

struct ReadablePoint {
  std::size_t index;
  PaperPoint at;
  bool placed;  // on the y axis
};

/// The points that a reader can meet. Over a plane these are the visible ones; along x also those above and below the
/// frame and those that have no place on the y axis, for their values can be said.
std::vector<ReadablePoint> readable_points(const SeriesView& series, const Frame& frame, bool plane) {
  const Box reach = frame.box.grown(0.01);
  std::vector<ReadablePoint> points;
  for (std::size_t i = 0; i < series.size(); ++i) {
    const auto [x, y] = series.place(i);
    if (!can_show(frame.x.domain.kind, x)) continue;
    const bool placed = can_show(frame.y.domain.kind, y);
    const PaperPoint at{frame.x(x), placed ? frame.y(y) : reach.top};
    if (at.x < reach.left || at.x > reach.right) continue;
    if (plane && (!placed || !reach.contains(at))) continue;
    points.push_back({i, at, placed});
  }
  return points;
}

using Kept = std::vector<bool>;  // of each readable point

/// All but points that stand nearer than `apart` to the one kept before; the last one stays.
Kept apart_by(const std::vector<ReadablePoint>& points, double apart) {
  Kept kept(points.size(), false);
  const ReadablePoint* before = nullptr;
  for (const ReadablePoint& p : points) {
    const bool near = before && std::hypot(p.at.x - before->at.x, p.at.y - before->at.y) < apart;
    if (near && &p != &points.back()) continue;
    kept[static_cast<std::size_t>(&p - points.data())] = true;
    before = &p;
  }
  return kept;
}

std::size_t count(const Kept& kept) { return static_cast<std::size_t>(std::count(kept.begin(), kept.end(), true)); }

/// Of a curve over x each column's lowest and highest point, and one of those without a place.
Kept envelope(const std::vector<ReadablePoint>& points, const Box& box, std::size_t columns) {
  struct Column {
    const ReadablePoint *lowest = nullptr, *highest = nullptr, *unplaced = nullptr;
  };
  std::vector<Column> seen(columns);
  for (const ReadablePoint& p : points) {
    const double along = (p.at.x - box.left) / box.width() * static_cast<double>(columns);
    Column& c = seen[std::min(columns - 1, static_cast<std::size_t>(std::max(0.0, along)))];
    if (!p.placed) {
      if (!c.unplaced) c.unplaced = &p;
      continue;
    }
    if (!c.lowest || p.at.y > c.lowest->at.y) c.lowest = &p;
    if (!c.highest || p.at.y < c.highest->at.y) c.highest = &p;
  }
  Kept kept(points.size(), false);
  kept.front() = kept.back() = true;
  for (const Column& c : seen)
    for (const ReadablePoint* p : {c.lowest, c.highest, c.unplaced})
      if (p) kept[static_cast<std::size_t>(p - points.data())] = true;
  return kept;
}

/// The points farthest to each side stay in any case.
void keep_extremes(const std::vector<ReadablePoint>& points, Kept& kept) {
  std::vector<const ReadablePoint*> placed;
  for (const ReadablePoint& p : points)
    if (p.placed) placed.push_back(&p);
  if (placed.empty()) return;
  for (const auto axis : {&PaperPoint::x, &PaperPoint::y}) {
    const auto [least, most] = std::minmax_element(
        placed.begin(), placed.end(),
        [axis](const ReadablePoint* a, const ReadablePoint* b) { return a->at.*axis < b->at.*axis; });
    for (const ReadablePoint* p : {*least, *most}) kept[static_cast<std::size_t>(p - points.data())] = true;
  }
}

Kept kept_of_curve(const std::vector<ReadablePoint>& points, const Box& box, bool plane, std::size_t most) {
  Kept kept = apart_by(points, finest);
  if (count(kept) > most && !plane) return envelope(points, box, most / 3);
  for (double apart = 1.5 * finest; count(kept) > most; apart *= 1.5) kept = apart_by(points, apart);
  keep_extremes(points, kept);
  return kept;
}

/// Of separate points those that are drawn, or fewer of them.
Kept kept_of_cloud(const std::vector<ReadablePoint>& points, const Box& box, std::size_t most) {
  Polyline places;
  for (const ReadablePoint& p : points) places.push_back(p.at);
  return fair_sample(places, box, most);
}

std::vector<ReadablePoint> kept_points(const SeriesView& series, const Frame& frame, bool plane) {
  const bool marked = !series.joined || series.marks_every_point();
  const std::size_t most = marked ? most_marked_points : most_points;
  const std::vector<ReadablePoint> points = readable_points(series, frame, plane);
  if (points.size() <= most / 4) return points;
  const Kept kept =
      series.joined ? kept_of_curve(points, frame.box, plane, most) : kept_of_cloud(points, frame.box, most);
  std::vector<ReadablePoint> left;
  for (std::size_t i = 0; i < points.size(); ++i)
    if (kept[i]) left.push_back(points[i]);
  return left;
}

/// The bounds around a series, when they have the same x.
void add_bounds(const SeriesView& series, const std::vector<ReadoutParts::Bounds>& all, SeriesReadout& readout) {
  const auto own = std::find_if(all.begin(), all.end(), [&](const ReadoutParts::Bounds& bounds) {
    return !series.name.empty() && bounds.series == series.name && bounds.role == series.role &&
           std::equal(bounds.x.begin(), bounds.x.end(), series.x.begin(), series.x.end());
  });
  if (own == all.end()) return;
  const auto add = [&](std::span<const double> low, std::span<const double> high, std::vector<double>& lows,
                       std::vector<double>& highs) {
    if (low.size() != own->x.size() || high.size() != own->x.size()) return;
    for (const std::size_t i : readout.index) {
      lows.push_back(low[i]);
      highs.push_back(high[i]);
    }
  };
  add(own->lower, own->upper, readout.lower, readout.upper);
  add(own->left, own->right, readout.left, readout.right);
}

bool is_measured(const std::vector<SeriesView>& all, const std::string& name) {
  return std::any_of(all.begin(), all.end(),
                     [&](const SeriesView& series) { return series.role == Role::measured && series.name == name; });
}

BarsReadout read_bars(const BarEnds& bars, const std::vector<std::size_t>& index) {
  BarsReadout readout{bars.offset, {}, bars.horizontal};
  for (const std::size_t i : index)
    if (i < bars.below.size()) readout.below.push_back(bars.below[i]);
  return readout;
}

SeriesReadout read_series(const SeriesView& series, const ReadoutParts& parts, const Frame& frame, bool plane,
                          const SeriesNames& names) {
  SeriesReadout readout;
  readout.series = series.name;
  readout.ink = series.ink;
  readout.joined = series.joined;
  for (const ReadablePoint& point : kept_points(series, frame, plane)) {
    readout.index.push_back(point.index);
    readout.x.push_back(series.x[point.index]);
    readout.y.push_back(series.y[point.index]);
  }
  readout.name = name_of(series, names);
  readout.theory = series.role == Role::theory && series.label.empty() && is_measured(parts.series, series.name);
  add_bounds(series, parts.bounds, readout);
  if (series.bars) readout.bars = read_bars(*series.bars, readout.index);
  readout.steps = series.steps;
  readout.nan_is_missing = series.nan_is_missing;
  return readout;
}

SeriesNames series_names(const Figure& figure) {
  SeriesNames names;
  // A reference line may bear a series' name to be coloured like it; the series' own label comes first.
  for (const bool measured : {true, false})
    for (const Panel& panel : figure.panels) collect_names(panel, measured, names);
  return names;
}

/// Indices of at most `most_samples` of n samples, equally far apart but for the last one.
std::vector<std::size_t> sampled(std::size_t n) {
  std::vector<std::size_t> indices;
  const std::size_t step = n < 2 ? 1 : (n - 2) / (most_samples - 1) + 1;
  for (std::size_t i = 0; i + 1 < n; i += step) indices.push_back(i);
  if (n > 0) indices.push_back(n - 1);
  return indices;
}

MapReadout read_map(const ReadoutParts::Map& map) {
  MapReadout readout{plain_text(map.label), {}, {}, {}};
  const auto columns = sampled(map.grid.x.size()), rows = sampled(map.grid.y.size());
  for (const auto column : columns) readout.x.push_back(map.grid.x[column]);
  for (const auto row : rows) {
    readout.y.push_back(map.grid.y[row]);
    for (const auto column : columns) readout.value.push_back(map.grid.z[row * map.grid.x.size() + column]);
  }
  return readout;
}

/// A single point that repeats one of its series' (a start ringed, say) adds nothing to read.
bool is_repeated(const SeriesView& series, const std::vector<SeriesReadout>& before) {
  return !series.joined && series.x.size() == 1 &&
         std::any_of(before.begin(), before.end(), [&](const SeriesReadout& s) { return s.series == series.name; });
}

/// What an inset does not say itself, the panel that it stands in says.
void complete_inset(PanelReadout& inset, const PanelReadout& outer, const text::Words& words) {
  if (inset.title.empty())
    inset.title = outer.title.empty() ? words["inset"] : words.say({"inset_of", {{"panel", outer.title}}});
  if (inset.x.label.empty()) inset.x.label = outer.x.label;
  if (inset.y.label.empty()) inset.y.label = outer.y.label;
}

AxisReadout read_axis(const Axis& axis, const Scale& scale) {
  AxisReadout readout{plain_text(axis.label), scale, {}};
  for (const std::string& name : axis.categories) readout.categories.push_back(plain_text(name));
  return readout;
}

PanelReadout read_panel(const PanelPlan& plan, const SeriesNames& names, const text::Words& words) {
  const Panel& panel = *plan.panel;
  const Frame frame = frame_on(plan.box, plan.x, plan.y);
  PanelReadout readout;
  readout.title = plan.letter;
  if (!panel.title.empty()) readout.title += (readout.title.empty() ? "" : " ") + plain_text(panel.title);
  readout.box = frame.box;
  readout.x = read_axis(panel.x, frame.x);
  readout.y = read_axis(panel.y, frame.y);
  readout.plane = is_plane(panel);
  ReadoutParts parts{words};
  for (const Mark& mark : panel.marks) std::visit([&](const auto& m) { add_readout(m, parts); }, mark);
  if (parts.map) readout.map = read_map(*parts.map);
  for (std::size_t s = 0; s < parts.series.size(); ++s) {
    const SeriesView& series = parts.series[s];
    if (series.name.empty() || is_repeated(series, readout.series)) continue;
    SeriesReadout one = read_series(series, parts, frame, readout.plane, names);
    for (const ReadoutParts::Notes& notes : parts.notes)
      if (notes.series == s)
        for (const std::size_t i : one.index) one.notes.push_back(i < notes.texts.size() ? notes.texts[i] : "");
    if (!one.index.empty()) readout.series.push_back(std::move(one));
  }
  return readout;
}

void read_with_insets(const DrawnPanel& drawn, const SeriesNames& names, const text::Words& words,
                      std::vector<PanelReadout>& panels) {
  const std::size_t own = panels.size();
  panels.push_back(read_panel(drawn.plan, names, words));
  for (const DrawnPanel& inset : drawn.insets) read_with_insets(inset, names, words, panels);
  for (std::size_t i = own + 1; i < panels.size(); ++i) complete_inset(panels[i], panels[own], words);
}

}  // namespace

std::vector<PanelReadout> readout(const Figure& figure, const DrawnFigure& drawn, const text::Words& words) {
  const SeriesNames names = series_names(figure);
  std::vector<PanelReadout> panels;
  for (const DrawnPanel& panel : drawn.panels) read_with_insets(panel, names, words, panels);
  return panels;
}

}  // namespace plot
