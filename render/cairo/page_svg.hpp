// A scene as an SVG element that stands inside a page, beside others, in light and in dark.
#pragma once

#include <string>

#include "plot/scene.hpp"

namespace cairo {

/// Writes the element. Text stays text, in the page's own copies of the house's faces; colours are the inks' variables;
/// what shows a series stands in a group with its name. Coordinates are hundredths of a point, in long curves tenths.
std::string write_page_svg(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                           const std::string& description);

}  // namespace cairo
