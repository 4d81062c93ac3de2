// What the data of a panel asks of its axes, and the domain that grants it.
// See extent.hpp.
#include "plot/extent.hpp"

#include <algorithm>
#include <cmath>

#include "plot/marker.hpp"

namespace plot {

namespace {

// Linear domains end here, so that their width is a finite double.
constexpr double largest = 1e305;
// Air beyond airy data, as a fraction of the axis.
constexpr double air = 0.04;

template <class... F>
struct Overloaded : F... {
  using F::operator()...;
};
template <class... F>
Overloaded(F...) -> Overloaded<F...>;

void include_value(Extent& extent, ScaleKind kind, double value) {
  if (can_show(kind, value)) {
    extent.include(std::clamp(transform(kind, value), -largest, largest));
  }
}

void include_all(Extent& extent, ScaleKind kind, const std::vector<double>& values) {
  // The transformation is monotone: only the extremes need it.
  double low = std::numeric_limits<double>::infinity(), high = -low;
  for (const double v : values) {
    if (!can_show(kind, v)) continue;
    low = std::min(low, v);
    high = std::max(high, v);
  }
  include_value(extent, kind, low);
  include_value(extent, kind, high);
}

/// Limits that an axis gives for itself, in data values.
struct Limits {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool hold(double v) const { return !(v < low || v > high); }
};

Limits limits_of(const Axis& axis) {
  Limits limits;
  if (axis.min && can_show(axis.scale, *axis.min)) limits.low = *axis.min;
  if (axis.max && can_show(axis.scale, *axis.max)) limits.high = *axis.max;
  if (limits.low > limits.high) std::swap(limits.low, limits.high);
  return limits;
}

/// The y values whose x is inside the limits.
void include_within(Extent& extent, ScaleKind kind, const Limits& limits, const std::vector<double>& x,
                    const std::vector<double>& y) {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  const std::size_t n = std::min(x.size(), y.size());
  for (std::size_t i = 0; i < n; ++i) {
    if (!can_show(kind, y[i]) || !limits.hold(x[i])) continue;
    low = std::min(low, y[i]);
    high = std::max(high, y[i]);
  }
  include_value(extent, kind, low);
  include_value(extent, kind, high);
}

double guide_end(const SlopeGuide& guide, ScaleKind x, ScaleKind y) {
  const double rise = guide.slope * (transform(x, guide.x1) - transform(x, guide.x0));
  return transform(y, guide.y0) + rise;
}

}  // namespace

void Extent::include(double value) {
  low = std::min(low, value);
  high = std::max(high, value);
}

void Extent::include(const Extent& other) {
  low = std::min(low, other.low);
  high = std::max(high, other.high);
}

void Wish::include(const Wish& other) {
  airy.include(other.airy);
  exact.include(other.exact);
}

bool is_landscape(const Panel& panel) {
  return std::any_of(panel.marks.begin(), panel.marks.end(), [](const Mark& mark) {
    return std::holds_alternative<Contours>(mark) || std::holds_alternative<HeatMap>(mark);
  });
}

Wish wish_for_x(const Panel& panel) {
  Wish wish;
  const ScaleKind kind = panel.x.scale;
  for (const Mark& mark : panel.marks) {
    std::visit(Overloaded{
                   [&](const Line& m) { include_all(marks_every_point(m) ? wish.airy : wish.exact, kind, m.x); },
                   [&](const Points& m) { include_all(wish.airy, kind, m.x); },
                   [&](const Band& m) { include_all(wish.exact, kind, m.x); },
                   [&](const Contours& m) { include_all(wish.exact, kind, m.grid.x); },
                   [&](const HeatMap& m) { include_all(wish.exact, kind, m.grid.x); },
                   [&](const Arrows& m) { include_all(wish.airy, kind, m.x); },
                   [&](const Rule& m) {
                     if (m.x) include_value(wish.airy, kind, *m.x);
                   },
                   [&](const SlopeGuide& m) {
                     include_value(wish.airy, kind, m.x0);
                     include_value(wish.airy, kind, m.x1);
                   },
                   [](const auto&) {},
               },
               mark);
  }
  return wish;
}

Wish wish_for_y(const Panel& panel) {
  Wish wish;
  const ScaleKind kind = panel.y.scale;
  const Limits limits = limits_of(panel.x);
  for (const Mark& mark : panel.marks) {
    std::visit(Overloaded{
                   [&](const Line& m) { include_within(wish.airy, kind, limits, m.x, m.y); },
                   [&](const Points& m) { include_within(wish.airy, kind, limits, m.x, m.y); },
                   [&](const Band& m) {
                     include_within(wish.airy, kind, limits, m.x, m.lower);
                     include_within(wish.airy, kind, limits, m.x, m.upper);
                   },
                   [&](const Contours& m) { include_all(wish.exact, kind, m.grid.y); },
                   [&](const HeatMap& m) { include_all(wish.exact, kind, m.grid.y); },
                   [&](const Arrows& m) { include_within(wish.airy, kind, limits, m.x, m.y); },
                   [&](const Rule& m) {
                     if (m.y) include_value(wish.airy, kind, *m.y);
                   },
                   [&](const SlopeGuide& m) {
                     include_value(wish.airy, kind, m.y0);
                     const double end = guide_end(m, panel.x.scale, kind);
                     if (std::isfinite(end)) wish.airy.include(std::clamp(end, -largest, largest));
                   },
                   [](const auto&) {},
               },
               mark);
  }
  return wish;
}

Domain choose_domain(const std::vector<const Axis*>& axes, const Wish& wish) {
  const ScaleKind kind = axes.front()->scale;
  Domain domain{kind, axes.front()->reversed, 0, 1, axes.front()->counts};

  Extent seen = wish.airy;
  seen.include(wish.exact);
  if (seen.empty()) seen = kind == ScaleKind::log ? Extent{-1, 1} : Extent{0, 1};
  const double width = seen.high - seen.low;
  domain.low = seen.low;
  domain.high = seen.high;
  if (!wish.airy.empty()) {
    domain.low = std::min(seen.low, wish.airy.low - air * width);
    domain.high = std::max(seen.high, wish.airy.high + air * width);
  }

  Extent given_low, given_high;
  for (const Axis* axis : axes) {
    if (axis->min) include_value(given_low, kind, *axis->min);
    if (axis->max) include_value(given_high, kind, *axis->max);
  }
  if (!given_low.empty()) domain.low = given_low.low;
  if (!given_high.empty()) domain.high = given_high.high;

  const double size = std::max(std::abs(domain.low), std::abs(domain.high));
  const double unit = kind == ScaleKind::log ? 1 : (size > 1e-300 ? size : 1);
  if (domain.low > domain.high) {
    if (!given_low.empty() && !given_high.empty()) {
      std::swap(domain.low, domain.high);
    } else if (!given_low.empty()) {
      domain.high = domain.low + unit;
    } else {
      domain.low = domain.high - unit;
    }
  }
  // A single value, or one that doubles can hardly tell from its neighbours, sits in the middle.
  const double narrow = kind == ScaleKind::log ? 1e-9 : std::max(1e-12 * size, 1e-300);
  if (domain.high - domain.low <= narrow) {
    const double middle = domain.low + (domain.high - domain.low) / 2;
    domain.low = middle - unit / 2;
    domain.high = middle + unit / 2;
  }
  return domain;
}

Strips strips_of(const Panel& panel) {
  Strips strips;
  const bool log = panel.y.scale == ScaleKind::log;
  const auto look = [&](const std::vector<double>& x, const std::vector<double>& y) {
    const std::size_t n = std::min(x.size(), y.size());
    for (std::size_t i = 0; i < n; ++i) {
      if (!std::isfinite(y[i]) || !can_show(panel.x.scale, x[i])) {
        strips.not_finite = true;
      } else if (log && y[i] <= 0) {
        strips.zero = true;
        strips.negative |= y[i] < 0;
      }
    }
  };
  for (const Mark& mark : panel.marks) {
    if (const auto* line = std::get_if<Line>(&mark)) look(line->x, line->y);
    if (const auto* points = std::get_if<Points>(&mark)) look(points->x, points->y);
  }
  return strips;
}

}  // namespace plot
