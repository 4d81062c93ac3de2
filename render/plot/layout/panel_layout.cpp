// Where the panels of a figure stand: scales shared, margins measured from their text, equal inner
// sizes. See panel_layout.hpp.
#include "plot/layout/panel_layout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "plot/geometry/date_tick.hpp"
#include "plot/geometry/projected_series.hpp"
#include "plot/layout/category_labels.hpp"
#include "plot/layout/color_bar.hpp"
#include "plot/layout/legend.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/text/text.hpp"

namespace plot {

namespace {

/// Inner sizes below these are not panels any more; the figure grows, or gives up label room.
constexpr double least_height = 24, least_width = 48;
/// Labels of lines take at most this part of the figure's width.
constexpr double most_label_room = 0.45;
/// Names of categories on the y axis take at most this part of it.
constexpr double most_name_room = 0.35;
/// Labels of ticks on the y axis stand at least this far apart, on the x axis with this much
/// between them.
constexpr double least_tick_distance = 18, least_decade_distance = 13.5, least_tick_space = 9;
/// A line that ends this near the right side (as a fraction of the panel) is labelled in the
/// margin.
constexpr double near_right = 0.06, still_near_right = 0.12;  // ... where it was before

/// The panels of rows and columns by their place.
struct Places {
  std::size_t columns, count;
  std::size_t rows() const { return (count + columns - 1) / columns; }
  std::size_t row(std::size_t i) const { return i / columns; }
  std::size_t column(std::size_t i) const { return i % columns; }
};

/// Numbers stand once where neighbours share a scale: under the lowest of them, at the left of the first.
bool repeated_below(std::size_t i, const Grouping& grouping, const Places& places) {
  const std::size_t below = i + places.columns;
  return below < places.count && grouping.x_scale[below] == grouping.x_scale[i];
}

bool repeated_from_left(std::size_t i, const Grouping& grouping, const Places& places) {
  return places.column(i) > 0 && grouping.y_scale[i - 1] == grouping.y_scale[i];
}

/// The first panel of those that share a scale speaks for all.
const Panel& first_sharing(const std::vector<std::size_t>& scales, std::size_t i, const Grouping& grouping) {
  return *grouping
              .panels[static_cast<std::size_t>(std::find(scales.begin(), scales.end(), scales[i]) - scales.begin())];
}

double width_of(const std::string& label, double size, const Measure& measure) {
  return set_label(label, size, measure).width;
}

std::vector<std::string> lines_of(const Tick& tick, const Style& style, const Measure& measure) {
  return break_lines(tick.label, std::numeric_limits<double>::infinity(), style.tick_text, measure);
}

/// Of its widest line.
double width_of(const Tick& tick, const Style& style, const Measure& measure) {
  double widest = 0;
  for (const std::string& line : lines_of(tick, style, measure))
    widest = std::max(widest, width_of(line, style.tick_text, measure));
  return widest;
}

void choose_scales(std::vector<PanelPlan>& plans, const Grouping& grouping) {
  std::vector<Autoscaler> asked;
  for (const Panel* panel : grouping.panels) asked.push_back(autoscale(*panel));
  for (std::size_t i = 0; i < plans.size(); ++i) {
    std::vector<const Axis*> x_axes, y_axes;
    Autoscale x, y;
    for (std::size_t k = 0; k < plans.size(); ++k) {
      const Panel& other = *grouping.panels[k];
      if (grouping.x_scale[k] == grouping.x_scale[i]) {
        x_axes.push_back(&other.x);
        x.include(asked[k].x);
      }
      if (grouping.y_scale[k] == grouping.y_scale[i]) {
        y_axes.push_back(&other.y);
        y.include(asked[k].y);
        const Strips strips = strips_of(other);
        plans[i].strips.not_finite |= strips.not_finite;
        plans[i].strips.zero |= strips.zero;
        plans[i].strips.negative |= strips.negative;
      }
    }
    if (const KeptPanel* kept = plans[i].kept) {
      plans[i].strips.not_finite |= kept->strips.not_finite;
      plans[i].strips.zero |= kept->strips.zero;
      plans[i].strips.negative |= kept->strips.negative;
    }
    plans[i].x = choose_domain(x_axes, x);
    plans[i].y = choose_domain(y_axes, y);
  }
}

void choose_texts(std::vector<PanelPlan>& plans, const Grouping& grouping, const Places& places, const Box& area,
                  double tick_heights, const Style& style, const Measure& measure) {
  const double pitch = area.width() / static_cast<double>(places.columns);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    PanelPlan& plan = plans[i];
    if (i < grouping.legends.size()) plan.legend = grouping.legends[i];
    if (i < grouping.remarks.size()) plan.remark = grouping.remarks[i];
    const double legend = std::max(legend_height(plan, pitch, style, measure), plan.kept ? plan.kept->legend : 0.0);
    const double row_height = (area.height() - tick_heights) / static_cast<double>(places.rows()) - legend;
    plan.letter = grouping.letters[i];
    plan.x_numbers = !repeated_below(i, grouping, places);
    plan.y_numbers = !repeated_from_left(i, grouping, places);
    if (plan.y_numbers)
      plan.y_label = break_lines(plan.panel->y.label, std::max(40.0, row_height - 24), style.text, measure);
  }
}

double room_left(const PanelPlan& plan, const Style& style) {
  double room = style.spine_offset + style.tick_length;
  if (plan.tick_room > 0) room += style.tick_gap + plan.tick_room;
  if (!plan.y_label.empty()) room += style.label_gap + style.line_spacing * static_cast<double>(plan.y_label.size());
  return room;
}

/// Titles may reach to the next panel's, or to the end of the area; so may legends.
void break_titles(std::vector<PanelPlan>& plans, const Places& places, const Box& area, const Style& style,
                  const Measure& measure) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    PanelPlan& plan = plans[i];
    const bool last = places.column(i) + 1 == places.columns;
    const double pitch = places.columns > 1 ? plans[1].box.left - plans[0].box.left : area.width();
    const double start = plan.box.left - style.spine_offset;
    const double end = last ? area.right : std::min(area.right, start + pitch - style.spine_offset - 6);
    const double indent = plan.letter.empty() ? 0 : title_indent(plan.letter, style, measure);
    plan.title = break_lines(plan.panel->title, end - start - indent, style.text, measure);
    const double middle = (plan.box.left + plan.box.right) / 2;
    const double room = 2 * std::min({middle - area.left, area.right - middle, pitch / 2 - 3});
    if (plan.x_numbers) plan.x_label = break_lines(plan.panel->x.label, room, style.text, measure);
    plan.legend_left = plan.box.left - room_left(plan, style);
    plan.legend_width = (last ? area.right : plan.legend_left + pitch - 6) - plan.legend_left;
    plan.legend_height = legend_height(plan, plan.legend_width, style, measure);
    if (plan.kept) plan.legend_height = std::max(plan.legend_height, plan.kept->legend);
  }
}

