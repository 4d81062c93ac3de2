// Whole drawings: the same bytes at any time, text that can be searched, pixels where they belong, bad scenes refused.
#include "cairo/drawing.hpp"

#include <cairo.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <future>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "cairo/palette.hpp"
#include "cairo/sample.hpp"
#include "catch.hpp"
#include "support/scratch_folder.hpp"

namespace drawing_test {

using namespace cairo;

namespace {

const Description described{"Loss by epoch", "2026-11-23T00:00:00Z"};

struct Forms {
  std::string pdf, svg, inline_svg, png;
  bool operator==(const Forms&) const = default;
};

Forms all_forms(const plot::Scene& scene) {
  return {to_pdf(scene, described), to_svg(scene, "f-"), to_inline_svg(scene, "f-", "Loss", "falls"), to_png(scene)};
}

/// A drawing's pixels, read back from its PNG.
class Picture {
 public:
  explicit Picture(std::string png) : png_(std::move(png)) {
    const auto read = [](void* from, unsigned char* to, unsigned int length) {
      auto& rest = *static_cast<std::string_view*>(from);
      if (rest.size() < length) return CAIRO_STATUS_READ_ERROR;
      std::memcpy(to, rest.data(), length);
      rest.remove_prefix(length);
      return CAIRO_STATUS_SUCCESS;
    };
    std::string_view rest = png_;
    surface_.reset(cairo_image_surface_create_from_png_stream(read, &rest));
    REQUIRE(cairo_surface_status(surface_.get()) == CAIRO_STATUS_SUCCESS);
  }
  int width() const { return cairo_image_surface_get_width(surface_.get()); }
  int height() const { return cairo_image_surface_get_height(surface_.get()); }
  Rgb at(int x, int y) const {
    std::uint32_t pixel = 0;
    std::memcpy(
        &pixel,
        cairo_image_surface_get_data(surface_.get()) + y * cairo_image_surface_get_stride(surface_.get()) + 4 * x, 4);
    return {static_cast<int>(pixel >> 16 & 255), static_cast<int>(pixel >> 8 & 255), static_cast<int>(pixel & 255)};
  }

 private:
  std::string png_;
  std::unique_ptr<cairo_surface_t, decltype(&cairo_surface_destroy)> surface_{nullptr, cairo_surface_destroy};
};

/// 60 x 30 points. At 96 / 72 pixels a point times 0.75, a pixel is a point.
constexpr double pixel_a_point = 0.75;
plot::Scene small_scene(std::vector<plot::Item> items) {
  plot::Scene scene;
  scene.width = 60;
  scene.height = 30;
  scene.items = std::move(items);
  return scene;
}

/// What a program of the system prints about a PDF; empty when it is not installed.
std::string told_by(const std::string& program, const std::string& pdf, const std::string& target = "-") {
  const support::ScratchFolder folder;
  const auto path = folder / "drawing.pdf";
  std::ofstream(path, std::ios::binary) << pdf;
  std::string text;
  if (FILE* pipe = popen((program + " " + path.string() + " " + target + " 2>/dev/null").c_str(), "r")) {
    char buffer[4096];
    while (const auto n = fread(buffer, 1, sizeof buffer, pipe)) text.append(buffer, n);
    pclose(pipe);
  }
  return text;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; at += part.size()) ++n;
  return n;
}

}  // namespace

TEST_CASE("the same scene gives the same bytes: again, later, in another time zone, in another thread, after others") {
  sample::use_house_fonts();
  const Forms first = all_forms(sample::scene());
  CHECK(all_forms(sample::scene()) == first);
  to_svg(small_scene({sample::text("another", {5, 20})}), "x-");
  const char* zone = std::getenv("TZ");
  const std::string before = zone ? zone : "";
  setenv("TZ", "Pacific/Kiritimati", 1);
  tzset();
  std::this_thread::sleep_for(std::chrono::milliseconds(2100));
  CHECK(all_forms(sample::scene()) == first);
  zone ? setenv("TZ", before.c_str(), 1) : unsetenv("TZ");
  tzset();
  CHECK(std::async(std::launch::async, [] { return all_forms(sample::scene()); }).get() == first);
}

