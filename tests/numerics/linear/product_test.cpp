// Products on every instruction set of this machine, against sums written out one fused multiply-add after the other.
#include "numerics/linear/product.hpp"

#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <cstring>
#include <limits>

#include "catch.hpp"
#include "numerics/linear/kernels.hpp"
#include "numerics/networks/activation.hpp"
#include "numerics/random.hpp"

namespace product_test {

using namespace numerics;

namespace {

template <class Scalar>
Matrix<Scalar> random_matrix(Eigen::Index rows, Eigen::Index columns, int seed) {
  auto engine = RandomStream(static_cast<std::uint64_t>(seed)).engine();
  boost::random::normal_distribution<double> normal;
  return Matrix<Scalar>::NullaryExpr(rows, columns, [&] { return static_cast<Scalar>(normal(engine)); });
}

template <class Scalar>
bool same_bits(const Matrix<Scalar>& x, const Matrix<Scalar>& y) {
  return x.rows() == y.rows() && x.cols() == y.cols() &&
         std::memcmp(x.data(), y.data(), static_cast<std::size_t>(x.size()) * sizeof(Scalar)) == 0;
}

template <class Scalar>
Matrix<Scalar> sums_in_order(const Matrix<Scalar>& a, const Matrix<Scalar>& b) {
  Matrix<Scalar> c = Matrix<Scalar>::Zero(a.rows(), b.cols());
  for (Eigen::Index i = 0; i < c.rows(); ++i)
    for (Eigen::Index j = 0; j < c.cols(); ++j)
      for (Eigen::Index k = 0; k < a.cols(); ++k) c(i, j) = std::fma(a(i, k), b(k, j), c(i, j));
  return c;
}

template <class Scalar>
struct Factors {
  Matrix<Scalar> a, b;                // to be multiplied
  Matrix<Scalar> a_stored, b_stored;  // as they lie in memory: themselves or transposed
  bool a_is_transposed, b_is_transposed;

