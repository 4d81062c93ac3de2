// SVG that can share a page: ids, colours, names.
#include "cairo/svg.hpp"

#include <regex>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "cairo/palette.hpp"
#include "cairo/sample.hpp"
#include "catch.hpp"

using namespace drawing;

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

bool contains(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("every id of a drawing has the prefix, and every reference finds its id") {
  sample::use_house_fonts();
  for (const std::string& svg : {to_svg(sample::scene(), "depth-"), inline_svg("depth-")}) {
    const auto names = ids(svg);
    const std::set<std::string> unique(names.begin(), names.end());
    REQUIRE(names.size() > 10);
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
  for (const char* prefix : {"a b", "\"", "#", "a)"}) CHECK_THROWS_AS(to_svg(sample::scene(), prefix), std::invalid_argument);
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

TEST_CASE("colours in a page are variables of the inks used, with the light tone for want of a value") {
  const std::string svg = inline_svg("fig-");
  CHECK(!contains(svg, "rgb("));
  std::set<std::string> variables;
  for (const auto& v : found(svg, "var\\(([^)]*)\\)")) variables.insert(v);
  const auto tone = [](const char* name, Rgb color) { return std::string(name) + "," + css(color); };
  using plot::Ink;
  CHECK(variables == std::set<std::string>{tone("--ink-blue", line_color(Ink::blue, Theme::light)),
                                           tone("--ink-green", line_color(Ink::green, Theme::light)),
                                           tone("--ink-background", line_color(Ink::background, Theme::light)),
                                           tone("--text-vermillion", text_color(Ink::vermillion, Theme::light)),
                                           tone("--text-foreground", text_color(Ink::foreground, Theme::light))});
}

TEST_CASE("every ink is found again in the page, as line and as text") {
  sample::use_house_fonts();
  for (const InkColor& c : palette(Theme::light)) {
    plot::Scene scene;
    scene.width = scene.height = 20;
    scene.items = {sample::line({2, 2}, {18, 2}, {c.ink, 1, plot::Dash::solid, 1}), sample::text("x", {5, 15}, c.ink)};
    const std::string svg = to_inline_svg(scene, "i-", "ink", "");
    CHECK(contains(svg, "var(--ink-" + std::string(c.name) + ","));
    CHECK(contains(svg, "var(--text-" + std::string(c.name) + ","));
  }
}

TEST_CASE("a colour that is no ink is an error, however it is written") {
  const auto page = [](const std::string& style) {
    return for_page("<svg width=\"1\"><path style=\"" + style + "\"/></svg>", "p-", "t", "");
  };
  CHECK_NOTHROW(page("stroke:none;fill:rgb(0%,0%,0%);"));
  CHECK_THROWS_AS(page("fill:rgb(12%,34%,56%);"), std::logic_error);
  CHECK_THROWS_AS(page("fill:#123456;"), std::logic_error);
  CHECK_THROWS_AS(page("stroke-width:1;stroke:red;"), std::logic_error);
}

TEST_CASE("numbers are shortened to hundredths, but not those that others are multiplied by") {
  const std::string svg = for_page("<svg width=\"1\"><path d=\"M 1.234567 -0.000001 L 20.500000 3.000000\" "
                                   "transform=\"matrix(0.900969,-0.433884,0.433884,0.900969,8.123456,66)\"/></svg>",
                                   "p-", "t", "");
  CHECK(contains(svg, "M 1.23 0 L 20.5 3\""));
  CHECK(contains(svg, "matrix(0.900969,-0.433884,0.433884,0.900969,8.123456,66)"));
}