TEST_CASE("a PDF bears the date that it is given, and no other") {
  sample::use_house_fonts();
  const std::string pdf = to_pdf(sample::scene(), described);
  // Cairo 1.18 compresses what says so.
  const std::string says = count(pdf, "/CreationDate (") == 1 ? pdf : told_by("pdfinfo -rawdates", pdf, "");
  CHECK(count(says, "20261123000000Z") == 1);
  CHECK(count(pdf, "/ModDate") == 0);
  CHECK(to_pdf(sample::scene(), {"Loss by epoch", "2027-01-01T00:00:00Z"}) != pdf);
  for (const char* date : {"", "today", "2026-11-23"})
    CHECK_THROWS_AS(to_pdf(sample::scene(), {"t", date}), std::invalid_argument);
}

TEST_CASE("a PDF holds embedded fonts with their characters, and no picture") {
  sample::use_house_fonts();
  const std::string pdf = to_pdf(sample::scene(), described);
  CHECK(count(pdf, "/FontFile3") >= 2);
  CHECK(count(pdf, "/ToUnicode") >= 2);
  CHECK(count(pdf, "/Subtype /Image") == 0);
  CHECK(count(pdf, "TeXGyrePagella") >= 1);
  if (const std::string text = told_by("pdftotext", pdf); !text.empty()) {
    CHECK(count(text, "training loss") == 1);  // turned text comes letter by letter
  }
}

TEST_CASE("a halo adds no second text to a PDF") {
  sample::use_house_fonts();
  auto item = sample::text("halo", {5, 20});
  item.halo = true;
  if (const std::string text = told_by("pdftotext", to_pdf(small_scene({item}), described)); !text.empty())
    CHECK(count(text, "halo") == 1);
}

TEST_CASE("an SVG has no metadata, no comment and no picture in it") {
  sample::use_house_fonts();
  const std::string svg = to_svg(sample::scene(), "f-");
  CHECK(svg.find("<metadata") == std::string::npos);
  CHECK(svg.find("<image") == std::string::npos);
  CHECK(svg.find("<!--") == std::string::npos);
}

TEST_CASE("a PNG has scale pixels for each CSS pixel") {
  sample::use_house_fonts();
  for (const double scale : {1.0, 2.0, 3.0}) {
    const Picture picture(to_png(sample::scene(), scale));
    CHECK(picture.width() == static_cast<int>(192 * scale));
    CHECK(picture.height() == static_cast<int>(96 * scale));
  }
  SECTION("and covers what is left over") { CHECK(Picture(to_png(sample::scene(), 1.01)).width() == 194); }
  SECTION("a scale that makes no picture is refused") {
    for (const double scale : {0.0, -1.0, 1e6, std::nan("")})
      CHECK_THROWS_AS(to_png(sample::scene(), scale), std::invalid_argument);
  }
}

TEST_CASE("a PNG stands on the theme's paper, lines in their inks") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const auto scene = small_scene({sample::line({0, 15}, {60, 15}, {plot::Ink::blue, 6, plot::Dash::solid, 1})});
    const Picture picture(to_png(scene, pixel_a_point, theme));
    CHECK(picture.at(30, 3) == line_color(plot::Ink::background, theme));
    CHECK(picture.at(30, 15) == line_color(plot::Ink::blue, theme));
  }
}

TEST_CASE("the dash of theory is four points on and three off") {
  const auto scene = small_scene({sample::line({0, 15}, {60, 15}, {plot::Ink::black, 6, plot::Dash::dashed, 1})});
  const Picture picture(to_png(scene, pixel_a_point));
  for (int x = 0; x < 56; ++x) CHECK(picture.at(x, 15) == (x % 7 < 4 ? Rgb{0, 0, 0} : Rgb{255, 255, 255}));
}

