// How a table is drawn.
#pragma once

#include "plot/figure.hpp"
#include "tables/prepared.hpp"

namespace tables {

/// The figure, in the marks that were asked for or, without any, in those that suit the columns: boxes of several
/// values for a category, bars of one, points joined by a line where each x has one value, else points.
plot::Figure figure_of(const Prepared& prepared, const TableRequest& request);

}  // namespace tables
