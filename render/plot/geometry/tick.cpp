// Where ticks stand and what they say: steps of 1, 2, 5 on linear axes, decades on log axes, the calendar on date axes.
// See tick.hpp.
#include "plot/geometry/tick.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "plot/geometry/date_tick.hpp"

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

/// The finest step with at most so many ticks; a finer one where that would leave fewer than two. An axis that counts
/// has no step below one.
Step choose_step(const Domain& domain, int most) {
  const double width = domain.high - domain.low;
  Step finer;
  const int finest = decade_of(width / most) - 1;
  for (int exponent = domain.counts ? std::max(0, finest) : finest;; ++exponent) {
    for (const int digit : {1, 2, 5}) {
      const Step step{digit, exponent};
      const double number = multiples(domain, step).number();
      if (number <= most) return number < 2 ? finer : step;
      finer = step;
    }
  }
}

/// How many characters a tick's number may have before its neighbours are counted from it.
constexpr int longest = 8;

/// How the ticks of one axis say their numbers: with the same decimals, with one power of ten, or, where they differ
/// far behind the point only, counted from one of them.
struct TickNumbers {
  Step step;
  double largest;  // on the axis

  double value(double multiple) const { return decimal(multiple * step.digit, step.exponent); }
  int decimals() const { return std::max(0, -step.exponent); }
  int exponent() const { return decade_of(largest); }
  /// Behind the first one.
  int digits() const { return std::max(0, exponent() - step.exponent); }
  bool written_out() const {
    if (largest >= 1e6) return false;
    return decimals() <= 4 || (largest >= 1e-4 && std::max(1, exponent() + 1) + decimals() <= longest);
  }
  bool counted_from_one() const { return !written_out() && digits() > 5; }

  std::string label(double multiple) const {
    if (multiple == 0) return "0";
    if (written_out()) return with_minus(fmt::format("{:.{}f}", value(multiple), decimals()));
    return scientific(decimal(multiple * step.digit, step.exponent - exponent()), digits(), exponent());
  }
  /// As what it differs by from the tick that is said in full.
  std::string label_from(double origin, double multiple) const {
    if (multiple == origin) return multiple == 0 ? "0" : full(multiple);
    const std::string apart = number_label(decimal(std::abs(multiple - origin) * step.digit, step.exponent));
    return (multiple < origin ? minus : "+") + apart;
  }
  std::string full(double multiple) const {
    return label_of(text::rounded(value(multiple), std::min(17, digits() + 1)));
  }
};

/// The tick that is shortest to say.
double shortest_of(const Counts& counts, const TickNumbers& numbers) {
  double best = counts.first;
  for (double k = counts.first; k <= counts.last; ++k)
    if (k == 0 || numbers.full(k).size() < numbers.full(best).size()) best = k;
  return best;
}

std::vector<Tick> linear_ticks(const Domain& domain, int most) {
  const Step step = choose_step(domain, most);
  const Counts counts = multiples(domain, step);
  const TickNumbers numbers{step, std::max(std::abs(domain.low), std::abs(domain.high))};
  const bool from_one = numbers.counted_from_one();
  const double origin = from_one ? shortest_of(counts, numbers) : 0;
  std::vector<Tick> ticks;
  for (double k = counts.first; k <= counts.last; ++k)
    ticks.push_back({std::clamp(numbers.value(k), domain.low, domain.high),
                     from_one ? numbers.label_from(origin, k) : numbers.label(k)});
  return ticks;
}

/// The whole decades that the axis shows.
struct Decades {
  int first, last;
  int number() const { return last - first + 1; }
};

Decades decades(const Domain& domain) {
  return {static_cast<int>(std::ceil(domain.low - slack)), static_cast<int>(std::floor(domain.high + slack))};
}

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

std::vector<Tick> digit_ticks(const Domain& domain, const std::vector<int>& labelled) {
  const int first = static_cast<int>(std::floor(domain.low - slack));
  const int last = static_cast<int>(std::floor(domain.high + slack));
  std::vector<Tick> ticks;
  for (int decade = first; decade <= last; ++decade)
    for (int digit = 1; digit <= 9; ++digit) {
      const bool major = std::find(labelled.begin(), labelled.end(), digit) != labelled.end();
      add_tick(ticks, domain, decade + std::log10(digit), major ? number_label(decimal(digit, decade)) : "");
    }
  return ticks;
}

/// Linear ticks, for a log axis that shows a few digits at most.
std::vector<Tick> narrow_log_ticks(const Domain& domain, int most) {
  const double low = std::pow(10.0, domain.low), high = std::pow(10.0, domain.high);
  const Domain linear{ScaleKind::linear, domain.reversed, low, high, domain.counts};
  if (!(low > 1e-300) || !(high < 1e300) || high - low < 1e-12 * high) return {};
  std::vector<Tick> ticks = linear_ticks(linear, most);
  for (Tick& t : ticks) t.at = std::clamp(std::log10(t.at), domain.low, domain.high);
  return ticks;
}

int count_labels(const std::vector<Tick>& ticks) {
  return static_cast<int>(std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return t.major(); }));
}

