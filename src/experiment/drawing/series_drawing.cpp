// See series_drawing.hpp.
#include "experiment/drawing/series_drawing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <stdexcept>

#include "plot/composites/bar_groups.hpp"
#include "plot/composites/box_plot.hpp"
#include "plot/composites/histogram.hpp"

namespace experiment {
namespace {

constexpr std::array inks{plot::Ink::blue,   plot::Ink::vermillion, plot::Ink::green, plot::Ink::purple,
                          plot::Ink::orange, plot::Ink::sky,        plot::Ink::black, plot::Ink::grey};
constexpr std::array markers{plot::Marker::circle, plot::Marker::square, plot::Marker::triangle, plot::Marker::diamond};

bool is_measured(const Series& s) { return s.kind == SeriesKind::measured; }

std::vector<std::string> measured_names(const std::vector<SeriesPanel>& panels) {
  std::vector<std::string> names;
  for (const auto& panel : panels)
    for (const auto& s : panel.series)
      if (is_measured(s) && std::find(names.begin(), names.end(), s.name) == names.end()) names.push_back(s.name);
  return names;
}

bool have_bounds(const SeriesPanel& panel) {
  return std::any_of(panel.series.begin(), panel.series.end(),
                     [](const DrawnSeries& s) { return is_measured(s) && !s.lower.empty(); });
}

std::vector<MarkKind> suitable_marks(const SeriesPanel& panel) {
  if (panel.x.scale != "category") return {MarkKind::band, MarkKind::line};
  const auto is_single = [](const DrawnSeries& s) { return !is_measured(s) || has_one_value_a_place(s); };
  return {std::all_of(panel.series.begin(), panel.series.end(), is_single) ? MarkKind::bars : MarkKind::boxes};
}

plot::Axis axis_of(const AxisInfo& info, const AxisRequest& asked) {
  const AxisRequest request = fits(asked, info) ? asked : AxisRequest{};
  const std::string& scale = request.scale.empty() ? info.scale : request.scale;
  plot::Axis axis;
  axis.label = request.label.empty() ? info.label : request.label;
  axis.scale = scale == "log"    ? plot::ScaleKind::log
               : scale == "date" ? plot::ScaleKind::date
                                 : plot::ScaleKind::linear;
  axis.min = place_of(request.minimum, scale);
  axis.max = place_of(request.maximum, scale);
  axis.categories = info.categories;
  return axis;
}

class PanelDrawing {
 public:
  PanelDrawing(const SeriesPanel& data, const std::vector<std::string>& names, std::vector<MarkKind> marks,
               const DrawingRequest& request, const SeriesStyle& style)
      : data_(data), names_(names), marks_(std::move(marks)), request_(request), style_(style) {}

  /// Areas below lines, lines below points, and what is expected over all.
  plot::Panel run(const std::vector<double>& bin_edges) {
    plot::Panel panel;
    panel.title = data_.title;
    panel.x = axis_of(data_.x, request_.x);
    panel.y = axis_of(data_.y, request_.y);
    if (has(MarkKind::band)) each([&](const DrawnSeries& s) { add_band(s); });
    if (has(MarkKind::bars)) add_bars();
    if (has(MarkKind::histogram)) each([&](const DrawnSeries& s) { add_histogram(s, bin_edges); });
    if (has(MarkKind::boxes)) add_boxes();
    if (has(MarkKind::line)) each([&](const DrawnSeries& s) { add_line(s, MarkKind::line); });
    if (has(MarkKind::steps)) each([&](const DrawnSeries& s) { add_line(s, MarkKind::steps); });
    if (has(MarkKind::errorbars) && !has(MarkKind::bars)) each([&](const DrawnSeries& s) { add_error_bars(s); });
    if (has(MarkKind::points)) each([&](const DrawnSeries& s) { add_points(s); });
    for (const DrawnSeries& s : data_.series)
      if (!is_measured(s)) add_expected(s);
    panel.marks = std::move(out_);
    return panel;
  }

