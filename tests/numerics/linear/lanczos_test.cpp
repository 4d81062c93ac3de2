// Lanczos' method against dense eigenvalues.
#include "numerics/linear/lanczos.hpp"

#include <Eigen/Eigenvalues>
#include <cmath>
#include <limits>

#include "catch.hpp"

namespace lanczos_test {

using namespace numerics;

namespace {

/// A symmetric matrix with this spectrum and eigenvectors that are not unit vectors.
Matrix<double> with_spectrum(const Vector<double>& eigenvalues) {
  const Eigen::Index n = eigenvalues.size();
  Vector<double> v = Vector<double>::LinSpaced(n, 1, 2).normalized();
  const Matrix<double> reflection = Matrix<double>::Identity(n, n) - 2 * v * v.transpose();
  return reflection * eigenvalues.asDiagonal() * reflection;
}

template <class Scalar>
Operator<Scalar> times(const Matrix<Scalar>& a) {
  return [a](const Vector<Scalar>& v, Vector<Scalar>& product) { product.noalias() = a * v; };
}

}  // namespace

TEST_CASE("Lanczos finds the largest eigenvalue and its vector, also among large negative ones") {
  Vector<double> spectrum = Vector<double>::LinSpaced(300, -80, 20);
  spectrum[299] = 25;
  const Matrix<double> a = with_spectrum(spectrum);
  Vector<double> v = Vector<double>::Ones(300);
  const Ritz ritz = largest_eigenvalue<double>(times(a), v, {.tolerance = 1e-8});
  CHECK(ritz.value == Approx(25).epsilon(1e-12));
  CHECK(ritz.residual <= 1e-8);
  CHECK((a * v - 25 * v).norm() < 1e-6 * v.norm());
  CHECK(ritz.products < 200);
}

TEST_CASE("Lanczos started from the eigenvector needs one product") {
  Vector<double> spectrum = Vector<double>::LinSpaced(50, 0, 1);
  const Matrix<double> a = with_spectrum(spectrum);
  Vector<double> v = Vector<double>::Ones(50);
  largest_eigenvalue<double>(times(a), v, {.tolerance = 1e-10});
  CHECK(largest_eigenvalue<double>(times(a), v, {.tolerance = 1e-6}).products == 1);
}

TEST_CASE("Lanczos restarts when its basis is full, and ends on small and degenerate operators") {
  const Matrix<double> a = with_spectrum(Vector<double>::LinSpaced(400, 0, 1));
  Vector<double> v = Vector<double>::Ones(400);
  const Ritz ritz = largest_eigenvalue<double>(times(a), v, {.tolerance = 1e-6, .basis = 12, .products = 5000});
  CHECK(ritz.products > 12);
  CHECK(ritz.value == Approx(1).epsilon(1e-6));

  Vector<double> two = Vector<double>::Ones(2);
  CHECK(
      largest_eigenvalue<double>(times<double>(with_spectrum(Vector<double>{{3, -7}})), two, {.tolerance = 0}).value ==
      Approx(3));
  Vector<double> ones = Vector<double>::Ones(5);
  CHECK(largest_eigenvalue<double>(times<double>(Matrix<double>::Identity(5, 5)), ones).value == Approx(1));
  CHECK(largest_eigenvalue<double>(times<double>(Matrix<double>::Zero(5, 5)), ones).value == 0);
}

TEST_CASE("Lanczos in single precision reaches a tolerance of a thousandth") {
  Vector<double> spectrum = Vector<double>::LinSpaced(300, -1, 20);
  spectrum[299] = 25;
  const Matrix<float> a = with_spectrum(spectrum).cast<float>();
  Vector<float> v = Vector<float>::Ones(300);
  const Ritz ritz = largest_eigenvalue<float>(times(a), v, {.tolerance = 1e-3});
  CHECK(ritz.residual <= 1e-3);
  CHECK(ritz.value == Approx(25).epsilon(1e-5));
}

TEST_CASE("Lanczos says NaN of an operator that is not finite") {
  Vector<double> v = Vector<double>::Ones(3);
  const Operator<double> broken = [](const Vector<double>& x, Vector<double>& product) {
    product = x * std::numeric_limits<double>::infinity();
  };
  CHECK(std::isnan(largest_eigenvalue<double>(broken, v).value));
}

}  // namespace lanczos_test
