// Gradient descent and gradient flow on a network's loss over a whole data set, with the sharpness along the way: what
// Cohen et al. (Gradient descent on neural networks typically occurs at the edge of stability, ICLR 2021) look at.
#pragma once

#include <functional>
#include <vector>

#include "numerics/networks/sharpness.hpp"
#include "numerics/networks/squared_loss.hpp"

namespace numerics {

/// Sharpness after so many steps (descent), or at such a time (flow).
struct SharpnessSample {
  double at = 0;
  double sharpness = 0;
};

struct DescentRecord {
  std::vector<double> losses;  // before the first step and after each; ends with the first that is not finite
  /// (L(theta_k+1) - L(theta_k)) / (eta |grad L|^2), of each step: -1 while descent follows the gradient, about 0 at
  /// the edge of stability (Ahn, Zhang and Sra 2022).
  std::vector<double> relative_progress;
  /// <grad L(theta_k) - grad L(theta_k+1), grad L(theta_k)> / (eta |grad L(theta_k)|^2), of each step: at the edge 2 /
  /// eta.
  std::vector<double> directional_smoothness;
  std::vector<SharpnessSample> sharpness;
  double crossing = 0;  // the first step with sharpness >= 2 / eta; Infinity if there is none

  /// Of a quantity of each step the median over the steps before the crossing, and over those after it; NaN where there
  /// are none.
  double median_before_crossing(const std::vector<double>& of_steps) const;
  double median_after_crossing(const std::vector<double>& of_steps) const;
};

struct DescentPlan {
  double learning_rate = 0.1;
  std::size_t steps = 0;
  std::size_t steps_between_measurements = 1;  // of the sharpness; the last step is measured in any case
};

/// Told the share of the work that was done since its last call; the shares of a full run sum to 1.
using Advance = std::function<void(double)>;

/// The crossing is found to the step, by bisection between two measurements.
template <class Scalar>
DescentRecord full_batch_descent(SquaredLoss<Scalar>& loss, Vector<Scalar> start, const DescentPlan& plan,
                                 SharpnessGauge<Scalar>& gauge, const Advance& advance);

struct FlowRecord {
  std::vector<double> times, losses;
  std::vector<SharpnessSample> sharpness;  // one a time
  long steps = 0;
  long gradients = 0;
};

/// The flow up to each of the ascending times, the first of which is 0.
template <class Scalar>
FlowRecord full_batch_flow(SquaredLoss<Scalar>& loss, Vector<Scalar> start, const std::vector<double>& times,
                           double tolerance, SharpnessGauge<Scalar>& gauge, const Advance& advance);

}  // namespace numerics
