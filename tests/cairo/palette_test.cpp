// Inks can be seen and read on both papers. Thresholds: WCAG 2.2, 1.4.11 (3:1 for graphics), 1.4.3 (4.5:1 for text).
#include "cairo/palette.hpp"

#include <set>
#include <string>

#include "catch.hpp"

using namespace drawing;
using plot::Ink;

TEST_CASE("contrast is WCAG's: 21 for black on white, and the published figures of Okabe and Ito's colours") {
  const Rgb white{255, 255, 255};
  CHECK(contrast({0, 0, 0}, white) == Approx(21));
  CHECK(contrast(white, white) == Approx(1));
  CHECK(contrast({0x77, 0x77, 0x77}, white) == Approx(4.48).margin(0.005));  // the well-known grey just under 4.5
  CHECK(contrast({0x00, 0x72, 0xB2}, white) == Approx(5.19).margin(0.005));
  CHECK(contrast({0xD5, 0x5E, 0x00}, white) == Approx(3.87).margin(0.005));
  CHECK(contrast({0xE6, 0x9F, 0x00}, white) == Approx(2.25).margin(0.005));
  CHECK(contrast(white, {0x00, 0x9E, 0x73}) == Approx(3.42).margin(0.005));
}

TEST_CASE("lines stand out from the paper by 3:1 and text by 4.5:1, on white and on dark") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const Rgb paper = line_color(Ink::background, theme);
    for (const InkColor& c : palette(theme)) {
      if (c.ink == Ink::background) continue;
      INFO(c.name << (theme == Theme::light ? " on white" : " on dark") << ": line " << contrast(c.line, paper) << ", text "
                  << contrast(c.text, paper));
      if (c.ink != Ink::faint) CHECK(contrast(c.line, paper) >= 3);
      CHECK(contrast(c.text, paper) >= 4.5);
    }
  }
}

TEST_CASE("faint lines are seen all the same") {
  for (const Theme theme : {Theme::light, Theme::dark})
    CHECK(contrast(line_color(Ink::faint, theme), line_color(Ink::background, theme)) > 1.5);
}

TEST_CASE("paper is white, or the page's dark") {
  CHECK(css(line_color(Ink::background, Theme::light)) == "#ffffff");
  CHECK(css(line_color(Ink::background, Theme::dark)) == "#111418");
}

TEST_CASE("palettes list the inks in their order, under the same names") {
  for (std::size_t i = 0; i < palette(Theme::light).size(); ++i) {
    CHECK(palette(Theme::light)[i].ink == static_cast<Ink>(i));
    CHECK(palette(Theme::dark)[i].ink == static_cast<Ink>(i));
    CHECK(palette(Theme::light)[i].name == palette(Theme::dark)[i].name);
  }
}

TEST_CASE("no two tones of the light palette are the same, so a colour leads back to its ink") {
  std::set<std::string> tones;
  for (const InkColor& c : palette(Theme::light)) {
    tones.insert(css(c.line));
    tones.insert(css(c.text));
  }
  CHECK(tones.size() == 2 * palette(Theme::light).size());
}

TEST_CASE("the page's CSS gives a value to both tones of each ink") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const std::string text = ink_css(theme);
    for (const InkColor& c : palette(theme)) {
      CHECK(text.find("--ink-" + std::string(c.name) + ": " + css(c.line) + ";") != std::string::npos);
      CHECK(text.find("--text-" + std::string(c.name) + ": " + css(c.text) + ";") != std::string::npos);
    }
  }
}
