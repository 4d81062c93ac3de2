// See digest.hpp.
#include "regression/digest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "numerics/statistics.hpp"

namespace regression {
namespace {

using experiment::Allowed;
using experiment::Bound;
using experiment::Statistic;
using Values = std::vector<double>;

constexpr std::size_t sampled = 32;         // numbers that stand for a long list
constexpr std::size_t quantile_steps = 20;  // of 5 % each

std::size_t count_of(const Json& digest) {
  return digest.is_array() ? digest.size() : digest.at("count").get<std::size_t>();
}

bool evenly_spaced(const Values& v, int digits) {
  const double step = v[1] - v[0];
  for (std::size_t i = 0; i < v.size(); ++i)
    if (!std::isfinite(v[i]) || rounded(v[0] + static_cast<double>(i) * step, digits) != rounded(v[i], digits))
      return false;
  return true;
}

Values finite(const Values& values) {
  Values kept;
  std::copy_if(values.begin(), values.end(), std::back_inserter(kept), [](double v) { return std::isfinite(v); });
  return kept;
}

Json all_rounded(const Values& values, int digits) {
  Json array = Json::array();
  for (const double v : values) array.push_back(rounded(v, digits));
  return array;
}

Values read(const Json& array) {
  Values values;
  for (const Json& item : array) values.push_back(number(item));
  return values;
}

double mean_size(const Values& values) {
  double sum = 0;
  for (const double v : values) sum += std::abs(v) / static_cast<double>(values.size());
  return sum;
}

Json quantiles_of(const Values& values, int digits) {
  const Values kept = finite(values);
  Values list;
  for (std::size_t i = 0; i <= quantile_steps && !kept.empty(); ++i)
    list.push_back(numerics::quantile(kept, static_cast<double>(i) / quantile_steps));
  return all_rounded(list, digits);
}

/// One number beside its reference.
Deviation deviation_of(double now, double reference, const Bound& bound) {
  Deviation d{0, std::abs(now - reference), now, reference, 0, "", experiment::text(bound)};
  if (now == reference || (std::isnan(now) && std::isnan(reference))) {
    d.deviation = 0;
    return d;
  }
  const double allowed = bound.absolute + bound.relative * std::abs(reference);
  d.excess =
      std::isfinite(d.deviation) && allowed > 0 ? d.deviation / allowed : std::numeric_limits<double>::infinity();
  return d;
}

void keep_worst(Deviation found, std::size_t index, const std::string& place, Deviation& worst) {
  if (!worst.place.empty() && found.excess <= worst.excess) return;
  found.index = index;
  found.place = place;
  worst = std::move(found);
}

std::string at(std::size_t index) { return fmt::format("[{}]", index); }

void compare_arrays(const Json& now, const Json& reference, const Bound& bound, Deviation& worst) {
  for (std::size_t i = 0; i < reference.size(); ++i)
    keep_worst(deviation_of(number(now[i]), number(reference[i]), bound), i, at(i), worst);
}

Comparison compare_points(const Json& now, const Json& reference, const Bound& bound) {
  Comparison c;
  if (reference.is_array()) {
    compare_arrays(now, reference, bound, c.worst);
    return c;
  }
  if (reference.contains("step") != now.contains("step")) {
    c.broken =
        reference.contains("step") ? "is not evenly spaced any more" : "is evenly spaced, which the reference is not";
    return c;
  }
  if (reference.contains("step")) {
    const std::size_t last = count_of(reference) - 1;
    for (const std::size_t i : {std::size_t{0}, last}) {
      const auto value = [&](const Json& d) {
        return number(d.at("from")) + static_cast<double>(i) * number(d.at("step"));
      };
      keep_worst(deviation_of(value(now), value(reference), bound), i, at(i), c.worst);
    }
    return c;
  }
  const auto each = reference.at("each").get<std::size_t>(), count = count_of(reference);
  if (now.at("each") != reference.at("each")) {
    c.broken = "is kept in another form than the reference";
    return c;
  }
  if (now.value("others", 0) != reference.value("others", 0)) {
    c.broken = fmt::format("has {} numbers that are not finite, the reference {}", now.value("others", 0),
                           reference.value("others", 0));
    return c;
  }
  const Json &sample = reference.at("sample"), &size = reference.at("size");
  for (std::size_t i = 0; i < sample.size(); ++i) {
    const std::size_t first = i * each, last = std::min(count, first + each) - 1;
    keep_worst(deviation_of(number(now.at("sample").at(i)), number(sample[i]), bound), first, at(first), c.worst);
    keep_worst(deviation_of(number(now.at("size").at(i)), number(size[i]), bound), first,
               fmt::format("[{}..{}], mean size", first, last), c.worst);
  }
  return c;
}

std::optional<double> value_of(const Statistic& statistic, const Json& digest) {
  if (digest.is_array()) {
    const Values values = read(digest);
    if (values.empty()) return std::nullopt;
    if (statistic.kind == Statistic::Kind::first) return values.front();
    if (statistic.kind == Statistic::Kind::last) return values.back();
    const Values kept = finite(values);
    if (kept.empty()) return std::nullopt;
    return numerics::quantile(kept, statistic.probability);
  }
  if (digest.contains("step")) {
    const double from = number(digest.at("from")), step = number(digest.at("step")),
                 last = static_cast<double>(count_of(digest) - 1);
    if (statistic.kind == Statistic::Kind::first) return from;
    if (statistic.kind == Statistic::Kind::last) return from + last * step;
    return numerics::quantile({from, from + last * step}, statistic.probability);
  }
  if (statistic.kind == Statistic::Kind::first) return number(digest.at("sample").at(0));
  if (statistic.kind == Statistic::Kind::last) return number(digest.at("last"));
  const Values grid = read(digest.value("quantiles", Json::array()));
  if (grid.empty()) return std::nullopt;
  return numerics::quantile(grid, statistic.probability);
}

std::string name_of(const Statistic& statistic) {
  const std::string words = experiment::text(statistic);
  const std::string bound = experiment::text(statistic.bound);
  return words.substr(0, words.size() - bound.size() - 1);
}

Comparison compare_statistics(const Json& now, const Json& reference, const std::vector<Statistic>& statistics) {
  Comparison c;
  for (const Statistic& statistic : statistics) {
    const auto value = value_of(statistic, now), wanted = value_of(statistic, reference);
    if (value.has_value() != wanted.has_value()) {
      c.broken =
          fmt::format("has {} {}", value ? "a" : "no", name_of(statistic)) + (value ? ", the reference has none" : "");
      return c;
    }
    if (!value) continue;
    std::size_t index = 0;
    if (statistic.kind == Statistic::Kind::last) index = count_of(reference) - 1;
    keep_worst(deviation_of(*value, *wanted, statistic.bound), index, name_of(statistic), c.worst);
  }
  return c;
}

}  // namespace

Json digest(const Values& numbers, int digits, bool quantiles) {
  if (numbers.size() <= longest_whole) return all_rounded(numbers, digits);
  Json json{{"count", numbers.size()}};
  if (evenly_spaced(numbers, digits)) {
    json["from"] = rounded(numbers[0], digits);
    json["step"] = rounded(numbers[1] - numbers[0], digits);
    return json;
  }
  const std::size_t each = (numbers.size() + sampled - 1) / sampled;
  Values sample, sizes;
  for (std::size_t i = 0; i < numbers.size(); i += each) {
    const auto begin = numbers.begin() + static_cast<std::ptrdiff_t>(i);
    const auto end = numbers.begin() + static_cast<std::ptrdiff_t>(std::min(numbers.size(), i + each));
    sample.push_back(*begin);
    sizes.push_back(mean_size(finite(Values(begin, end))));
  }
  json["each"] = each;
  if (const auto others = numbers.size() - finite(numbers).size(); others > 0) json["others"] = others;
  json["sample"] = all_rounded(sample, digits);
  json["last"] = rounded(numbers.back(), digits);
  json["size"] = all_rounded(sizes, digits);
  if (quantiles) json["quantiles"] = quantiles_of(numbers, digits);
  return json;
}

int digits_for(const Allowed& allowed) {
  double tightest = allowed.bound.relative;
  if (!allowed.statistics.empty()) {
    tightest = 1;
    for (const Statistic& s : allowed.statistics) tightest = std::min(tightest, s.bound.relative);
  }
  if (tightest <= 0) return 15;
  return std::clamp(static_cast<int>(std::ceil(-std::log10(tightest))) + 2, 6, 15);
}

Comparison compare(const Json& now, const Json& reference, const Allowed& allowed) {
  if (count_of(now) != count_of(reference)) {
    Comparison c;
    c.broken = fmt::format("has {} numbers, the reference {}", count_of(now), count_of(reference));
    return c;
  }
  if (!allowed.statistics.empty()) return compare_statistics(now, reference, allowed.statistics);
  return compare_points(now, reference, allowed.bound);
}

}  // namespace regression
