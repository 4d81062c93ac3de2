// Products of matrices on one thread. Each entry is one chain of fused multiply-adds in the order of the inner index,
// so that its bits depend on nothing but the two matrices. Nothing is allocated once a thread has done its largest
// product.
#pragma once

#include "numerics/linear/matrix.hpp"
#include "numerics/networks/network.hpp"

namespace numerics {

/// A matrix, or its transpose, to be multiplied: entry (i, j) stands at i * row + j * column.
template <class Scalar>
struct Operand {
  const Scalar* entries;
  Eigen::Index rows, columns;
  Eigen::Index row, column;
};

template <class Dense>
Operand<typename Dense::Scalar> plain(const Dense& m) {
  return {m.data(), m.rows(), m.cols(), 1, m.outerStride()};
}
template <class Dense>
Operand<typename Dense::Scalar> transposed(const Dense& m) {
  return {m.data(), m.cols(), m.rows(), m.outerStride(), 1};
}

/// Where a product goes; it has that size already, and is neither of the operands.
template <class Scalar>
using Target = Eigen::Ref<Matrix<Scalar>>;

/// c = a b.
template <class Scalar>
void multiply(const Operand<Scalar>& a, const Operand<Scalar>& b, Target<Scalar> c);

/// c = (a b) o factors, entry by entry; c may be the factors.
template <class Scalar>
void multiply_times(const Operand<Scalar>& a, const Operand<Scalar>& b, Batch<Scalar> factors, Target<Scalar> c);

/// c += factor a b; row_sums, unless it is null, receives the sums of a's rows, one each.
template <class Scalar>
void multiply_add(Scalar factor, const Operand<Scalar>& a, const Operand<Scalar>& b, Target<Scalar> c,
                  Scalar* row_sums = nullptr);

/// A layer: c = phi(a b + bias), the bias a row.
template <class Scalar>
void multiply_activate(Activation, const Operand<Scalar>& a, const Operand<Scalar>& b, const Vector<Scalar>& bias,
                       Target<Scalar> c);

/// The same, and slopes = phi'(a b + bias) for the way back.
template <class Scalar>
void multiply_activate(Activation, const Operand<Scalar>& a, const Operand<Scalar>& b, const Vector<Scalar>& bias,
                       Target<Scalar> c, Target<Scalar> slopes);

}  // namespace numerics
