// Where ticks stand and what they say: steps of 1, 2, 5 on linear axes, decades on log axes.
// See tick.hpp.
#include "plot/tick.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace plot {

namespace {

constexpr const char* minus = "\u2212";
// Ticks at the very end of an axis must not be lost to rounding.
constexpr double slack = 1e-9;

std::string with_minus(std::string number) {
  if (number.starts_with('-')) number.replace(0, 1, minus);
  return number;
}

/// m * 10^exponent, rounded once.
double decimal(double mantissa, int exponent) {
  if (exponent < -300) return mantissa * 1e-300 * std::pow(10.0, exponent + 300);
  return exponent < 0 ? mantissa / std::pow(10.0, -exponent) : mantissa * std::pow(10.0, exponent);
}

int decade_of(double value) { return static_cast<int>(std::floor(std::log10(value) + slack)); }

std::string scientific(double mantissa, int decimals, int exponent) {
  return fmt::format("${}\u00d710^{{{}}}$", with_minus(fmt::format("{:.{}f}", mantissa, decimals)),
                     with_minus(fmt::format("{}", exponent)));
}

/// A linear axis' step, digit * 10^exponent.
struct Step {
  int digit = 1;
  int exponent = 0;
};

struct Counts {
  double first, last;  // multiples of the step
  double number() const { return last - first + 1; }
};

Counts multiples(const Domain& domain, Step step) {
  const double size = decimal(step.digit, step.exponent);
  const double room = slack * (domain.high - domain.low) / size;
  return {std::ceil(domain.low / size - room), std::floor(domain.high / size + room)};
}

/// The finest step with at most so many ticks; a finer one where that would leave fewer than two.
Step choose_step(const Domain& domain, int most) {
  const double width = domain.high - domain.low;
  Step finer;
  for (int exponent = decade_of(width / most) - 1;; ++exponent) {
    for (const int digit : {1, 2, 5}) {
      const Step step{digit, exponent};
      const double number = multiples(domain, step).number();
      if (number <= most) return number < 2 ? finer : step;
      finer = step;
    }
  }
}

/// The labels of one axis share their number of decimals, and their power of ten where numbers are
/// long.
std::string linear_label(double multiple, Step step, double largest) {
  const double value = decimal(multiple * step.digit, step.exponent);
  if (multiple == 0) return "0";
  const int decimals = std::max(0, -step.exponent);
  if (largest < 1e6 && decimals <= 4) return with_minus(fmt::format("{:.{}f}", value, decimals));
  const int exponent = decade_of(largest);
  const int digits = std::max(0, exponent - step.exponent);
  if (digits > 5) return with_minus(fmt::format("{:.{}g}", value, std::min(17, digits + 1)));
  return scientific(decimal(multiple * step.digit, step.exponent - exponent), digits, exponent);
}

std::vector<Tick> linear_ticks(const Domain& domain, int most) {
  const Step step = choose_step(domain, most);
  const Counts counts = multiples(domain, step);
  const double largest = std::max(std::abs(domain.low), std::abs(domain.high));
  std::vector<Tick> ticks;
  for (double k = counts.first; k <= counts.last; ++k) {
    const double value = decimal(k * step.digit, step.exponent);
    ticks.push_back({std::clamp(value, domain.low, domain.high), linear_label(k, step, largest)});
  }
  return ticks;
}

/// The whole decades that the axis shows.
struct Decades {
  int first, last;
  int number() const { return last - first + 1; }
};

Decades decades(const Domain& domain) {
  return {static_cast<int>(std::ceil(domain.low - slack)),
          static_cast<int>(std::floor(domain.high + slack))};
}

int floor_to(int value, int stride) { return value - ((value % stride) + stride) % stride; }

/// Labelled decades are multiples of the stride; a finer one where that would leave fewer than two.
int choose_stride(Decades shown, int most) {
  int finer = 1;
  for (int power = 1;; power *= 10) {
    for (const int digit : {1, 2, 5}) {
      const int stride = digit * power;
      const int first = -floor_to(-shown.first, stride);
      const int number = first > shown.last ? 0 : (shown.last - first) / stride + 1;
      if (number <= most) return number < 2 ? finer : stride;
      finer = stride;
    }
  }
}

void add_tick(std::vector<Tick>& ticks, const Domain& domain, double at, std::string label) {
  const double room = slack * (domain.high - domain.low);
  if (at < domain.low - room || at > domain.high + room) return;
  ticks.push_back({std::clamp(at, domain.low, domain.high), std::move(label)});
}

/// 1, 2, 5 of each decade labelled, or 1 and 3 where that would be too many; the other digits
/// minor.
std::vector<Tick> digit_ticks(const Domain& domain, int most) {
  const int first = static_cast<int>(std::floor(domain.low - slack));
  const int last = static_cast<int>(std::floor(domain.high + slack));
  const auto build = [&](const std::vector<int>& labelled) {
    std::vector<Tick> ticks;
    for (int decade = first; decade <= last; ++decade) {
      for (int digit = 1; digit <= 9; ++digit) {
        const bool major = std::find(labelled.begin(), labelled.end(), digit) != labelled.end();
        add_tick(ticks, domain, decade + std::log10(digit),
                 major ? number_label(decimal(digit, decade)) : "");
      }
    }
    return ticks;
  };
  std::vector<Tick> ticks;
  for (const auto& labelled :
       {std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 5}, {1, 3}, {1}}) {
    ticks = build(labelled);
    if (std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return t.major(); }) <= most)
      break;
  }
  return ticks;
}

