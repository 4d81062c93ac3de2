// Lanczos on Hessian-vector products, warm-started.
#include "numerics/networks/sharpness.hpp"

#include <boost/random/normal_distribution.hpp>
#include <cmath>

namespace numerics {

template <class Scalar>
SharpnessGauge<Scalar>::SharpnessGauge(Eigen::Index dimension, const RandomStream& random, double tolerance)
    : tolerance_(tolerance) {
  auto engine = random.engine();
  boost::random::normal_distribution<double> normal;
  noise_ = Vector<Scalar>::NullaryExpr(dimension, [&] { return static_cast<Scalar>(normal(engine)); });
  noise_.normalize();
  direction_ = noise_;
}

template <class Scalar>
double SharpnessGauge<Scalar>::measure(SquaredLoss<Scalar>& loss) {
  // Where two eigenvalues change places, the old eigenvector alone would still look converged: some noise lets the new
  // one in.
  constexpr Scalar share = Scalar(0.05);
  Vector<Scalar> start = direction_ + share * noise_;
  const auto product = [&loss](const Vector<Scalar>& v, Vector<Scalar>& h) { loss.hessian_product(v, h); };
  const Ritz ritz = largest_eigenvalue<Scalar>(product, start, {.tolerance = tolerance_});
  products_ += ritz.products;
  if (std::isfinite(ritz.value)) direction_ = start.normalized();
  return ritz.value;
}

template class SharpnessGauge<float>;
template class SharpnessGauge<double>;

}  // namespace numerics
