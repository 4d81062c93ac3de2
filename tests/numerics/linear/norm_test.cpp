// Norms over the whole range of doubles.
#include "numerics/linear/norm.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"

namespace norm_test {

using numerics::norm;

TEST_CASE("norms are exact over the whole range of doubles") {
  // |(3, 4)| = 5; the squares of 1e200 overflow and those of 1e-200 vanish.
  for (const double scale : {1.0, 1e-45, 1e50, 1e200, 1e-200, 1e-300, 3e307}) {
    INFO(scale);
    Eigen::Vector2d v(3 * scale, 4 * scale);
    CHECK(norm(v) == Approx(5 * scale).epsilon(1e-15));
  }
}

TEST_CASE("subnormal entries have a norm") {
  const double tiny = std::numeric_limits<double>::denorm_min();
  Eigen::MatrixXd m = Eigen::MatrixXd::Constant(10, 10, tiny);
  CHECK(norm(m) == 10 * tiny);
}

TEST_CASE("large and small entries together do not disturb each other") {
  Eigen::Vector4d v(1e200, 1e-200, 0, 1e200);
  CHECK(norm(v) == Approx(std::sqrt(2.0) * 1e200).epsilon(1e-15));
}

TEST_CASE("zero, infinity and NaN stay what they are") {
  const double inf = std::numeric_limits<double>::infinity(), nan = std::numeric_limits<double>::quiet_NaN();
  CHECK(norm(Eigen::MatrixXd::Zero(3, 2)) == 0);
  CHECK(norm(Eigen::MatrixXd(0, 0)) == 0);
  CHECK(norm(Eigen::Vector3d(1, -inf, 2)) == inf);
  for (int place = 0; place < 9; ++place) {
    Eigen::VectorXd v = Eigen::VectorXd::Constant(9, inf);
    v(place) = nan;
    CHECK(std::isnan(norm(v)));
  }
}

TEST_CASE("the root mean square of floats whose squares overflow is that of doubles") {
  CHECK(numerics::rms(numerics::Matrix<float>{{3e30f, -4e30f}}) == Approx(std::sqrt(12.5) * 1e30).epsilon(1e-6));
  CHECK(numerics::rms(numerics::Matrix<double>::Constant(3, 4, -2)) == 2);
}

}  // namespace norm_test
