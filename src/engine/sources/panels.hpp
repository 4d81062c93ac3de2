// References to panels of computed figures, @fig:bowl.b: whether the figures have them.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/sources/request.hpp"
#include "manuscript/chapter.hpp"

namespace engine {

/// How many panels a figure's drawing will have, where its experiment knows that before it is run.
std::optional<std::size_t> panels_before_run(const Request& request);

/// A diagnostic for each reference to a panel that its figure does not have. `panels` gives how many a figure has, by
/// its ID; it is asked once for each figure, and gives nothing for those of which nothing is to be said.
std::vector<manuscript::Diagnostic> wrong_panels(
    const std::vector<manuscript::Chapter>& chapters,
    const std::function<std::optional<std::size_t>(const std::string& figure)>& panels);

}  // namespace engine
