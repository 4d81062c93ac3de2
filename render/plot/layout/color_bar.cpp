// The colour bar of a panel: bands in a column to the panel's right, with numbers at their edges.
// See color_bar.hpp.
#include "plot/layout/color_bar.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "plot/geometry/tick.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/text/text.hpp"

namespace plot {

namespace {

constexpr double bar_distance = 8, bar_width = 7, pointed_end = 6;
constexpr std::size_t most_labels = 7;

bool is_round(double step) { return std::abs(round_step(step, 1) - step) <= 1e-6 * step; }

/// Which edges bear numbers: every so many, a round distance apart, and the ramp's centre (or zero) among them.
std::vector<std::size_t> labelled_edges(const ColorValues& values, const ColorBands& bands) {
  const double origin = values.ramp == Ramp::diverging ? values.centre : 0;
  const auto& edges = bands.edges;
  std::size_t start = 0;
  for (std::size_t k = 1; k < edges.size(); ++k)
    if (std::abs(edges[k] - origin) < std::abs(edges[start] - origin)) start = k;
  const bool given = values.levels.size() > 1;
  for (std::size_t stride = 1; stride < edges.size(); ++stride) {
    if (!given && !is_round(static_cast<double>(stride) * (edges[1] - edges[0]))) continue;
    std::vector<std::size_t> labelled;
    for (std::size_t k = start % stride; k < edges.size(); k += stride) labelled.push_back(k);
    if (labelled.size() <= most_labels) return labelled;
  }
  return {0, edges.size() - 1};
}

/// Rounding errors of origin + k * step must not be read out.
std::string edge_label(const ColorBands& bands, std::size_t k, const Style& style) {
  const double width = bands.edges[1] - bands.edges[0];
  const double value = bands.edges[k];
  return in_language(number_label(std::abs(value) < 1e-9 * std::abs(width) ? 0 : value), *style.words);
}

double widest_label(const ColorValues& values, const ColorBands& bands, const Style& style, const Measure& measure) {
  double widest = 0;
  for (const std::size_t k : labelled_edges(values, bands))
    widest = std::max(widest, set_label(edge_label(bands, k, style), style.tick_text, measure).width);
  return widest;
}

/// The bands of a bar that stands in a box, the lowest first; each goes on under the next one, like the map's own.
/// Where samples lie beyond an end, the bar goes on to a point.
void draw_bands(const ColorBands& bands, const Box& bar, std::vector<Item>& items) {
  const double height = bar.height() / static_cast<double>(bands.shades.size());
  const PaperPoint tip{(bar.left + bar.right) / 2, bar.top - (bands.above ? pointed_end : 0)};
  const PaperPoint foot{tip.x, bar.bottom + (bands.below ? pointed_end : 0)};
  for (std::size_t k = 0; k < bands.shades.size(); ++k) {
    const double from = bar.bottom - static_cast<double>(k) * height;
    const double to = std::max(bar.top, from - 2 * height);
    std::vector<PathStep> steps{MoveTo{{bar.left, to}}};
    if (k + 1 == bands.shades.size()) steps.push_back(LineTo{tip});
    steps.push_back(LineTo{{bar.right, to}});
    steps.push_back(LineTo{{bar.right, from}});
    if (k == 0) steps.push_back(LineTo{foot});
    steps.push_back(LineTo{{bar.left, from}});
    steps.push_back(ClosePath{});
    items.push_back(Path{std::move(steps), std::nullopt, FillStyle{Ink::faint, 1, bands.shades[k]}, {}});
  }
}

void draw_label(double left, const PanelPlan& plan, const Style& style, const Measure& measure,
                std::vector<Item>& items) {
  double x = left + cap_height * style.text;
  for (const std::string& line : plan.bar_label) {
    const SetLabel label = set_label(line, style.text, measure);
    const double middle = (plan.box.top + plan.box.bottom) / 2;
    TextItem item = write(label, {x, middle + label.width / 2}, Ink::foreground);
    item.angle = std::numbers::pi / 2;
    items.push_back(std::move(item));
    x += style.line_spacing;
  }
}

}  // namespace

std::optional<ColorValues> color_values_of(const Panel& panel) {
  for (const Mark& mark : panel.marks)
    if (const Ground ground = ground_of(mark); ground.colors) return ground.colors;
  return std::nullopt;
}

double color_bar_room(const PanelPlan& plan, const Style& style, const Measure& measure) {
  const std::optional<ColorValues> values = color_values_of(*plan.panel);
  if (!values) return 0;
  const ColorBands bands = color_bands(*values);
  if (bands.empty()) return 0;
  double room = bar_distance + bar_width + style.tick_length + style.tick_gap;
  room += widest_label(*values, bands, style, measure);
  if (!plan.bar_label.empty())
    room += style.label_gap + style.line_spacing * static_cast<double>(plan.bar_label.size());
  return room;
}

void draw_color_bar(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  const std::optional<ColorValues> values = color_values_of(*plan.panel);
  if (!values) return;
  const ColorBands bands = color_bands(*values);
  if (bands.empty()) return;
  const double left = plan.box.right + bar_distance;
  const Box bar{left, plan.box.top + (bands.above ? pointed_end : 0), left + bar_width,
                plan.box.bottom - (bands.below ? pointed_end : 0)};
  draw_bands(bands, bar, items);

  const StrokeStyle stroke{Ink::foreground, style.axis_width, Dash::solid, 1};
  const double height = bar.height() / static_cast<double>(bands.shades.size());
  const double numbers = bar.right + style.tick_length + style.tick_gap;
  for (const std::size_t k : labelled_edges(*values, bands)) {
    const double y = bar.bottom - static_cast<double>(k) * height;
    items.push_back(
        Path{{MoveTo{{bar.right, y}}, LineTo{{bar.right + style.tick_length, y}}}, stroke, std::nullopt, {}});
    items.push_back(write(set_label(edge_label(bands, k, style), style.tick_text, measure),
                          {numbers, y + cap_height * style.tick_text / 2}, Ink::foreground));
  }
  if (!plan.bar_label.empty()) {
    const double right = numbers + widest_label(*values, bands, style, measure) + style.label_gap;
    draw_label(right, plan, style, measure, items);
  }
}

}  // namespace plot
