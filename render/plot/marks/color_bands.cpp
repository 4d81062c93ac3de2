// Values shown by colours: bands of one shade each between levels.
// See color_bands.hpp.
#include "plot/marks/color_bands.hpp"

#include <algorithm>
#include <cmath>

#include "plot/geometry/extent.hpp"
#include "plot/geometry/tick.hpp"

namespace plot {

namespace {

std::vector<double> chosen_edges(const ColorValues& values, const Extent& seen) {
  const double origin = values.ramp == Ramp::diverging ? values.centre : 0;
  // A diverging ramp has so many tones for its longer side, a sequential one for all.
  const double span = values.ramp == Ramp::diverging
                          ? std::max(std::abs(seen.low - origin), std::abs(seen.high - origin))
                          : seen.high - seen.low;
  const int most = values.ramp == Ramp::diverging ? tones(values.ramp) / 2 : tones(values.ramp) - 1;
  const double step = round_step(span, most);
  if (!(step > 0)) return {origin - 0.5, origin + 0.5};
  const double first = std::floor((seen.low - origin) / step + 1e-9);
  const double last = std::max(first + 1, std::ceil((seen.high - origin) / step - 1e-9));
  std::vector<double> edges;
  for (double k = first; k <= last; ++k) edges.push_back(origin + k * step);
  return edges;
}

/// The k-th of `bands` bands, spread evenly over `tones` tones.
int spread_tone(std::size_t k, std::size_t bands, int tones) {
  const double t = (static_cast<double>(k) + 0.5) / static_cast<double>(bands);
  return std::clamp(static_cast<int>(t * tones), 0, tones - 1);
}

std::vector<Shade> chosen_shades(const ColorValues& values, const std::vector<double>& edges) {
  const std::size_t bands = edges.size() - 1;
  const auto middle = [&](std::size_t k) { return edges[k] / 2 + edges[k + 1] / 2; };
  std::size_t below = 0;
  while (below < bands && middle(below) < values.centre) ++below;
  const std::size_t longer = std::max(below, bands - below);
  std::vector<Shade> shades;
  for (std::size_t k = 0; k < bands; ++k) {
    int tone = spread_tone(k, bands, tones(values.ramp));
    if (values.ramp == Ramp::diverging) {
      const int half = tones(values.ramp) / 2;
      tone =
          k < below ? half - 1 - spread_tone(below - 1 - k, longer, half) : half + spread_tone(k - below, longer, half);
    }
    shades.push_back({values.ramp, tone});
  }
  return shades;
}

}  // namespace

Shade ColorBands::shade_of(double value) const {
  const auto next = std::upper_bound(edges.begin(), edges.end(), value);
  const auto band = std::max<std::ptrdiff_t>(0, next - edges.begin() - 1);
  return shades[std::min(shades.size() - 1, static_cast<std::size_t>(band))];
}

ColorBands color_bands(const ColorValues& values) {
  const Extent seen = finite_extent(values.values);
  if (seen.empty()) return {};
  ColorBands bands;
  bands.edges = values.levels.size() > 1 ? values.levels : chosen_edges(values, seen);
  bands.shades = chosen_shades(values, bands.edges);
  for (const double value : values.values) {
    bands.below |= value < bands.edges.front();
    bands.above |= value > bands.edges.back();
  }
  return bands;
}

}  // namespace plot