struct RowRoom {
  double above = 0, inner = 0, below = 0;
};

RowRoom room_around(const PanelPlan& plan, const Style& style) {
  RowRoom room;
  const auto lines = [](const std::vector<std::string>& text) { return static_cast<double>(text.size()); };
  // A tick label at the top of the axis reaches over it.
  room.above = style.tick_text * 0.6;
  if (!plan.title.empty() || !plan.letter.empty()) {
    room.above = style.title_gap + style.text * cap_height + style.line_spacing * std::max(0.0, lines(plan.title) - 1) +
                 title_air;
  }
  room.below = style.spine_offset + style.tick_length;
  if (plan.x_numbers) room.below += style.tick_gap + style.tick_text * (cap_height + 0.3) + plan.x_tick_extra;
  if (!plan.x_label.empty())
    room.below +=
        style.label_gap + style.text * 0.7 + style.line_spacing * (lines(plan.x_label) - 1) + descender * style.text;
  room.below += plan.legend_height;
  return room;
}

std::vector<RowRoom> choose_rows(std::vector<PanelPlan>& plans, const Grouping& grouping, const Places& places,
                                 const Box& area, const Style& style) {
  std::vector<RowRoom> rows(places.rows());
  for (std::size_t i = 0; i < plans.size(); ++i) {
    RowRoom& row = rows[places.row(i)];
    const RowRoom room = room_around(plans[i], style);
    row.above = std::max({row.above, room.above, plans[i].kept ? plans[i].kept->above : 0.0});
    row.below = std::max(row.below, room.below);
  }
  // Titles of a row begin at one height, whatever their number of lines.
  for (std::size_t i = 0; i < plans.size(); ++i) plans[i].title_height = rows[places.row(i)].above;
  std::vector<double> shares(rows.size(), 1);
  for (std::size_t r = 0; r < rows.size() && r < grouping.row_heights.size(); ++r)
    if (grouping.row_heights[r] > 0 && std::isfinite(grouping.row_heights[r])) shares[r] = grouping.row_heights[r];
  double free = area.height() - style.row_gap * static_cast<double>(rows.size() - 1);
  for (const RowRoom& row : rows) free -= row.above + row.below;
  const double total = std::accumulate(shares.begin(), shares.end(), 0.0);
  for (std::size_t r = 0; r < rows.size(); ++r) rows[r].inner = std::max(least_height, free * shares[r] / total);
  return rows;
}

