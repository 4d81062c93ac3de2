// The figure of an experiment that has no drawing of its own.
#pragma once

#include "experiment/output_info.hpp"
#include "experiment/result.hpp"
#include "plot/figure.hpp"

namespace experiment {

/// A panel for each of the result's, with its axes: what was measured as labelled curves in the report's colours,
/// theory dashed over it, references dashed and muted.
plot::Figure default_figure(const Result& result);

/// How many panels it has, by what is declared.
std::size_t panels_of(const std::vector<OutputInfo>& outputs);

}  // namespace experiment
