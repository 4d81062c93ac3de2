// Live figures that the page does not run: frames along a slider, run and drawn where the report is made. Whatever has
// a run can have them: networks that train for minutes, a document's own code, programs in any language.
#pragma once

#include <string>
#include <vector>

#include "engine/build_context.hpp"
#include "manuscript/diagnostic.hpp"

namespace engine {

/// What the page's script shows at each place of the slider, in the order of the control's frames, as JSON: lists of
/// `drawings` (the page's SVG elements), `readings` (reading_json.hpp) and `claims` (verdicts as livefigure/answer.hpp
/// gives them), with null at the report's own value, whose drawing the page has. Like stands beside like: so they
/// compress to half. Their axes are those of the report's drawing. Empty where the figure has no frames. What is not in
/// the store is run. Throws std::runtime_error where one has failed, which `faults_of_frames` has told.
std::string frames_of(const FigureBuild& made, BuildContext& context);

/// Runs the frames of all figures that have some, side by side. Those that have failed are errors at their directives.
std::vector<manuscript::Diagnostic> faults_of_frames(const std::vector<FigureBuild>& figures, BuildContext& context);

}  // namespace engine
