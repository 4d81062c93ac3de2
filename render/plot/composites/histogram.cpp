// See histogram.hpp.
#include "plot/composites/histogram.hpp"

#include <algorithm>
#include <cmath>

#include "plot/composites/quantile.hpp"

namespace plot {

namespace {

constexpr double most_bins = 60;

std::vector<double> finite(const std::vector<double>& sample) {
  std::vector<double> values = ascending(sample);
  std::erase_if(values, [](double value) { return std::isinf(value); });
  return values;
}

/// Of 1, 2 and 5 times a power of ten the nearest by its ratio.
double nearest_round(double width) {
  const double power = std::pow(10, std::floor(std::log10(width)));
  double best = power;
  for (const double round : {2 * power, 5 * power, 10 * power})
    if (std::abs(std::log(width / round)) < std::abs(std::log(width / best))) best = round;
  return best;
}

double chosen_width(const std::vector<double>& values) {
  const double n = static_cast<double>(values.size()), range = values.back() - values.front();
  const double quartiles = quantile(values, 0.75) - quantile(values, 0.25);
  const double wanted = quartiles > 0 ? 2 * quartiles / std::cbrt(n) : range / (std::ceil(std::log2(n)) + 1);
  return nearest_round(std::max(wanted, range / most_bins));
}

bool are_whole(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value == std::round(value); });
}

}  // namespace

std::vector<double> bin_edges(const std::vector<double>& sample) {
  const std::vector<double> values = finite(sample);
  if (values.empty()) return {};
  const double low = values.front(), high = values.back();
  const bool whole = are_whole(values);
  if (low == high) return {low - 0.5, low + 0.5};
  const double width = whole ? std::max(1.0, chosen_width(values)) : chosen_width(values);
  const double first = std::floor(low / width), last = std::floor(high / width);
  const double shift = whole ? -0.5 : 0;
  std::vector<double> edges;
  for (double k = first; k <= last + 1; ++k) edges.push_back(k * width + shift);
  // The greatest value needs no bin of its own where it stands on an edge.
  if (!whole && edges.size() > 2 && edges[edges.size() - 2] == high) edges.pop_back();
  return edges;
}

std::vector<double> bin_edges(const std::vector<double>& sample, std::size_t bins) {
  const std::vector<double> values = finite(sample);
  if (values.empty() || bins == 0) return {};
  double low = values.front(), high = values.back();
  if (low == high) low -= 0.5, high += 0.5;
  std::vector<double> edges;
  for (std::size_t k = 0; k <= bins; ++k)
    edges.push_back(std::lerp(low, high, static_cast<double>(k) / static_cast<double>(bins)));
  return edges;
}

Bars histogram(const std::vector<double>& sample, const std::vector<double>& edges, BinHeight height) {
  Bars bars;
  if (edges.size() < 2) return bars;
  std::vector<double> counts(edges.size() - 1, 0);
  double all = 0;
  for (const double value : sample) {
    if (!(value >= edges.front() && value <= edges.back())) continue;
    const auto above = std::upper_bound(edges.begin(), edges.end(), value);
    const auto bin = static_cast<std::size_t>(above - edges.begin()) - 1;
    ++counts[std::min(bin, counts.size() - 1)];
    ++all;
  }
  for (std::size_t k = 0; k < counts.size(); ++k) {
    const double width = edges[k + 1] - edges[k];
    bars.x.push_back(edges[k] / 2 + edges[k + 1] / 2);
    bars.y.push_back(height == BinHeight::count || all == 0 ? counts[k] : counts[k] / (all * width));
    bars.sides.lower.push_back(edges[k]);
    bars.sides.upper.push_back(edges[k + 1]);
  }
  return bars;
}

}  // namespace plot
