// Pictures as pixels, read from PNG and written to it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cairo/palette.hpp"

namespace cairo {

/// Opaque pixels, row by row from the top left.
struct Picture {
  std::size_t width = 0, height = 0;
  std::vector<Rgb> pixels;

  Rgb& at(std::size_t x, std::size_t y) { return pixels[y * width + x]; }
  const Rgb& at(std::size_t x, std::size_t y) const { return pixels[y * width + x]; }
};

/// Transparent parts are seen on white. Throws std::runtime_error for what is no PNG.
Picture picture_of(std::string_view png);

std::string to_png(const Picture& picture);

}  // namespace cairo
