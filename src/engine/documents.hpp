// The report itself in its formats: each made anew only when something that it shows has changed.
#pragma once

#include "engine/build_context.hpp"
#include "engine/runs/drawings.hpp"
#include "engine/sources/verdicts.hpp"

namespace engine {

/// The page's form of a figure; one that the store has lost is drawn again, from a result that may have to be run.
/// Throws publish::Error.
InlineDrawing inline_drawing(const FigureBuild& made, BuildContext& context);

/// What the documents are made from, apart from the format: its key. Results stand in it by their keys, so that no
/// result need be read to see that nothing changed.
std::string documents_key(const std::vector<FigureBuild>& figures, BuildContext& context);

/// True when a format's entry in the manifest and the file on disk are of this key.
bool is_current(const Json& entry, const std::string& format, const std::string& key, BuildContext& context);

/// Writes the report in these formats, several at once where more than one job may be at work, and puts the entry of
/// each that is written into `entries`. Throws, after the others are written, what publish() throws.
void write_documents(const std::vector<std::string>& formats, const std::vector<FigureBuild>& figures,
                     const Judgement& judgement, const std::string& key, BuildContext& context, Json& entries);

}  // namespace engine
