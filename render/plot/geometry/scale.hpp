// Scales: data values to positions on paper, linear, logarithmic or by date, either way round.
// A scale works on transformed values (v, or log10 v), so that a log axis may reach below the
// smallest double.
#pragma once

namespace plot {

/// A date is a number of seconds since 1970-01-01 00:00 UTC, leap seconds not counted.
enum class ScaleKind { linear, log, date };

/// The visible range of an axis in transformed values, low < high.
struct Domain {
  ScaleKind kind = ScaleKind::linear;
  bool reversed = false;
  double low = 0;
  double high = 1;
  bool counts = false;  // whole numbers only
};

/// v itself or log10 v.
double transform(ScaleKind kind, double value);

/// Whether an axis of this kind has a place for the value: finite, and positive on a log axis.
bool can_show(ScaleKind kind, double value);

/// A domain laid between two positions on paper; `at_low` > `at_high` for an upward or a reversed
/// axis.
struct Scale {
  Domain domain;
  double at_low = 0;
  double at_high = 1;

  /// Position of a transformed value. Far-away values are held at a distance that doubles can still
  /// subtract.
  double place(double transformed) const;
  /// Position of a value that can be shown.
  double operator()(double value) const { return place(transform(domain.kind, value)); }
  /// Position of any value but NaN: far beyond the frame where the axis has no place for it.
  double extended(double value) const;
};

/// Lays the domain from `start` to `end`, or the other way round when it is reversed.
Scale lay(const Domain& domain, double start, double end);

}  // namespace plot
