// The page of the last build, in the parts that Pandoc's next one may have to make anew, as a compiler keeps objects.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "publish/page/page_parts.hpp"

namespace publish {

/// What is known of a unit of the kept page.
struct KeptUnit {
  std::string text;
  std::vector<std::string> names;   // that other units could refer to
  std::vector<std::string> labels;  // those of links and notes among them
};

struct KeptPage {
  std::string key;             // of all that the page depends on but the units' texts and places in them
  bool is_in_sections = true;  // else its units are chapters
  std::vector<KeptUnit> units;
  PageParts parts;
  std::vector<std::string> said;  // Pandoc's warnings of the whole text
};

void keep_page(const std::filesystem::path& file, const KeptPage& page);

/// None where there is none, or it is damaged.
std::optional<KeptPage> kept_page(const std::filesystem::path& file);

}  // namespace publish
