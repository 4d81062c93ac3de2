// The words of a document's language, from the theme.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "text/words.hpp"

namespace publish {

/// The languages that the theme has words of, "de", in order; regions are not among them.
std::vector<std::string> languages(const std::filesystem::path& theme);

/// Whether the theme has words of a tag's language.
bool has_words(const std::filesystem::path& theme, const std::string& tag);

/// English where the theme has no words of this language; what a region (BCP 47: "pt-BR") says otherwise counts. An
/// empty tag is English. Throws FileError.
text::Words words_of(const std::filesystem::path& theme, const std::string& tag);

/// The language among the fields of the metadata (engine/sources/metadata.hpp); empty when they give none.
std::string language_of(const nlohmann::ordered_json& metadata);

}  // namespace publish
