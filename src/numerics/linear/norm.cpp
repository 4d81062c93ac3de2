// The Euclidean norm with scaling by powers of two, which are exact (Blue 1978; Higham, Accuracy and Stability, 27.5).
#include "numerics/linear/norm.hpp"

#include <cmath>
#include <cstring>

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

double norm(const Eigen::Ref<const Matrix<float>>& entries) {
  // Four sums at once, in vectors that every processor has or is given; one sum would wait for each addition.
  typedef float Floats __attribute__((vector_size(16)));
  typedef double Doubles __attribute__((vector_size(32)));
  const auto squares = [](const float* at) {
    Floats part;
    std::memcpy(&part, at, sizeof part);
    const Doubles x = __builtin_convertvector(part, Doubles);
    return x * x;
  };
  Doubles even{}, odd{};
  double rest = 0;
  for (Eigen::Index j = 0; j < entries.cols(); ++j) {
    const float* column = entries.data() + j * entries.outerStride();
    Eigen::Index i = 0;
    for (; i + 8 <= entries.rows(); i += 8) {
      even += squares(column + i);
      odd += squares(column + i + 4);
    }
    for (; i < entries.rows(); ++i) rest += static_cast<double>(column[i]) * static_cast<double>(column[i]);
  }
  const Doubles sums = even + odd;
  return std::sqrt(rest + sums[0] + sums[1] + sums[2] + sums[3]);
}

}  // namespace numerics
