// Tolerances in words.
#include "experiment/allowed.hpp"

#include <fmt/format.h>

#include <utility>

#include "text/number.hpp"

namespace experiment {
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

Allowed within(Bound bound, std::string_view reason) { return {bound, {}, std::string(reason)}; }
Allowed exactly(std::string_view reason) { return within({0, 0}, reason); }
Allowed statistics(std::vector<Statistic> which, std::string_view reason) {
  return {{0, 0}, std::move(which), std::string(reason)};
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

std::string limits_text(const Allowed& allowed) {
  if (allowed.statistics.empty()) return text(allowed.bound);
  std::string all;
  for (const Statistic& statistic : allowed.statistics) all += (all.empty() ? "" : ", ") + text(statistic);
  return all;
}

}  // namespace experiment
