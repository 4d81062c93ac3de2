// Points told apart by what they are.
#pragma once

#include <string>
#include <vector>

#include "plot/figure.hpp"

namespace plot {

/// A mark of its own for the points of each category, in the order in which the categories appear: with the category's
/// name as its series and label, and with an ink and a marker of its own, so that it can be told from the others in
/// grey. `categories` has the name of each point; sizes and colours go with their points.
std::vector<Mark> by_category(const Points& points, const std::vector<std::string>& categories);

}  // namespace plot
