// What a drawing leaves to the next one (plot/layout/kept_layout.hpp), as it goes to the page's script and comes back.
#pragma once

#include "experiment/json.hpp"
#include "plot/layout/kept_layout.hpp"

namespace livefigure {

/// {"settled": ..., "panels": [{"room": [left, right, above, legend], "strips": [not finite, zero, negative],
/// "labels": [[kind, ordinal, part, ground, x, y], ...]}, ...]}
experiment::Json to_json(const plot::KeptLayout& kept);

/// From what `to_json` gave; what is of another form keeps nothing.
plot::KeptLayout kept_from(const experiment::Json& json);

}  // namespace livefigure
