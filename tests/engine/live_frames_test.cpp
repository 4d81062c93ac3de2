// Figures that move by frames: runs where the report is made, and a page without the module.
#include "engine/live_frames.hpp"

#include <algorithm>

#include "engine/figure_files.hpp"
#include "support/build_context.hpp"

using namespace support;

namespace live_frames_test {

const std::string claim = "It is [ill]{.claim that=\"bowl: kappa > 60\"}.\n\n";

/// The bowl with the slider that this says; its report has a condition number of 100.
std::string bowl_with(const std::string& live) {
  std::string text = bowl;
  const std::string before = "decay-steps: 50\n";
  return text.replace(text.find(before), before.size(), before + "live: " + live + "\n");
}

/// What the page's script gets of the first figure.
engine::Json frames_of(Report& report) {
  const auto project = report.project();
  REQUIRE(project.errors.empty());
  engine::BuildContext context(project, report.settings, nullptr, report.interrupted);
  engine::FigureBuild made = engine::identify(project.requests.front(), context, nullptr);
  engine::get_results({&made}, context, engine::Rerun::nothing);
  return engine::Json::parse(engine::frames_of(made, context));
}

std::size_t runs(const Report& report) {
  return static_cast<std::size_t>(std::count_if(report.events.begin(), report.events.end(), [](const auto& event) {
    return event.kind == engine::Event::Kind::started;
  }));
}

const std::string five_steps = "{decay-steps: {frames: [10, 20, 30, 40]}}";

}  // namespace live_frames_test

using namespace live_frames_test;

TEST_CASE("a figure with frames is run with each value, side by side with the axes of the report's own") {
  Report report;
  report.settings.formats = {"html"};
  report.chapter(bowl_with(five_steps));
  const auto summary = report.build();
  CHECK(summary.untrue.empty());
  const auto project = report.project();
  REQUIRE(project.errors.empty());
  const auto& control = project.find("fig:bowl")->live.at(0);
  CHECK(control.frames == std::vector<double>{10, 20, 30, 40, 50});

  const std::string page = report.read("report.html");
  CHECK(page.find("id=\"live-module\"") == std::string::npos);
  CHECK(page.find("'wasm-unsafe-eval'") == std::string::npos);
  CHECK_FALSE(report.json("manifest.json").contains("live_module"));
  CHECK(page.find("\"frames\":\"H4sI") != std::string::npos);  // gzip, in base64
}

TEST_CASE("frames are drawings of the figure with their values, with what can be read off them") {
  Report report;
  report.chapter(claim + bowl_with(five_steps));
  const auto frames = frames_of(report);
  REQUIRE(frames["drawings"].size() == 5);
  REQUIRE(frames["readings"].size() == 5);
  CHECK(frames["drawings"][4].is_null());  // the report's own
  CHECK(frames["claims"][4].is_null());
  std::vector<std::string> drawings;
  for (std::size_t i = 0; i < 4; ++i) {
    drawings.push_back(frames["drawings"][i]);
    CHECK(drawings.back().starts_with("<svg"));
    CHECK(frames["readings"][i].is_array());
    CHECK(frames["claims"][i] == engine::Json::parse(R"([[true, "100 > 60"]])"));
  }
  std::sort(drawings.begin(), drawings.end());
  CHECK(std::unique(drawings.begin(), drawings.end()) == drawings.end());
}

TEST_CASE("frames are kept: a second build runs and draws nothing") {
  Report report;
  report.chapter(bowl_with(five_steps));
  report.build();
  report.chapter(bowl_with(five_steps) + "\nAnother sentence.\n");
  report.build();
  CHECK(runs(report) == 0);
  report.chapter(bowl_with("{decay-steps: {frames: [10, 20, 35, 40]}}"));
  report.build();
  CHECK(runs(report) == 1);
}

TEST_CASE("a value that the experiment refuses is an error at the directive, before anything runs") {
  Report report;
  report.chapter(bowl_with("{learning-rates: {element: 1, frames: [0.019, 0.0195]}}"));
  const auto project = report.project();
  REQUIRE(project.errors.size() == 1);
  CHECK(project.errors[0].message == "there is no frame with 'learning rates 1' at 0.019: 0.019 is listed twice");
}
