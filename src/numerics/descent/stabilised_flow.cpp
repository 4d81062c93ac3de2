// The stages' recursion is that of Chebyshev polynomials, formulas (2.1) to (2.8) of Sommeijer, Shampine and Verwer.
#include "numerics/descent/stabilised_flow.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace numerics {
namespace {

// The sharpness may grow by so much while a step is under way.
constexpr double caution = 1.1;
constexpr int most_stages = 200;

/// Chebyshev's polynomial T_j and its first two derivatives at one place, j rising.
struct Chebyshev {
  double x;
  double t0 = 1, t1, d0 = 0, d1 = 1, e0 = 0, e1 = 0;  // of j - 1 and j
  explicit Chebyshev(double at) : x(at), t1(at) {}
  void next() {
    const double t = 2 * x * t1 - t0, d = 2 * t1 + 2 * x * d1 - d0, e = 4 * d1 + 2 * x * e1 - e0;
    t0 = t1, t1 = t, d0 = d1, d1 = d, e0 = e1, e1 = e;
  }
};

/// Stages that are stable for h lambda; their number grows with the root.
int stages_for(double h_lambda) { return std::max(2, 1 + static_cast<int>(std::sqrt(1 + 1.54 * h_lambda))); }

}  // namespace

template <class Scalar>
StabilisedFlow<Scalar>::StabilisedFlow(Gradient gradient, Vector<Scalar> start, double tolerance)
    : gradient_(std::move(gradient)), point_(std::move(start)), tolerance_(tolerance) {
  evaluate(point_, velocity_);
}

template <class Scalar>
void StabilisedFlow<Scalar>::evaluate(const Vector<Scalar>& at, Vector<Scalar>& velocity) {
  gradient_(at, velocity);
  velocity = -velocity;
  ++gradients_;
}

/// next_ = the result of `count` stages over h.
template <class Scalar>
void StabilisedFlow<Scalar>::stages(double h, int count) {
  const double s = count;
  const double w0 = 1 + 2 / (13 * s * s);
  Chebyshev end(w0);
  for (int j = 2; j <= count; ++j) end.next();
  const double w1 = end.d1 / end.e1;

  Chebyshev c(w0);
  c.next();                                              // j = 2
  double b_before = c.e1 / (c.d1 * c.d1), b = b_before;  // b_0 = b_1 = b_2
  double a = 1 - b * w0;                                 // a_1
  before_ = point_;
  last_ = point_ + static_cast<Scalar>(h * b * w1) * velocity_;
  for (int j = 2; j <= count; ++j) {
    if (j > 2) c.next();
    const double b_now = c.e1 / (c.d1 * c.d1);
    const double mu = 2 * b_now * w0 / b, nu = -b_now / b_before, mu_h = 2 * b_now * w1 / b * h;
    evaluate(last_, stage_velocity_);
    next_ = static_cast<Scalar>(1 - mu - nu) * point_ + static_cast<Scalar>(mu) * last_ +
            static_cast<Scalar>(nu) * before_ + static_cast<Scalar>(mu_h) * stage_velocity_ -
            static_cast<Scalar>(a * mu_h) * velocity_;
    std::swap(before_, last_);
    last_ = next_;
    b_before = b;
    b = b_now;
    a = 1 - b * c.t1;
  }
}

template <class Scalar>
void StabilisedFlow<Scalar>::advance(double time, double sharpness) {
  const double lambda = caution * std::max(sharpness, 1e-12);
  if (step_ == 0) step_ = 0.1 / lambda;
  while (time_ < time) {
    // A step that would leave a sliver takes half of the rest instead.
    const double rest = time - time_;
    double h = std::min(step_, (most_stages * most_stages - 1) / (1.54 * lambda));
    const bool lands = h >= rest;
    if (lands)
      h = rest;
    else if (h > 0.6 * rest)
      h = 0.5 * rest;
    stages(h, stages_for(h * lambda));
    evaluate(next_, next_velocity_);
    const auto weight = Scalar(1) + point_.array().abs().max(next_.array().abs());
    const auto defect =
        Scalar(0.8) * (point_ - next_).array() + static_cast<Scalar>(0.4 * h) * (velocity_ + next_velocity_).array();
    const double n = static_cast<double>(point_.size());
    const double error = std::sqrt((defect / weight).template cast<double>().square().sum() / n) / tolerance_;
    const bool good = error <= 1;  // false for NaN too
    const double factor = std::isfinite(error) ? 0.8 / std::cbrt(std::max(error, 1e-6)) : 0.1;
    if (good) {
      time_ = lands ? time : time_ + h;
      std::swap(point_, next_);
      std::swap(velocity_, next_velocity_);
      ++steps_;
      // One that was cut short to land says little about the next.
      step_ = std::max(lands ? step_ : 0.0, h * std::clamp(factor, 0.5, 5.0));
    } else {
      step_ = h * std::clamp(factor, 0.1, 0.8);
      if (step_ < 1e-14 * std::max(time_, 1e-3))
        throw std::overflow_error("the flow cannot be followed beyond t = " + std::to_string(time_));
    }
  }
}

template class StabilisedFlow<float>;
template class StabilisedFlow<double>;

}  // namespace numerics
