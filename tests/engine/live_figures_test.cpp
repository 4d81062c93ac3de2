// Live figures in builds: what the page carries, and what of a range is told before readers move it.
#include "engine/live_figures.hpp"

#include "publish/errors.hpp"
#include "publish/page/live_module.hpp"
#include "support/build_context.hpp"

using namespace support;

namespace {

std::string live_bowl(const std::string& live) {
  std::string text = bowl;
  const std::string before = "decay-steps: 50\n";
  return text.replace(text.find(before), before.size(),
                      before + "learning-rates: [0.001, 0.019]\nlive: " + live + "\n");
}

const std::string sound = "{learning-rates: {from: 0.002, to: 0.03, element: 2}}";

}  // namespace

TEST_CASE("a value in a live range that gives no figure is an error at the directive, and the report is not written") {
  Report report;
  report.chapter(live_bowl("{learning-rates: {from: 0.001, to: 0.03, element: 2}}"));
  const auto summary = report.build();
  REQUIRE(summary.untrue.size() == 1);
  CHECK(summary.untrue[0].place.line == 6);
  CHECK(summary.untrue[0].message ==
        "with 'learning rates 2' at 0.001 there is no figure for readers: 0.001 is listed twice");
  CHECK_FALSE(report.wrote_a_document());
  // What was tried is remembered, and told again.
  CHECK(report.build().untrue.size() == 1);
}

TEST_CASE("a live range in which every value gives a figure passes") {
  Report report;
  report.chapter(live_bowl(sound));
  CHECK(report.build().untrue.empty());
  CHECK(report.wrote_a_document());
}

TEST_CASE("the page's script is told the request, its sliders, what stays and the claims of this figure alone") {
  Report report;
  report.chapter(
      "It is [ill]{.claim that=\"bowl: kappa = 100\"}, and [so is this]{.claim that=\"flow: eta-max > 0 and "
      "bowl:kappa > 0\"}.\n\n" +
      live_bowl(sound) + "\n" + flow);
  const auto project = report.project();
  REQUIRE(project.errors.empty());
  const auto data = engine::Json::parse(
      engine::live_data(*project.find("fig:bowl"), R"({"held":[1],"kept":[2]})", project.statements, project.words));
  CHECK(data["request"]["experiment"] == "quadratic-bowl");
  CHECK(data["request"]["parameters"]["learning-rates"] == engine::Json({0.001, 0.019}));
  REQUIRE(data["controls"].size() == 1);
  CHECK(data["controls"][0]["element"] == 1);
  CHECK(data["held"] == engine::Json({1}));
  CHECK(data["kept"] == engine::Json({2}));
  REQUIRE(data["claims"].size() == 1);
  CHECK(data["claims"][0]["condition"] == "bowl: kappa = 100");
}

TEST_CASE("a page with live figures carries the module once, and others do not, and without the module there is none") {
  Report report;
  report.settings.formats = {"html"};
  report.chapter(live_bowl(sound) + "\n" + flow);
  if (!publish::has_live_module()) {
    CHECK_THROWS_AS(report.build(), publish::MissingPackage);
    return;
  }
  report.build();
  const std::string page = report.read("report.html");
  const auto first = page.find("id=\"live-module\"");
  REQUIRE(first != std::string::npos);
  CHECK(page.find("id=\"live-module\"", first + 1) == std::string::npos);
  CHECK(page.find("class=\"live\"") == page.rfind("class=\"live\""));
  CHECK(page.find("'wasm-unsafe-eval'") != std::string::npos);
  CHECK(report.json("manifest.json")["live_module"]["sha256"] == publish::live_module_origin().sha256);

  report.chapter(bowl);
  report.build();
  const std::string plain = report.read("report.html");
  for (const char* sign : {"live-module", "wasm-unsafe-eval", "live-slider", "class=\"live\""}) {
    CAPTURE(sign);
    CHECK(plain.find(sign) == std::string::npos);
  }
  CHECK_FALSE(report.json("manifest.json").contains("live_module"));
}
