// What the experiments on gradient descent in few parameters share: names, labels and colours of
// learning rates, the losses to choose from, checks of parameters, and the landscape drawn under
// trajectories.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiment/experiment.hpp"
#include "numerics/descent/objective.hpp"
#include "plot/figure.hpp"

namespace experiments {

/// "eta=0.019": the name of a learning rate's series, in its shortest decimal form.
std::string rate_name(double learning_rate);

/// The names of all of them, in their order.
std::vector<std::string> rate_names(const std::vector<double>& learning_rates);

/// "$\\eta=0.0198$": four significant digits are enough for readers.
std::string rate_label(double learning_rate);

/// Numbers in the formulas of labels, with so many significant digits.
std::string rounded(double x, int digits = 3);

/// The same in the words of labels.
std::string rounded_in_words(double x, int digits = 3);

/// Numbers in messages, in full.
std::string in_full(double x);

/// The colour of the learning rate at this place in its list, the same in all figures on step sizes, and the marker
/// that repeats it.
plot::Ink rate_ink(std::size_t index);
plot::Marker rate_marker(std::size_t index);

/// The curve of the learning rate at this place in its list.
plot::Line rate_line(std::size_t index, double learning_rate, const Curve&, double width);

/// Gradient flow is wide and grey in all figures; descent lies over it.
constexpr plot::StrokeStyle flow_stroke{plot::Ink::grey, 4, plot::Dash::solid, 0.55};

/// The loss of this name; the curvatures are the quadratic's.
numerics::Objective objective_named(const std::string& name, const std::vector<double>& curvatures);

/// "$\\theta_1$", "$\\theta_2$", or what the parameters of this loss are called.
std::string coordinate_label(const numerics::Objective&, int index);

numerics::Point to_point(const std::vector<double>& coordinates);

/// Coordinate `index` of every point.
std::vector<double> coordinates(const std::vector<numerics::Point>& points, int index);

/// The loss at every point.
std::vector<double> losses(const numerics::Objective&, const std::vector<numerics::Point>& points);

/// An upper limit for an axis of losses: divergence must not squeeze the rest, so nothing beyond a
/// hundred times the flow's largest loss is shown. None where nothing goes there.
std::optional<double> loss_ceiling(const std::vector<Curve>& descents, const Curve& flow);

/// How often the loss of a trajectory rises from one step to the next.
int count_rises(const std::vector<double>& losses);

// Checks. Each adds what is wrong to the list.
void check_distinct(const std::string& parameter, const std::vector<double>& values, std::vector<ParameterError>&);
void check_length(const std::string& parameter, std::size_t length, std::size_t wanted, const std::string& why,
                  std::vector<ParameterError>&);
/// No trajectory may need more than a million steps to reach the horizon.
void check_step_count(const std::string& parameter, const std::vector<double>& rates, double horizon,
                      std::vector<ParameterError>&);

/// A rectangle of the parameter plane.
struct Window {
  std::pair<double, double> x, y;

  bool contains(const numerics::Point&) const;
  void include(const numerics::Point&);
  Window padded(double fraction) const;
};

/// Level curves of a loss of two parameters in a window, at 1, 3, 10, 30, ... or whole decades,
/// from `lowest` on; sampled at the corners of so many cells along each side.
plot::Contours landscape(const numerics::Objective&, const Window&, bool labelled, bool decades_only, double lowest,
                         int cells = 240);

}  // namespace experiments