/// Labels of colour bars are as long as the panels are high without their titles' last lines.
void break_bar_labels(std::vector<PanelPlan>& plans, const Style& style, const Measure& measure) {
  for (PanelPlan& plan : plans)
    if (const auto values = color_values_of(*plan.panel))
      plan.bar_label =
          break_lines(values->label, std::max(40.0, plan.box.height() - 1.5 * style.line_spacing), style.text, measure);
}

/// Vertical places; strips take their height from the panel's.
double place_rows(std::vector<PanelPlan>& plans, const std::vector<RowRoom>& rows, const Places& places, double top,
                  const Style& style) {
  std::vector<double> tops;
  double y = top;
  for (const RowRoom& row : rows) {
    tops.push_back(y + row.above);
    y += row.above + row.inner + row.below + style.row_gap;
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    PanelPlan& plan = plans[i];
    const std::size_t r = places.row(i);
    plan.room.top = plan.box.top = tops[r];
    plan.room.bottom = plan.box.bottom = tops[r] + rows[r].inner;
    plan.legend_top = plan.room.bottom + room_around(plan, style).below - plan.legend_height;
    if (plan.strips.not_finite) plan.box.top += style.strip_height + style.strip_gap;
    if (plan.strips.zero) plan.box.bottom -= style.strip_height + style.strip_gap;
  }
  return y - style.row_gap;
}

void say_in_language(std::vector<Tick>& ticks, const Domain& domain, const Style& style) {
  for (Tick& tick : ticks)
    tick.label = domain.kind == ScaleKind::date ? date_in_language(tick.label, *style.words)
                                                : in_language(std::move(tick.label), *style.words);
}

void choose_y_ticks(std::vector<PanelPlan>& plans, const Grouping& grouping, double most_width, const Style& style,
                    const Measure& measure) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    PanelPlan& plan = plans[i];
    const Axis& axis = first_sharing(grouping.y_scale, i, grouping).y;
    if (!axis.categories.empty()) {
      plan.y_ticks = category_labels_beside(axis.categories, lay(plan.y, plan.box.bottom, plan.box.top), most_width,
                                            style, measure);
      continue;
    }
    plan.y_ticks = given_ticks(plan.y, axis.ticks);
    const double distance = plan.y.kind == ScaleKind::log ? least_decade_distance : least_tick_distance;
    if (plan.y_ticks.empty())
      plan.y_ticks = choose_ticks(plan.y, std::clamp(static_cast<int>(plan.box.height() / distance), 3, 7));
    say_in_language(plan.y_ticks, plan.y, style);
  }
}

double tick_room(const PanelPlan& plan, const Style& style, const Measure& measure) {
  if (!plan.y_numbers) return 0;
  double widest = 0;
  for (const Tick& tick : plan.y_ticks)
    if (tick.major()) widest = std::max(widest, width_of(tick, style, measure));
  if (plan.strips.not_finite) widest = std::max(widest, width_of(name_of_infinite_strip, 7, measure));
  if (plan.strips.zero) widest = std::max(widest, width_of(name_of_zero_strip(plan.strips), 7, measure));
  return widest;
}

/// Whether a line's last visible point on paper's right is at the panel's right side.
bool ends_at_right(const SeriesView& line, const PanelPlan& plan, double near) {
  const Frame frame = frame_on({0, 0, 1000, 1000}, plan.x, plan.y);
  const ProjectedSeries projected = project_line(line.x, line.y, frame, 0);
  if (projected.parts.empty()) return false;
  double rightmost = frame.box.left, end = frame.box.left;
  for (const Polyline& part : projected.parts) {
    for (const PaperPoint p : part) rightmost = std::max(rightmost, p.x);
    end = std::max({end, part.front().x, part.back().x});
  }
  return end >= rightmost && end >= (1 - near) * frame.box.right;
}

/// On which ground a mark's name stood last.
std::optional<LabelGround> last_ground(const PanelPlan& plan, std::size_t mark) {
  if (plan.kept)
    for (const LabelGround ground : {LabelGround::margin, LabelGround::panel, LabelGround::legend})
      if (plan.kept->last(role_of(plan.panel->marks, mark), ground)) return ground;
  return std::nullopt;
}

