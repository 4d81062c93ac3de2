// A picture's pixels as a PNG file in memory.
#pragma once

#include <cairo.h>

#include <string>

namespace cairo {

/// Of an image surface of CAIRO_FORMAT_RGB24.
std::string png_of(cairo_surface_t* surface);

/// The file with the size of its pixels: its pHYs chunk, right behind the header.
std::string with_resolution(const std::string& png, int dots_per_inch);

}  // namespace cairo