/// A log axis that shows less than the step between two digits has linear ticks.
std::vector<Tick> narrow_log_ticks(const Domain& domain, int most) {
  const double low = std::pow(10.0, domain.low), high = std::pow(10.0, domain.high);
  const Domain linear{ScaleKind::linear, domain.reversed, low, high};
  if (!(low > 1e-300) || !(high < 1e300) || high - low < 1e-12 * high) return {};
  std::vector<Tick> ticks = linear_ticks(linear, most);
  for (Tick& t : ticks) t.at = std::clamp(std::log10(t.at), domain.low, domain.high);
  return ticks;
}

std::vector<Tick> decade_ticks(const Domain& domain, Decades shown, int most) {
  const int stride = choose_stride(shown, most);
  const bool digits = stride == 1 && domain.high - domain.low <= 6;
  // Unlabelled ticks: every decade while they can be told apart, else every fifth, tenth ...
  int between = 1;
  while (stride > 1 && shown.number() / between > 60) between *= between % 2 == 1 ? 5 : 2;
  if (stride % between != 0) between = stride;

  std::vector<Tick> ticks;
  for (int decade = floor_to(shown.first, between) - 1; decade <= shown.last; ++decade) {
    if (decade >= shown.first && floor_to(decade, between) == decade) {
      const bool major = floor_to(decade, stride) == decade;
      add_tick(ticks, domain, decade, major ? power_label(decade) : "");
    }
    for (int digit = 2; digits && digit <= 9; ++digit)
      add_tick(ticks, domain, decade + std::log10(digit), "");
  }
  return ticks;
}

}  // namespace

double round_step(double width, int most) {
  if (!(width > 1e-290) || !std::isfinite(width)) return 0;
  for (int exponent = decade_of(width / most) - 1;; ++exponent)
    for (const int digit : {1, 2, 5})
      if (decimal(digit, exponent) * most >= width * (1 - slack)) return decimal(digit, exponent);
}

std::string power_label(int exponent) {
  return fmt::format("$10^{{{}}}$", with_minus(fmt::format("{}", exponent)));
}

std::string number_label(double value) {
  if (value == 0) return "0";
  const double size = std::abs(value);
  if (size >= 1e-4 && size < 1e6)
    return with_minus(fmt::format("{}", std::stod(fmt::format("{:.6g}", value))));
  const int exponent = decade_of(size);
  const double mantissa = std::stod(fmt::format("{:.3g}", decimal(value, -exponent)));
  if (mantissa == 1) return power_label(exponent);
  return fmt::format("${}\u00d710^{{{}}}$", with_minus(fmt::format("{}", mantissa)),
                     with_minus(fmt::format("{}", exponent)));
}

std::vector<Tick> choose_ticks(const Domain& domain, int most) {
  most = std::max(most, 2);
  if (domain.kind == ScaleKind::linear) return linear_ticks(domain, most);
  const Decades shown = decades(domain);
  if (shown.number() >= 2) return decade_ticks(domain, shown, most);
  std::vector<Tick> ticks = digit_ticks(domain, most);
  const auto majors =
      std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return t.major(); });
  if (majors >= 2) return ticks;
  const std::vector<Tick> linear = narrow_log_ticks(domain, most);
  return linear.size() >= 2 ? linear : ticks;
}

std::vector<Tick> given_ticks(const Domain& domain, const std::vector<double>& wanted) {
  std::vector<Tick> ticks;
  for (const double value : wanted) {
    if (!can_show(domain.kind, value)) continue;
    const double at = transform(domain.kind, value);
    const bool power = domain.kind == ScaleKind::log && std::abs(at - std::round(at)) < slack;
    add_tick(ticks, domain, at,
             power ? power_label(static_cast<int>(std::round(at))) : number_label(value));
  }
  std::sort(ticks.begin(), ticks.end(), [](const Tick& a, const Tick& b) { return a.at < b.at; });
  return ticks;
}

}  // namespace plot