void choose_margin_labels(std::vector<PanelPlan>& plans, double most, const Style& style, const Measure& measure) {
  for (PanelPlan& plan : plans) {
    if (color_values_of(*plan.panel)) continue;  // the colour bar stands there
    for (std::size_t m = 0; m < plan.panel->marks.size(); ++m) {
      const auto line = series_of(plan.panel->marks[m]);
      if (!line || !line->joined || line->label.empty()) continue;
      const std::optional<LabelGround> last = last_ground(plan, m);
      if (last && *last != LabelGround::margin) continue;
      const double near = last ? still_near_right : near_right;
      if (width_of(line->label, style.text, measure) <= most && ends_at_right(*line, plan, near))
        plan.margin_labels.push_back(m);
    }
  }
}

double label_room(const PanelPlan& plan, const Style& style, const Measure& measure) {
  double indent = 0, width = 0;
  for (const std::size_t m : plan.margin_labels) {
    const SeriesView line = *series_of(plan.panel->marks[m]);
    indent = std::max(indent, label_indent(line));
    width = std::max(width, width_of(line.label, style.text, measure));
  }
  const double labels = plan.margin_labels.empty() ? 0 : direct_label_offset + indent + width;
  return std::max(labels, color_bar_room(plan, style, measure));
}

struct ColumnRoom {
  double left = 0, right = 0;
};

std::vector<ColumnRoom> measure_columns(std::vector<PanelPlan>& plans, const Places& places, const Style& style,
                                        const Measure& measure) {
  std::vector<ColumnRoom> columns(places.columns);
  std::vector<double> widest(places.columns, 0);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    double& w = widest[places.column(i)];
    w = std::max(w, tick_room(plans[i], style, measure));
  }
  for (std::size_t i = 0; i < plans.size(); ++i) {
    ColumnRoom& column = columns[places.column(i)];
    plans[i].tick_room = plans[i].y_numbers ? widest[places.column(i)] : 0;
    column.left = std::max(column.left, room_left(plans[i], style));
    column.right = std::max(column.right, label_room(plans[i], style, measure));
    if (const KeptPanel* kept = plans[i].kept) {
      column.left = std::max(column.left, kept->left);
      column.right = std::max(column.right, kept->right);
    }
  }
  return columns;
}

/// Horizontal places; panels too narrow give their labels back to the inside, first those that are
/// not last in a row.
void place_columns(std::vector<PanelPlan>& plans, const Places& places, const Box& area, const Style& style,
                   const Measure& measure) {
  const double end = style.tick_text;  // half of a tick label at the right end
  std::vector<ColumnRoom> columns;
  double inner = 0;
  for (std::size_t spared = places.columns;; --spared) {
    columns = measure_columns(plans, places, style, measure);
    double free = area.width() - style.column_gap * static_cast<double>(places.columns - 1);
    for (const ColumnRoom& c : columns) free -= c.left + c.right;
    free -= std::max(0.0, end - columns.back().right);
    inner = free / static_cast<double>(places.columns);
    if (inner >= least_width || spared == 0) break;
    for (std::size_t i = 0; i < plans.size(); ++i)
      if (places.column(i) + 1 < places.columns || spared == 1) plans[i].margin_labels.clear();
    if (spared > 2) spared = 2;
  }
  inner = std::max(inner, 8.0);
  double x = area.left;
  for (std::size_t c = 0; c < columns.size(); ++c) {
    x += columns[c].left;
    for (std::size_t i = c; i < plans.size(); i += places.columns) {
      plans[i].left_room = columns[c].left;
      plans[i].right_room = columns[c].right;
      plans[i].box.left = plans[i].room.left = x;
      plans[i].box.right = plans[i].room.right = x + inner;
    }
    x += inner + columns[c].right + style.column_gap;
  }
}

bool labels_fit(const std::vector<Tick>& ticks, const Scale& scale, const Box& area, const Style& style,
                const Measure& measure) {
  double before = -std::numeric_limits<double>::infinity();
  std::vector<Tick> placed;
  for (const Tick& t : ticks)
    if (t.major()) placed.push_back({scale.place(t.at), t.label});
  std::sort(placed.begin(), placed.end(), [](const Tick& a, const Tick& b) { return a.at < b.at; });
  for (const Tick& t : placed) {
    const double half = width_of(t, style, measure) / 2;
    if (t.at - half < before + least_tick_space) return false;
    // The first of dates says most.
    if (scale.domain.kind == ScaleKind::date && t.at - half < area.left) return false;
    before = t.at + half;
  }
  return true;
}

