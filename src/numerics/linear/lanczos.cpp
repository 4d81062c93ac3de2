// Lanczos' recursion with full reorthogonalisation and explicit restarts. Golub and Van Loan, Matrix Computations, 10.
#include "numerics/linear/lanczos.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "numerics/linear/eigenvalues.hpp"

namespace numerics {
namespace {

/// Takes from w what it has along the first columns of the basis; a second time where much was taken, since then
/// rounding errors count (Daniel, Gragg, Kaufman and Stewart 1976).
template <class Scalar>
void orthogonalise(const Matrix<Scalar>& basis, Eigen::Index count, Vector<Scalar>& w) {
  const auto columns = basis.leftCols(count);
  for (int pass = 0; pass < 2; ++pass) {
    const Scalar before = w.norm();
    const Vector<Scalar> along = columns.transpose() * w;
    w.noalias() -= columns * along;
    if (w.norm() > Scalar(0.7) * before) return;
  }
}

}  // namespace

template <class Scalar>
Ritz largest_eigenvalue(const Operator<Scalar>& product, Vector<Scalar>& vector, const LanczosLimits& limits) {
  const Eigen::Index n = vector.size();
  const Eigen::Index most = std::min<Eigen::Index>(limits.basis, n);
  Matrix<Scalar> basis(n, most);
  Vector<double> diagonal(most), off(most);
  Vector<Scalar> w(n);
  Ritz ritz;
  while (true) {
    basis.col(0) = vector / vector.norm();
    Eigenpair best;  // of the tridiagonal matrix so far
    for (Eigen::Index k = 0; k < most; ++k) {
      vector = basis.col(k);
      product(vector, w);
      ++ritz.products;
      diagonal[k] = static_cast<double>(vector.dot(w));
      orthogonalise(basis, k + 1, w);
      off[k] = static_cast<double>(w.norm());
      if (!std::isfinite(diagonal[k]) || !std::isfinite(off[k])) {
        ritz.value = ritz.residual = std::numeric_limits<double>::quiet_NaN();
        return ritz;
      }
      best = largest_of_tridiagonal(diagonal.head(k + 1), off.head(k));
      ritz.value = best.value;
      ritz.residual = off[k] * std::abs(best.vector[k]) / std::max(std::abs(best.value), 1e-300);
      // Rounding sets a floor, below which what is left of w is noise.
      const bool exhausted =
          off[k] <= 4 * static_cast<double>(std::numeric_limits<Scalar>::epsilon()) * std::abs(best.value);
      const bool done = ritz.residual <= limits.tolerance || exhausted || ritz.products >= limits.products;
      if (done || k + 1 == most) {
        vector.noalias() = basis.leftCols(k + 1) * best.vector.template cast<Scalar>();
        if (done || most == n) return ritz;
        break;
      }
      basis.col(k + 1) = w / static_cast<Scalar>(off[k]);
    }
  }
}

template Ritz largest_eigenvalue(const Operator<float>&, Vector<float>&, const LanczosLimits&);
template Ritz largest_eigenvalue(const Operator<double>&, Vector<double>&, const LanczosLimits&);

}  // namespace numerics
