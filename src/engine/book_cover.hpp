// The cover of a book whose author gives none: its title and who wrote it, in the house's letters.
#pragma once

#include <string>

#include "cairo/inks.hpp"
#include "manuscript/yaml/yaml.hpp"
#include "publish/publication.hpp"

namespace engine {

/// Whether the house's typefaces have every letter of these metadata's title, subtitle and authors: what is drawn with
/// others would depend on the machine, so that such a book has no cover.
bool can_have_cover(const manuscript::Json& fields);

/// The cover as PNG, 1,600 pixels wide and 2,400 high, as shops and readers' shelves take them.
std::string book_cover(const publish::CoverWords& words, const cairo::Inks& inks);

}  // namespace engine