std::vector<Tick> fitting_ticks(const PanelPlan& plan, const Scale& scale, const Box& area, const Style& style,
                                const Measure& measure) {
  std::vector<Tick> ticks;
  for (int most = std::clamp(static_cast<int>(plan.box.width() / 20), 2, 7); most >= 2; --most) {
    ticks = choose_ticks(plan.x, most);
    say_in_language(ticks, plan.x, style);
    if (plan.x.kind == ScaleKind::date)
      for (Tick& tick : ticks)
        if (scale.place(tick.at) + width_of(tick, style, measure) / 2 > area.right) tick.label.clear();
    if (labels_fit(ticks, scale, area, style, measure)) break;
  }
  return ticks;
}

/// What the labels of ticks below a panel need beyond the height of one line.
double extra_height(const PanelPlan& plan, const Style& style, const Measure& measure) {
  double extra = 0;
  if (!plan.x_numbers) return extra;
  for (const Tick& tick : plan.x_ticks) {
    if (!tick.major()) continue;
    const double more_lines = static_cast<double>(lines_of(tick, style, measure).size() - 1);
    extra = std::max(extra, plan.x_ticks_turned ? width_of(tick, style, measure) - cap_height * style.tick_text
                                                : more_lines * style.tick_line_spacing());
  }
  return extra;
}

void choose_x_ticks(std::vector<PanelPlan>& plans, const Grouping& grouping, const Box& area, const Style& style,
                    const Measure& measure) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    PanelPlan& plan = plans[i];
    const Axis& axis = first_sharing(grouping.x_scale, i, grouping).x;
    const Scale scale = lay(plan.x, plan.box.left, plan.box.right);
    if (!axis.categories.empty()) {
      CategoryLabels labels = category_labels_below(axis.categories, scale, style, measure);
      plan.x_ticks = std::move(labels.ticks);
      plan.x_ticks_turned = labels.turned;
    } else {
      plan.x_ticks = given_ticks(plan.x, axis.ticks);
      say_in_language(plan.x_ticks, plan.x, style);
      if (plan.x_ticks.empty()) plan.x_ticks = fitting_ticks(plan, scale, area, style, measure);
    }
    plan.x_tick_extra = extra_height(plan, style, measure);
  }
}

/// What a part of the panels takes of the height, each row as much as its highest.
double height_in_rows(const std::vector<PanelPlan>& plans, const Places& places, double PanelPlan::*part) {
  std::vector<double> rows(places.rows(), 0);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    double& row = rows[places.row(i)];
    row = std::max(row, plans[i].*part);
  }
  return std::accumulate(rows.begin(), rows.end(), 0.0);
}

}  // namespace

double label_indent(const SeriesView& series) {
  return series.marker == Marker::none || series.marks_every_point() ? 0 : series.marker_size + label_marker_gap;
}

double title_indent(const std::string& letter, const Style& style, const Measure& measure) {
  return measure(letter, Face::bold, style.text).width + 5;
}

PanelLayout lay_out_panels(const Grouping& grouping, const Box& area, const Style& style, const Measure& measure,
                           double tick_heights) {
  const Places places{grouping.columns, grouping.panels.size()};
  std::vector<PanelPlan> plans(places.count);
  for (std::size_t i = 0; i < plans.size(); ++i) {
    plans[i].panel = grouping.panels[i];
    if (i < grouping.kept.size()) plans[i].kept = grouping.kept[i];
    plans[i].pace = grouping.pace;
  }
  choose_scales(plans, grouping);
  choose_texts(plans, grouping, places, area, tick_heights, style, measure);
  // Heights decide the y ticks, these the margins, these where titles break, and that again the
  // heights: a line of title more or less leaves the ticks as they are.
  place_rows(plans, choose_rows(plans, grouping, places, area, style), places, area.top, style);
  choose_y_ticks(plans, grouping, most_name_room * area.width(), style, measure);
  break_bar_labels(plans, style, measure);
  choose_margin_labels(plans, most_label_room * area.width(), style, measure);
  place_columns(plans, places, area, style, measure);
  choose_x_ticks(plans, grouping, area, style, measure);
  break_titles(plans, places, area, style, measure);
  const double bottom = place_rows(plans, choose_rows(plans, grouping, places, area, style), places, area.top, style);
  const double legends = height_in_rows(plans, places, &PanelPlan::legend_height);
  const double ticks = height_in_rows(plans, places, &PanelPlan::x_tick_extra);
  return {std::move(plans), bottom, legends, ticks};
}

}  // namespace plot
