// SVG that can share a page: ids, colours, names.
#include "cairo/svg.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "cairo/palette.hpp"
#include "cairo/sample.hpp"
#include "catch.hpp"
#include "plot/marks/marker.hpp"

namespace svg_test {

using namespace cairo;

namespace {

std::vector<std::string> found(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> groups;
  for (std::sregex_iterator m(text.begin(), text.end(), regex), end; m != end; ++m) groups.push_back((*m)[1].str());
  return groups;
}

std::vector<std::string> ids(const std::string& svg) { return found(svg, " id=\"([^\"]*)\""); }

std::string inline_svg(const std::string& prefix) {
  sample::use_house_fonts();
  return to_inline_svg(sample::scene(), prefix, "Loss < 1 & \"falling\"", "Three curves");
}

/// The corners of a path's data that has lines only.
std::vector<plot::PaperPoint> corners_of(const std::string& data) {
  std::vector<plot::PaperPoint> corners;
  plot::PaperPoint at;
  char command = 0;
  bool is_x = true;
  for (const auto& token : found(data, "([mlhv]|-?[0-9]*\\.?[0-9]+)")) {
    if (std::isalpha(static_cast<unsigned char>(token[0]))) {
      command = token[0];
      is_x = command != 'v';
      continue;
    }
    (is_x ? at.x : at.y) += std::stod(token);
    const bool whole = command == 'h' || command == 'v' || !is_x;
    if (whole) corners.push_back(at);
    if (command == 'm' || command == 'l') is_x = !is_x;
  }
  return corners;
}

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every id of a drawing has the prefix, and every reference finds its id") {
  sample::use_house_fonts();
  for (const std::string& svg : {to_svg(sample::scene(), "depth-"), inline_svg("depth-")}) {
    const auto names = ids(svg);
    const std::set<std::string> unique(names.begin(), names.end());
    REQUIRE(names.size() >= 2);
    CHECK(unique.size() == names.size());
    for (const auto& id : names) CHECK(id.rfind("depth-", 0) == 0);
    for (const auto& reference : found(svg, "(?:href=\"#|url\\(#)([^\")]*)")) CHECK(unique.count(reference) == 1);
  }
}

TEST_CASE("two drawings of one page share no id") {
  const auto first = ids(inline_svg("one-")), second = ids(inline_svg("two-"));
  std::set<std::string> all(first.begin(), first.end());
  all.insert(second.begin(), second.end());
  CHECK(all.size() == first.size() + second.size());
}

TEST_CASE("a prefix that would break ids is refused") {
  sample::use_house_fonts();
  for (const char* prefix : {"a b", "\"", "#", "a)"})
    CHECK_THROWS_AS(to_svg(sample::scene(), prefix), std::invalid_argument);
}

TEST_CASE("a drawing in a page starts with its element, named and described for those who do not see it") {
  const std::string svg = inline_svg("fig-");
  CHECK(svg.rfind("<svg", 0) == 0);
  CHECK(contains(svg, "role=\"img\""));
  CHECK(contains(svg, "aria-labelledby=\"fig-title fig-desc\""));
  CHECK(contains(svg, "<title id=\"fig-title\">Loss &lt; 1 &amp; &quot;falling&quot;</title>"));
  CHECK(contains(svg, "<desc id=\"fig-desc\">Three curves</desc>"));
  CHECK(contains(svg, "width=\"144pt\" height=\"72pt\" viewBox=\"0 0 144 72\""));
  SECTION("without a description it has a name only") {
    const std::string bare = to_inline_svg(sample::scene(), "fig-", "Loss", "");
    CHECK(contains(bare, "aria-labelledby=\"fig-title\""));
    CHECK(!contains(bare, "<desc"));
  }
}

TEST_CASE("colours in a page are variables of the inks used, and nothing else") {
  const std::string svg = inline_svg("fig-");
  for (const char* written : {"rgb(", "#", "black", "currentColor"}) CHECK(!contains(svg, std::string(":") + written));
  std::set<std::string> variables;
  for (const auto& v : found(svg, "var\\(([^)]*)\\)")) variables.insert(v);
  CHECK(variables == std::set<std::string>{"--ink-blue", "--ink-green", "--ink-background", "--text-vermillion",
                                           "--text-foreground"});
}

TEST_CASE("every ink is found again in the page, as line and as text") {
  sample::use_house_fonts();
  for (const InkColor& c : palette(Theme::light)) {
    plot::Scene scene;
    scene.width = scene.height = 20;
    scene.items = {sample::line({2, 2}, {18, 2}, {c.ink, 1, plot::Dash::solid, 1}), sample::text("x", {5, 15}, c.ink)};
    const std::string svg = to_inline_svg(scene, "i-", "ink", "");
    CHECK(contains(svg, "var(--ink-" + std::string(c.name) + ")"));
    CHECK(contains(svg, "var(--text-" + std::string(c.name) + ")"));
  }
}

TEST_CASE("text in a page is text, in the house's faces, and its halo lies below all of it") {
  sample::use_house_fonts();
  plot::Scene scene;
  scene.width = scene.height = 40;
  plot::TextItem label = sample::text("loss < $x^2$", {2, 10});
  label.halo = true;
  scene.items = {label};
  const std::string svg = to_inline_svg(scene, "t-", "text", "");
  CHECK(contains(svg, ">loss &lt; </tspan>"));
  CHECK(contains(svg, "class=\"i\""));
  CHECK(svg.find("<text class=\"halo\"") < svg.find("<text transform"));
}

TEST_CASE("what shows a series stands in a group with its name") {
  plot::Scene scene;
  scene.width = scene.height = 40;
  auto part = sample::line({1, 1}, {9, 9}, {plot::Ink::blue, 1, plot::Dash::solid, 1});
  part.series = "a & b";
  scene.items = {part, part, sample::line({1, 1}, {9, 9}, {plot::Ink::green, 1, plot::Dash::solid, 1}), part};
  const std::string svg = to_inline_svg(scene, "s-", "series", "");
  CHECK(found(svg, "<g data-series=\"([^\"]*)\">") == std::vector<std::string>{"a &amp; b", "a &amp; b"});
  CHECK(found(svg, "(</g>)").size() == 2);
}

TEST_CASE("rounding to hundredths does not add up along a path") {
  plot::Scene scene;
  scene.width = scene.height = 100;
  plot::Path path;
  path.stroke = plot::StrokeStyle{};
  path.steps.push_back(plot::MoveTo{{0, 0}});
  for (int i = 1; i <= 1000; ++i) path.steps.push_back(plot::LineTo{{i * 0.0333, i * 0.0667}});
  scene.items = {path};
  const std::string data = found(to_inline_svg(scene, "p-", "path", ""), " d=\"([^\"]*)\"").at(0);
  const plot::PaperPoint end = corners_of(data).back();
  CHECK(std::abs(end.x - 33.3) < 0.06);  // long paths are written in tenths
  CHECK(std::abs(end.y - 66.7) < 0.06);
}

TEST_CASE("a long curve keeps within a tenth of a point of its data, with a fraction of its points") {
  plot::Scene scene;
  scene.width = scene.height = 100;
  plot::Path path;
  path.stroke = plot::StrokeStyle{};
  std::vector<plot::PaperPoint> points;
  for (int i = 0; i <= 1000; ++i) points.push_back({i * 0.1, 50 + 40 * std::sin(i * 0.01)});
  for (const auto& p : points)
    path.steps.push_back(path.steps.empty() ? plot::PathStep{plot::MoveTo{p}} : plot::PathStep{plot::LineTo{p}});
  scene.items = {path};
  const std::string data = found(to_inline_svg(scene, "p-", "path", ""), " d=\"([^\"]*)\"").at(0);
  const auto corners = corners_of(data);
  REQUIRE(corners.size() > 10);
  CHECK(corners.size() < 150);
  for (const auto& p : points) {
    double least = 1e9;
    for (std::size_t i = 1; i < corners.size(); ++i) {
      const auto a = corners[i - 1], b = corners[i];
      const double dx = b.x - a.x, dy = b.y - a.y;
      const double t = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (dx * dx + dy * dy), 0.0, 1.0);
      least = std::min(least, std::hypot(p.x - a.x - t * dx, p.y - a.y - t * dy));
    }
    CHECK(least < 0.101);  // 0.03 of the corners left out, 0.05 sqrt(2) of rounding
  }
}

