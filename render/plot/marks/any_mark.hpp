// What is asked of a mark of whichever kind. These take a Mark and nothing that turns into one, so that no mark is
// asked by its own question without an answer of its own.
#pragma once

#include <algorithm>
#include <concepts>

#include "plot/figure.hpp"

namespace plot {

template <std::same_as<Mark> AnyMark>
Ground ground_of(const AnyMark& mark) {
  return std::visit([](const auto& m) { return ground_of(m); }, mark);
}

template <std::same_as<Mark> AnyMark>
std::optional<SeriesView> series_of(const AnyMark& mark) {
  return std::visit([](const auto& m) { return series_of(m); }, mark);
}

template <std::same_as<Mark> AnyMark>
MarkLabel label_of(const AnyMark& mark) {
  return std::visit([](const auto& m) { return label_of(m); }, mark);
}

/// Level curves or a heat map lie under the marks: no axis is a value.
inline bool is_landscape(const Panel& panel) {
  return std::any_of(panel.marks.begin(), panel.marks.end(),
                     [](const Mark& mark) { return ground_of(mark).is_landscape; });
}

}  // namespace plot
