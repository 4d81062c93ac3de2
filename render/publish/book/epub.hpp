// What Pandoc's EPUB needs to be valid, and to be called by its name.
#pragma once

#include <map>
#include <string>

#include "publish/publication.hpp"
#include "text/words.hpp"

namespace publish {

/// What Pandoc is given for a cover before there is one, and its name, by which mended_epub finds it.
std::string cover_name(const Cover& cover);
std::string blank_cover();

/// The book mended: contents and titles in letters where a heading holds formulas (formula.lua says which), titles of
/// its files, no roles that ARIA has given up, addresses with nothing that addresses cannot hold, its landmarks in
/// these words, files called by what they hold (file_names.hpp), and the publication's cover in place of the blank one:
/// `pictures` are names by contents.
std::string mended_epub(const std::string& epub, const Publication& publication, const text::Words& words,
                        std::map<std::string, std::string> pictures);

/// HTML without the roles of single notes and sources that WAI-ARIA has given up since Pandoc began to write them.
std::string without_old_roles(std::string page);

/// HTML in whose links characters stand by their numbers that addresses cannot hold, as "<" in a DOI.
std::string with_sound_addresses(const std::string& page);

}  // namespace publish
