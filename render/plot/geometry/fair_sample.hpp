// A fair sample of more points than paper can show: dense places stay dense, thin ones thin, and the outermost points
// stay.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/geometry/box.hpp"

namespace plot {

/// Which points stay when only about so many may: of every patch of paper the same share, and those farthest out in
/// each direction. The same points give the same sample, and a smaller sample is part of a larger one.
std::vector<bool> fair_sample(const Polyline& points, const Box& box, std::size_t most);

}  // namespace plot