TEST_CASE("filled circles of one size are dots, and other shapes are not") {
  plot::Scene scene;
  scene.width = scene.height = 100;
  const auto circle = [](plot::PaperPoint c) { return plot::outline(plot::Marker::circle, c, 3); };
  plot::Path dots;
  dots.fill = plot::FillStyle{plot::Ink::blue, 1};
  for (const plot::PaperPoint c : {plot::PaperPoint{10, 20}, {30, 25}})
    for (const auto& step : circle(c)) dots.steps.push_back(step);
  plot::Path square = dots;
  square.steps = plot::outline(plot::Marker::square, {10, 10}, 3);
  scene.items = {dots, square};
  const std::string svg = to_inline_svg(scene, "p-", "dots", "");
  CHECK(contains(svg, "stroke-width:3;stroke-linecap:round\" d=\"m10 20h0m20 5h0\""));
  CHECK(found(svg, "(stroke-linecap:round)").size() == 1);
}

TEST_CASE("what no drawing can hold is refused in a page too") {
  plot::Scene scene;
  scene.width = scene.height = 40;
  scene.items = {sample::line({0, 0}, {std::nan(""), 1}, {})};
  CHECK_THROWS_AS(to_inline_svg(scene, "p-", "t", ""), std::invalid_argument);
  scene.items = {sample::line({0, 0}, {1, 1}, {plot::Ink::blue, 1, plot::Dash::solid, 2})};
  CHECK_THROWS_AS(to_inline_svg(scene, "p-", "t", ""), std::invalid_argument);
  scene.items.clear();
  CHECK_THROWS_AS(to_inline_svg(scene, "no spaces", "t", ""), std::invalid_argument);
}

