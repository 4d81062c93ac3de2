// The files of a figure in output/: pictures, and what is drawn as CSV and JSON.
#pragma once

#include "engine/build_context.hpp"

namespace engine {

/// A figure identified: key, drawing, and whether the last build's files still are what it asks for. `before` is its
/// entry in the manifest of that build; none when it was not there.
FigureBuild identify(const Request& request, BuildContext& context, const Json* before);

/// The names of the files that a figure has in the output folder.
std::vector<std::string> file_names(const Request& request);

/// Draws the figure of an outcome with a result and writes its files; gives its entry in the manifest.
void write_figure(FigureBuild& made, BuildContext& context);

/// Experiment, parameters, data set and seed, as pages and appendices show them.
std::vector<std::pair<std::string, std::string>> facts(const FigureBuild& made, const text::Words& words);

/// "figures/bowl@300dpi.png": no figure's own files are called so.
std::string name_of_resolution(const Request& request, int dots_per_inch);

/// Writes that picture and gives its path. Throws CodeFailure, FileError.
std::filesystem::path write_resolution(const FigureBuild& made, int dots_per_inch, BuildContext& context);

}  // namespace engine