/// The longer stretch before the first label and behind the last one, as a part of the axis.
double bare_end(const Domain& domain, const std::vector<Tick>& ticks) {
  const auto is_major = [](const Tick& t) { return t.major(); };
  const auto first = std::find_if(ticks.begin(), ticks.end(), is_major);
  if (first == ticks.end()) return 1;
  const auto last = std::find_if(ticks.rbegin(), ticks.rend(), is_major);
  return std::max(first->at - domain.low, domain.high - last->at) / (domain.high - domain.low);
}

/// Below two decades: every digit, 1, 2, 5, or 1 and 3 of each decade, or linear ticks; the first of these with two
/// labels that leave no half of the axis bare, else the one that leaves least.
std::vector<Tick> short_log_ticks(const Domain& domain, int most) {
  static const std::vector<std::vector<int>> labelled{{1, 2, 3, 4, 5, 6, 7, 8, 9}, {1, 2, 5}, {1, 3}, {1}};
  std::vector<std::vector<Tick>> choices;
  for (const auto& digits : labelled) choices.push_back(digit_ticks(domain, digits));
  for (int n = most; n >= 2; --n) choices.push_back(narrow_log_ticks(domain, n));
  for (int n = most + 1; n <= most + 3; ++n) choices.push_back(narrow_log_ticks(domain, n));
  const std::vector<Tick>* best = nullptr;
  double least = 1;
  for (const auto& ticks : choices) {
    const int labels = count_labels(ticks);
    const double bare = bare_end(domain, ticks);
    if (labels >= 2 && labels <= most && bare <= 0.5) return ticks;
    // A few too many are better than half an axis without a number.
    if (labels >= 2 && labels <= std::max(most, 5) && bare < least) best = &ticks, least = bare;
  }
  return best ? *best : choices.front();
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
    for (int digit = 2; digits && digit <= 9; ++digit) add_tick(ticks, domain, decade + std::log10(digit), "");
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

std::string power_label(int exponent) { return label_of({false, "1", exponent}); }

std::string label_of(const text::Number& number) {
  std::string label = number.is_negative ? minus : "";
  if (!number.power) return label + number.digits;
  if (number.digits != "1") label += number.digits + "\u00d7";
  return "$" + label + "10^{" + with_minus(std::to_string(*number.power)) + "}$";
}

std::string in_language(std::string label, const text::Words& words) {
  if (const auto point = label.find('.'); point != std::string::npos) label.replace(point, 1, words["decimal_sign"]);
  return label;
}

std::string number_label(double value) {
  const text::Number number = text::rounded(value, 6);
  return label_of(number.power ? text::rounded(value, 3) : number);
}

namespace {

std::vector<Tick> log_ticks(const Domain& domain, int most) {
  const Decades shown = decades(domain);
  if (shown.number() >= 2) return decade_ticks(domain, shown, most);
  return short_log_ticks(domain, most);
}

/// Those of a log axis that counts which are whole numbers.
std::vector<Tick> whole(std::vector<Tick> ticks) {
  std::erase_if(ticks, [](const Tick& t) {
    const double value = std::pow(10.0, t.at);
    return value < 1 - slack || std::abs(value - std::round(value)) > 1e-6;
  });
  return ticks;
}

}  // namespace

std::vector<Tick> choose_ticks(const Domain& domain, int most) {
  most = std::max(most, 2);
  if (domain.kind == ScaleKind::date)
    if (std::vector<Tick> dates = date_ticks(domain, most); !dates.empty()) return dates;
  if (domain.kind != ScaleKind::log) return linear_ticks(domain, most);
  std::vector<Tick> ticks = log_ticks(domain, most);
  return domain.counts ? whole(std::move(ticks)) : ticks;
}

namespace {

/// How many digits a number's label has behind the point; none that is a power of ten.
int decimals_of(const std::string& label) {
  const std::size_t point = label.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(label.size() - point - 1);
}

/// Linear ticks share their number of decimals, as far as they are written out.
void share_decimals(std::vector<Tick>& ticks) {
  int most = 0;
  const auto written_out = [](const Tick& t) { return t.label.find('$') == std::string::npos; };
  for (const Tick& t : ticks)
    if (written_out(t)) most = std::max(most, decimals_of(t.label));
  for (Tick& t : ticks)
    if (written_out(t) && t.at != 0) t.label = with_minus(fmt::format("{:.{}f}", t.at, most));
}

}  // namespace

std::vector<Tick> given_ticks(const Domain& domain, const std::vector<double>& wanted) {
  if (domain.kind == ScaleKind::date) return given_date_ticks(domain, wanted);
  std::vector<Tick> ticks;
  for (const double value : wanted) {
    if (!can_show(domain.kind, value)) continue;
    const double at = transform(domain.kind, value);
    const bool power = domain.kind == ScaleKind::log && std::abs(at - std::round(at)) < slack;
    add_tick(ticks, domain, at, power ? power_label(static_cast<int>(std::round(at))) : number_label(value));
  }
  std::sort(ticks.begin(), ticks.end(), [](const Tick& a, const Tick& b) { return a.at < b.at; });
  if (domain.kind == ScaleKind::linear) share_decimals(ticks);
  return ticks;
}

}  // namespace plot
