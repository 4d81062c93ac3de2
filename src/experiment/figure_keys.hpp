// Keys of every figure's directive, which no parameter can have for its name.
#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace experiment {

/// `width` is not among them: a name is the figure's, a number that of networks.
inline constexpr std::array<std::string_view, 8> figure_keys{"experiment", "caption", "short-caption", "alt",
                                                             "title",      "height",  "seed",          "live"};

inline bool is_figure_key(std::string_view name) {
  return std::find(figure_keys.begin(), figure_keys.end(), name) != figure_keys.end();
}

}  // namespace experiment
