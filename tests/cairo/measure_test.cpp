// The table of advances beside Pango, of whose widths it is made.
#include <string>

#include "cairo/drawing.hpp"
#include "cairo/house_advances.hpp"
#include "cairo/sample.hpp"
#include "cairo/text.hpp"
#include "catch.hpp"

using namespace cairo;
using plot::Face;

TEST_CASE("what the table of advances says is what Pango measures, to the last bit") {
  sample::use_house_fonts();
  for (const char* text : {"Gradient descent in effective time", "AVATAR, Tyne: Wolfgang",
                           "difficult waffles, fjords and affluence", "0.0199", "10 \u00D7 1,5 \u2212 7 %",
                           "Größe von Ångström, œuvre, año", "k = 346 (optimal)", "fi", "ffi", "f f"})
    for (const Face face : {Face::regular, Face::italic, Face::bold, Face::math})
      for (const double size : {5.25, 5.6, 7.0, 7.5, 8.0, 9.3}) {
        CAPTURE(text, static_cast<int>(face), size);
        const auto extent = extent_by(house_advances(), text, face, size);
        REQUIRE(extent);
        const auto expected = extent_by_pango(text, face, size);
        CHECK(extent->width == expected.width);
        CHECK(extent->ascent == expected.ascent);
        CHECK(extent->descent == expected.descent);
      }
}

TEST_CASE("what the table lacks is measured by Pango") {
  sample::use_house_fonts();
  const std::string text = "Dvořák";  // r with caron is no letter of the table
  REQUIRE_FALSE(extent_by(house_advances(), text, Face::regular, 8));
  CHECK(text_measure()(text, Face::regular, 8).width == extent_by_pango(text, Face::regular, 8).width);
}

TEST_CASE("the table has every letter of the mathematics that labels know") {
  sample::use_house_fonts();
  const plot::Measure by_table = [](std::string_view text, Face face, double size) {
    const auto extent = extent_by(house_advances(), text, face, size);
    CAPTURE(std::string(text), static_cast<int>(face));
    REQUIRE(extent);
    return *extent;
  };
  for (const char* label : {"$\\alpha\\beta\\eta\\theta\\kappa\\lambda_{\\max}\\phi\\Omega\\nabla\\partial\\ell$",
                            "$\\|\\delta^{(\\ell)}\\|$", "$\\mathcal{L}\\mathcal{N}\\mathcal{Q}$",
                            "$a \\cdot b \\times c \\pm d \\le e \\approx f \\to \\infty$",
                            "$\\sqrt{x'} \\sum \\prod \\int \\hat w - 10^{-6}$"})
    plot::set_label(label, 8, by_table);
}
