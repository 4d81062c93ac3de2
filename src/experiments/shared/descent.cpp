// Names, colours, checks and landscapes of the experiments on gradient descent in few parameters.
#include "experiments/shared/descent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "experiments/shared/each_of.hpp"
#include "experiments/shared/network_looks.hpp"
#include "text/number.hpp"

namespace experiments {

using numerics::Objective;
using numerics::Point;

std::string rate_name(double learning_rate) { return fmt::format("eta={}", learning_rate); }

std::vector<std::string> rate_names(const std::vector<double>& learning_rates) {
  return each_of(learning_rates, rate_name);
}

std::string rate_label(double learning_rate) { return "$\\eta=" + rounded(learning_rate, 4) + "$"; }

std::string rounded(double x, int digits) { return text::formula(text::rounded(x, digits)); }

std::string rounded_in_words(double x, int digits) { return text::markdown(text::rounded(x, digits)); }

std::string in_full(double x) { return text::plain(text::exact(x)); }

plot::Ink rate_ink(std::size_t index) {
  using plot::Ink;
  constexpr Ink order[] = {Ink::blue, Ink::orange, Ink::green, Ink::vermillion, Ink::purple, Ink::sky};
  return order[index % std::size(order)];
}

plot::Marker rate_marker(std::size_t index) {
  using plot::Marker;
  constexpr Marker order[] = {Marker::circle,  Marker::square, Marker::triangle,
                              Marker::diamond, Marker::star,   Marker::cross};
  return order[index % std::size(order)];
}

plot::Line rate_line(std::size_t index, double learning_rate, const Curve& curve, double width) {
  return {.series = rate_name(learning_rate),
          .x = curve.x,
          .y = curve.y,
          .stroke = {rate_ink(index), width},
          .label = rate_label(learning_rate),
          .marker = rate_marker(index),
          .marker_size = 3.6,
          .marker_gap = marker_gap};
}

Objective objective_named(const std::string& name, const std::vector<double>& curvatures) {
  if (name == "quadratic") return numerics::quadratic(to_point(curvatures));
  if (name == "rosenbrock") return numerics::rosenbrock();
  if (name == "product") return numerics::product();
  if (name == "mlp") return numerics::mlp();
  throw std::invalid_argument("no loss is named '" + name + "'");
}

std::string coordinate_label(const Objective& objective, int index) {
  if (objective.name == "rosenbrock") return index == 0 ? "$x$" : "$y$";
  if (objective.name == "product") return index == 0 ? "$a$" : "$b$";
  return fmt::format("${}_{{{}}}$", objective.name == "mlp" ? "w" : "\\theta", index + 1);
}

Point to_point(const std::vector<double>& coordinates) {
  return Eigen::Map<const Point>(coordinates.data(), static_cast<Eigen::Index>(coordinates.size()));
}

std::vector<double> coordinates(const std::vector<Point>& points, int index) {
  std::vector<double> values;
  values.reserve(points.size());
  for (const Point& p : points) values.push_back(p[index]);
  return values;
}

std::vector<double> losses(const Objective& objective, const std::vector<Point>& points) {
  std::vector<double> values;
  values.reserve(points.size());
  for (const Point& p : points) values.push_back(objective.value(p));
  return values;
}

std::optional<double> loss_ceiling(const std::vector<Curve>& descents, const Curve& flow) {
  const double ceiling = 100 * std::ranges::max(flow.y);
  for (const Curve& descent : descents)
    for (const double loss : descent.y)
      if (loss > ceiling) return ceiling;
  return std::nullopt;
}

int count_rises(const std::vector<double>& losses) {
  int rises = 0;
  for (std::size_t k = 1; k < losses.size(); ++k) rises += losses[k] > losses[k - 1] ? 1 : 0;
  return rises;
}

void check_distinct(const std::string& parameter, const std::vector<double>& values,
                    std::vector<ParameterError>& errors) {
  for (std::size_t i = 0; i < values.size(); ++i)
    if (std::count(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i]) > 0)
      errors.push_back({{parameter, std::to_string(i)}, in_full(values[i]) + " is listed twice"});
}

void check_length(const std::string& parameter, std::size_t length, std::size_t wanted, const std::string& why,
                  std::vector<ParameterError>& errors) {
  if (length != wanted)
    errors.push_back(
        {{parameter}, fmt::format("parameter '{}' has {} elements; it takes {}, {}", parameter, length, wanted, why)});
}

void check_step_count(const std::string& parameter, const std::vector<double>& rates, double horizon,
                      std::vector<ParameterError>& errors) {
  for (std::size_t i = 0; i < rates.size(); ++i)
    if (horizon / rates[i] > 1e6)
      errors.push_back({{parameter, std::to_string(i)},
                        fmt::format("a learning rate of {} needs more than a million steps to reach the time {}",
                                    in_full(rates[i]), in_full(horizon))});
}

bool Window::contains(const Point& p) const {
  return p[0] >= x.first && p[0] <= x.second && p[1] >= y.first && p[1] <= y.second;
}

void Window::include(const Point& p) {
  x = {std::min(x.first, p[0]), std::max(x.second, p[0])};
  y = {std::min(y.first, p[1]), std::max(y.second, p[1])};
}

Window Window::padded(double fraction) const {
  const auto pad = [fraction](std::pair<double, double> range) {
    // A window of no extent (a trajectory that stands still) still needs some.
    const double extent = std::max(range.second - range.first, 1e-3);
    return std::pair{range.first - fraction * extent, range.second + fraction * extent};
  };
  return {pad(x), pad(y)};
}

plot::Contours landscape(const Objective& objective, const Window& window, bool labelled, bool decades_only,
                         double lowest, int cells) {
  plot::Contours contours;
  contours.labelled = labelled;
  for (int i = 0; i <= cells; ++i) {
    const double f = static_cast<double>(i) / cells;
    contours.grid.x.push_back(std::lerp(window.x.first, window.x.second, f));
    contours.grid.y.push_back(std::lerp(window.y.first, window.y.second, f));
  }
  double highest = 0;
  for (const double y : contours.grid.y)
    for (const double x : contours.grid.x) {
      contours.grid.z.push_back(objective.value(Point{{x, y}}));
      highest = std::max(highest, contours.grid.z.back());
    }
  for (int decade = static_cast<int>(std::floor(std::log10(lowest))); decade <= std::log10(highest); ++decade)
    for (const double factor : {1.0, 3.0}) {
      const double level = factor * std::pow(10, decade);
      const bool wanted = factor == 1.0 || !decades_only;
      if (wanted && level >= lowest && level < highest) contours.levels.push_back(level);
    }
  return contours;
}

}  // namespace experiments