  Operand<Scalar> left() const { return a_is_transposed ? transposed(a_stored) : plain(a_stored); }
  Operand<Scalar> right() const { return b_is_transposed ? transposed(b_stored) : plain(b_stored); }
};

template <class Scalar>
Factors<Scalar> factors(Eigen::Index m, Eigen::Index n, Eigen::Index k, bool a_is_transposed, bool b_is_transposed) {
  Factors<Scalar> f{
      random_matrix<Scalar>(m, k, 1), random_matrix<Scalar>(k, n, 2), {}, {}, a_is_transposed, b_is_transposed};
  f.a_stored = a_is_transposed ? Matrix<Scalar>(f.a.transpose()) : f.a;
  f.b_stored = b_is_transposed ? Matrix<Scalar>(f.b.transpose()) : f.b;
  return f;
}

template <class Scalar>
Product<Scalar> product_of(const Factors<Scalar>& f, Matrix<Scalar>& c) {
  Product<Scalar> p;
  p.m = f.a.rows(), p.n = f.b.cols(), p.k = f.a.cols();
  const auto a = f.left(), b = f.right();
  p.a = a.entries, p.a_row = a.row, p.a_column = a.column;
  p.b = b.entries, p.b_row = b.row, p.b_column = b.column;
  p.c = c.data(), p.c_column = c.rows();
  return p;
}

template <class Scalar>
void run_on(const Kernels<Scalar>& set, Product<Scalar> p) {
  const std::size_t count = set.scratch(p);
  std::vector<Scalar> memory(count + 64 / sizeof(Scalar));
  p.scratch = memory.data();
  set.multiply(p);
}

template <class Scalar>
void check_all_shapes(const Kernels<Scalar>& set, bool is_fused) {
  struct Shape {
    Eigen::Index m, n, k;
  };
  // Edges of tiles on all sides, single rows and columns, and inner indices that are cut into pieces.
  for (const Shape s : {Shape{1, 1, 1},
                        {3, 5, 7},
                        {10, 13, 64},
                        {64, 12, 5},
                        {65, 6, 33},
                        {100, 7, 100},
                        {130, 481, 3},
                        {9, 11, 1024},
                        {70, 8, 1100},
                        {5, 500, 1537}}) {
    for (const bool a_is_transposed : {false, true}) {
      for (const bool b_is_transposed : {false, true}) {
        INFO(s.m << " x " << s.n << " x " << s.k << (a_is_transposed ? ", A transposed" : "")
                 << (b_is_transposed ? ", B transposed" : ""));
        const auto f = factors<Scalar>(s.m, s.n, s.k, a_is_transposed, b_is_transposed);
        Matrix<Scalar> c = Matrix<Scalar>::Constant(s.m, s.n, 7);
        run_on(set, product_of(f, c));
        const Matrix<Scalar> expected = sums_in_order(f.a, f.b);
        if (is_fused) CHECK(same_bits(c, expected));
        const double tolerance = std::sqrt(static_cast<double>(s.k)) * (sizeof(Scalar) == 4 ? 1e-6 : 1e-15);
        CHECK((c - expected).norm() <= tolerance * expected.norm());
      }
    }
  }
}

}  // namespace

TEMPLATE_TEST_CASE("a product's bits are those of its sums in order, on every instruction set with fused operations",
                   "", float, double) {
  for (const InstructionSet set : {InstructionSet::avx2, InstructionSet::avx512})
    if (const auto* found = kernels<TestType>(set)) check_all_shapes<TestType>(*found, true);
  check_all_shapes<TestType>(*kernels<TestType>(InstructionSet::baseline), false);
  check_all_shapes<TestType>(kernels<TestType>(), false);
}

TEMPLATE_TEST_CASE("activations have the same bits on every instruction set with fused operations", "", float, double) {
  const auto* narrow = kernels<TestType>(InstructionSet::avx2);
  const auto* wide = kernels<TestType>(InstructionSet::avx512);
  const Matrix<TestType> z = TestType(8) * random_matrix<TestType>(97, 5, 3);
  const Vector<TestType> bias = random_matrix<TestType>(97, 1, 4);
  for (const auto phi : {Activation::linear, Activation::sigmoid, Activation::tanh, Activation::relu,
                         Activation::leaky_relu, Activation::swish, Activation::softsign}) {
    INFO(name(phi));
    std::vector<Matrix<TestType>> results;
    for (const auto* set : {narrow, wide, kernels<TestType>(InstructionSet::baseline)}) {
      if (set == nullptr) continue;
      Matrix<TestType> a = z, slopes(97, 5);
      set->activate({phi, 97, 5, bias.data(), a.data(), 97, slopes.data(), 97});
      results.push_back(a);
      results.push_back(slopes);
    }
    if (narrow && wide) {
      CHECK(same_bits(results[0], results[2]));
      CHECK(same_bits(results[1], results[3]));
    }
    CHECK(results[results.size() - 2].isApprox(results[0], TestType(sizeof(TestType) == 4 ? 1e-6 : 1e-15)));
  }
}

TEMPLATE_TEST_CASE("what follows a product is done to it as if it came after", "", float, double) {
  const auto tolerance = TestType(sizeof(TestType) == 4 ? 1e-5 : 1e-14);
  for (const Eigen::Index k : {40, 1300}) {
    const auto f = factors<TestType>(37, 29, k, false, true);
    const Matrix<TestType> exact = f.a * f.b, other = random_matrix<TestType>(37, 29, 5);
    Matrix<TestType> c = other;
    multiply_times<TestType>(f.left(), f.right(), c, c);
    CHECK(c.isApprox(exact.cwiseProduct(other), tolerance));
    c = other;
    Vector<TestType> sums(37);
    multiply_add<TestType>(TestType(-0.5), f.left(), f.right(), c, sums.data());
    CHECK(c.isApprox(other - TestType(0.5) * exact, tolerance));
    CHECK(sums.isApprox(f.a.rowwise().sum(), tolerance));
    for (const auto phi : {Activation::tanh, Activation::gelu}) {
      const Vector<TestType> bias = random_matrix<TestType>(37, 1, 6);
      Matrix<TestType> slopes(37, 29), expected = exact, expected_slopes(37, 29);
      multiply_activate<TestType>(phi, f.left(), f.right(), bias, c, slopes);
      activate_layer<TestType>(phi, bias, expected, expected_slopes);
      CHECK(c.isApprox(expected, tolerance));
      CHECK(slopes.isApprox(expected_slopes, 100 * tolerance));
      Matrix<TestType> alone(37, 29);
      multiply_activate<TestType>(phi, f.left(), f.right(), bias, alone);
      CHECK(same_bits(alone, c));
    }
  }
}

TEST_CASE("a product reads and writes nothing beside its operands and its target") {
  Matrix<float> big = Matrix<float>::Constant(60, 40, 3);
  const auto f = factors<float>(21, 17, 9, false, false);
  multiply<float>(f.left(), f.right(), big.block(11, 5, 21, 17));
  CHECK(big.block(11, 5, 21, 17).isApprox(f.a * f.b, 1e-5f));
  big.block(11, 5, 21, 17).setConstant(3);
  CHECK((big.array() == 3).all());
}

TEST_CASE("infinity and NaN go through a product as through sums") {
  Matrix<double> a = Matrix<double>::Ones(3, 2), b = Matrix<double>::Ones(2, 3), c(3, 3);
  a(0, 0) = std::numeric_limits<double>::infinity();
  b(1, 2) = std::numeric_limits<double>::quiet_NaN();
  multiply<double>(plain(a), plain(b), c);
  CHECK(std::isinf(c(0, 0)));
  CHECK(std::isnan(c(1, 2)));
  CHECK(c(1, 1) == 2);
}

}  // namespace product_test
