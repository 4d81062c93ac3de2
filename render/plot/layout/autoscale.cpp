// What the data of a panel asks of its axes, and the domain that grants it.
// See autoscale.hpp.
#include "plot/layout/autoscale.hpp"

#include <algorithm>
#include <cmath>

#include "plot/marks/any_mark.hpp"

namespace plot {

namespace {

// Linear domains end here, so that their width is a finite double.
constexpr double largest = 1e305;
// Air beyond padded data, as a fraction of the axis.
constexpr double air = 0.04;

void include_value(Extent& extent, ScaleKind kind, double value) {
  if (can_show(kind, value)) {
    extent.include(std::clamp(transform(kind, value), -largest, largest));
  }
}

/// How long an axis is that has one value only, of this size.
double unit_of(ScaleKind kind, double size) {
  if (kind == ScaleKind::log) return 1;
  if (kind == ScaleKind::date) return 86400;
  return size > 1e-300 ? size : 1;
}

void include_all(Extent& extent, ScaleKind kind, const std::vector<double>& values) {
  // The transformation is monotone: only the extremes need it.
  Extent seen;
  for (const double v : values)
    if (can_show(kind, v)) seen.include(v);
  include_value(extent, kind, seen.low);
  include_value(extent, kind, seen.high);
}

}  // namespace

void Autoscale::include(const Autoscale& other) {
  padded.include(other.padded);
  tight.include(other.tight);
}

Autoscaler::Autoscaler(const Axis& x_axis, const Axis& y_axis) : x_kind_(x_axis.scale), y_kind_(y_axis.scale) {
  if (x_axis.min && can_show(x_kind_, *x_axis.min)) lowest_x_ = *x_axis.min;
  if (x_axis.max && can_show(x_kind_, *x_axis.max)) highest_x_ = *x_axis.max;
  if (lowest_x_ > highest_x_) std::swap(lowest_x_, highest_x_);
}

void Autoscaler::pad_x(double value) { include_value(x.padded, x_kind_, value); }
void Autoscaler::pad_x(const std::vector<double>& values) { include_all(x.padded, x_kind_, values); }
void Autoscaler::touch_x(const std::vector<double>& values) { include_all(x.tight, x_kind_, values); }
void Autoscaler::pad_y(double value) { include_value(y.padded, y_kind_, value); }
void Autoscaler::touch_y(const std::vector<double>& values) { include_all(y.tight, y_kind_, values); }

void Autoscaler::pad_transformed_y(double value) {
  if (std::isfinite(value)) y.padded.include(std::clamp(value, -largest, largest));
}

void Autoscaler::pad_y(const std::vector<double>& at_x, const std::vector<double>& values) {
  Extent seen;
  const std::size_t n = std::min(at_x.size(), values.size());
  for (std::size_t i = 0; i < n; ++i)
    if (can_show(y_kind_, values[i]) && !(at_x[i] < lowest_x_ || at_x[i] > highest_x_)) seen.include(values[i]);
  include_value(y.padded, y_kind_, seen.low);
  include_value(y.padded, y_kind_, seen.high);
}

Autoscaler autoscale(const Panel& panel) {
  Autoscaler axes(panel.x, panel.y);
  for (const Mark& mark : panel.marks) std::visit([&](const auto& m) { fit_axes(m, axes); }, mark);
  return axes;
}

Domain choose_domain(const std::vector<const Axis*>& axes, const Autoscale& asked) {
  const ScaleKind kind = axes.front()->scale;
  Domain domain{kind, axes.front()->reversed, 0, 1, axes.front()->counts};

  Extent seen = asked.padded;
  seen.include(asked.tight);
  if (seen.empty()) seen = kind == ScaleKind::log ? Extent{-1, 1} : Extent{0, 1};
  const double width = seen.high - seen.low;
  domain.low = seen.low;
  domain.high = seen.high;
  if (!asked.padded.empty()) {
    domain.low = std::min(seen.low, asked.padded.low - air * width);
    domain.high = std::max(seen.high, asked.padded.high + air * width);
  }

  if (const std::size_t n = axes.front()->categories.size(); n > 0) {
    domain.low = -0.5;
    domain.high = static_cast<double>(n) - 0.5;
  }

  Extent given_low, given_high;
  for (const Axis* axis : axes) {
    if (axis->min) include_value(given_low, kind, *axis->min);
    if (axis->max) include_value(given_high, kind, *axis->max);
  }
  if (!given_low.empty()) domain.low = given_low.low;
  if (!given_high.empty()) domain.high = given_high.high;

  const double size = std::max(std::abs(domain.low), std::abs(domain.high));
  const double unit = unit_of(kind, size);
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
  const auto look = [&](const SeriesView& series) {
    const std::vector<double>&x = series.x, &y = series.y;
    for (std::size_t i = 0; i < series.size(); ++i) {
      if (series.nan_is_missing && (std::isnan(x[i]) || std::isnan(y[i]))) continue;
      if (!std::isfinite(y[i]) || !can_show(panel.x.scale, x[i])) {
        strips.not_finite = true;
      } else if (log && y[i] <= 0) {
        strips.zero = true;
        strips.negative |= y[i] < 0;
      }
    }
  };
  for (const Mark& mark : panel.marks)
    if (const auto series = series_of(mark)) look(*series);
  return strips;
}

}  // namespace plot
