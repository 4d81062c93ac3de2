// How networks look and what they are called in figures: the same colour for the same network throughout the report.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "experiments/shared/curves.hpp"
#include "experiments/shared/each_of.hpp"
#include "numerics/networks/network.hpp"
#include "plot/figure.hpp"
#include "text/number.hpp"

namespace experiments {

/// Colour follows the initialisation, in a lighter variant for the ReLU; the sigmoid has the two neutral tones.
inline plot::Ink network_ink(const numerics::NetworkKind& kind) {
  using numerics::Activation, numerics::Initialisation, plot::Ink;
  const bool xavier = kind.initialisation == Initialisation::xavier;
  if (kind.activation == Activation::sigmoid) return xavier ? Ink::black : Ink::grey;
  const bool kinked = kind.activation == Activation::relu || kind.activation == Activation::leaky_relu;
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in:
      return kinked ? Ink::orange : Ink::purple;
    case Initialisation::xavier:
      return kinked ? Ink::sky : Ink::green;
    case Initialisation::he:
      return Ink::blue;
    case Initialisation::normal:
      return Ink::vermillion;
    case Initialisation::orthogonal:
      return Ink::orange;
  }
  return Ink::black;
}

struct NetworkMarker {
  plot::Marker shape;
  bool is_filled;
};

/// What the colour says, said again for readers who do not see it: the shape follows the initialisation, open for the
/// ReLU, and the sigmoid has the two crosses. Relatives of one colour have shapes of their own.
inline NetworkMarker network_marker(const numerics::NetworkKind& kind) {
  using numerics::Activation, numerics::Initialisation, plot::Marker;
  const bool xavier = kind.initialisation == Initialisation::xavier;
  if (kind.activation == Activation::sigmoid) return {xavier ? Marker::plus : Marker::cross, true};
  if (kind.activation == Activation::leaky_relu) return {Marker::star, false};
  if (kind.activation == Activation::swish) return {Marker::star, true};
  const bool is_filled = kind.activation != Activation::relu;
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in:
      return {Marker::triangle, is_filled};
    case Initialisation::xavier:
      return {Marker::square, is_filled};
    case Initialisation::he:
      return {Marker::circle, is_filled};
    case Initialisation::normal:
      return {Marker::diamond, is_filled};
    case Initialisation::orthogonal:
      return {Marker::star, is_filled};
  }
  return {Marker::circle, is_filled};
}

/// Points of paper from marker to marker: a few along each curve tell it from the others.
constexpr double marker_gap = 48;

/// What is drawn over a curve to be told from it.
inline plot::Ink ink_over(plot::Ink curve) {
  return curve == plot::Ink::black ? plot::Ink::background : plot::Ink::black;
}

/// "tanh, Xavier", "sigmoid, $U(\pm n^{-1/2})$"
inline std::string network_label(const numerics::NetworkKind& kind) {
  using numerics::Activation, numerics::Initialisation;
  std::string label{numerics::name(kind.activation)};
  if (kind.activation == Activation::relu) label = "ReLU";
  if (kind.activation == Activation::leaky_relu) label = "leaky ReLU";
  if (kind.activation == Activation::gelu) label = "GELU";
  const text::Number factor = text::exact(kind.scale);
  const std::string scale = kind.scale == 1 ? "" : text::formula(factor);
  if (kind.initialisation == Initialisation::normal)
    return label + ", $\\mathcal{N}(0, " +
           (scale.empty()  ? "1"
            : factor.power ? "(" + scale + ")^2"
                           : scale + "^2") +
           ")$";
  label += ", ";
  if (!scale.empty()) label += "$" + scale + " \\times$ ";
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in:
      return label + "$U(\\pm n^{-1/2})$";
    case Initialisation::xavier:
      return label + "Xavier";
    case Initialisation::he:
      return label + "He";
    case Initialisation::orthogonal:
      return label + "orthogonal";
    case Initialisation::normal:
      break;
  }
  return label;
}

/// A network's curve, without a label.
inline plot::Line network_line(const numerics::NetworkKind& kind, std::string series, std::vector<double> x,
                               std::vector<double> y) {
  const NetworkMarker marker = network_marker(kind);
  return {.series = std::move(series),
          .x = std::move(x),
          .y = std::move(y),
          .stroke = {network_ink(kind)},
          .marker = marker.shape,
          .marker_filled = marker.is_filled,
          .marker_gap = marker_gap};
}

/// The networks' names, in their order.
inline std::vector<std::string> names(const std::vector<numerics::NetworkKind>& networks) {
  return each_of(networks, &numerics::NetworkKind::name);
}

/// What looks like a network, and what it is called.
struct LooksLike {
  numerics::NetworkKind kind;
  std::string series, label;
};

/// The networks themselves.
inline std::vector<LooksLike> looks(const std::vector<numerics::NetworkKind>& networks) {
  std::vector<LooksLike> list;
  for (const auto& kind : networks) list.push_back({kind, kind.name(), network_label(kind)});
  return list;
}

/// The curve of each, named, and under all of them their bands. `curve_of(i)` is that of the item i.
template <class CurveOf>
void add_curves(plot::Panel& panel, const std::vector<LooksLike>& list, const CurveOf& curve_of, bool labelled = true) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    const experiment::Curve c = curve_of(i);
    if (!c.lower.empty())
      panel.marks.push_back(plot::Band{list[i].series, c.x, c.lower, c.upper, network_ink(list[i].kind)});
  }
  for (std::size_t i = 0; i < list.size(); ++i) {
    const experiment::Curve c = curve_of(i);
    plot::Line line = network_line(list[i].kind, list[i].series, c.x, c.y);
    if (labelled) line.label = list[i].label;
    panel.marks.push_back(std::move(line));
  }
}

/// The theory of each, dashed over its curve.
template <class CurveOf>
void add_theory(plot::Panel& panel, const std::vector<LooksLike>& list, const CurveOf& curve_of) {
  for (std::size_t i = 0; i < list.size(); ++i) {
    plot::StrokeStyle stroke = theory_stroke;
    stroke.ink = ink_over(network_ink(list[i].kind));
    panel.marks.push_back(theory_line(list[i].series, curve_of(i), stroke));
  }
}

template <class CurveOf>
void add_network_curves(plot::Panel& panel, const std::vector<numerics::NetworkKind>& networks, const CurveOf& curve_of,
                        bool labelled = true) {
  add_curves(panel, looks(networks), curve_of, labelled);
}

template <class CurveOf>
void add_network_theory(plot::Panel& panel, const std::vector<numerics::NetworkKind>& networks,
                        const CurveOf& curve_of) {
  add_theory(panel, looks(networks), curve_of);
}

}  // namespace experiments
