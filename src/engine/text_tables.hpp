// The tables of the text as the document shows them.
#pragma once

#include <vector>

#include "engine/build_context.hpp"
#include "engine/sources/verdicts.hpp"

namespace engine {

/// Puts every table into the judgement: that of a file as it was bound, that of a figure made of its run, which is read
/// from the store or run again where it must be. What only the run tells to be wrong is among the judgement's errors.
void add_tables(std::vector<FigureBuild>& figures, BuildContext& context, Judgement& judgement);

}  // namespace engine
