// Lists and curves, and how they are had from what a run gives.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <functional>
#include <limits>
#include <type_traits>
#include <utility>
#include <vector>

#include "experiment/outputs.hpp"
#include "numerics/descent/objective.hpp"
#include "numerics/statistics.hpp"

namespace experiments {

using experiment::Curve;
using Numbers = std::vector<double>;

inline constexpr double nothing = std::numeric_limits<double>::quiet_NaN();
inline constexpr double never = std::numeric_limits<double>::infinity();

/// Of each item what `how` says: a member, or what a function of the item gives.
template <class Item, class How>
auto each_of(const std::vector<Item>& items, const How& how) {
  std::vector<std::decay_t<std::invoke_result_t<const How&, const Item&>>> all;
  for (const Item& item : items) all.push_back(std::invoke(how, item));
  return all;
}

/// f(0) ... f(count - 1).
template <class F>
auto list_of(std::size_t count, const F& f) {
  std::vector<std::decay_t<std::invoke_result_t<const F&, std::size_t>>> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(f(i));
  return all;
}

/// lowest, lowest + 1, ..., `count` of them: layers, steps, epochs.
inline Numbers counted(std::size_t count, double lowest = 0) {
  return list_of(count, [lowest](std::size_t k) { return lowest + static_cast<double>(k); });
}

/// The index of the first item of which something holds; otherwise `otherwise`.
template <class Items, class Holds>
double first_where(const Items& items, double otherwise, const Holds& holds) {
  const auto place = std::ranges::find_if(items, holds);
  return place == std::ranges::end(items) ? otherwise : static_cast<double>(place - std::ranges::begin(items));
}

// ---- Outputs: then(&Descent::loss, last) gives the last y of a part's curve.

/// What `next` makes of what `first` gives, and so on; each is a member or is called.
template <class First>
auto then(First first) {
  return [=](const auto& r) { return std::invoke(first, r); };
}
template <class First, class... Next>
auto then(First first, Next... next) {
  return [=](const auto& r) { return then(next...)(std::invoke(first, r)); };
}

/// Of a list; of a curve, its y.
inline constexpr auto first = [](const auto& list) {
  if constexpr (std::is_same_v<std::decay_t<decltype(list)>, Curve>)
    return list.y.front();
  else
    return list.front();
};
inline constexpr auto last = [](const auto& list) {
  if constexpr (std::is_same_v<std::decay_t<decltype(list)>, Curve>)
    return list.y.back();
  else
    return list.back();
};

inline Numbers numbers_of(const numerics::Point& point) { return {point.begin(), point.end()}; }

// ---- Curves.

/// f at each x.
template <class F>
Curve curve_over(Numbers x, const F& f) {
  Numbers y = each_of(x, f);
  return {std::move(x), std::move(y)};
}

/// The first, or the last, so many points.
inline Curve head(const Curve& curve, std::size_t count) {
  const auto end = static_cast<std::ptrdiff_t>(std::min(curve.x.size(), count));
  return {{curve.x.begin(), curve.x.begin() + end}, {curve.y.begin(), curve.y.begin() + end}};
}
inline Curve tail(const Curve& curve, std::size_t count) {
  const auto start = static_cast<std::ptrdiff_t>(std::min(curve.x.size(), count));
  return {{curve.x.end() - start, curve.x.end()}, {curve.y.end() - start, curve.y.end()}};
}

/// The points of which something holds, by their index.
template <class Holds>
Curve some_of(const Curve& curve, Holds holds) {
  Curve some;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    if (!holds(i)) continue;
    some.x.push_back(curve.x[i]);
    some.y.push_back(curve.y[i]);
  }
  return some;
}

/// The same y all the way.
inline Curve level(double from, double to, double y) { return {{from, to}, {y, y}}; }

/// Values after 0, 1, 2, ... steps.
inline Curve by_step(Numbers values) {
  Numbers steps = counted(values.size());
  return {std::move(steps), std::move(values)};
}

/// Values after 0, 1, 2, ... steps, over the effective time t = k eta.
inline Curve by_time(double learning_rate, Numbers values) {
  auto times = counted(values.size());
  for (double& t : times) t *= learning_rate;
  return {std::move(times), std::move(values)};
}

/// A path in the plane of its first two coordinates.
inline Curve in_plane(const std::vector<numerics::Point>& path) {
  const auto coordinate = [&](int i) { return each_of(path, [i](const auto& point) { return point[i]; }); };
  return {coordinate(0), coordinate(1)};
}

struct Quantiles {
  double lower, middle, upper;  // probabilities
};

inline constexpr Quantiles whole_range{0, 0.5, 1};
inline constexpr Quantiles four_fifths{0.1, 0.5, 0.9};

/// Point by point the quantiles over the seeds, each of which gives a y for every x.
inline Curve over_seeds(Numbers x, const std::vector<Numbers>& y_of_seeds, Quantiles quantiles) {
  Curve curve{std::move(x), {}};
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    const Numbers values = each_of(y_of_seeds, [i](const Numbers& y) { return y[i]; });
    curve.lower.push_back(numerics::quantile(values, quantiles.lower));
    curve.y.push_back(numerics::quantile(values, quantiles.middle));
    curve.upper.push_back(numerics::quantile(values, quantiles.upper));
  }
  return curve;
}

/// The same of each row of a table.
inline std::vector<Curve> over_seeds(const Numbers& x, const std::vector<std::vector<Numbers>>& rows,
                                     Quantiles quantiles) {
  return each_of(rows, [&](const auto& y_of_seeds) { return over_seeds(x, y_of_seeds, quantiles); });
}

inline double power_of_ten(double x) { return std::pow(10, x); }

/// Point by point what `f` makes of y and of its bounds.
template <class F>
Curve with_y(Curve curve, const F& f) {
  for (Numbers* values : {&curve.y, &curve.lower, &curve.upper})
    for (double& value : *values) value = f(value);
  return curve;
}

}  // namespace experiments
