// The squared loss over a whole data set: value, gradient, Hessian products, against differences and a reference run.
#include "numerics/networks/squared_loss.hpp"

#include <cmath>

#include "catch.hpp"
#include "numerics/cubic.hpp"
#include "numerics/networks/initialisation.hpp"

namespace squared_loss_test {

using namespace numerics;

namespace {

/// A network with two hidden layers and more examples than one block holds.
struct Case {
  std::vector<int> sizes{3, 7, 6, 2};
  Examples<double> examples{Matrix<double>(3, 601), Matrix<double>(2, 601)};
  Vector<double> theta;

  explicit Case(Activation phi) {
    for (int j = 0; j < 601; ++j) {
      for (int i = 0; i < 3; ++i) examples.inputs(i, j) = std::sin(1.0 + 3 * j + i * i);
      for (int i = 0; i < 2; ++i) examples.targets(i, j) = std::cos(2.0 + j + i);
    }
    Mlp<double> network = initialise({phi, Initialisation::xavier}, sizes, RandomStream(3));
    for (auto& b : network.biases) b.setConstant(0.1);
    theta = flatten(network);
  }
};

double value(SquaredLoss<double>& loss, const Vector<double>& theta) {
  Vector<double> gradient;
  return loss.evaluate(theta, gradient);
}

/// An arbitrary direction of length one.
Vector<double> direction(Eigen::Index n) {
  return Vector<double>::NullaryExpr(n, [](Eigen::Index i) { return std::sin(1.0 + 7.0 * static_cast<double>(i)); })
      .normalized();
}

}  // namespace

TEST_CASE("the gradient of the squared loss agrees with central differences for every activation") {
  for (const std::string& name : activation_names()) {
    INFO(name);
    const Case c(*activation(name));
    SquaredLoss<double> loss(*activation(name), c.sizes, c.examples);
    Vector<double> gradient;
    loss.evaluate(c.theta, gradient);
    const Vector<double> v = direction(loss.dimension());
    const double h = 1e-5;
    const double slope = (value(loss, c.theta + h * v) - value(loss, c.theta - h * v)) / (2 * h);
    // A kink that lies within h of some example adds an error of order h.
    const double tolerance = name == "relu" || name == "leaky-relu" ? 1e-4 : 1e-8;
    CHECK(gradient.dot(v) == Approx(slope).epsilon(tolerance));
  }
}

TEST_CASE("Hessian-vector products agree with differences of gradients for every smooth activation") {
  for (const char* name : {"linear", "sigmoid", "tanh", "gelu", "swish", "softsign"}) {
    INFO(name);
    const Case c(*activation(name));
    SquaredLoss<double> loss(*activation(name), c.sizes, c.examples);
    const Vector<double> v = direction(loss.dimension());
    Vector<double> plus, minus, gradient, product;
    const double h = 1e-5;
    loss.evaluate(c.theta + h * v, plus);
    loss.evaluate(c.theta - h * v, minus);
    loss.evaluate(c.theta, gradient);
    loss.hessian_product(v, product);
    const Vector<double> difference = (plus - minus) / (2 * h);
    // Softsign's second derivative jumps at 0.
    CHECK((product - difference).norm() < (std::string(name) == "softsign" ? 1e-4 : 1e-8) * difference.norm());
    // The second product reuses what the first one prepared.
    Vector<double> again;
    loss.hessian_product(v, again);
    CHECK(again == product);
  }
}

TEST_CASE("the Hessian is symmetric: u . H v = v . H u") {
  const Case c(Activation::gelu);
  SquaredLoss<double> loss(Activation::gelu, c.sizes, c.examples);
  Vector<double> gradient, hu, hv;
  loss.evaluate(c.theta, gradient);
  const Vector<double> u = direction(loss.dimension()), v = gradient.normalized();
  loss.hessian_product(u, hu);
  loss.hessian_product(v, hv);
  CHECK(u.dot(hv) == Approx(v.dot(hu)).epsilon(1e-12));
}

TEST_CASE("a network in single precision has the same loss, gradient and Hessian products to six digits") {
  const Case c(Activation::tanh);
  const Examples<float> examples{c.examples.inputs.cast<float>(), c.examples.targets.cast<float>()};
  SquaredLoss<double> exact(Activation::tanh, c.sizes, c.examples);
  SquaredLoss<float> loss(Activation::tanh, c.sizes, examples);
  Vector<double> gradient, product;
  Vector<float> gradient_f, product_f;
  CHECK(loss.evaluate(c.theta.cast<float>(), gradient_f) == Approx(exact.evaluate(c.theta, gradient)).epsilon(1e-6));
  CHECK((gradient_f.cast<double>() - gradient).norm() < 1e-5 * gradient.norm());
  const Vector<double> v = direction(exact.dimension());
  exact.hessian_product(v, product);
  loss.hessian_product(v.cast<float>(), product_f);
  CHECK((product_f.cast<double>() - product).norm() < 1e-5 * product.norm());
}

TEST_CASE("the loss of a perfect fit is zero, and so is its gradient") {
  const Case c(Activation::tanh);
  Examples<double> fitted = c.examples;
  const SquaredLoss<double> shape(Activation::tanh, c.sizes, c.examples);
  fitted.inputs.setZero();
  fitted.targets.setZero();
  SquaredLoss<double> loss(Activation::tanh, c.sizes, fitted);
  Vector<double> gradient;
  CHECK(loss.evaluate(Vector<double>::Zero(shape.dimension()), gradient) == 0);
  CHECK(gradient.norm() == 0);
}

TEST_CASE("Chebyshev's cubic is 4 x^3 - 3 x at equidistant points") {
  const auto examples = chebyshev_examples(3, 20), expected = cubic::examples();
  CHECK((examples.inputs - expected.inputs).norm() < 1e-14);
  CHECK((examples.targets - expected.targets).norm() < 1e-14);
}

}  // namespace squared_loss_test