TEST_CASE("a halo clears one point of paper round its text, and spares a line that runs further off") {
  sample::use_house_fonts();
  const auto ground = sample::line({0, 15}, {60, 15}, {plot::Ink::blue, 30, plot::Dash::solid, 1});
  auto item = sample::text("l", {30, 20});  // 5.8 points high and a little over 2 wide
  const auto color = [&](double x, double y) {
    return Picture(to_png(small_scene({ground, item}), 4 * pixel_a_point))
        .at(static_cast<int>(4 * x), static_cast<int>(4 * y));
  };
  const Rgb blue = line_color(plot::Ink::blue, Theme::light), paper{255, 255, 255};
  CHECK(color(31, 13.5) == blue);
  item.halo = true;
  CHECK(color(31, 13.5) == paper);
  CHECK(color(31, 12.5) == blue);
  CHECK(color(31, 20.5) == paper);
  CHECK(color(31, 21.5) == blue);
  CHECK(color(28, 16) == blue);
}

TEST_CASE("text turns counter-clockwise about its origin") {
  sample::use_house_fonts();
  auto item = sample::text("MMM", {30, 28});
  item.angle = std::acos(-1.0) / 2;
  const Picture picture(to_png(small_scene({item}), pixel_a_point));
  const auto has_ink = [&](int x0, int x1, int y0, int y1) {
    for (int x = x0; x < x1; ++x)
      for (int y = y0; y < y1; ++y)
        if (!(picture.at(x, y) == Rgb{255, 255, 255})) return true;
    return false;
  };
  CHECK(has_ink(22, 31, 5, 28));
  CHECK(!has_ink(32, 60, 0, 30));
  CHECK(!has_ink(0, 20, 0, 30));
}

TEST_CASE("coordinates that Cairo would wrap or make zero are refused in every form") {
  sample::use_house_fonts();
  const double nan = std::numeric_limits<double>::quiet_NaN(), infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {nan, infinity, -infinity, 1e7}) {
    std::vector<plot::Item> items{sample::line({1, 1}, {bad, 5}, {}), sample::line({1, bad}, {2, 5}, {})};
    plot::Path curve;
    curve.steps = {plot::MoveTo{{1, 1}}, plot::CurveTo{{2, 2}, {3, bad}, {4, 4}}};
    curve.stroke = plot::StrokeStyle{};
    items.push_back(curve);
    items.push_back(sample::text("x", {bad, 5}));
    auto offset = sample::text("x", {5, 5});
    offset.runs[0].offset.y = bad;
    items.push_back(offset);
    for (const auto& item : items) {
      const auto scene = small_scene({item});
      CHECK_THROWS_AS(to_pdf(scene, described), std::invalid_argument);
      CHECK_THROWS_AS(to_svg(scene, "f-"), std::invalid_argument);
      CHECK_THROWS_AS(to_inline_svg(scene, "f-", "t", ""), std::invalid_argument);
      CHECK_THROWS_AS(to_png(scene), std::invalid_argument);
    }
  }
}

TEST_CASE("widths, opacities, angles and pages that mean nothing are refused") {
  sample::use_house_fonts();
  const double nan = std::numeric_limits<double>::quiet_NaN();
  using plot::Dash;
  using plot::Ink;
  CHECK_THROWS_AS(to_png(small_scene({sample::line({1, 1}, {2, 2}, {Ink::blue, nan, Dash::solid, 1})})),
                  std::invalid_argument);
  CHECK_THROWS_AS(to_png(small_scene({sample::line({1, 1}, {2, 2}, {Ink::blue, -1, Dash::solid, 1})})),
                  std::invalid_argument);
  CHECK_THROWS_AS(to_png(small_scene({sample::line({1, 1}, {2, 2}, {Ink::blue, 1, Dash::solid, nan})})),
                  std::invalid_argument);
  CHECK_THROWS_AS(to_png(small_scene({sample::line({1, 1}, {2, 2}, {Ink::blue, 1, Dash::solid, 1.5})})),
                  std::invalid_argument);
  auto turned = sample::text("x", {5, 5});
  turned.angle = nan;
  CHECK_THROWS_AS(to_png(small_scene({turned})), std::invalid_argument);
  for (const double bad : {0.0, -1.0, nan, 1e6}) {
    auto scene = small_scene({});
    scene.width = bad;
    CHECK_THROWS_AS(to_pdf(scene, described), std::invalid_argument);
    CHECK_THROWS_AS(to_svg(scene, ""), std::invalid_argument);
    CHECK_THROWS_AS(to_png(scene), std::invalid_argument);
  }
}