TEST_CASE("a drawing says what it is and shows, marked up, behind its first tag") {
  const std::string svg = "<?xml version=\"1.0\"?>\n<svg width=\"1\"><path/></svg>";
  CHECK(cairo::with_words(svg, "a < b", "c & d") ==
        "<?xml version=\"1.0\"?>\n<svg width=\"1\">\n<title>a &lt; b</title>\n<desc>c &amp; d</desc><path/></svg>");
  CHECK(cairo::with_words(svg, "", "") == svg);
  CHECK_THROWS_AS(cairo::with_words("no drawing", "a", ""), std::invalid_argument);
}

TEST_CASE(
    "a drawing for both themes has a rule for each colour that the dark one has otherwise, and is the light one "
    "without") {
  const std::string light =
      "<svg><path style=\"fill:rgb(0%,0%,0%);\" d=\"M\"/><path fill=\"none\" stroke=\"rgb(10%,10%,10%)\"/><use/></svg>";
  const std::string dark =
      "<svg><path style=\"fill:rgb(90%,90%,90%);\" d=\"M\"/><path fill=\"none\" "
      "stroke=\"rgb(10%,10%,10%)\"/><use/></svg>";
  const std::string both = cairo::in_both_themes(light, dark, "#ffffff", "#111111");
  CHECK(both.find("<path class=\"d0\" style=\"fill:rgb(0%,0%,0%);\" d=\"M\"/>") != std::string::npos);
  CHECK(both.find("@media(prefers-color-scheme:dark){.paper{fill:#111111}.d0{fill:rgb(90%,90%,90%)!important}}") !=
        std::string::npos);
  CHECK(both.find("<path fill=\"none\" stroke=\"rgb(10%,10%,10%)\"/><use/></svg>") != std::string::npos);
}

TEST_CASE("a scene drawn for screens turns dark in all of its colours") {
  sample::use_house_fonts();
  const std::string both = to_svg_for_screens(sample::scene(), "f-", "A title", "What is seen");
  CHECK(both.find("<title>A title</title>") != std::string::npos);
  // Its dark self, with the classes' rules in place of its colours.
  const std::string dark = to_svg(sample::scene(), "f-", Theme::dark);
  for (auto at = dark.find("fill:rgb("); at != std::string::npos; at = dark.find("fill:rgb(", at + 1)) {
    const std::string color = dark.substr(at, dark.find(')', at) + 1 - at);
    CHECK(both.find(color) != std::string::npos);
  }
}

}  // namespace svg_test
