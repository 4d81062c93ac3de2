// The text before its figures' numbers.
#pragma once

#include <vector>

#include "engine/build_context.hpp"
#include "engine/sources/verdicts.hpp"

namespace engine {

/// Judges every value and claim. Verdicts are kept with the results that they rest on: of a figure whose statements
/// were judged before, wherever they now stand, no result is read. One that is needed and lost is run again.
Judgement judge_text(std::vector<FigureBuild>& figures, BuildContext& context);

}  // namespace engine
