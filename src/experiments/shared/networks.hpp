// Networks in experiments: how they are drawn at random, how they look and what they are called in figures: the same
// colour for the same network throughout the report.
#pragma once

#include <string>
#include <vector>

#include "experiment/run.hpp"
#include "experiments/shared/figures.hpp"
#include "experiments/shared/network_parameters.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/networks/network.hpp"
#include "text/number.hpp"

namespace experiments {

using numerics::Activation;
using numerics::NetworkKind;

/// What the weights of one seed are drawn from.
inline numerics::RandomStream weights_stream(const experiment::Run& run, const NetworkKind& kind, int seed) {
  return run.random.child(kind.name()).child("weights", seed);
}

/// The weights of one seed.
inline numerics::Mlp<double> random_network(const experiment::Run& run, const NetworkKind& kind,
                                            const std::vector<int>& sizes, int seed) {
  return numerics::initialise(kind, sizes, weights_stream(run, kind, seed));
}

/// Colour follows the initialisation, in a lighter variant for the ReLU; the sigmoid has the two neutral tones.
inline plot::Ink network_ink(const numerics::NetworkKind& kind) {
  using numerics::Initialisation;
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
  using numerics::Initialisation;
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

/// "tanh, Xavier", "sigmoid, $U(\pm n^{-1/2})$"
inline std::string network_label(const numerics::NetworkKind& kind) {
  using numerics::Initialisation;
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

/// How the curve of each looks, and what it is called.
inline plot::Line network_look(const numerics::NetworkKind& kind) {
  const NetworkMarker marker = network_marker(kind);
  return {.series = kind.name(),
          .stroke = {network_ink(kind)},
          .label = network_label(kind),
          .marker = marker.shape,
          .marker_filled = marker.is_filled,
          .marker_gap = marker_gap};
}
inline std::vector<plot::Line> looks(const std::vector<numerics::NetworkKind>& networks) {
  return each_of(networks, network_look);
}

/// The networks' names, in their order.
inline std::vector<std::string> names(const std::vector<numerics::NetworkKind>& networks) {
  return each_of(networks, &numerics::NetworkKind::name);
}

}  // namespace experiments
