// What figures are composed of: axes, curves with their bands and names, theory over them, words at places.
#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/shared/curves.hpp"
#include "plot/figure.hpp"

namespace experiments {

using plot::Anchor;
using plot::Ink;
using plot::Marker;

// ---- Panels.

/// Two panels in a row, over the whole width of the page.
inline plot::Figure two_columns(std::vector<plot::Panel> panels, double height_mm) {
  return {.panels = std::move(panels), .columns = 2, .width = plot::FigureWidth::full, .height_mm = height_mm};
}

inline plot::Axis axis(std::string label, std::optional<double> min = {}, std::optional<double> max = {}) {
  return {.label = std::move(label), .min = min, .max = max};
}
inline plot::Axis log_axis(std::string label, std::optional<double> min = {}, std::optional<double> max = {}) {
  return {.label = std::move(label), .scale = plot::ScaleKind::log, .min = min, .max = max};
}
/// Of layers, steps, epochs: there is nothing between two whole numbers.
inline plot::Axis count_axis(std::string label, double min, double max) {
  return {.label = std::move(label), .min = min, .max = max, .counts = true};
}

inline plot::Panel titled(std::string title, plot::Axis x, plot::Axis y) {
  return {.title = std::move(title), .x = std::move(x), .y = std::move(y)};
}

template <class... Marks>
void add(plot::Panel& panel, Marks&&... marks) {
  (panel.marks.push_back(std::forward<Marks>(marks)), ...);
}

// ---- Curves. How one looks, and what it is called, is a line that goes nowhere yet.

/// Points of paper from marker to marker: a few along each curve tell it from the others.
constexpr double marker_gap = 48;

/// What theory says, drawn over what was measured.
constexpr plot::StrokeStyle theory_stroke{Ink::black, 0.8, plot::Dash::dashed, 1};

/// A line as it looks, through this curve.
inline plot::Line through(plot::Line look, const Curve& curve) {
  look.x = curve.x;
  look.y = curve.y;
  return look;
}

inline plot::Line line_of(std::string series, const Curve& curve, plot::StrokeStyle stroke, std::string label = "",
                          plot::Role role = plot::Role::measured) {
  return {.series = std::move(series),
          .x = curve.x,
          .y = curve.y,
          .stroke = stroke,
          .label = std::move(label),
          .role = role};
}

/// The theory of the series that bears this name.
inline plot::Line theory_line(std::string series, const Curve& curve, plot::StrokeStyle stroke = theory_stroke) {
  return line_of(std::move(series), curve, stroke, "", plot::Role::theory);
}

/// What a curve is held against: a level, a threshold.
inline plot::Line reference_line(std::string series, const Curve& curve) {
  return line_of(std::move(series), curve, {Ink::muted, 0.8, plot::Dash::dashed}, "", plot::Role::reference);
}

/// The markers of a look at each point of a curve.
inline plot::Points dots(const plot::Line& look, const Curve& curve, double size) {
  return {.series = look.series,
          .x = curve.x,
          .y = curve.y,
          .marker = look.marker,
          .size = size,
          .filled = look.marker_filled,
          .ink = look.stroke.ink};
}

inline std::vector<plot::Line> without_labels(std::vector<plot::Line> looks) {
  for (plot::Line& look : looks) look.label.clear();
  return looks;
}

/// What was measured: each curve with its name, and under all of them their bands.
inline void add_measured(plot::Panel& panel, const std::vector<plot::Line>& looks, const std::vector<Curve>& curves) {
  for (std::size_t i = 0; i < looks.size(); ++i)
    if (const Curve& c = curves[i]; !c.lower.empty())
      add(panel, plot::Band{looks[i].series, c.x, c.lower, c.upper, looks[i].stroke.ink});
  for (std::size_t i = 0; i < looks.size(); ++i) add(panel, through(looks[i], curves[i]));
}

/// What is drawn over a curve to be told from it.
inline Ink ink_over(Ink curve) { return curve == Ink::black ? Ink::background : Ink::black; }

/// The theory of each, dashed over its curve.
inline void add_theory(plot::Panel& panel, const std::vector<plot::Line>& looks, const std::vector<Curve>& curves) {
  for (std::size_t i = 0; i < looks.size(); ++i) {
    plot::StrokeStyle stroke = theory_stroke;
    stroke.ink = ink_over(looks[i].stroke.ink);
    add(panel, theory_line(looks[i].series, curves[i], stroke));
  }
}

/// Rows of a function's values, from the lowest y up.
inline plot::Grid grid_of(Numbers x, Numbers y, const std::vector<Numbers>& rows) {
  plot::Grid grid{std::move(x), std::move(y), {}};
  for (const Numbers& row : rows) grid.z.insert(grid.z.end(), row.begin(), row.end());
  return grid;
}

// ---- Places.

/// One point: a start, a minimum, an arrival.
inline plot::Points spot(double x, double y, double size, bool filled = true, Ink ink = Ink::foreground,
                         Marker marker = Marker::circle) {
  return {.x = {x}, .y = {y}, .marker = marker, .size = size, .filled = filled, .ink = ink};
}

/// Where descent starts.
inline plot::Points start_mark(std::string series, double x, double y, std::string label = "") {
  plot::Points mark = spot(x, y, 5, false);
  mark.series = std::move(series);
  mark.label = std::move(label);
  return mark;
}

/// Words at a place, shifted by so many points of paper; `series` is what they name, if they name one.
inline plot::Note words(double x, double y, std::string text, Anchor anchor, double dx, double dy,
                        Ink ink = Ink::foreground, std::string series = "") {
  return {.x = x,
          .y = y,
          .text = std::move(text),
          .anchor = anchor,
          .ink = ink,
          .dx = dx,
          .dy = dy,
          .series = std::move(series)};
}

/// The smallest and the largest of the numbers that a logarithmic axis can show.
struct PositiveRange {
  double low = std::numeric_limits<double>::infinity();
  double high = 0;

  void include(const Numbers& values) {
    for (const double value : values) {
      if (!(value > 0) || std::isinf(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
};

}  // namespace experiments
