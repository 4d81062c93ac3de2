// How networks look and what they are called in figures: the same colour for the same network throughout the report.
#pragma once

#include <string>

#include "numerics/network.hpp"
#include "plot/figure.hpp"

namespace experiments {

/// Colour follows the initialisation, in a lighter variant for the ReLU; the sigmoid has the two neutral tones.
inline plot::Ink network_ink(const numerics::NetworkKind& kind) {
  using numerics::Activation, numerics::Initialisation, plot::Ink;
  const bool xavier = kind.initialisation == Initialisation::xavier;
  if (kind.activation == Activation::sigmoid) return xavier ? Ink::black : Ink::grey;
  const bool kinked = kind.activation == Activation::relu || kind.activation == Activation::leaky_relu;
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in: return kinked ? Ink::orange : Ink::purple;
    case Initialisation::xavier: return kinked ? Ink::sky : Ink::green;
    case Initialisation::he: return Ink::blue;
    case Initialisation::normal: return Ink::vermillion;
    case Initialisation::orthogonal: return Ink::orange;
  }
  return Ink::black;
}

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
  std::string scale = numerics::NetworkKind{kind.activation, kind.initialisation, kind.scale}.name();
  scale = kind.scale == 1 ? "" : scale.substr(scale.rfind('-') + 1);
  if (kind.initialisation == Initialisation::normal)
    return label + ", $\\mathcal{N}(0, " + (scale.empty() ? "1" : scale + "^2") + ")$";
  label += ", ";
  if (!scale.empty()) label += "$" + scale + " \\times$ ";
  switch (kind.initialisation) {
    case Initialisation::uniform_fan_in: return label + "$U(\\pm n^{-1/2})$";
    case Initialisation::xavier: return label + "Xavier";
    case Initialisation::he: return label + "He";
    case Initialisation::orthogonal: return label + "orthogonal";
    case Initialisation::normal: break;
  }
  return label;
}

}  // namespace experiments