 private:
  bool has(MarkKind kind) const { return std::find(marks_.begin(), marks_.end(), kind) != marks_.end(); }

  template <class Add>
  void each(const Add& add) {
    for (const DrawnSeries& s : data_.series)
      if (is_measured(s)) add(s);
  }

  std::size_t index_of(const Series& s) const {
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), s.name) - names_.begin());
  }
  plot::Ink ink_of(const Series& s) const { return inks[index_of(s) % inks.size()]; }
  plot::Marker marker_of(const Series& s) const { return markers[index_of(s) % markers.size()]; }

  /// One mark of a series bears its name: the one that is read as its curve.
  std::string label_of(const DrawnSeries& s, MarkKind kind) const {
    for (const MarkKind bearer : {MarkKind::line, MarkKind::steps, MarkKind::bars, MarkKind::histogram, MarkKind::boxes,
                                  MarkKind::errorbars, MarkKind::points})
      if (has(bearer)) return bearer == kind ? s.label : "";
    return s.label;
  }

  void add_band(const DrawnSeries& s) {
    if (!s.lower.empty()) out_.push_back(plot::Band{s.name, s.x, s.lower, s.upper, ink_of(s)});
  }

  void add_line(const DrawnSeries& s, MarkKind kind) {
    out_.push_back(plot::Line{.series = s.name,
                              .x = s.x,
                              .y = s.y,
                              .stroke = {ink_of(s)},
                              .label = label_of(s, kind),
                              .steps = kind == MarkKind::steps ? plot::Steps::after : plot::Steps::none,
                              .nan_is_missing = style_.nan_is_missing});
  }

  void add_error_bars(const DrawnSeries& s) {
    out_.push_back(plot::ErrorBars{.series = s.name,
                                   .x = s.x,
                                   .y = s.y,
                                   .along_y = {s.lower, s.upper},
                                   .marker = marker_of(s),
                                   .ink = ink_of(s),
                                   .label = label_of(s, MarkKind::errorbars),
                                   .nan_is_missing = style_.nan_is_missing});
  }

  void add_points(const DrawnSeries& s) {
    plot::Points points{.series = s.name,
                        .x = s.x,
                        .y = s.y,
                        .marker = marker_of(s),
                        .ink = ink_of(s),
                        .label = label_of(s, MarkKind::points)};
    points.nan_is_missing = style_.nan_is_missing;
    points.sizes = s.sizes;
    if (!s.sizes.empty()) {
      points.size = 9;
      points.size_label = style_.size_label;
    }
    points.colors = s.colors;
    points.color_scale.label = style_.color_label;
    out_.push_back(std::move(points));
  }

  void add_all(std::vector<plot::Mark> marks) {
    for (auto& mark : marks) out_.push_back(std::move(mark));
  }

  /// Each with its bounds, which stand where it stands beside the others.
  void add_bars() {
    std::vector<plot::Bars> all;
    each([&](const DrawnSeries& s) {
      plot::Bars bars{.series = s.name, .x = s.x, .y = s.y, .ink = ink_of(s), .label = label_of(s, MarkKind::bars)};
      bars.errors = {s.lower, s.upper};
      bars.nan_is_missing = style_.nan_is_missing;
      all.push_back(std::move(bars));
    });
    add_all(request_.stacked ? plot::stacked(std::move(all)) : plot::grouped(std::move(all)));
  }

  void add_histogram(const DrawnSeries& s, const std::vector<double>& edges) {
    plot::Bars bars = plot::histogram(s.x, edges);
    bars.series = s.name;
    bars.ink = ink_of(s);
    bars.label = label_of(s, MarkKind::histogram);
    bars.filled = names_.size() == 1;  // outlines, where several stand over one another
    out_.push_back(std::move(bars));
  }

  void add_boxes() {
    std::vector<plot::Boxes> all;
    each([&](const DrawnSeries& s) {
      std::vector<double> places(s.x);
      std::sort(places.begin(), places.end());
      places.erase(std::unique(places.begin(), places.end()), places.end());
      std::vector<std::vector<double>> samples(places.size());
      for (std::size_t i = 0; i < s.x.size(); ++i) {
        const auto at = std::lower_bound(places.begin(), places.end(), s.x[i]);
        samples[static_cast<std::size_t>(at - places.begin())].push_back(s.y[i]);
      }
      plot::Boxes boxes = plot::box_plot(places, samples);
      boxes.series = s.name;
      boxes.ink = ink_of(s);
      boxes.label = label_of(s, MarkKind::boxes);
      all.push_back(std::move(boxes));
    });
    add_all(plot::grouped(std::move(all)));
  }

  /// Theory bears the name of what it is about, and its colour where it has a band.
  void add_expected(const DrawnSeries& s) {
    const bool is_reference = s.kind == SeriesKind::reference;
    const bool is_of_measured = index_of(s) < names_.size();
    const plot::Ink ink = is_reference ? plot::Ink::muted : plot::Ink::black;
    if (!s.lower.empty())
      out_.insert(out_.begin(), plot::Band{s.name, s.x, s.lower, s.upper, is_of_measured ? ink_of(s) : ink});
    out_.push_back(plot::Line{.series = s.name,
                              .x = s.x,
                              .y = s.y,
                              .stroke = {ink, 0.8, plot::Dash::dashed, 1},
                              .label = is_reference || !is_of_measured ? s.label : "",
                              .role = is_reference ? plot::Role::reference : plot::Role::theory,
                              .nan_is_missing = style_.nan_is_missing});
  }

  const SeriesPanel& data_;
  const std::vector<std::string>& names_;
  const std::vector<MarkKind> marks_;
  const DrawingRequest& request_;
  const SeriesStyle& style_;
  std::vector<plot::Mark> out_;
};

