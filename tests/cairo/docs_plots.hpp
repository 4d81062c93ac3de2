// The examples of docs/plots.md; CMake writes their functions from the page (tests/CMakeLists.txt).
#pragma once

#include <cmath>
#include <numbers>
#include <random>
#include <string>
#include <vector>

#include "plot/composites/bar_groups.hpp"
#include "plot/composites/box_plot.hpp"
#include "plot/composites/by_category.hpp"
#include "plot/composites/histogram.hpp"
#include "plot/composites/small_multiples.hpp"
#include "plot/figure.hpp"
#include "plot/geometry/date_tick.hpp"

namespace docs_plots {

/// `n` places from `a` to `b`.
inline std::vector<double> steps(double a, double b, int n) {
  std::vector<double> places;
  for (int i = 0; i < n; ++i) places.push_back(a + (b - a) * i / (n - 1));
  return places;
}

/// `f` at `n` places from `a` to `b`.
template <class F>
std::vector<double> sample(F f, double a, double b, int n) {
  std::vector<double> values;
  for (const double x : steps(a, b, n)) values.push_back(f(x));
  return values;
}

struct Example {
  std::string name;
  plot::Figure (*figure)();
};

const std::vector<Example>& examples();

}  // namespace docs_plots
