// Learning rates in figures, and the flow that descent is held against: the same names and colours throughout the
// report.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "experiments/shared/figures.hpp"
#include "experiments/shared/labels.hpp"

namespace experiments {

/// "eta=0.019": the name of a learning rate's series, in its shortest decimal form.
inline std::string rate_name(double learning_rate) { return fmt::format("eta={}", learning_rate); }

/// The names of all of them, in their order.
inline std::vector<std::string> rate_names(const Numbers& learning_rates) { return each_of(learning_rates, rate_name); }

/// "$\\eta=0.0198$": four significant digits are enough for readers.
inline std::string rate_label(double learning_rate) { return "$\\eta=" + rounded(learning_rate, 4) + "$"; }

/// The colour of the learning rate at this place in its list, the same in all figures on step sizes, and the marker
/// that repeats it.
inline Ink rate_ink(std::size_t index) {
  constexpr Ink order[] = {Ink::blue, Ink::orange, Ink::green, Ink::vermillion, Ink::purple, Ink::sky};
  return order[index % std::size(order)];
}
inline Marker rate_marker(std::size_t index) {
  constexpr Marker order[] = {Marker::circle,  Marker::square, Marker::triangle,
                              Marker::diamond, Marker::star,   Marker::cross};
  return order[index % std::size(order)];
}

/// How the curve of the learning rate at this place in its list looks.
inline plot::Line rate_look(std::size_t index, double learning_rate, double width) {
  return {.series = rate_name(learning_rate),
          .stroke = {rate_ink(index), width},
          .label = rate_label(learning_rate),
          .marker = rate_marker(index),
          .marker_size = 3.6,
          .marker_gap = marker_gap};
}
inline std::vector<plot::Line> rate_looks(const Numbers& learning_rates, double width) {
  return list_of(learning_rates.size(), [&](std::size_t i) { return rate_look(i, learning_rates[i], width); });
}

/// How a path of descent looks that has a marker of this size at every step.
inline plot::Line step_look(std::size_t index, double learning_rate, double width, double marker_size,
                            std::string label = "") {
  return {.series = rate_name(learning_rate),
          .stroke = {rate_ink(index), width},
          .label = std::move(label),
          .marker = rate_marker(index),
          .marker_size = marker_size};
}

/// Gradient flow is wide and grey in all figures; descent lies over it.
constexpr plot::StrokeStyle flow_stroke{Ink::grey, 4, plot::Dash::solid, 0.55};
inline const std::string flow_name = "gradient flow";

inline plot::Line flow_line(const Curve& curve, const std::string& label = flow_name) {
  return line_of(flow_name, curve, flow_stroke, label);
}

}  // namespace experiments
