// Surfaces that write into memory: PDF, SVG, PNG.
#include "cairo/drawing.hpp"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <regex>
#include <stdexcept>

#include "cairo/page_svg.hpp"
#include "cairo/paint.hpp"
#include "cairo/palette.hpp"
#include "cairo/png.hpp"
#include "cairo/surface.hpp"
#include "cairo/svg.hpp"

namespace cairo {
namespace {

cairo_status_t append(void* bytes, const unsigned char* data, unsigned int length) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), length);
  return CAIRO_STATUS_SUCCESS;
}

/// Cairo would take a page of no size, or draw the clock's time for a date that it cannot read.
void check(const plot::Scene& scene) {
  const auto is_length = [](double points) { return points > 0 && points < 14400; };  // PDF's largest page
  if (!is_length(scene.width) || !is_length(scene.height))
    throw std::invalid_argument(fmt::format("no paper measures {} by {} points", scene.width, scene.height));
}

void check(const Description& description) {
  static const std::regex date(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)");
  if (!std::regex_match(description.date, date))
    throw std::invalid_argument(fmt::format("'{}' is not a date such as 2026-11-23T00:00:00Z", description.date));
}

/// Pixels that cover a length; what is whole but for rounding stays whole.
int pixels(double length) { return static_cast<int>(std::ceil(length - 1e-6)); }

void paint_on(cairo_surface_t* surface, const plot::Scene& scene, Theme theme, const Inks& inks, double scale,
              bool paper) {
  const std::unique_ptr<cairo_t, decltype(&cairo_destroy)> cr(cairo_create(surface), cairo_destroy);
  cairo_scale(cr.get(), scale, scale);
  if (paper) {
    const Rgb c = line_color(plot::Ink::background, theme, inks);
    cairo_set_source_rgb(cr.get(), c.red / 255.0, c.green / 255.0, c.blue / 255.0);
    cairo_paint(cr.get());
  }
  paint(cr.get(), scene, theme, inks);
}

void finish(cairo_surface_t* surface) {
  cairo_surface_finish(surface);
  if (const auto status = cairo_surface_status(surface); status != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("Cairo: ") + cairo_status_to_string(status));
}

}  // namespace

std::string to_pdf(const plot::Scene& scene, const Description& description, Theme theme, const Inks& inks) {
  check(scene);
  check(description);
  std::string bytes;
  const Surface surface(cairo_pdf_surface_create_for_stream(append, &bytes, scene.width, scene.height));
  // Without a date Cairo writes the clock's, and ignores SOURCE_DATE_EPOCH.
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, description.date.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, description.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "literate-report");
  paint_on(surface.get(), scene, theme, inks, 1, false);
  finish(surface.get());
  return bytes;
}

std::string to_svg(const plot::Scene& scene, const std::string& id_prefix, Theme theme, const Inks& inks) {
  check(scene);
  std::string bytes;
  const Surface surface(cairo_svg_surface_create_for_stream(append, &bytes, scene.width, scene.height));
  cairo_svg_surface_set_document_unit(surface.get(), CAIRO_SVG_UNIT_PT);
  paint_on(surface.get(), scene, theme, inks, 1, false);
  finish(surface.get());
  return with_prefixed_ids(bytes, id_prefix);
}

std::string to_described_svg(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                             const std::string& description, const Inks& inks) {
  return with_words(to_svg(scene, id_prefix, Theme::light, inks), title, description);
}

std::string to_svg_for_screens(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                               const std::string& description, const Inks& inks) {
  const auto paper = [&](Theme theme) {
    const Rgb color = line_color(plot::Ink::background, theme, inks);
    return fmt::format("#{:02x}{:02x}{:02x}", color.red, color.green, color.blue);
  };
  const std::string both =
      in_both_themes(to_svg(scene, id_prefix, Theme::light, inks), to_svg(scene, id_prefix, Theme::dark, inks),
                     paper(Theme::light), paper(Theme::dark));
  return with_words(both, title, description);
}

std::string to_inline_svg(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                          const std::string& description) {
  check(scene);
  return write_page_svg(scene, id_prefix, title, description);
}

std::string to_png(const plot::Scene& scene, double scale, Theme theme, const Inks& inks) {
  check(scene);
  const double pixels_per_point = scale * 96 / 72;
  if (!(scale > 0 && std::max(scene.width, scene.height) * pixels_per_point < 32768))
    throw std::invalid_argument(fmt::format("no picture has {} pixels for each CSS pixel", scale));
  const Surface surface(cairo_image_surface_create(CAIRO_FORMAT_RGB24, pixels(scene.width * pixels_per_point),
                                                   pixels(scene.height * pixels_per_point)));
  paint_on(surface.get(), scene, theme, inks, pixels_per_point, true);
  return png_of(surface.get());
}

std::string to_png_of_resolution(const plot::Scene& scene, int dots_per_inch, const Inks& inks) {
  return with_resolution(to_png(scene, dots_per_inch / 96.0, Theme::light, inks), dots_per_inch);
}

}  // namespace cairo
