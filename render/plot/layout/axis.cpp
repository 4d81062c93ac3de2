// Axes, titles and strips of a panel.
// See axis.hpp.
#include "plot/layout/axis.hpp"

#include <algorithm>
#include <limits>
#include <numbers>

#include "plot/text/text.hpp"

namespace plot {

namespace {

void draw_segment(std::vector<Item>& items, PaperPoint from, PaperPoint to, const StrokeStyle& stroke) {
  items.push_back(Path{{MoveTo{from}, LineTo{to}}, stroke, std::nullopt, {}});
}

double tick_length(const Tick& tick, const Style& style) {
  return tick.major() ? style.tick_length : style.minor_length;
}

double more_lines(const Tick& tick) {
  return static_cast<double>(std::count(tick.label.begin(), tick.label.end(), '\n'));
}

/// From below upwards.
TextItem write_upwards(const SetLabel& label, PaperPoint origin) {
  TextItem item = write(label, origin, Ink::foreground);
  item.angle = std::numbers::pi / 2;
  return item;
}

/// The lines of a tick's label, the first one's baseline at `at`.
void write_lines(const std::string& label, PaperPoint at, Anchor anchor, const Style& style, const Measure& measure,
                 std::vector<Item>& items) {
  constexpr double unbroken = std::numeric_limits<double>::infinity();
  for (const std::string& line : break_lines(label, unbroken, style.tick_text, measure)) {
    items.push_back(write(set_label(line, style.tick_text, measure), at, anchor, Ink::foreground));
    at.y += style.tick_line_spacing();
  }
}

void draw_x_axis(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  const StrokeStyle stroke{Ink::foreground, style.axis_width, Dash::solid, 1};
  const Box& box = plan.box;
  const double spine = plan.room.bottom + style.spine_offset;
  const Scale scale = lay(plan.x, box.left, box.right);
  draw_segment(items, {box.left, spine}, {box.right, spine}, stroke);
  const double numbers = spine + style.tick_length + style.tick_gap;
  const double baseline = spine + style.tick_length + style.tick_gap + cap_height * style.tick_text;
  for (const Tick& tick : plan.x_ticks) {
    const double x = scale.place(tick.at);
    draw_segment(items, {x, spine}, {x, spine + tick_length(tick, style)}, stroke);
    if (!tick.major() || !plan.x_numbers) continue;
    if (plan.x_ticks_turned) {
      const SetLabel label = set_label(tick.label, style.tick_text, measure);
      items.push_back(write_upwards(label, {x + cap_height * style.tick_text / 2, numbers + label.width}));
    } else {
      write_lines(tick.label, {x, baseline}, Anchor::centre, style, measure, items);
    }
  }
  double y = baseline + plan.x_tick_extra + style.label_gap + style.text * 0.95;
  for (const std::string& line : plan.x_label) {
    items.push_back(
        write(set_label(line, style.text, measure), {(box.left + box.right) / 2, y}, Anchor::centre, Ink::foreground));
    y += style.line_spacing;
  }
}

void draw_y_label(const PanelPlan& plan, const Style& style, const Measure& measure, double tick_labels,
                  std::vector<Item>& items) {
  double x = tick_labels - plan.tick_room - style.label_gap - descender * style.text;
  for (auto line = plan.y_label.rbegin(); line != plan.y_label.rend(); ++line) {
    const SetLabel label = set_label(*line, style.text, measure);
    const double middle = (plan.box.top + plan.box.bottom) / 2;
    items.push_back(write_upwards(label, {x, middle + label.width / 2}));
    x -= style.line_spacing;
  }
}

void draw_y_axis(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  const StrokeStyle stroke{Ink::foreground, style.axis_width, Dash::solid, 1};
  const double spine = plan.box.left - style.spine_offset;
  const Scale scale = lay(plan.y, plan.box.bottom, plan.box.top);
  draw_segment(items, {spine, plan.box.top}, {spine, plan.box.bottom}, stroke);
  const double numbers = spine - style.tick_length - style.tick_gap;
  for (const Tick& tick : plan.y_ticks) {
    const double y = scale.place(tick.at);
    draw_segment(items, {spine, y}, {spine - tick_length(tick, style), y}, stroke);
    if (tick.major() && plan.y_numbers)
      write_lines(tick.label,
                  {numbers, y + cap_height * style.tick_text / 2 - more_lines(tick) / 2 * style.tick_line_spacing()},
                  Anchor::right, style, measure, items);
  }
  draw_y_label(plan, style, measure, numbers, items);
}

void draw_strip(const PanelPlan& plan, double middle, const char* name, const Style& style, const Measure& measure,
                std::vector<Item>& items) {
  const double half = style.strip_height / 2;
  const Box& box = plan.box;
  items.push_back(Path{{MoveTo{{box.left, middle - half}}, LineTo{{box.right, middle - half}},
                        LineTo{{box.right, middle + half}}, LineTo{{box.left, middle + half}}, ClosePath{}},
                       std::nullopt,
                       FillStyle{Ink::faint, 0.35},
                       {}});
  if (!plan.y_numbers) return;
  const double x = box.left - style.spine_offset - style.tick_length - style.tick_gap;
  items.push_back(write(set_label(name, 7, measure), {x, middle + cap_height * 7 / 2}, Anchor::right, Ink::muted));
}

}  // namespace

double infinite_strip_middle(const PanelPlan& plan, const Style& style) {
  return plan.room.top + style.strip_height / 2;
}

double zero_strip_middle(const PanelPlan& plan, const Style& style) {
  return plan.room.bottom - style.strip_height / 2;
}

void draw_strips(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  if (plan.strips.not_finite)
    draw_strip(plan, infinite_strip_middle(plan, style), name_of_infinite_strip, style, measure, items);
  if (plan.strips.zero)
    draw_strip(plan, zero_strip_middle(plan, style), name_of_zero_strip(plan.strips), style, measure, items);
}

void draw_axes(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  draw_x_axis(plan, style, measure, items);
  draw_y_axis(plan, style, measure, items);
}

void draw_title(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  double x = plan.box.left - style.spine_offset;
  double y = plan.room.top - plan.title_height + title_air + cap_height * style.text;
  if (!plan.letter.empty()) {
    SetLabel letter;
    letter.runs.push_back({plan.letter, Face::bold, style.text, {0, 0}});
    items.push_back(write(letter, {x, y}, Ink::foreground));
    x += title_indent(plan.letter, style, measure);
  }
  for (const std::string& line : plan.title) {
    items.push_back(write(set_label(line, style.text, measure), {x, y}, Ink::foreground));
    y += style.line_spacing;
  }
}

}  // namespace plot
