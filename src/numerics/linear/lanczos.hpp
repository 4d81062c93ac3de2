// The largest eigenvalue of a symmetric operator that is known by its products with vectors (Lanczos 1950).
#pragma once

#include <functional>

#include "numerics/linear/matrix.hpp"

namespace numerics {

template <class Scalar>
using Operator = std::function<void(const Vector<Scalar>& vector, Vector<Scalar>& product)>;

struct LanczosLimits {
  double tolerance =
      1e-4;            // of |A x - value x| / |value|; the value's own error is of its square where it stands alone
  int basis = 40;      // vectors kept; then the search starts again from the best vector found
  int products = 400;  // at most
};

struct Ritz {
  double value = 0;     // NaN where the operator is not finite
  double residual = 0;  // |A x - value x| / |value|
  int products = 0;
};

/// The search starts from `vector`, which need not have length one, and leaves the eigenvector there. All basis vectors
/// are kept orthogonal, so that no eigenvalue shows up twice.
template <class Scalar>
Ritz largest_eigenvalue(const Operator<Scalar>& product, Vector<Scalar>& vector, const LanczosLimits& limits = {});

}  // namespace numerics
