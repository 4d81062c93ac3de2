// Norms that neither overflow nor vanish on the way: |x| may lie anywhere between the smallest and largest double.
#pragma once

#include <cmath>

#include "numerics/linear/matrix.hpp"

namespace numerics {

/// sqrt(sum of squares) of all entries: Frobenius' norm of a matrix, Euclid's of a vector.
/// NaN if an entry is NaN, else infinite if one is.
double norm(const Eigen::Ref<const Matrix<double>>& entries);
/// Of floats, whose squares a double holds.
double norm(const Eigen::Ref<const Matrix<float>>& entries);

/// Root mean square of all entries, in double whatever their own precision.
template <class Derived>
double rms(const Eigen::MatrixBase<Derived>& entries) {
  return norm(entries.template cast<double>()) / std::sqrt(static_cast<double>(entries.size()));
}

}  // namespace numerics
