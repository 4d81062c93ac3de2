// Sliders out of the key `live` of a directive.
#include "livefigure/controls.hpp"

#include "catch.hpp"
#include "experiment/parameters.hpp"

using namespace livefigure;
using experiment::Json;

namespace {

struct Walk {
  std::vector<double> rates{0.01, 0.2};
  double share = 0.5, offset = 0, anything = 1;
  int steps = 50;
  std::string kind = "a";
};

experiment::Experiment walk() {
  using experiment::above;
  using experiment::from;
  experiment::Experiment e;
  e.name = "walk";
  e.parameters = experiment::Parameters<Walk>{}
                     .numbers("rates", &Walk::rates, "", above(0).to(1e6))
                     .number("share", &Walk::share, "", from(0).to(1))
                     .unit("m")
                     .number("offset", &Walk::offset, "", from(-1e6).to(1e6))
                     .number("anything", &Walk::anything, "", from(0))
                     .integer("steps", &Walk::steps, "", from(1).to(100000))
                     .choice("kind", &Walk::kind, {"a", "b"}, "")
                     .list()
                     .infos();
  return e;
}

Controls read(const char* live) {
  const experiment::Experiment e = walk();
  return read_controls(e, experiment::effective_parameters(e.parameters, Json::object()).value, Json::parse(live));
}

std::string error(const char* live) {
  const auto errors = read(live).errors;
  REQUIRE(errors.size() == 1);
  std::string text;
  for (const auto& part : errors[0].path) text += "/" + part;
  return text + ": " + errors[0].message;
}

}  // namespace

TEST_CASE("a list of parameters gives sliders over their declared ranges") {
  const auto controls = read(R"(["share"])");
  REQUIRE(controls.errors.empty());
  REQUIRE(controls.list.size() == 1);
  const Control& c = controls.list[0];
  CHECK(c.parameter == "share");
  CHECK(c.label == "share");
  CHECK(c.unit == "m");
  CHECK(c.value == 0.5);
  CHECK(c.from == 0);
  CHECK(c.to == 1);
  CHECK_FALSE(c.is_log);
}

TEST_CASE("a declared range that no hand could set is cut to a tenth to ten times the value") {
  const auto controls = read(R"(["rates", "steps"])");
  REQUIRE(controls.errors.empty());
  REQUIRE(controls.list.size() == 3);  // one for each element of a list
  CHECK(controls.list[0].label == "rates 1");
  CHECK(controls.list[1].element == 1u);
  CHECK(controls.list[1].from == Approx(0.02));
  CHECK(controls.list[1].to == Approx(2));
  CHECK(controls.list[1].is_log);
  CHECK(controls.list[2].is_whole);
  CHECK(controls.list[2].from == 5);
  CHECK(controls.list[2].to == 500);
}

TEST_CASE("a mapping gives ranges, scales, one element of a list, and labels") {
  const auto controls = read(R"({"rates": {"from": 0.1, "to": 0.3, "element": 2, "label": "η"},)"
                             R"("anything": {"from": 0.5, "to": 2, "scale": "log"}})");
  REQUIRE(controls.errors.empty());
  REQUIRE(controls.list.size() == 2);
  CHECK(controls.list[0].label == "η");
  CHECK(controls.list[0].element == 1u);
  CHECK_FALSE(controls.list[0].is_log);
  CHECK(controls.list[1].is_log);
}

TEST_CASE("frames are so many over the range, or those that are listed, and the report's own is among them") {
  const auto spread = read(R"({"steps": {"from": 10, "to": 90, "frames": 3}})");
  REQUIRE(spread.errors.empty());
  CHECK(spread.list[0].frames == std::vector<double>{10, 50, 90});
  CHECK_FALSE(runs_in_page(spread.list));
  const auto between = read(R"({"share": {"from": 0, "to": 1, "frames": 4}})");
  REQUIRE(between.errors.empty());
  CHECK(between.list[0].frames == std::vector<double>{0, 0.333, 0.5, 0.667, 1});
  const auto listed = read(R"({"rates": {"element": 1, "frames": [0.5, 0.02, 0.5]}})");
  REQUIRE(listed.errors.empty());
  CHECK(listed.list[0].frames == std::vector<double>{0.01, 0.02, 0.5});
  CHECK(listed.list[0].from == 0.01);
  CHECK(listed.list[0].to == 0.5);
  CHECK(to_json(listed.list)[0]["frames"] == Json({0.01, 0.02, 0.5}));
  CHECK(runs_in_page(read(R"(["share"])").list));
}

