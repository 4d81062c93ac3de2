// The place of a figure whose experiment is code of the document's that this build must not run.
#pragma once

#include "engine/build_context.hpp"
#include "publish/publication.hpp"

namespace engine {

/// A frame with words in it, as large as a figure; its files for print stand below the scratch folder, since nothing in
/// output/ is to be taken for the figure. Throws sys::FileError.
publish::DocumentFigure withheld_figure(const Request& request, const BuildContext& context);

}  // namespace engine
