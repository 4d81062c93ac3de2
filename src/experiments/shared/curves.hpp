// Curves by step and in the plane, and how they are drawn.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "experiment/outputs.hpp"
#include "experiments/shared/over_seeds.hpp"
#include "numerics/descent/objective.hpp"
#include "plot/figure.hpp"

namespace experiments {

/// Values after 0, 1, 2, ... steps.
inline experiment::Curve by_step(std::vector<double> values) {
  auto steps = counted(values.size());
  return {std::move(steps), std::move(values)};
}

/// Values after 0, 1, 2, ... steps, over the effective time t = k eta.
inline experiment::Curve by_time(double learning_rate, std::vector<double> values) {
  auto times = counted(values.size());
  for (double& t : times) t *= learning_rate;
  return {std::move(times), std::move(values)};
}

/// A path in the plane of its first two coordinates.
inline experiment::Curve in_plane(const std::vector<numerics::Point>& path) {
  experiment::Curve curve;
  for (const auto& point : path) {
    curve.x.push_back(point[0]);
    curve.y.push_back(point[1]);
  }
  return curve;
}

inline std::vector<double> numbers_of(const numerics::Point& point) { return {point.begin(), point.end()}; }

/// What theory says, drawn over what was measured.
constexpr plot::StrokeStyle theory_stroke{plot::Ink::black, 0.8, plot::Dash::dashed, 1};

inline plot::Line line_of(std::string series, const experiment::Curve& curve, plot::StrokeStyle stroke,
                          std::string label = "", plot::Role role = plot::Role::measured) {
  return {.series = std::move(series),
          .x = curve.x,
          .y = curve.y,
          .stroke = stroke,
          .label = std::move(label),
          .role = role};
}

/// The theory of the series that bears this name.
inline plot::Line theory_line(std::string series, const experiment::Curve& curve,
                              plot::StrokeStyle stroke = theory_stroke) {
  return line_of(std::move(series), curve, stroke, "", plot::Role::theory);
}

/// What a curve is held against: a level, a threshold.
inline plot::Line reference_line(std::string series, const experiment::Curve& curve) {
  return line_of(std::move(series), curve, {plot::Ink::muted, 0.8, plot::Dash::dashed}, "", plot::Role::reference);
}

/// Where descent starts.
inline plot::Points start_mark(std::string series, double x, double y, std::string label = "") {
  return {.series = std::move(series),
          .x = {x},
          .y = {y},
          .size = 5,
          .filled = false,
          .ink = plot::Ink::foreground,
          .label = std::move(label)};
}

}  // namespace experiments