std::vector<double> edges_of(const std::vector<double>& values, const std::vector<double>& bins) {
  if (bins.empty()) return plot::bin_edges(values);
  return bins.size() == 1 ? plot::bin_edges(values, static_cast<std::size_t>(bins[0])) : bins;
}

void append_places(const SeriesPanel& panel, std::vector<double>& values) {
  for (const DrawnSeries& s : panel.series)
    if (is_measured(s)) values.insert(values.end(), s.x.begin(), s.x.end());
}

/// Of each panel; bars of several series can only be compared over the same bins.
std::vector<std::vector<double>> bin_edges(const std::vector<SeriesPanel>& panels, const DrawingRequest& request,
                                           const SeriesStyle& style) {
  std::vector<std::vector<double>> edges(panels.size());
  if (!request.has(MarkKind::histogram)) return edges;
  std::vector<double> values;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    if (!style.shares_bins) values.clear();
    append_places(panels[i], values);
    edges[i] = edges_of(values, request.bins);
  }
  if (style.shares_bins) edges.assign(panels.size(), edges.back());
  return edges;
}

void require_bounds(const std::vector<SeriesPanel>& panels, const DrawingRequest& request) {
  const bool asks = request.has(MarkKind::band) || request.has(MarkKind::errorbars);
  if (asks && std::none_of(panels.begin(), panels.end(), have_bounds))
    throw std::runtime_error("'mark' asks for a band or error bars, and no series has lower and upper bounds");
}

}  // namespace

bool has_one_value_a_place(const Series& series) {
  std::set<double> seen;
  return std::all_of(series.x.begin(), series.x.end(), [&](double x) { return seen.insert(x).second; });
}

std::vector<plot::Panel> drawn(const std::vector<SeriesPanel>& panels, const DrawingRequest& request,
                               const SeriesStyle& style) {
  require_bounds(panels, request);
  const auto names = measured_names(panels);
  const auto edges = bin_edges(panels, request, style);
  std::vector<plot::Panel> made;
  for (std::size_t i = 0; i < panels.size(); ++i) {
    const auto marks = request.marks.empty() ? suitable_marks(panels[i]) : request.marks;
    made.push_back(PanelDrawing(panels[i], names, marks, request, style).run(edges[i]));
  }
  return made;
}

}  // namespace experiment
