// Scene -> bytes of PDF, SVG and PNG through Cairo and Pango, with the project's own font configuration.
#pragma once

#include <stdexcept>
#include <string>

#include "cairo/inks.hpp"
#include "plot/scene.hpp"
#include "plot/text/label.hpp"

namespace cairo {

/// Metadata of a drawing; the date (ISO 8601, UTC) is set so that bytes do not depend on the clock.
struct Description {
  std::string title;
  std::string date;  // "2026-11-23T00:00:00Z"
};

/// A font of the house that this machine lacks; the message names it and the Debian packages that have it.
struct MissingFont : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Makes Fontconfig see only the configuration file given. Call once, before anything is measured or drawn.
/// Throws MissingFont, and std::runtime_error when the file cannot be read.
void use_fonts(const std::string& fontconfig_file);

/// Text measure of the house's faces, with hinting off.
plot::Measure text_measure();

std::string to_pdf(const plot::Scene& scene, const Description& description, Theme theme = Theme::light,
                   const Inks& inks = house_inks());

/// `id_prefix` goes before every id in the file, so that several drawings can share a page.
std::string to_svg(const plot::Scene& scene, const std::string& id_prefix, Theme theme = Theme::light,
                   const Inks& inks = house_inks());

/// The same with what it shows in words, for those who see it by itself.
std::string to_described_svg(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                             const std::string& description, const Inks& inks = house_inks());

/// The drawing for screens that may be dark, where it has no page's rules around it: it turns dark by itself, on its
/// own paper, and says what it shows.
std::string to_svg_for_screens(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                               const std::string& description, const Inks& inks = house_inks());

/// The drawing as an SVG element to stand inside a page: ids prefixed, text as text, colours as CSS variables
/// (`var(--ink-blue)`, `var(--text-blue)`), so that one drawing serves light and dark.
std::string to_inline_svg(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                          const std::string& description);

/// `scale` pixels for each CSS pixel (1/96 inch).
std::string to_png(const plot::Scene& scene, double scale = 2, Theme theme = Theme::light,
                   const Inks& inks = house_inks());

/// The same picture with so many pixels an inch, which it says of itself (pHYs): programs show it in the scene's size.
std::string to_png_of_resolution(const plot::Scene& scene, int dots_per_inch, const Inks& inks = house_inks());

/// The CSS that gives the variables of to_inline_svg their values, for light and for dark pages.
std::string ink_css(Theme theme, const Inks& inks = house_inks());

}  // namespace cairo
