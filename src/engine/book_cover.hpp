// The cover of a book: its author's, or its title and who wrote it in the house's letters.
#pragma once

#include <optional>

#include "engine/build_context.hpp"
#include "publish/publication.hpp"

namespace engine {

/// The cover that the document gives, as PNG or JPEG, else one of ours, 1,600 pixels wide and 2,400 high. None where
/// the house's typefaces lack a letter of title, subtitle or authors: what is drawn with others would depend on the
/// machine. Throws publish::BadImage, publish::MissingTool, sys::FileError.
std::optional<publish::Cover> book_cover(const BuildContext& context);

}  // namespace engine
