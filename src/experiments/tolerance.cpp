// Tolerances by name, and in words.
#include "experiments/tolerance.hpp"

#include <fmt/format.h>

#include "text/number.hpp"

namespace experiments {
namespace {

std::string shown(double x, int digits) { return text::plain(text::rounded(x, digits)); }

/// "5 %" for parts that people compare in their heads, "10⁻⁹" for those of rounding errors.
std::string relative_text(double relative) {
  return relative >= 1e-3 ? shown(100 * relative, 3) + " %" : shown(relative, 1) + " relative";
}

}  // namespace

Statistic first_value(Bound bound) { return {Statistic::Kind::first, 0, bound}; }
Statistic last_value(Bound bound) { return {Statistic::Kind::last, 0, bound}; }
Statistic quantile(double probability, Bound bound) { return {Statistic::Kind::quantile, probability, bound}; }

bool matches(std::string_view pattern, std::string_view text) {
  // The last star is taken back to when what follows it does not fit.
  std::size_t p = 0, t = 0, star = std::string_view::npos, held = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      held = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++held;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

Tolerance tolerance_of(const std::vector<Tolerance>& declared, const std::string& panel, const std::string& name) {
  for (const Tolerance& tolerance : declared)
    if (tolerance.panel.empty() == panel.empty() && matches(tolerance.panel, panel) && matches(tolerance.name, name))
      return tolerance;
  return {panel, name, undeclared, {}, "nothing else is declared"};
}

std::string text(const Bound& bound) {
  if (bound.relative == 0 && bound.absolute == 0) return "exactly";
  if (bound.relative == 0) return "within " + shown(bound.absolute, 3);
  if (bound.absolute == 0) return "within " + relative_text(bound.relative);
  return fmt::format("within {} + {}", relative_text(bound.relative), shown(bound.absolute, 3));
}

std::string text(const Statistic& statistic) {
  switch (statistic.kind) {
    case Statistic::Kind::first:
      return "first " + text(statistic.bound);
    case Statistic::Kind::last:
      return "last " + text(statistic.bound);
    case Statistic::Kind::quantile:
      break;
  }
  const double p = statistic.probability;
  const std::string name = p == 0     ? "smallest"
                           : p == 1   ? "largest"
                           : p == 0.5 ? "median"
                                      : shown(100 * p, 3) + " % quantile";
  return name + " " + text(statistic.bound);
}

std::string limits_text(const Tolerance& tolerance) {
  if (tolerance.statistics.empty()) return text(tolerance.bound);
  std::string all;
  for (const Statistic& statistic : tolerance.statistics) all += (all.empty() ? "" : ", ") + text(statistic);
  return all;
}

}  // namespace experiments
