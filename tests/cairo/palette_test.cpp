// Inks can be seen and read on both papers. Thresholds: WCAG 2.2, 1.4.11 (3:1 for graphics), 1.4.3 (4.5:1 for text).
#include "cairo/palette.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"

namespace palette_test {

using namespace cairo;
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
      INFO(c.name << (theme == Theme::light ? " on white" : " on dark") << ": line " << contrast(c.line, paper)
                  << ", text " << contrast(c.text, paper));
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

namespace {

struct Oklab {
  double lightness, a, b;
};

/// Ottosson, A perceptual color space for image processing (2020).
Oklab oklab(Rgb c) {
  const auto linear = [](int value) {
    const double x = value / 255.0;
    return x <= 0.04045 ? x / 12.92 : std::pow((x + 0.055) / 1.055, 2.4);
  };
  const double r = linear(c.red), g = linear(c.green), b = linear(c.blue);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

double distance(Rgb a, Rgb b) {
  const Oklab p = oklab(a), q = oklab(b);
  return std::hypot(p.lightness - q.lightness, p.a - q.a, p.b - q.b);
}

Rgb tone(plot::Ramp ramp, int which, Theme theme) { return shade_color({ramp, which}, theme); }

}  // namespace

TEST_CASE("the tones of a ramp lie equally far apart in Oklab, and can be told apart") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    for (const plot::Ramp ramp : {plot::Ramp::sequential, plot::Ramp::diverging}) {
      std::vector<double> steps;
      for (int k = 1; k < tones(ramp); ++k)
        if (ramp == plot::Ramp::sequential || k != tones(ramp) / 2)  // over the centre only the colour changes
          steps.push_back(distance(tone(ramp, k - 1, theme), tone(ramp, k, theme)));
      const auto [least, most] = std::minmax_element(steps.begin(), steps.end());
      CHECK(*least > 0.024);  // a difference of 0.02 is just noticeable
      CHECK(*most < 1.3 * *least);
      const int half = tones(plot::Ramp::diverging) / 2;
      CHECK(distance(tone(plot::Ramp::diverging, half - 1, theme), tone(plot::Ramp::diverging, half, theme)) > 0.02);
    }
  }
}

TEST_CASE("lightness tells the order of a ramp without its colour, and both halves of a diverging one alike") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const double away = theme == Theme::light ? -1 : 1;
    const auto lightness = [&](plot::Ramp ramp, int k) { return oklab(tone(ramp, k, theme)).lightness; };
    for (int k = 1; k < tones(plot::Ramp::sequential); ++k)
      CHECK(away * (lightness(plot::Ramp::sequential, k) - lightness(plot::Ramp::sequential, k - 1)) > 0.02);
    const int half = tones(plot::Ramp::diverging) / 2;
    for (int k = 0; k < half; ++k) {
      CHECK(lightness(plot::Ramp::diverging, half - 1 - k) ==
            Approx(lightness(plot::Ramp::diverging, half + k)).margin(0.006));
      if (k > 0)
        CHECK(away * (lightness(plot::Ramp::diverging, half + k) - lightness(plot::Ramp::diverging, half + k - 1)) >
              0.02);
    }
  }
}

TEST_CASE("axes, contours and text that stand on a heat map can be read on each of its tones") {
  for (const Theme theme : {Theme::light, Theme::dark})
    for (const plot::Shade shade : all_shades()) {
      INFO(shade_name(shade));
      CHECK(contrast(text_color(Ink::foreground, theme), shade_color(shade, theme)) >= 4.5);
      CHECK(contrast(line_color(Ink::black, theme), shade_color(shade, theme)) >= 4.5);
    }
}

TEST_CASE("a ramp's low or central tones are near the paper") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const Rgb paper = line_color(Ink::background, theme);
    CHECK(distance(tone(plot::Ramp::sequential, 0, theme), paper) < 0.06);
    CHECK(distance(tone(plot::Ramp::diverging, 9, theme), paper) < 0.06);
  }
}

TEST_CASE(
    "no shade has the tone of another or of an ink, so that its colour leads back to it, and each has a CSS variable") {
  std::set<std::string> tones_seen;
  for (const InkColor& c : palette(Theme::light)) {
    tones_seen.insert(css(c.line));
    tones_seen.insert(css(c.text));
  }
  for (const plot::Shade shade : all_shades()) {
    CHECK(tones_seen.insert(css(shade_color(shade, Theme::light))).second);
    for (const Theme theme : {Theme::light, Theme::dark})
      CHECK(ink_css(theme).find("--" + shade_name(shade) + ": " + css(shade_color(shade, theme)) + ";") !=
            std::string::npos);
  }
}

TEST_CASE("a shade that its ramp does not have is refused") {
  CHECK_THROWS_AS(shade_color({plot::Ramp::sequential, 12}, Theme::light), std::invalid_argument);
  CHECK_THROWS_AS(shade_color({plot::Ramp::diverging, -1}, Theme::dark), std::invalid_argument);
}

}  // namespace palette_test
