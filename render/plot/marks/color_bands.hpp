// Values shown by colours: bands of one shade each between levels.
#pragma once

#include <string>
#include <vector>

#include "plot/scene.hpp"

namespace plot {

/// What a mark shows by colours. It refers to the mark.
struct ColorValues {
  Ramp ramp;
  double centre;                      // where a diverging ramp changes its colour
  const std::vector<double>& levels;  // edges of the bands, ascending; empty: chosen
  const std::string& label;
  const std::vector<double>& values;
};

/// Bands from low to high: one shade between each two neighbouring edges.
struct ColorBands {
  std::vector<double> edges;
  std::vector<Shade> shades;
  bool below = false, above = false;  // whether there are values beyond the first or last edge

  bool empty() const { return shades.empty(); }
  /// Of the band that a value lies in, or of the nearest one.
  Shade shade_of(double value) const;
};

/// Edges as given, or round numbers around the values; a diverging ramp's are the same distance apart on both sides of
/// the centre, and so are its shades. None where no value is finite.
ColorBands color_bands(const ColorValues& values);

}  // namespace plot
