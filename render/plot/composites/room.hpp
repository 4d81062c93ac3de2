// Where there is room for words.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "plot/figure.hpp"

namespace plot {

/// The roomiest place for a name, which is wider than high, among samples of a plane that is cut into regions: the
/// sample of a wanted region that is farthest from the frame and from the other regions, as fractions of the panel.
/// Nothing where no such region is to be seen. `regions` holds that of each sample of the grid.
std::optional<PaperPoint> roomiest(const Grid& grid, const std::vector<int>& regions,
                                   const std::function<bool(int)>& wanted);

}  // namespace plot
