// Names of categories stand whole where they fit, and say what they leave out where they do not.
#include "plot/layout/category_labels.hpp"

#include "catch.hpp"
#include "plot/figure.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/marks/bars.hpp"

namespace category_labels_test {

using namespace plot;

namespace {

using Texts = std::vector<std::string>;

/// Every character is half as wide as its size.
TextExtent measure(std::string_view text, Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

/// An axis of n categories with so many characters of the tick labels' size to each.
Scale axis_of(std::size_t n, double characters) {
  const double high = static_cast<double>(n) - 0.5;
  return lay({ScaleKind::linear, false, -0.5, high}, 0, characters * 3.75 * static_cast<double>(n));
}

CategoryLabels below(const Texts& names, double characters) {
  return category_labels_below(names, axis_of(names.size(), characters), {}, measure);
}

Texts labels(const std::vector<Tick>& ticks) {
  Texts texts;
  for (const Tick& tick : ticks) texts.push_back(tick.label);
  return texts;
}

}  // namespace

TEST_CASE("names that fit stand in one line at whole numbers") {
  const auto [ticks, turned] = below({"one", "two"}, 8);
  CHECK(labels(ticks) == Texts{"one", "two"});
  CHECK_FALSE(turned);
  CHECK(ticks[1].at == 1);
}

TEST_CASE("longer names are broken at spaces, into at most three lines") {
  CHECK(labels(below({"a long name", "two"}, 8).ticks) == Texts{"a long\nname", "two"});
  CHECK_FALSE(below({"a b c d e", "two"}, 5.1).turned);
  CHECK(below({"aaa bbb ccc ddd", "two"}, 5.1).turned);
}

TEST_CASE("names with a word that does not fit are turned, all of an axis") {
  const auto [ticks, turned] = below({"incomprehensibly", "two"}, 8);
  CHECK(turned);
  CHECK(labels(ticks) == Texts{"incomprehensibly", "two"});
}

TEST_CASE("a turned name of more than an inch ends in an ellipsis, at a whole character") {
  const std::string name = "ééééééééééééééééééééééééééééééé";  // two bytes a character
  const auto [ticks, turned] = below({name, "two"}, 8);
  REQUIRE(turned);
  const std::string& label = ticks[0].label;
  CHECK(measure(label, Face::regular, 7.5).width <= 72);
  CHECK(label.ends_with("é…"));
  CHECK(name.starts_with(label.substr(0, label.size() - std::string("…").size())));
}

TEST_CASE("where not even turned names can stand side by side, every so many one stands") {
  const Texts names(40, "name");
  const auto [ticks, turned] = below(names, 1);  // 3.75 points each, 9 needed
  CHECK(turned);
  REQUIRE(ticks.size() == 40);
  for (std::size_t i = 0; i < ticks.size(); ++i) CHECK(ticks[i].major() == (i % 3 == 0));
}

TEST_CASE("beside an axis names take the lines that they have room for, and tell what is missing") {
  const Texts names{"a name of many words", "two"};
  const auto beside = [&](double slot, double most) {
    return labels(
        category_labels_beside(names, lay({ScaleKind::linear, false, -0.5, 1.5}, 2 * slot, 0), most, {}, measure));
  };
  CHECK(beside(40, 100)[0] == "a name of many words");
  CHECK(beside(40, 40)[0] == "a name of\nmany words");
  CHECK(beside(12, 40)[0] == "a name…");
}

TEST_CASE("an axis of categories reaches half beyond the first and the last, and is not rounded") {
  Figure figure;
  figure.panels.resize(1);
  figure.panels[0].marks = {Bars{.series = "s", .x = {0, 1, 2}, .y = {1, 2, 3}}};
  figure.panels[0].x.categories = {"a", "b", "c"};
  const DrawnFigure drawn = draw(figure, measure);
  const PanelPlan& plan = drawn.panels.at(0).plan;
  CHECK(plan.x.low == -0.5);
  CHECK(plan.x.high == 2.5);
  CHECK(labels(plan.x_ticks) == Texts{"a", "b", "c"});
}

TEST_CASE("a panel keeps its height whatever its names need below it") {
  const auto height = [](const std::string& name) {
    Figure figure;
    figure.panels.resize(1);
    figure.panels[0].marks = {Bars{.series = "s", .x = {0, 1}, .y = {1, 2}}};
    figure.panels[0].x.categories = {name, "b"};
    figure.width = FigureWidth::margin;
    const DrawnFigure drawn = draw(figure, measure);
    return std::pair{drawn.panels.at(0).plan.box.height(), drawn.height};
  };
  const auto [panel, whole] = height("a");
  const auto [with_turned, taller] = height("incomprehensibly");
  CHECK(with_turned == Approx(panel));
  CHECK(taller > whole + 20);
}

}  // namespace category_labels_test
