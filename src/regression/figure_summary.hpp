// The second layer: what a drawing says. Words, axes, ticks, which series is drawn how, and in which order are compared
// exactly; places, which are fractions of their panel, to a fifth of a per cent.
#pragma once

#include <vector>

#include "plot/summary.hpp"
#include "regression/difference.hpp"

namespace regression {

/// A drawing's summary as a reference keeps it. Inks bear their tones on light and on dark paper.
Json scene_json(const plot::Summary& summary);

/// Every difference with its cause, panel by panel. Throws std::exception when the reference is not in that form.
std::vector<Difference> compare_scene(const Json& now, const Json& reference);

}  // namespace regression
