// See table_figure.hpp.
#include "tables/table_figure.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "plot/composites/bar_groups.hpp"
#include "plot/composites/box_plot.hpp"
#include "plot/composites/histogram.hpp"
#include "plot/composites/small_multiples.hpp"
#include "tables/table_outputs.hpp"

namespace tables {
namespace {

using data::ColumnKind;

constexpr std::array inks{plot::Ink::blue,   plot::Ink::vermillion, plot::Ink::green, plot::Ink::purple,
                          plot::Ink::orange, plot::Ink::sky,        plot::Ink::black, plot::Ink::grey};
constexpr std::array markers{plot::Marker::circle, plot::Marker::square, plot::Marker::triangle, plot::Marker::diamond};

/// A name of the table as a label, in which dollars would begin mathematics.
std::string as_label(const std::string& name) {
  std::string label;
  for (const char c : name) {
    if (c == '$' || c == '\\') label += '\\';
    label += c;
  }
  return label;
}

/// Series of one name look the same in all panels.
std::vector<std::string> names_of(const Prepared& prepared) {
  std::vector<std::string> names;
  for (const auto& panel : prepared.panels)
    for (const auto& s : panel.series)
      if (std::find(names.begin(), names.end(), s.name) == names.end()) names.push_back(s.name);
  return names;
}

bool has_one_value_a_place(const TableSeries& s) {
  std::set<double> seen;
  return std::all_of(s.x.begin(), s.x.end(), [&](double x) { return seen.insert(x).second; });
}

std::vector<MarkKind> suitable_marks(const Prepared& prepared, const TableRequest& request) {
  const bool are_single = std::all_of(prepared.panels.begin(), prepared.panels.end(), [](const TablePanel& panel) {
    return std::all_of(panel.series.begin(), panel.series.end(), has_one_value_a_place);
  });
  if (!request.size.empty() || !request.color.empty()) return {MarkKind::points};
  const bool has_bounds = !request.error.empty() || !request.lower.empty();
  if (prepared.x_kind == ColumnKind::categories)
    return {!are_single ? MarkKind::boxes : has_bounds ? MarkKind::errorbars : MarkKind::bars};
  if (!are_single) return {MarkKind::points};
  if (has_bounds) return {MarkKind::line, MarkKind::errorbars};
  return {MarkKind::points, MarkKind::line};
}

class Drawing {
 public:
  Drawing(const Prepared& prepared, const TableRequest& request)
      : prepared_(prepared),
        request_(request),
        names_(names_of(prepared)),
        marks_(request.marks.empty() ? suitable_marks(prepared, request) : request.marks) {}

  plot::Figure run() const {
    std::vector<plot::Panel> panels;
    for (const TablePanel& panel : prepared_.panels) panels.push_back(drawn(panel));
    if (panels.size() > 1) return plot::small_multiples(std::move(panels));
    plot::Figure figure;
    figure.panels = std::move(panels);
    return figure;
  }

 private:
  plot::Panel drawn(const TablePanel& table) const {
    plot::Panel panel;
    panel.title = prepared_.panels.size() > 1 ? as_label(table.title) : "";
    const auto info = panel_info(prepared_, table, request_);
    panel.x = axis(info.x, request_.x_axis);
    panel.y = axis(info.y, request_.y_axis);
    if (prepared_.x_kind == ColumnKind::dates) panel.x.scale = plot::ScaleKind::date;
    for (const auto& name : prepared_.categories) panel.x.categories.push_back(as_label(name));
    for (const MarkKind kind : in_order_of_painting()) add(kind, table, panel.marks);
    return panel;
  }

  static plot::Axis axis(const experiment::AxisInfo& info, const AxisRequest& request) {
    plot::Axis axis;
    axis.label = request.label.empty() ? as_label(info.label) : request.label;
    axis.scale = info.scale == "log" ? plot::ScaleKind::log : plot::ScaleKind::linear;
    axis.min = request.minimum;
    axis.max = request.maximum;
    return axis;
  }

  /// Areas below lines, lines below points.
  std::vector<MarkKind> in_order_of_painting() const {
    constexpr std::array order{MarkKind::band, MarkKind::bars,  MarkKind::histogram, MarkKind::boxes,
                               MarkKind::line, MarkKind::steps, MarkKind::errorbars, MarkKind::points};
    std::vector<MarkKind> kinds;
    for (const MarkKind kind : order)
      if (has(kind)) kinds.push_back(kind);
    return kinds;
  }

  bool has(MarkKind kind) const { return std::find(marks_.begin(), marks_.end(), kind) != marks_.end(); }

  std::size_t index_of(const TableSeries& s) const {
    return static_cast<std::size_t>(std::find(names_.begin(), names_.end(), s.name) - names_.begin());
  }
  plot::Ink ink_of(const TableSeries& s) const { return inks[index_of(s) % inks.size()]; }
  plot::Marker marker_of(const TableSeries& s) const { return markers[index_of(s) % markers.size()]; }

  /// One mark of a series bears its name: the one that is read as its curve.
  std::string label_of(const TableSeries& s, MarkKind kind) const {
    if (names_.size() == 1) return "";
    for (const MarkKind bearer : {MarkKind::line, MarkKind::steps, MarkKind::bars, MarkKind::histogram, MarkKind::boxes,
                                  MarkKind::errorbars, MarkKind::points})
      if (has(bearer)) return bearer == kind ? as_label(s.name) : "";
    return as_label(s.name);
  }

