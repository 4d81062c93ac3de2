// The inks as colours: the house's, or those that a document gives instead.
#pragma once

#include <array>
#include <string_view>

#include "plot/scene.hpp"

namespace cairo {

/// How inks become colours.
enum class Theme { light, dark };

struct Rgb {
  int red = 0, green = 0, blue = 0;  // 0..255
  bool operator==(const Rgb&) const = default;
};

struct InkColor {
  plot::Ink ink;
  std::string_view name;  // of its CSS variables: --ink-blue, --text-blue
  Rgb line, text;
};

/// Every ink, on white and on dark paper.
struct Inks {
  std::array<InkColor, 12> light, dark;

  const std::array<InkColor, 12>& of(Theme theme) const { return theme == Theme::light ? light : dark; }
};

/// The house's own.
const Inks& house_inks();

}  // namespace cairo
