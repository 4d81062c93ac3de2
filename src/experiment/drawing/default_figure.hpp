// The figure of an experiment that has no drawing of its own.
#pragma once

#include "experiment/any_experiment.hpp"
#include "experiment/drawing/drawing_request.hpp"
#include "experiment/result.hpp"
#include "plot/figure.hpp"

namespace experiment {

/// What a directive may say of this experiment's drawing beside its parameters, none of which it hides: `mark`,
/// `stacked`, `bins` and `axes`, where it has no drawing of its own.
std::vector<ParameterInfo> looks_of(const Experiment& experiment);

/// A panel for each of the result's, with its axes: what was measured as labelled curves in the report's colours,
/// theory dashed over it, references dashed and muted; or as the request asks for it.
plot::Figure default_figure(const Result& result, const DrawingRequest& request = {});

/// The experiment's own drawing, or that. `looks` are effective, as looks_of declares them.
plot::Figure figure_of(const Experiment& experiment, const Json& effective, const Json& looks, const Result& result);

}  // namespace experiment
