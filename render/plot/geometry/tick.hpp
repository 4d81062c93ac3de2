// Where ticks stand and what they say: steps of 1, 2, 5 on linear axes, decades on log axes, the calendar on date axes.
#pragma once

#include <string>
#include <vector>

#include "plot/geometry/scale.hpp"
#include "text/number.hpp"
#include "text/words.hpp"

namespace plot {

struct Tick {
  double at = 0;      // transformed value
  std::string label;  // empty for a minor tick; lines are parted by line feeds
  bool major() const { return !label.empty(); }
};

/// Ticks with at most `most` labels (at least two where the axis allows it), in ascending order of
/// value. Log axes: labels every 1, 2, 5, 10, 20 ... decades; minor ticks 2 ... 9 while at most six
/// decades are visible, else at the decades between; below two decades' worth of labels, at 1, 2, 5
/// of each decade. Date axes: as in date_tick.hpp.
std::vector<Tick> choose_ticks(const Domain& domain, int most);

/// Ticks at the values wanted; those outside the domain are left out.
std::vector<Tick> given_ticks(const Domain& domain, const std::vector<double>& wanted);

/// The smallest of 1, 2, 5 times a power of ten that divides the width into at most so many parts; 0 for no width.
double round_step(double width, int most);

/// The largest multiple of the stride that is not above the value.
constexpr int floor_to(int value, int stride) { return value - ((value % stride) + stride) % stride; }

/// A number as a label, as short as it can be said: "0.05", "−3", "$2×10^{−7}$".
std::string number_label(double value);

/// A number set as a label: "$2×10^{−7}$".
std::string label_of(const text::Number& number);

/// A number's label with the decimal sign of a language.
std::string in_language(std::string label, const text::Words& words);

/// 10 to a whole power as a label.
std::string power_label(int exponent);

}  // namespace plot