  void add(MarkKind kind, const TablePanel& table, std::vector<plot::Mark>& marks) const {
    if (kind == MarkKind::bars) return add_bars(table, marks);
    if (kind == MarkKind::boxes) return add_boxes(table, marks);
    for (const TableSeries& s : table.series) {
      const plot::Ink ink = ink_of(s);
      const std::string label = label_of(s, kind);
      switch (kind) {
        case MarkKind::band:
          marks.push_back(plot::Band{s.name, s.x, s.lower, s.upper, ink});
          break;
        case MarkKind::line:
        case MarkKind::steps:
          marks.push_back(plot::Line{.series = s.name,
                                     .x = s.x,
                                     .y = s.y,
                                     .stroke = {ink},
                                     .label = label,
                                     .steps = kind == MarkKind::steps ? plot::Steps::after : plot::Steps::none,
                                     .nan_is_missing = true});
          break;
        case MarkKind::errorbars:
          marks.push_back(plot::ErrorBars{.series = s.name,
                                          .x = s.x,
                                          .y = s.y,
                                          .along_y = {s.lower, s.upper},
                                          .marker = marker_of(s),
                                          .ink = ink,
                                          .label = label,
                                          .nan_is_missing = true});
          break;
        case MarkKind::points:
          marks.push_back(points(s, ink, label));
          break;
        case MarkKind::histogram:
          marks.push_back(histogram(s, ink, label));
          break;
        case MarkKind::boxes:
        case MarkKind::bars:
          break;
      }
    }
  }

  plot::Points points(const TableSeries& s, plot::Ink ink, const std::string& label) const {
    plot::Points points{.series = s.name, .x = s.x, .y = s.y, .marker = marker_of(s), .ink = ink, .label = label};
    points.nan_is_missing = true;
    points.sizes = s.sizes;
    if (!s.sizes.empty()) {
      points.size = 9;
      points.size_label = as_label(request_.size);
    }
    points.colors = s.colors;
    points.color_scale.label = as_label(request_.color);
    return points;
  }

  void add_bars(const TablePanel& table, std::vector<plot::Mark>& marks) const {
    std::vector<plot::Bars> all;
    for (const TableSeries& s : table.series) {
      plot::Bars bars{.series = s.name, .x = s.x, .y = s.y, .ink = ink_of(s), .label = label_of(s, MarkKind::bars)};
      if (!has(MarkKind::errorbars)) bars.errors = {s.lower, s.upper};
      bars.nan_is_missing = true;
      all.push_back(std::move(bars));
    }
    for (auto& mark : request_.stacked ? plot::stacked(std::move(all)) : plot::grouped(std::move(all)))
      marks.push_back(std::move(mark));
  }

  /// Bins are those of all series together, so that their bars can be compared.
  plot::Bars histogram(const TableSeries& s, plot::Ink ink, const std::string& label) const {
    std::vector<double> all;
    for (const auto& panel : prepared_.panels)
      for (const auto& other : panel.series) all.insert(all.end(), other.x.begin(), other.x.end());
    const auto& bins = request_.bins;
    const std::vector<double> edges = bins.empty()       ? plot::bin_edges(all)
                                      : bins.size() == 1 ? plot::bin_edges(all, static_cast<std::size_t>(bins[0]))
                                                         : bins;
    plot::Bars bars = plot::histogram(s.x, edges);
    bars.series = s.name;
    bars.ink = ink;
    bars.label = label;
    bars.filled = names_.size() == 1;  // outlines, where several stand over one another
    return bars;
  }

  void add_boxes(const TablePanel& table, std::vector<plot::Mark>& marks) const {
    std::vector<plot::Boxes> all;
    for (const TableSeries& s : table.series) all.push_back(boxes(s, ink_of(s), label_of(s, MarkKind::boxes)));
    for (auto& mark : plot::grouped(std::move(all))) marks.push_back(std::move(mark));
  }

  static plot::Boxes boxes(const TableSeries& s, plot::Ink ink, const std::string& label) {
    std::vector<double> places;
    for (const double x : s.x)
      if (std::find(places.begin(), places.end(), x) == places.end()) places.push_back(x);
    std::sort(places.begin(), places.end());
    std::vector<std::vector<double>> samples(places.size());
    for (std::size_t i = 0; i < s.x.size(); ++i) {
      const auto at = std::lower_bound(places.begin(), places.end(), s.x[i]);
      samples[static_cast<std::size_t>(at - places.begin())].push_back(s.y[i]);
    }
    plot::Boxes boxes = plot::box_plot(places, samples);
    boxes.series = s.name;
    boxes.ink = ink;
    boxes.label = label;
    return boxes;
  }

  const Prepared& prepared_;
  const TableRequest& request_;
  const std::vector<std::string> names_;
  const std::vector<MarkKind> marks_;
};

}  // namespace

plot::Figure figure_of(const Prepared& prepared, const TableRequest& request) {
  return Drawing(prepared, request).run();
}

}  // namespace tables
