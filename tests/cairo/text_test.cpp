// Text: its own fonts and no others, measured without hinting.
#include "cairo/text.hpp"

#include <fontconfig/fontconfig.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <future>
#include <string>

#include "cairo/sample.hpp"
#include "catch.hpp"
#include "support/scratch_folder.hpp"

namespace text_test {

using namespace cairo;
using plot::Face;

namespace {

class FontConfiguration {
 public:
  explicit FontConfiguration(const std::string& content) {
    std::ofstream(path())
        << "<?xml version=\"1.0\"?><fontconfig><cachedir prefix=\"xdg\">literate-report/fontconfig</cachedir>"
           "<cachedir>/var/cache/fontconfig</cachedir>"
        << content << "</fontconfig>";
  }
  std::string path() const { return (folder_ / "fonts.conf").string(); }

 private:
  support::ScratchFolder folder_;
};

/// What use_fonts has to say about a configuration.
std::string complaint(const std::string& content) {
  try {
    use_fonts(FontConfiguration(content).path());
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}

std::string folder_of(Face face) {
  const auto layout = set_text("x", face, 8);
  PangoFont* font =
      static_cast<PangoGlyphItem*>(pango_layout_get_line_readonly(layout.get(), 0)->runs->data)->item->analysis.font;
  FcPattern* pattern = nullptr;
  g_object_get(font, "pattern", &pattern, nullptr);
  FcChar8* file = nullptr;
  FcPatternGetString(pattern, FC_FILE, 0, &file);
  return std::filesystem::path(reinterpret_cast<const char*>(file)).parent_path().string();
}

}  // namespace

TEST_CASE("widths grow in proportion to the size, as nothing is hinted") {
  sample::use_house_fonts();
  const auto measure = text_measure();
  const std::string text = "Gradient norm by layer, 0.25";
  for (const Face face : {Face::regular, Face::italic, Face::bold, Face::math}) {
    const auto unit = measure(text, face, 1000);
    for (const double size : {5.0, 7.5, 8.0, 11.0, 33.0}) {
      const auto extent = measure(text, face, size);
      // Pango keeps 1/1024 point for each glyph.
      CHECK(extent.width == Approx(unit.width * size / 1000).margin(static_cast<double>(text.size()) / 1024));
      CHECK(extent.ascent == Approx(unit.ascent * size / 1000).margin(0.01));
      CHECK(extent.descent == Approx(unit.descent * size / 1000).margin(0.01));
    }
  }
}

TEST_CASE("widths are the font's own: a figure of Pagella is half an em, its M 0.946") {
  sample::use_house_fonts();
  const auto measure = text_measure();
  // Advance widths of TeX Gyre Pagella (hmtx table, 1000 units to the em).
  CHECK(measure("0", Face::regular, 1000).width == Approx(500));
  CHECK(measure("M", Face::regular, 1000).width == Approx(946));
  CHECK(measure("", Face::regular, 1000).width == 0);
}

TEST_CASE("every sign that labels know is in the fonts") {
  sample::use_house_fonts();
  const auto measure = text_measure();
  for (const char* name : {"alpha",      "beta",
                           "gamma",      "delta",
                           "varepsilon", "epsilon",
                           "zeta",       "eta",
                           "theta",      "iota",
                           "kappa",      "lambda",
                           "mu",         "nu",
                           "xi",         "omicron",
                           "pi",         "rho",
                           "varsigma",   "sigma",
                           "tau",        "upsilon",
                           "varphi",     "phi",
                           "chi",        "psi",
                           "omega",      "Gamma",
                           "Delta",      "Theta",
                           "Lambda",     "Xi",
                           "Pi",         "Sigma",
                           "Phi",        "Psi",
                           "Omega",      "ell",
                           "nabla",      "partial",
                           "infty",      "|",
                           "top",        "prime",
                           "dprime",     "trprime",
                           "vert",       "Vert",
                           "dots",       "ldots",
                           "cdots",      "%",
                           "$",          "_",
                           "#",          "&",
                           "cdot",       "times",
                           "pm",         "mp",
                           "odot",       "le",
                           "leq",        "ge",
                           "geq",        "ne",
                           "neq",        "approx",
                           "ll",         "gg",
                           "to",         "leftarrow",
                           "sim",        "propto",
                           "in",         "equiv",
                           "lesssim",    "gtrsim",
                           "mid",        "langle",
                           "rangle",     "lvert",
                           "rvert",      "lVert",
                           "rVert",      "{",
                           "}",          "sum",
                           "prod",       "int",
                           "max",        "min",
                           "ln",         "log",
                           "exp",        "sin",
                           "cos",        "tanh",
                           "sup",        "inf",
                           "lim",        "Var",
                           "tr",         "hat x",
                           "sqrt n",     "mathcal{ABCDEFGHIJKLMNOPQRSTUVWXYZ}"}) {
    const std::string label = std::string("$\\") + name + "$";
    INFO(label);
    CHECK(plot::set_label(label, 8, measure).width > 0);
  }
  CHECK(plot::set_label("$+-*=<>()[]/|,;:.!0123456789abcXYZ$", 8, measure).width > 0);
}

TEST_CASE("a character that the face lacks is an error that names text and family") {
  sample::use_house_fonts();
  for (const char* text : {"\u6F22", "x\u2081", "\U0001F600", "\u0633\u0644\u0627\u0645"}) {
    INFO(text);
    CHECK_THROWS_AS(set_text(text, Face::regular, 8), std::runtime_error);
  }
  try {
    text_measure()("a \u6F22", Face::italic, 8);
    FAIL("no error");
  } catch (const std::runtime_error& error) {
    CHECK(std::string(error.what()).find("a \u6F22") != std::string::npos);
    CHECK(std::string(error.what()).find("TeX Gyre Pagella") != std::string::npos);
  }
}

TEST_CASE("what is not a line of text is refused") {
  sample::use_house_fonts();
  for (const std::string& text :
       {std::string("a\xFF z"), std::string("a\nb"), std::string("a\tb"), std::string("a\0b", 3)})
    CHECK_THROWS_AS(set_text(text, Face::regular, 8), std::invalid_argument);
  for (const double size : {0.0, -8.0, std::nan(""), double{INFINITY}})
    CHECK_THROWS_AS(set_text("a", Face::regular, size), std::invalid_argument);
}

TEST_CASE("a font that is missing is named, and the fonts chosen before stay") {
  sample::use_house_fonts();
  const double width = text_measure()("width", Face::regular, 8).width;
  const std::string text_fonts = folder_of(Face::regular), math_fonts = folder_of(Face::math);
  CHECK(complaint("<dir>" + text_fonts + "</dir>").find("TeX Gyre Pagella Math is missing") != std::string::npos);
  CHECK(complaint("<dir>" + math_fonts + "</dir>").find("TeX Gyre Pagella is missing") != std::string::npos);
  // All faces but the bold ones, in a folder of their own: Fontconfig's globs reject nothing since its version 2.15.
  const support::ScratchFolder without_bold;
  for (const auto& item : std::filesystem::directory_iterator(text_fonts))
    if (const std::string name = item.path().filename().string();
        name.find("pagella-") != std::string::npos && name.find("bold") == std::string::npos)
      std::filesystem::copy(item.path(), without_bold / name);
  CHECK(complaint("<dir>" + without_bold.path().string() + "</dir><dir>" + math_fonts + "</dir>")
            .find("TeX Gyre Pagella Bold is missing") != std::string::npos);
  CHECK(text_measure()("width", Face::regular, 8).width == width);
}

TEST_CASE("a font configuration that cannot be read is an error") {
  CHECK_THROWS_AS(use_fonts("/no/such/fonts.conf"), std::runtime_error);
}

TEST_CASE("threads measure alike, each with its own fonts from Pango") {
  sample::use_house_fonts();
  const auto width = [] { return text_measure()("threads", Face::italic, 8).width; };
  auto other = std::async(std::launch::async, width);
  CHECK(other.get() == width());
}

}  // namespace text_test
