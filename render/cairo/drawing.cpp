// Surfaces that write into memory: PDF, SVG, PNG.
#include "cairo/drawing.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fmt/format.h>

#include <cmath>
#include <memory>
#include <stdexcept>

#include "cairo/paint.hpp"
#include "cairo/palette.hpp"
#include "cairo/svg.hpp"

namespace drawing {
namespace {

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

struct DestroySurface {
  void operator()(cairo_surface_t* s) const { cairo_surface_destroy(s); }
};
using Surface = std::unique_ptr<cairo_surface_t, DestroySurface>;

void paint_on(cairo_surface_t* surface, const plot::Scene& scene, Theme theme, double scale, bool paper) {
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(surface), cairo_destroy);
  cairo_scale(cr.get(), scale, scale);
  if (paper) {
    const Rgb c = line_color(plot::Ink::background, theme);
    cairo_set_source_rgb(cr.get(), c.red / 255.0, c.green / 255.0, c.blue / 255.0);
    cairo_paint(cr.get());
  }
  paint(cr.get(), scene, theme);
}

void finish(cairo_surface_t* surface) {
  cairo_surface_finish(surface);
  if (const auto status = cairo_surface_status(surface); status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("Cairo: ") + cairo_status_to_string(status));
}

}  // namespace

std::string to_pdf(const plot::Scene& scene, const Description& description, Theme theme) {
  std::string bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, scene.width, scene.height));
  // Without a date Cairo writes the clock's, and ignores SOURCE_DATE_EPOCH.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, description.date.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, description.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "literate-report");
  paint_on(surface.get(), scene, theme, 1, false);
  finish(surface.get());
  return bytes;
}

std::string to_svg(const plot::Scene& scene, const std::string& id_prefix, Theme theme) {
  std::string bytes;
  const Surface surface(cairo_svg_surface_create_for_stream(append, &bytes, scene.width, scene.height));
  cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PT);
  paint_on(surface.get(), scene, theme, 1, false);
  finish(surface.get());
  return with_prefixed_ids(bytes, id_prefix);
}

std::string to_inline_svg(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                          const std::string& description) {
  return for_page(to_svg(scene, id_prefix, Theme::light), id_prefix, title, description);
}

std::string to_png(const plot::Scene& scene, double scale, Theme theme) {
  const double pixels_per_point = scale * 96 / 72;
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(std::ceil(scene.width * pixels_per_point)),
                                                   static_cast<int>(std::ceil(scene.height * pixels_per_point))));
  paint_on(surface.get(), scene, theme, pixels_per_point, true);
  std::string bytes;
  if (const auto status = cairo_surface_write_to_png_stream(surface.get(), append, &bytes); status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("Cairo: ") + cairo_status_to_string(status));
  return bytes;
}

}  // namespace drawing
