// How outputs are had from what a run returns: then(&Trained::loss, &Curve::y, last) gives the last y of a part's
// curve.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "experiment/outputs.hpp"
#include "experiments/shared/each_of.hpp"

namespace experiments {

/// What `next` makes of what `first` gives, and so on; each is a member or is called.
template <class First>
auto then(First first) {
  return [=](const auto& r) { return std::invoke(first, r); };
}
template <class First, class... Next>
auto then(First first, Next... next) {
  return [=](const auto& r) { return then(next...)(std::invoke(first, r)); };
}

inline constexpr auto first = [](const auto& list) { return list.front(); };
inline constexpr auto last = [](const auto& list) { return list.back(); };

/// An output that is known without a run.
template <class T>
auto known(T value) {
  return [value = std::move(value)](const auto&) { return value; };
}

/// f at each x.
template <class F>
experiment::Curve curve_over(std::vector<double> x, const F& f) {
  std::vector<double> y = each_of(x, f);
  return {std::move(x), std::move(y)};
}

}  // namespace experiments
