// Full-batch training with its sharpness: the reference run on the cubic polynomial, and the edge of stability.
#include "numerics/networks/full_batch.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "numerics/cubic.hpp"
#include "numerics/statistics.hpp"

namespace full_batch_test {

using namespace numerics;

namespace {

constexpr auto silent = [](double) {};

}  // namespace

TEST_CASE("loss, gradient and sharpness on the cubic agree with the NumPy reference run up to 3000 steps") {
  const auto examples = cubic::examples();
  const Vector<double> start = cubic::start();
  SquaredLoss<double> loss(Activation::tanh, cubic::sizes, examples);
  SharpnessGauge<double> gauge(loss.dimension(), RandomStream(1), 1e-5);
  const auto checkpoints = cubic::checkpoints();
  REQUIRE(checkpoints.size() == 21);
  Vector<double> theta = start, gradient;
  std::size_t step = 0;
  for (const auto& c : checkpoints) {
    if (c.step == 0) {
      theta = start;
      step = 0;
      loss.evaluate(theta, gradient);
    }
    for (; step < c.step; ++step) {
      theta -= c.eta * gradient;
      loss.evaluate(theta, gradient);
    }
    INFO("eta " << c.eta << ", step " << c.step);
    CHECK(loss.evaluate(theta, gradient) == Approx(c.loss).epsilon(1e-8));
    CHECK(gradient.norm() == Approx(c.gradient_norm).epsilon(1e-8));
    CHECK(gauge.measure(loss) == Approx(c.sharpness).epsilon(1e-6));
  }
}

TEST_CASE(
    "at eta = 0.1 the cubic's sharpness rises to 2 / eta, crosses it at step 69, and hovers there (Cohen et al. "
    "2021)") {
  // The reference run has it at 19.06 after 60 steps and beyond 20 after 70.
  const auto examples = cubic::examples();
  SquaredLoss<double> loss(Activation::tanh, cubic::sizes, examples);
  SharpnessGauge<double> gauge(loss.dimension(), RandomStream(1), 1e-4);
  double work = 0;
  const auto record =
      full_batch_descent<double>(loss, cubic::start(), {0.1, 2000, 10}, gauge, [&](double w) { work += w; });
  CHECK(work == Approx(1));
  CHECK(record.crossing > 60);
  CHECK(record.crossing <= 70);
  REQUIRE(record.losses.size() == 2001);
  std::vector<double> hover, progress, smoothness;
  for (const auto& s : record.sharpness)
    if (s.at >= record.crossing) hover.push_back(s.sharpness * 0.05);
  for (std::size_t k = static_cast<std::size_t>(record.crossing); k < 2000; ++k) {
    progress.push_back(record.relative_progress[k]);
    smoothness.push_back(record.directional_smoothness[k] * 0.05);
  }
  CHECK(quantile(hover, 0.5) == Approx(1).margin(0.03));
  // Ahn, Zhang and Sra 2022: relative progress -1 before, 0 at the edge; directional smoothness 2 / eta there.
  CHECK(record.relative_progress[40] == Approx(-1).margin(0.5));
  CHECK(quantile(progress, 0.5) == Approx(0).margin(0.05));
  CHECK(quantile(smoothness, 0.5) == Approx(1).margin(0.05));
}

TEST_CASE("the crossing is found to the step, however seldom the sharpness is measured") {
  const auto examples = cubic::examples();
  const auto crossing = [&](std::size_t every) {
    SquaredLoss<double> loss(Activation::tanh, cubic::sizes, examples);
    SharpnessGauge<double> gauge(loss.dimension(), RandomStream(1), 1e-4);
    return full_batch_descent<double>(loss, cubic::start(), {0.1, 90, every}, gauge, silent).crossing;
  };
  CHECK(crossing(1) == crossing(30));
}

TEST_CASE("the distance of descent's loss from the flow's halves with the step") {
  // At t = 0.1, while the steep direction (sharpness 13.75) still decays; later on the two are too close to tell.
  const auto examples = cubic::examples();
  const auto last = [&](double eta) {
    SquaredLoss<double> loss(Activation::tanh, cubic::sizes, examples);
    SharpnessGauge<double> gauge(loss.dimension(), RandomStream(1), 1e-6);
    const auto steps = static_cast<std::size_t>(std::round(0.1 / eta));
    return full_batch_descent<double>(loss, cubic::start(), {eta, steps, steps}, gauge, silent).losses.back();
  };
  SquaredLoss<double> loss(Activation::tanh, cubic::sizes, examples);
  SharpnessGauge<double> gauge(loss.dimension(), RandomStream(1), 1e-6);
  const auto flow = full_batch_flow<double>(loss, cubic::start(), {0, 0.05, 0.1}, 1e-10, gauge, silent);
  REQUIRE(flow.sharpness.size() == 3);
  CHECK(flow.sharpness[0].sharpness == Approx(13.752841).epsilon(1e-6));
  const double coarse = last(0.004) - flow.losses.back(), fine = last(0.002) - flow.losses.back();
  CHECK(coarse / fine == Approx(2).margin(0.02));
}

TEST_CASE("descent whose loss overflows ends with the first value that is not finite") {
  const auto examples = cubic::examples();
  SquaredLoss<double> loss(Activation::linear, cubic::sizes, examples);
  SharpnessGauge<double> gauge(loss.dimension(), RandomStream(1), 1e-4);
  double work = 0;
  const auto record =
      full_batch_descent<double>(loss, cubic::start(), {50, 1000, 10}, gauge, [&](double w) { work += w; });
  CHECK(record.losses.size() < 1001);
  CHECK_FALSE(std::isfinite(record.losses.back()));
  CHECK(std::isfinite(record.losses[record.losses.size() - 2]));
  CHECK(work == Approx(1));
}

TEST_CASE("medians before and after the crossing take each step once") {
  DescentRecord crossing, never;
  crossing.crossing = 3;
  never.crossing = std::numeric_limits<double>::infinity();
  const std::vector<double> of_steps{1, 2, 9, 20, 40};
  CHECK(crossing.median_before_crossing(of_steps) == 2);
  CHECK(crossing.median_after_crossing(of_steps) == 30);
  CHECK(never.median_before_crossing(of_steps) == 9);
  CHECK(std::isnan(never.median_after_crossing(of_steps)));
}

}  // namespace full_batch_test
