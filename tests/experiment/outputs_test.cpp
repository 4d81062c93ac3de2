// Outputs: names of parts' outputs, what is allowed, and what is known without a run.
#include "experiment/outputs.hpp"

#include "catch.hpp"
#include "experiment/result.hpp"

namespace outputs_test {

using namespace experiment;

/// All outputs of one run.
template <class R>
Result of(const Outputs<R>& outputs, const R& r) {
  return outputs.list().of(&r);
}

TEST_CASE("outputs of the parts of a list bear their names, and curves that name") {
  struct Run {
    std::vector<Curve> curves;
  };
  const PanelInfo panel{"loss", {"epoch"}, {"loss", "log"}};
  const auto of_curve = Outputs<Curve>{}
                            .curve(SeriesKind::measured, panel, "", [](const Curve& c) { return c; })
                            .number(
                                "final", [](const Curve& c) { return c.y.back(); }, "the last")
                            .sequence(
                                "all", 1, [](const Curve& c) { return c; }, "each");
  const auto outputs = Outputs<Run>{}.each({"a", "b"}, &Run::curves, of_curve);
  const auto infos = outputs.infos();
  REQUIRE(infos.size() == 6);
  CHECK(infos[3].name == "b");
  CHECK(infos[3].panel == "loss");
  CHECK(infos[4].name == "b.final");
  const Result result = of(outputs, {{{{0, 1}, {2, 3}}, {{0, 1}, {4, 5}}}});
  CHECK(result.values.at("a.final") == 3);
  CHECK(result.functions.at("b.all").first == 1);
  CHECK(result.functions.at("b.all").values == std::vector<double>{4, 5});
  REQUIRE(result.panels.size() == 1);
  CHECK(result.panel("loss").find("b")->y == std::vector<double>{4, 5});
  CHECK(result.panel("loss").y.scale == "log");
}

TEST_CASE("a curve whose columns have different lengths is an error, with its name") {
  const auto outputs =
      Outputs<Curve>{}.curve(SeriesKind::measured, {"loss", {}, {}}, "bent", [](const Curve& c) { return c; });
  CHECK_THROWS_WITH(of(outputs, {{0, 1}, {2}}), ContainsSubstring("'bent'") && ContainsSubstring("'loss'"));
  CHECK_THROWS(of(outputs, {{0, 1}, {2, 3}, {1}, {4}}));
}

TEST_CASE("an output that says nothing of what it may differ by is allowed what its list is") {
  const auto infos = Outputs<Curve>{within({0.1}, "of all")}
                         .number("one", 1, "1")
                         .number("two", 2, "2", exactly("a count"))
                         .curve(SeriesKind::theory, {"loss", {}, {}}, "line", Curve{})
                         .infos();
  REQUIRE(infos.size() == 3);
  CHECK(infos[0].allowed.reason == "of all");
  CHECK(infos[0].allowed.bound.relative == 0.1);
  CHECK(infos[1].allowed.reason == "a count");
  CHECK(infos[2].allowed.reason == "of all");
  CHECK(infos[2].kind == OutputKind::theory);
}

TEST_CASE("what is known without a run is an output as it is") {
  struct Nothing {
    bool ran = false;
  };
  const auto outputs = Outputs<Nothing>{}
                           .number("two", 2, "2")
                           .sequence("squares", 1, std::vector<double>{1, 4}, "i^2")
                           .curve(SeriesKind::theory, {"loss", {}, {}}, "line", Curve{{0, 1}, {2, 3}});
  const Result result = of(outputs, {});
  CHECK(result.values.at("two") == 2);
  CHECK(result.functions.at("squares").values == std::vector<double>{1, 4});
  CHECK(result.panel("loss").find("line", SeriesKind::theory)->y == std::vector<double>{2, 3});
}

}  // namespace outputs_test
