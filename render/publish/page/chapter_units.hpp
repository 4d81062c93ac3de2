// The page by chapters: Pandoc reads and writes those whose text changed, and they are put among the others, as it
// wrote these before. Where another chapter, or what stands once in a page, depends on what changed, the page is made
// as a whole. Either way it has the same bytes.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "publish/workbench.hpp"

namespace publish {

/// Pandoc's page for the options given. `table` is the filter's; what a whole page consists of is kept in the bench's
/// folder. Throws what Workbench::pandoc throws.
std::string page_by_chapters(const Workbench& bench, const nlohmann::json& table,
                             const std::vector<std::string>& options, std::vector<std::string>& warnings);

}  // namespace publish
