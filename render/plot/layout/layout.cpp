// Figure -> Scene: arrange the panels, then draw each: strips, marks, insets, axes, labels on top.
#include "plot/layout/layout.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <optional>

#include "plot/geometry/tick.hpp"
#include "plot/layout/axis.hpp"
#include "plot/layout/color_bar.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/layout/labels.hpp"
#include "plot/layout/legend.hpp"
#include "plot/layout/paint.hpp"
#include "plot/layout/panel_layout.hpp"
#include "plot/layout/point_limits.hpp"
#include "plot/layout/reflow.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/text/text.hpp"

namespace plot {

namespace {

constexpr double points_per_mm = 72 / 25.4;
constexpr int most_attempts = 4;  // to find all labels that need a legend

DrawnPanel draw_panel(const PanelPlan& plan, const Box& page, const PointLimits& limits, const Style& style,
                      const Measure& measure);

/// What a phrase is filled with under "value" is a number.
text::Phrase with_numbers_in_language(text::Phrase phrase, const text::Words& words) {
  for (auto& [name, part] : phrase.parts)
    if (name == "value") part = in_language(std::move(part), words);
  return phrase;
}

/// What a panel says of how its points are drawn, and of how many.
std::string remark_on(const Panel& panel, const std::vector<ProjectedSeries>& projected, const text::Words& words) {
  double drawn = 0, visible = 0;
  std::string remark;
  const auto add = [&](const std::string& said) {
    if (remark.find(said) == std::string::npos) remark += (remark.empty() ? "" : "; ") + said;
  };
  for (std::size_t m = 0; m < projected.size(); ++m) {
    const auto series = series_of(panel.marks[m]);
    if (series && series->remark) add(words.say(with_numbers_in_language(*series->remark, words)));
    if (!series || series->joined || projected[m].vertices.size() == projected[m].visible) continue;
    drawn += static_cast<double>(projected[m].vertices.size());
    visible += static_cast<double>(projected[m].visible);
  }
  if (visible > 0) add(words.say({"points_drawn", {{"drawn", number_label(drawn)}, {"all", number_label(visible)}}}));
  return remark;
}

/// Where along a gap the first marker of a kind stands: no two kinds at the same place.
double marker_start(Marker marker) { return static_cast<double>(marker) / (static_cast<double>(Marker::star) + 1); }

/// Bars are drawn whole, by themselves; what is projected are their ends.
ProjectedSeries project_bars(const SeriesView& s, const Frame& frame) {
  std::vector<double> x, y;
  for (std::size_t i = 0; i < s.size(); ++i) {
    x.push_back(s.place(i).first);
    y.push_back(s.place(i).second);
  }
  return project_points(x, y, frame, x.size(), s.nan_is_missing);
}

/// The line is a staircase, its markers stand at the data.
ProjectedSeries project_steps(const SeriesView& s, const Frame& frame, const PointLimits& limits) {
  const Staircase stairs = staircase(s.x, s.y, s.steps, frame.x.domain.kind, frame.y.domain.kind);
  ProjectedSeries projected = project_line(stairs.x, stairs.y, frame, 0, s.nan_is_missing);
  if (!s.marks_every_point()) return projected;
  ProjectedSeries points = project_points(s.x, s.y, frame, limits.most(s.x, s.y, frame), s.nan_is_missing);
  projected.vertices = std::move(points.vertices);
  projected.visible = points.visible;
  return projected;
}

ProjectedSeries project(const SeriesView& s, const Frame& frame, const PointLimits& limits) {
  if (s.bars) return project_bars(s, frame);
  const bool missing = s.nan_is_missing;
  if (!s.joined) return project_points(s.x, s.y, frame, limits.most(s.x, s.y, frame), missing);
  if (s.steps != Steps::none) return project_steps(s, frame, limits);
  if (s.marker == Marker::none) return project_line(s.x, s.y, frame, 0, missing);
  if (s.marks_every_point()) return project_line(s.x, s.y, frame, limits.most(s.x, s.y, frame), missing);
  ProjectedSeries projected = project_line(s.x, s.y, frame, s.x.size() + 1, missing);
  projected.vertices = spaced(projected.vertices, s.marker_gap, marker_start(s.marker));
  return projected;
}

std::vector<ProjectedSeries> project_marks(const Panel& panel, const Frame& frame, const PointLimits& limits) {
  std::vector<ProjectedSeries> projected;
  for (const Mark& mark : panel.marks) {
    const auto series = series_of(mark);
    projected.push_back(series ? project(*series, frame, limits) : ProjectedSeries{});
  }
  return projected;
}

/// The area of an inset at a place: its frame's, enlarged to what a panel needs and kept inside the page.
Box inset_area(const Inset& inset, double left, double bottom, const Box& panel, const Box& page) {
  Box area;
  area.left = panel.left + std::clamp(left, 0.0, 1.0) * panel.width();
  area.bottom = panel.bottom - std::clamp(bottom, 0.0, 1.0) * panel.height();
  area.right = area.left + std::max(60.0, std::clamp(inset.width, 0.0, 1.0) * panel.width());
  area.top = area.bottom - std::max(45.0, std::clamp(inset.height, 0.0, 1.0) * panel.height());
  const double dx = std::min(0.0, page.right - area.right), dy = std::max(0.0, page.top - area.top);
  return {area.left + dx, area.top + dy, area.right + dx, area.bottom + dy};
}

/// Where an inset was put, or of the corners that are left to it the one in which it covers least.
Box inset_area(const Inset& inset, const Box& panel, const Box& page, const InkMap& ink_map) {
  constexpr double margin = 0.02, above_axis = 0.13;
  const auto places = [](const std::optional<double>& given, double low, double high) {
    return given ? std::vector{*given} : std::vector{low, high};
  };
  std::optional<Box> best;
  double least = std::numeric_limits<double>::infinity();
  for (const double bottom : places(inset.bottom, above_axis, 1 - margin - inset.height))
    for (const double left : places(inset.left, margin, 1 - margin - inset.width)) {
      const Box area = inset_area(inset, left, bottom, panel, page);
      const double covered = ink_map.under(area);
      if (best && covered >= least) continue;
      least = covered;
      best = area;
    }
  return *best;
}

/// Where an inset stands: where it was put, or the nearest place at which it covers no data. There may be none.
std::optional<Box> place_inset(const Box& wanted, const Box& panel, const InkMap& ink_map) {
  constexpr double step = 3, inside = 2;
  if (!ink_map.touches(wanted)) return wanted;
  std::optional<Box> best;
  double least = std::numeric_limits<double>::infinity();
  for (double top = panel.top + inside; top + wanted.height() <= panel.bottom - inside; top += step)
    for (double left = panel.left + inside; left + wanted.width() <= panel.right - inside; left += step) {
      const Box box{left, top, left + wanted.width(), top + wanted.height()};
      const double distance = std::hypot(left - wanted.left, top - wanted.top);
      if (distance >= least || ink_map.touches(box)) continue;
      least = distance;
      best = box;
    }
  return best;
}

Path paper_of_inset(const Box& area) {
  return {{MoveTo{{area.left, area.top}}, LineTo{{area.right, area.top}}, LineTo{{area.right, area.bottom}},
           LineTo{{area.left, area.bottom}}, ClosePath{}},
          std::nullopt,
          FillStyle{Ink::background, 1},
          {}};
}

void draw_inset(const Inset& inset, const Box& area, const Box& page, const PointLimits& limits,
                const text::Words& words, const Measure& measure, DrawnPanel& drawn) {
  const Style style = small_style(words);
  drawn.inset_paper.emplace_back(paper_of_inset(area));
  Grouping grouping;
  grouping.panels = {&inset.panel};
  grouping.letters = {""};
  grouping.x_scale = grouping.y_scale = {0};
  for (const PanelPlan& plan : lay_out_panels(grouping, area.grown(-style.margin), style, measure).panels)
    drawn.insets.push_back(draw_panel(plan, page, limits, style, measure));
}

/// What labels should not cover.
InkMap occupied(const Panel& panel, const std::vector<ProjectedSeries>& projected, const Frame& frame) {
  InkMap ink_map(frame.box);
  for (std::size_t m = 0; m < panel.marks.size(); ++m)
    std::visit([&](const auto& mark) { occupy(mark, projected[m], frame, ink_map); }, panel.marks[m]);
  return ink_map;
}

DrawnPanel draw_panel(const PanelPlan& plan, const Box& page, const PointLimits& limits, const Style& style,
                      const Measure& measure) {
  const Panel& panel = *plan.panel;
  const Frame frame = frame_on(plan.box, plan.x, plan.y);
  std::vector<ProjectedSeries> projected = project_marks(panel, frame, limits);
  InkMap ink_map = occupied(panel, projected, frame);
  std::vector<std::optional<Box>> insets;
  for (const Inset& inset : panel.insets) {
    insets.push_back(place_inset(inset_area(inset, plan.box, page, ink_map), plan.box, ink_map));
    if (insets.back()) ink_map.add(*insets.back(), 10);
  }
  PanelContext context{plan, style, measure, page, frame, std::move(projected), std::move(ink_map),
                       {},   {},    {},      {},   true};

  DrawnPanel drawn;
  drawn.plan = plan;
  drawn.remark = remark_on(panel, context.projected, *style.words);
  draw_strips(plan, style, measure, drawn.strips);
  // Labels choose their places before the contours', which can stand anywhere along their lines.
  drawn.labels = place_labels(context);
  paint_marks(context);
  paint_unseen(context);
  drawn.marks = std::move(context.items);
  drawn.shown = std::move(context.shown);
  drawn.unplaced = std::move(context.unplaced);
  drawn.placed = std::move(context.placed);
  drawn.is_settled = context.is_settled;
  for (std::size_t i = 0; i < insets.size(); ++i)
    if (insets[i]) draw_inset(panel.insets[i], *insets[i], page, limits, *style.words, measure, drawn);
  draw_axes(plan, style, measure, drawn.axes);
  draw_color_bar(plan, style, measure, drawn.color_bar);
  draw_title(plan, style, measure, drawn.title);
  draw_legend(plan, style, measure, drawn.legend, drawn.placed);
  return drawn;
}

void move_items(std::vector<Item>& from, std::vector<Item>& to) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

/// The panel's items in the order in which they are painted.
void flatten(DrawnPanel panel, std::vector<Item>& items) {
  move_items(panel.strips, items);
  move_items(panel.marks, items);
  for (std::size_t i = 0; i < panel.insets.size(); ++i) {
    items.push_back(std::move(panel.inset_paper[i]));
    flatten(std::move(panel.insets[i]), items);
  }
  move_items(panel.axes, items);
  move_items(panel.color_bar, items);
  move_items(panel.title, items);
  move_items(panel.labels, items);
  move_items(panel.legend, items);
}

void draw_panels(const Grouping& grouping, Box area, const Style& style, const Measure& measure, DrawnFigure& drawn) {
  PanelLayout placed = lay_out_panels(grouping, area, style, measure);
  // Panels stay as high as they would be without legends and with tick labels of one line.
  const double more = placed.legend_heights + placed.tick_heights;
  drawn.height = area.bottom + style.margin + more;
  if (more > 0) {
    area.bottom += more;
    placed = lay_out_panels(grouping, area, style, measure, placed.tick_heights);
  }
  drawn.height = std::max(drawn.height, placed.bottom + style.margin);
  const Box page{1, 1, drawn.width - 1, drawn.height - 1};
  const PointLimits limits = point_limits(placed.panels);
  drawn.panels.clear();
  for (const PanelPlan& plan : placed.panels) drawn.panels.push_back(draw_panel(plan, page, limits, style, measure));
}

/// Adds the labels that found no place to the panels' legends, and what is to be remarked; false if there is nothing
/// new.
bool move_to_legends(const DrawnFigure& drawn, Grouping& grouping) {
  bool any = false;
  grouping.legends.resize(grouping.panels.size());
  grouping.remarks.resize(grouping.panels.size());
  for (std::size_t i = 0; i < drawn.panels.size(); ++i) {
    const auto& unplaced = drawn.panels[i].unplaced;
    any = any || !unplaced.empty();
    auto& legend = grouping.legends[i];
    const auto added = legend.insert(legend.end(), unplaced.begin(), unplaced.end());
    // What has a place there keeps it.
    std::sort(i < grouping.kept.size() ? added : legend.begin(), legend.end());
    any = any || grouping.remarks[i] != drawn.panels[i].remark;
    grouping.remarks[i] = drawn.panels[i].remark;
  }
  return any;
}

/// What was explained in a legend stays there.
std::vector<std::size_t> kept_legend(const Panel& panel, const KeptPanel& kept) {
  std::vector<std::size_t> legend;
  for (const PlacedLabel& label : kept.labels)
    for (std::size_t m = 0; m < panel.marks.size() && label.ground == LabelGround::legend; ++m)
      if (role_of(panel.marks, m) == label.role && !label_of(panel.marks[m]).text.empty()) legend.push_back(m);
  return legend;
}

void keep(const Figure& figure, const KeptLayout& kept, Grouping& grouping) {
  if (kept.panels.size() != figure.panels.size()) return;
  grouping.pace = kept.pace;
  for (const Panel* panel : grouping.panels) {
    const KeptPanel& its = kept.panels[static_cast<std::size_t>(panel - figure.panels.data())];
    grouping.kept.push_back(&its);
    grouping.legends.push_back(kept_legend(*panel, its));
  }
}

}  // namespace

DrawnFigure draw(const Figure& figure, const Measure& measure, const text::Words& words, const KeptLayout& kept) {
  Style style;
  style.words = &words;
  DrawnFigure drawn;
  Reflowed reflowed = reflow(figure);
  drawn.width = reflowed.width_mm * points_per_mm;
  drawn.height = reflowed.height_mm * points_per_mm;
  Box area = Box{0, 0, drawn.width, drawn.height}.grown(-style.margin);

  double y = area.top;
  for (const std::string& line : break_lines(figure.title, area.width(), style.text, measure)) {
    drawn.title.push_back(write(set_label(line, style.text, measure), {area.left, y + style.text}, Ink::foreground));
    y += style.line_spacing;
  }
  if (y > area.top) area.top = y + 4;
  if (figure.panels.empty()) return drawn;

  keep(figure, kept, reflowed.grouping);
  draw_panels(reflowed.grouping, area, style, measure, drawn);
  // Labels without a free place go to legends under their panels, for which the figure grows. In the panels' new places
  // others may fail to find one.
  for (int attempt = 0; attempt < most_attempts && move_to_legends(drawn, reflowed.grouping); ++attempt)
    draw_panels(reflowed.grouping, area, style, measure, drawn);
  return drawn;
}

Scene compose(DrawnFigure drawn) {
  Scene scene{drawn.width, drawn.height, std::move(drawn.title)};
  for (DrawnPanel& panel : drawn.panels) flatten(std::move(panel), scene.items);
  return scene;
}

Scene layout(const Figure& figure, const Measure& measure, const text::Words& words) {
  return compose(draw(figure, measure, words));
}

}  // namespace plot
