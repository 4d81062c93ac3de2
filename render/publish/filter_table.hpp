// What the theme's filter learns of a document: a table that it reads as Lua.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>

#include "publish/publication.hpp"
#include "text/words.hpp"

namespace publish {

/// What stands in the table for a figure's picture, for what can be read off it, or for what makes it live.
using FigurePart = std::function<std::string(const DocumentFigure&)>;
inline std::string no_part(const DocumentFigure&) { return ""; }

/// All but what depends on where a format is made: its folder, and the names of files there.
nlohmann::json filter_table(const Publication& publication, const text::Words& words, const std::string& format,
                            const FigurePart& picture, const FigurePart& reading, const FigurePart& live);

}  // namespace publish