TEST_CASE("frames that cannot be are told at their place") {
  const std::string wrong_count =
      "/live/share/frames: 'frames' must be a list of values, or a whole number from 2 to 60";
  for (const char* count : {"1", "61", "2.5", "\"all\""}) {
    CAPTURE(count);
    CHECK(error((R"({"share": {"frames": )" + std::string(count) + "}}").c_str()) == wrong_count);
  }
  CHECK(error(R"({"share": {"frames": [0.2, 3]}})") ==
        "/live/share/frames: parameter 'share' must be in the range 0 to 1, but this is 3");
  CHECK(error(R"({"share": {"frames": [0.5]}})") ==
        "/live/share/frames: there is no frame beside the report's own, so that nothing moves");
  CHECK(error(R"({"share": {"from": 0, "frames": [0.2]}})") ==
        "/live/share/from: 'from' says nothing where the frames are listed");
  CHECK(error(R"({"share": {"frames": 3}, "steps": {"frames": 3}})") ==
        "/live: a figure with frames has one slider, and this one has 2");
  CHECK(error(R"({"share": {"frames": 3}, "steps": null})") ==
        "/live: a figure with frames has one slider, and this one has 2");
}

TEST_CASE("a slider's values are three digits, and its ends are what was written") {
  Control c{.parameter = "x", .from = 0.00123456, .to = 1, .is_log = true};
  CHECK(value_at(c, 0) == 0.00123456);
  CHECK(value_at(c, 1) == 1);
  CHECK(value_at(c, 0.5) == 0.0351);  // sqrt(0.00123456) = 0.035136
  c = {.parameter = "n", .from = 1, .to = 8, .is_whole = true};
  CHECK(value_at(c, 0.5) == 5);  // 4.5, to the even one's other side: round half away from zero
}

TEST_CASE("a value takes its place among the parameters") {
  const Json before = Json::parse(R"({"rates": [1, 2], "steps": 5})");
  CHECK(with_value(before, {.parameter = "rates", .element = 1}, 0.5).dump() == R"({"rates":[1,0.5],"steps":5})");
  CHECK(with_value(before, {.parameter = "steps", .is_whole = true}, 7).dump() == R"({"rates":[1,2],"steps":7})");
}

TEST_CASE("what cannot be moved is told at its place") {
  CHECK(error(R"(["shar"])") == "/live/0: experiment 'walk' has no parameter 'shar' that a reader could move");
  CHECK(error(R"({"shar": {}})") == "/live/shar: experiment 'walk' has no parameter 'shar' that a reader could move");
  CHECK(error(R"(["kind"])") == "/live/0: 'kind' is no number, and a reader can move numbers only");
  CHECK(error(R"(["anything"])") == "/live/0: 'anything' is not bounded: it may be at least 0");
  CHECK(error(R"(["offset"])") ==
        "/live/0: the range of 'offset', in the range −10⁶ to 10⁶, is too wide to be set by hand");
  CHECK(error("[]") == "/live: 'live' names no parameter");
  CHECK(error("3") == "/live: 'live' must be a list of parameters, or a mapping of them with their ranges");
  CHECK(error(R"({"share": {"form": 0}})") ==
        "/live/share/form: unknown key 'form'; known are from, to, scale, element, label, frames");
  CHECK(error(R"({"share": {"from": 0.6}})") ==
        "/live/share: the figure's own 'share', 0.5, lies outside of the range from 0.6 to 1");
  CHECK(error(R"({"share": {"from": 0.6, "to": 0.2}})") ==
        "/live/share: the range of 'share' goes from 0.6 to 0.2; it must go upwards");
  CHECK(error(R"({"share": {"to": 2}})") ==
        "/live/share/to: parameter 'share' must be in the range 0 to 1, but this is 2");
  CHECK(error(R"({"share": {"scale": "log"}})") ==
        "/live/share/scale: a logarithmic scale begins above 0, but this range begins at 0");
  CHECK(error(R"({"share": {"scale": "logarithmic"}})") ==
        "/live/share/scale: unknown scale 'logarithmic'; known are linear, log");
  CHECK(error(R"({"rates": {"element": 3, "from": 0.1, "to": 1}})") ==
        "/live/rates/element: 'rates' has 2 elements, counted from 1");
  CHECK(error(R"({"share": {"element": 1}})") == "/live/share/element: 'share' is one number, and has no elements");
}