namespace {

/// A field that rises to the right, as a heat map's bands: each over the one below it.
plot::Scene shaded_scene() {
  std::vector<plot::Item> items;
  for (int k = 0; k < 6; ++k) {
    const double from = 10.0 * k + 0.37;  // off the pixels' edges
    plot::Path band;
    band.steps = {plot::MoveTo{{from, 2}}, plot::LineTo{{58, 2}}, plot::LineTo{{58, 28}}, plot::LineTo{{from, 28}},
                  plot::ClosePath{}};
    band.fill = plot::FillStyle{plot::Ink::faint, 1, plot::Shade{plot::Ramp::sequential, 2 * k}};
    items.push_back(band);
  }
  return small_scene(std::move(items));
}

}  // namespace

TEST_CASE("bands of a heat map meet without a seam: from band to band pixels only go on from one tone to the next") {
  for (const Theme theme : {Theme::light, Theme::dark}) {
    const Picture picture(to_png(shaded_scene(), pixel_a_point, theme));
    const double away = theme == Theme::light ? -1 : 1;
    for (int x = 2; x < 56; ++x) CHECK(away * (picture.at(x, 15).red - picture.at(x - 1, 15).red) <= 40);
    for (int x = 2; x < 56; ++x) CHECK(away * (picture.at(x, 15).green - picture.at(x - 1, 15).green) >= 0);
    CHECK(picture.at(5, 15) == shade_color({plot::Ramp::sequential, 0}, theme));
    CHECK(picture.at(55, 15) == shade_color({plot::Ramp::sequential, 10}, theme));
  }
}

TEST_CASE("in a page the tones of a heat map are variables, so that it follows the page's theme") {
  const std::string svg = to_inline_svg(shaded_scene(), "f-", "map", "");
  for (int k = 0; k < 6; ++k) {
    const plot::Shade shade{plot::Ramp::sequential, 2 * k};
    CHECK(svg.find("fill:var(--" + shade_name(shade) + ")") != std::string::npos);
  }
  CHECK(svg.find("<image") == std::string::npos);
}

TEST_CASE("an outline inside another is a hole where the path says so") {
  plot::Path path;
  for (const double d : {0.0, 8.0})
    for (const auto& step :
         std::vector<plot::PathStep>{plot::MoveTo{{5 + d, 2 + d}}, plot::LineTo{{55 - d, 2 + d}},
                                     plot::LineTo{{55 - d, 28 - d}}, plot::LineTo{{5 + d, 28 - d}}, plot::ClosePath{}})
      path.steps.push_back(step);
  path.fill = plot::FillStyle{plot::Ink::blue, 1};
  const Rgb blue = line_color(plot::Ink::blue, Theme::light), paper{255, 255, 255};
  CHECK(Picture(to_png(small_scene({path}), pixel_a_point)).at(30, 15) == blue);
  path.even_odd = true;
  const Picture picture(to_png(small_scene({path}), pixel_a_point));
  CHECK(picture.at(30, 15) == paper);
  CHECK(picture.at(8, 15) == blue);
  plot::Path after = path;
  after.even_odd = false;
  CHECK(Picture(to_png(small_scene({path, after}), pixel_a_point)).at(30, 15) == blue);
}

}  // namespace drawing_test
