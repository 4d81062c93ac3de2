// PNG through Cairo's own reader and writer.
// See picture.hpp.
#include "cairo/picture.hpp"

#include <cairo.h>

#include <cstdint>
#include <cstring>
#include <memory>
#include <stdexcept>

#include "cairo/png.hpp"
#include "cairo/surface.hpp"

namespace cairo {
namespace {

void check(const Surface& surface) {
  const auto status = cairo_surface_status(surface.get());
  if (status != CAIRO_STATUS_SUCCESS) throw std::runtime_error(cairo_status_to_string(status));
}

cairo_status_t read_some(void* closure, unsigned char* data, unsigned int length) {
  auto& left = *static_cast<std::string_view*>(closure);
  if (left.size() < length) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(data, left.data(), length);
  left.remove_prefix(length);
  return CAIRO_STATUS_SUCCESS;
}

/// The surface painted over white, so that every pixel is opaque.
Surface on_white(const Surface& read, int width, int height) {
  Surface opaque(cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height));
  check(opaque);
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(opaque.get()), &cairo_destroy);
  cairo_set_source_rgb(cr.get(), 1, 1, 1);
  cairo_paint(cr.get());
  cairo_set_source_surface(cr.get(), read.get(), 0, 0);
  cairo_paint(cr.get());
  return opaque;
}

}  // namespace

Picture picture_of(std::string_view png) {
  const Surface read(cairo_image_surface_create_from_png_stream(read_some, &png));
  check(read);
  const int width = cairo_image_surface_get_width(read.get()), height = cairo_image_surface_get_height(read.get());
  const Surface opaque = on_white(read, width, height);
  cairo_surface_flush(opaque.get());
  Picture picture{static_cast<std::size_t>(width), static_cast<std::size_t>(height), {}};
  picture.pixels.reserve(picture.width * picture.height);
  const unsigned char* bytes = cairo_image_surface_get_data(opaque.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(opaque.get()));
  for (std::size_t y = 0; y < picture.height; ++y)
    for (std::size_t x = 0; x < picture.width; ++x) {
      std::uint32_t pixel = 0;
      std::memcpy(&pixel, bytes + y * stride + x * sizeof pixel, sizeof pixel);
      picture.pixels.push_back(
          {static_cast<int>(pixel >> 16 & 255), static_cast<int>(pixel >> 8 & 255), static_cast<int>(pixel & 255)});
    }
  return picture;
}

std::string to_png(const Picture& picture) {
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(picture.width),
                                                   static_cast<int>(picture.height)));
  check(surface);
  unsigned char* bytes = cairo_image_surface_get_data(surface.get());
  const auto stride = static_cast<std::size_t>(cairo_image_surface_get_stride(surface.get()));
  for (std::size_t y = 0; y < picture.height; ++y)
    for (std::size_t x = 0; x < picture.width; ++x) {
      const Rgb& color = picture.at(x, y);
      const auto pixel = static_cast<std::uint32_t>(color.red << 16 | color.green << 8 | color.blue);
      std::memcpy(bytes + y * stride + x * sizeof pixel, &pixel, sizeof pixel);
    }
  cairo_surface_mark_dirty(surface.get());
  return png_of(surface.get());
}

}  // namespace cairo
