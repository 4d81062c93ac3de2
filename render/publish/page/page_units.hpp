// The page in units: Pandoc reads and writes those sections whose text changed, and they are put among the others, as
// it wrote these before. Where another unit, or what stands once in a page, depends on what changed, the page is made
// as a whole. Either way it has the same bytes.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "publish/workbench.hpp"

namespace publish {

/// A change of Pandoc's HTML that is the same of each unit as of the whole page.
using Finish = std::string (*)(std::string);

/// Pandoc's page for the options given, finished. `table` is the filter's; what a whole page consists of is kept in the
/// bench's folder. Throws what Workbench::pandoc throws.
std::string page_in_units(const Workbench& bench, const nlohmann::json& table, const std::vector<std::string>& options,
                          Finish finish, std::vector<std::string>& warnings);

}  // namespace publish
