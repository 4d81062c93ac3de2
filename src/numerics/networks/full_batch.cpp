// The descent's loop and the flow's, each with the sharpness measured on the way.
#include "numerics/networks/full_batch.hpp"

#include <cmath>
#include <limits>

#include "numerics/descent/stabilised_flow.hpp"
#include "numerics/statistics.hpp"

namespace numerics {
namespace {

constexpr std::size_t steps_between_reports = 64;

/// A point of descent, with the gradient there.
template <class Scalar>
struct Place {
  Vector<Scalar> theta, gradient;
  std::size_t step = 0;
};

template <class Scalar>
double dot(const Vector<Scalar>& a, const Vector<Scalar>& b) {
  return a.template cast<double>().dot(b.template cast<double>());
}

/// The first step after `below` at which the sharpness reaches the edge, known to be there at `above`.
template <class Scalar>
std::size_t first_at_edge(SquaredLoss<Scalar>& loss, Place<Scalar> below, std::size_t above, double learning_rate,
                          SharpnessGauge<Scalar>& gauge) {
  while (above - below.step > 1) {
    const std::size_t middle = below.step + (above - below.step) / 2;
    Place<Scalar> p = below;
    for (; p.step < middle; ++p.step) {
      p.theta -= static_cast<Scalar>(learning_rate) * p.gradient;
      loss.evaluate(p.theta, p.gradient);
    }
    if (gauge.measure(loss) >= 2 / learning_rate) {
      above = middle;
    } else {
      below = std::move(p);
    }
  }
  return above;
}

std::ptrdiff_t steps_before(double crossing, const std::vector<double>& of_steps) {
  return static_cast<std::ptrdiff_t>(std::min(static_cast<double>(of_steps.size()), crossing));
}

}  // namespace

double DescentRecord::median_before_crossing(const std::vector<double>& of_steps) const {
  return quantile({of_steps.begin(), of_steps.begin() + steps_before(crossing, of_steps)}, 0.5);
}

double DescentRecord::median_after_crossing(const std::vector<double>& of_steps) const {
  return quantile({of_steps.begin() + steps_before(crossing, of_steps), of_steps.end()}, 0.5);
}

template <class Scalar>
DescentRecord full_batch_descent(SquaredLoss<Scalar>& loss, Vector<Scalar> start, const DescentPlan& plan,
                                 SharpnessGauge<Scalar>& gauge, const Advance& advance) {
  const double eta = plan.learning_rate;
  DescentRecord record;
  record.crossing = std::numeric_limits<double>::infinity();
  Place<Scalar> now{std::move(start), {}, 0}, measured;
  record.losses.push_back(loss.evaluate(now.theta, now.gradient));
  Vector<Scalar> next_gradient;
  std::size_t reported = 0;
  while (true) {
    if (now.step % plan.steps_between_measurements == 0 || now.step == plan.steps) {
      const double sharpness = gauge.measure(loss);
      record.sharpness.push_back({static_cast<double>(now.step), sharpness});
      if (std::isinf(record.crossing) && sharpness >= 2 / eta) {
        const std::size_t first = now.step == 0 ? 0 : first_at_edge(loss, measured, now.step, eta, gauge);
        record.crossing = static_cast<double>(first);
        loss.evaluate(now.theta, now.gradient);
      }
      if (std::isinf(record.crossing)) measured = now;
    }
    if (now.step % steps_between_reports == 0 || now.step == plan.steps) {
      advance(static_cast<double>(now.step - reported) / static_cast<double>(plan.steps));
      reported = now.step;
    }
    if (now.step == plan.steps) break;
    now.theta -= static_cast<Scalar>(eta) * now.gradient;
    record.losses.push_back(loss.evaluate(now.theta, next_gradient));
    const double square = eta * dot(now.gradient, now.gradient);
    const std::size_t k = now.step++;
    record.relative_progress.push_back((record.losses[k + 1] - record.losses[k]) / square);
    record.directional_smoothness.push_back(1 / eta - dot(next_gradient, now.gradient) / square);
    std::swap(now.gradient, next_gradient);
    if (!std::isfinite(record.losses.back())) {
      record.sharpness.push_back({static_cast<double>(now.step), std::numeric_limits<double>::quiet_NaN()});
      advance(static_cast<double>(plan.steps - reported) / static_cast<double>(plan.steps));
      break;
    }
  }
  return record;
}

template <class Scalar>
FlowRecord full_batch_flow(SquaredLoss<Scalar>& loss, Vector<Scalar> start, const std::vector<double>& times,
                           double tolerance, SharpnessGauge<Scalar>& gauge, const Advance& advance) {
  FlowRecord record;
  StabilisedFlow<Scalar> flow([&](const Vector<Scalar>& at, Vector<Scalar>& gradient) { loss.evaluate(at, gradient); },
                              std::move(start), tolerance);
  Vector<Scalar> gradient;
  for (const double time : times) {
    if (time > 0) flow.advance(time, record.sharpness.back().sharpness);
    record.times.push_back(time);
    record.losses.push_back(loss.evaluate(flow.point(), gradient));
    record.sharpness.push_back({time, gauge.measure(loss)});
    if (time > 0) advance((time - record.times[record.times.size() - 2]) / times.back());
  }
  record.steps = flow.steps();
  record.gradients = flow.gradients();
  return record;
}

template DescentRecord full_batch_descent(SquaredLoss<float>&, Vector<float>, const DescentPlan&,
                                          SharpnessGauge<float>&, const Advance&);
template DescentRecord full_batch_descent(SquaredLoss<double>&, Vector<double>, const DescentPlan&,
                                          SharpnessGauge<double>&, const Advance&);
template FlowRecord full_batch_flow(SquaredLoss<float>&, Vector<float>, const std::vector<double>&, double,
                                    SharpnessGauge<float>&, const Advance&);
template FlowRecord full_batch_flow(SquaredLoss<double>&, Vector<double>, const std::vector<double>&, double,
                                    SharpnessGauge<double>&, const Advance&);

}  // namespace numerics
