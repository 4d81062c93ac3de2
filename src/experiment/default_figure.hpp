// The figure of an experiment that has no drawing of its own.
#pragma once

#include "experiment/result.hpp"
#include "plot/figure.hpp"

namespace experiment {

/// A panel for each of the result's, with its axes: what was measured as labelled curves in the report's colours,
/// theory dashed over it, references dashed and muted.
plot::Figure default_figure(const Result& result);

}  // namespace experiment
