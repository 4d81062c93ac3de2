// Dense matrices of the two precisions; examples are columns.
#pragma once

#include <Eigen/Core>

namespace numerics {

template <class Scalar>
using Matrix = Eigen::Matrix<Scalar, Eigen::Dynamic, Eigen::Dynamic>;
template <class Scalar>
using Vector = Eigen::Matrix<Scalar, Eigen::Dynamic, 1>;
/// A batch as it is passed in: a matrix, or some of its columns.
template <class Scalar>
using Batch = Eigen::Ref<const Matrix<Scalar>>;

}  // namespace numerics
