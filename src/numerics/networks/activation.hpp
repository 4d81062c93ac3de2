// The activations phi with their first two derivatives: of one number, and of whole layers in one pass.
// Formulas are arranged so that neither large |z| (saturation) nor small |z| loses relative accuracy.
#pragma once

#include "numerics/linear/kernels.hpp"
#include "numerics/linear/matrix.hpp"
#include "numerics/networks/network.hpp"

namespace numerics {

/// phi(z). Leaky ReLU has slope 0.01 below zero; GELU is z Phi(z) (not its tanh approximation); swish is z sigma(z).
double activate(Activation, double z);
/// phi'(z); at a kink the left-hand value, so that the ReLU's is 0 at 0.
double slope(Activation, double z);
/// phi''(z), kinks left out.
double curvature(Activation, double z);

/// phi, and phi' where it is asked for, of a layer wherever it stands.
template <class Scalar>
void activate(const Layer<Scalar>&);

/// A layer: a <- phi(a + bias), a bias a row, where a holds W a_previous on entry.
template <class Scalar>
void activate_layer(Activation, const Vector<Scalar>& bias, Matrix<Scalar>& a);

/// The same, and phi'(z) for the way back.
template <class Scalar>
void activate_layer(Activation, const Vector<Scalar>& bias, Matrix<Scalar>& a, Matrix<Scalar>& slope);

/// GELU of a layer that holds its z. It has no vector form; GELU nets pay for it.
template <class Scalar>
void activate_gelu(const Layer<Scalar>&);

}  // namespace numerics
