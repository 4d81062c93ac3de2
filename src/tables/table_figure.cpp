// See table_figure.hpp.
#include "tables/table_figure.hpp"

#include <algorithm>
#include <set>

#include "experiment/drawing/series_drawing.hpp"
#include "plot/composites/small_multiples.hpp"
#include "tables/table_outputs.hpp"

namespace tables {
namespace {

using data::ColumnKind;

/// A name of the table as a label, in which dollars would begin mathematics.
std::string as_label(const std::string& name) {
  std::string label;
  for (const char c : name) {
    if (c == '$' || c == '\\') label += '\\';
    label += c;
  }
  return label;
}

/// Where one name is all, the axis says it.
bool are_named_apart(const Prepared& prepared) {
  std::set<std::string> names;
  for (const auto& panel : prepared.panels)
    for (const auto& s : panel.series) names.insert(s.name);
  return names.size() > 1;
}

std::vector<MarkKind> suitable_marks(const Prepared& prepared, const TableRequest& request) {
  const bool are_single = std::all_of(prepared.panels.begin(), prepared.panels.end(), [](const TablePanel& panel) {
    return std::all_of(panel.series.begin(), panel.series.end(), experiment::has_one_value_a_place);
  });
  if (!request.size.empty() || !request.color.empty()) return {MarkKind::points};
  const bool has_bounds = !request.error.empty() || !request.lower.empty();
  if (prepared.x_kind == ColumnKind::categories)
    return {!are_single ? MarkKind::boxes : has_bounds ? MarkKind::errorbars : MarkKind::bars};
  if (!are_single) return {MarkKind::points};
  if (has_bounds) return {MarkKind::line, MarkKind::errorbars};
  return {MarkKind::points, MarkKind::line};
}

experiment::SeriesPanel panel_of(const Prepared& prepared, const TablePanel& table, const TableRequest& request) {
  experiment::SeriesPanel panel{panel_info(prepared, table, request), {}};
  panel.title = prepared.panels.size() > 1 ? as_label(table.title) : "";
  panel.x.label = as_label(panel.x.label);
  panel.y.label = as_label(panel.y.label);
  for (auto& name : panel.x.categories) name = as_label(name);
  const bool are_named = are_named_apart(prepared);
  for (const TableSeries& s : table.series)
    panel.series.push_back({s, are_named ? as_label(s.name) : "", s.sizes, s.colors});
  return panel;
}

}  // namespace

plot::Figure figure_of(const Prepared& prepared, const TableRequest& request) {
  experiment::DrawingRequest drawing = request.drawing;
  if (drawing.marks.empty()) drawing.marks = suitable_marks(prepared, request);
  std::vector<experiment::SeriesPanel> panels;
  for (const TablePanel& table : prepared.panels) panels.push_back(panel_of(prepared, table, request));
  auto drawn = experiment::drawn(panels, drawing,
                                 {.size_label = as_label(request.size),
                                  .color_label = as_label(request.color),
                                  .nan_is_missing = true,
                                  .shares_bins = true});
  if (drawn.size() > 1) return plot::small_multiples(std::move(drawn));
  plot::Figure figure;
  figure.panels = std::move(drawn);
  return figure;
}

}  // namespace tables
