// What figures on gradient descent share: learning rates, landscapes, checks, and the loss beside the flow's.
#pragma once

#include "experiments/shared/checks.hpp"
#include "experiments/shared/landscape.hpp"
#include "experiments/shared/rates.hpp"
#include "numerics/descent/trajectory.hpp"

namespace experiments {

/// Losses of descent over effective time, and under them that of the flow.
inline plot::Panel loss_panel(double horizon, const Numbers& learning_rates, const std::vector<Curve>& descents,
                              const Curve& flow, double width) {
  plot::Panel panel{.x = axis("effective time $t=k\\eta$", 0, horizon),
                    .y = log_axis("", {}, loss_ceiling(descents, flow)),
                    .marks = {flow_line(flow)}};
  panel.y.is_fitted = true;
  add_measured(panel, rate_looks(learning_rates, width), descents);
  return panel;
}

}  // namespace experiments
