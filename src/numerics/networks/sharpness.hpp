// Sharpness, the Hessian's largest eigenvalue, of a network's loss over a whole data set, measured again and again
// along a path.
#pragma once

#include "numerics/linear/lanczos.hpp"
#include "numerics/networks/squared_loss.hpp"
#include "numerics/random.hpp"

namespace numerics {

/// Remembers the eigenvector from one measurement to the next, which then starts from it.
template <class Scalar>
class SharpnessGauge {
 public:
  SharpnessGauge(Eigen::Index dimension, const RandomStream& random, double tolerance);

  /// At the point where the loss was last evaluated; NaN where that is not finite.
  double measure(SquaredLoss<Scalar>& loss);

  long products() const { return products_; }

 private:
  Vector<Scalar> direction_;
  Vector<Scalar> noise_;
  double tolerance_;
  long products_ = 0;
};

}  // namespace numerics
