// The Euclidean norm with scaling by powers of two, which are exact (Blue 1978; Higham, Accuracy and Stability, 27.5).
#include "numerics/norm.hpp"

#include <cmath>

namespace numerics {

double norm(const Eigen::Ref<const Matrix<double>>& entries) {
  if (entries.size() == 0) return 0;
  const double largest = entries.cwiseAbs().maxCoeff<Eigen::PropagateNaN>();
  if (largest == 0 || !std::isfinite(largest)) return largest;
  int exponent = 0;
  std::frexp(largest, &exponent);
  // Two factors: 2^-exponent itself overflows for subnormal entries.
  const double half = std::ldexp(1.0, -exponent / 2);
  const double rest = std::ldexp(1.0, -exponent + exponent / 2);
  return std::ldexp(std::sqrt((entries.array() * half * rest).square().sum()), exponent);
}

double norm(const Eigen::Ref<const Matrix<float>>& entries) { return entries.cast<double>().norm(); }

}  // namespace numerics
