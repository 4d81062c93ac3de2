// Where an inset hides least.
#pragma once

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "plot/figure.hpp"

namespace experiments {

/// The place of an inset in that corner of a panel in which there are the fewest of these points, which are given in
/// fractions of the panel.
inline plot::Inset emptiest_corner(const std::vector<std::pair<double, double>>& points) {
  constexpr double width = 0.4, height = 0.25, margin = 0.02;
  std::vector<plot::Inset> frames;
  for (const double bottom : {0.13, 0.72})
    for (const double left : {0.02, 0.58}) frames.push_back({left, bottom, width, height, {}});
  const auto covered = [&](const plot::Inset& frame) {
    return std::count_if(points.begin(), points.end(), [&](const auto& point) {
      return std::abs(point.first - frame.left - width / 2) < width / 2 + margin &&
             std::abs(point.second - frame.bottom - height / 2) < height / 2 + margin;
    });
  };
  return *std::min_element(frames.begin(), frames.end(),
                           [&](const auto& a, const auto& b) { return covered(a) < covered(b); });
}

}  // namespace experiments
