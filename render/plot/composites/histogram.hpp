// Histograms: how a sample spreads, as bars over bins.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/marks/bars.hpp"

namespace plot {

/// Edges of bins of one width that hold the finite values of a sample: the width of Freedman and Diaconis (Zeitschrift
/// für Wahrscheinlichkeitstheorie 57 (1981) 453), twice the distance of the quartiles over the cube root of the
/// sample's size, rounded to 1, 2 or 5 times a power of ten, but not less than a sixtieth of the sample's range. Where
/// the quartiles are one, Sturges' number of bins (1926) stands in. Bins of whole numbers go from half to half. None
/// for a sample without finite values.
std::vector<double> bin_edges(const std::vector<double>& sample);

/// Edges of so many bins of one width from the least to the greatest finite value.
std::vector<double> bin_edges(const std::vector<double>& sample, std::size_t bins);

/// What a bar says of the values in its bin: how many they are, or which share of all counted values over the bin's
/// width. Bins of different widths can only be compared by density.
enum class BinHeight { count, density };

/// Bars over the bins between ascending edges. A value on an edge belongs to the bin on its right, on the last edge to
/// the last bin; values beyond the edges are not counted. Series, label and looks are the caller's.
Bars histogram(const std::vector<double>& sample, const std::vector<double>& edges,
               BinHeight height = BinHeight::count);

}  // namespace plot
