// Figures from tables: which series a table gives, what the text may ask of them, and how they are drawn.
#include <algorithm>
#include <cmath>

#include "catch.hpp"
#include "experiment/result_json.hpp"
#include "support/marks_of.hpp"
#include "table_document.hpp"

namespace table_experiment_test {

using table_document::Document;
using table_document::Json;

using support::marks_of;

namespace {

using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;

Texts names_of(const experiment::PanelData& panel) {
  Texts names;
  for (const auto& s : panel.series) names.push_back(s.name);
  return names;
}

}  // namespace

TEST_CASE("one series a column, a group, or both") {
  const Document d;
  CHECK(names_of(d.result({{"x", "year"}, {"y", Texts{"voles", "mice"}}}).panels.at(0)) == Texts{"voles", "mice"});
  CHECK(names_of(d.result({{"x", "year"}, {"y", "voles"}, {"group", "island"}}).panels.at(0)) ==
        Texts{"north", "south"});
  CHECK(names_of(d.result({{"x", "year"}, {"y", Texts{"voles", "mice"}}, {"group", "island"}}).panels.at(0)) ==
        Texts{"north voles", "north mice", "south voles", "south mice"});
}

TEST_CASE("one panel for each value of a column") {
  const auto result = Document().result({{"x", "year"}, {"y", "voles"}, {"group", "island"}, {"panels", "site"}});
  REQUIRE(result.panels.size() == 2);
  CHECK(result.panels[0].title == "a");
  CHECK(result.panels[0].series.at(0).x == Numbers{2019, 2020});
  CHECK(result.panels[1].series.at(1).y == Numbers{5, 8});
  CHECK(result.values.at("a.north.mean") == 12);
}

TEST_CASE("an empty cell is missing: a gap, not a zero, and counted") {
  const auto result = Document().result({{"x", "year"}, {"y", "voles"}, {"group", "island"}});
  CHECK(std::isnan(result.panels.at(0).series.at(0).y.at(2)));
  CHECK(result.values.at("north.n") == 2);
  CHECK(result.values.at("north.missing") == 1);
  CHECK(result.values.at("north.mean") == 12);
}

TEST_CASE("a value of x that is missing stands nowhere, and is counted") {
  const auto weighed = Document().result({{"x", "voles"}, {"mark", "histogram"}, {"group", "island"}});
  CHECK(weighed.values.at("north.n") == 2);
  CHECK(weighed.values.at("north.missing") == 1);
  CHECK(weighed.values.at("south.missing") == 0);
  const auto dated = Document("year,voles\n2019,3\n,4\n").result({{"x", "year"}, {"y", "voles"}});
  CHECK(dated.values.at("voles.year.missing") == 1);
  CHECK(dated.values.at("voles.missing") == 0);
}

TEST_CASE("the text may ask for statistics of every series and column") {
  const auto result = Document().result({{"x", "year"}, {"y", "voles"}, {"where", "island = 'south'"}});
  const std::map<std::string, double> expected{
      {"voles.n", 3},    {"voles.missing", 0},     {"voles.mean", 16.0 / 3}, {"voles.min", 3},
      {"voles.max", 8},  {"voles.median", 5},      {"voles.sum", 16},        {"voles.first", 3},
      {"voles.last", 8}, {"voles.year.min", 2019}, {"voles.year.last", 2021}};
  for (const auto& [name, value] : expected) {
    INFO(name);
    CHECK(result.values.at(name) == Approx(value));
  }
  CHECK(result.values.at("voles.sd") == Approx(std::sqrt(19.0 / 3)));
  CHECK(result.values.at("voles.se") == Approx(std::sqrt(19.0 / 9)));
  CHECK(result.samples.at("voles.quantile") == Numbers{3, 5, 8});
  CHECK(result.cells.at("voles.at").at("2020") == 5);
}

TEST_CASE("what a figure gives is declared, name by name") {
  const Document d;
  for (const Json& given :
       {Json{{"x", "year"}, {"y", "voles"}, {"group", "island"}}, Json{{"x", "island"}, {"y", Texts{"voles", "mice"}}},
        Json{{"x", "voles"}, {"mark", "histogram"}}}) {
    const auto result = d.result(given);
    std::size_t numbers = 0, samples = 0, cells = 0, curves = 0;
    for (const auto& output : d.table.outputs(d.effective(given))) {
      using Kind = experiment::OutputKind;
      if (output.kind == Kind::number) numbers += result.values.contains(output.name);
      if (output.kind == Kind::sample) samples += result.samples.contains(output.name);
      if (output.kind == Kind::cells) cells += result.cells.contains(output.name);
      if (output.is_curve()) ++curves;
    }
    CHECK(numbers == result.values.size());
    CHECK(samples == result.samples.size());
    CHECK(cells == result.cells.size());
    std::size_t series = 0;
    for (const auto& panel : result.panels) series += panel.series.size();
    CHECK(curves == series);
  }
}

TEST_CASE("whoever asks what a table gives is told with a series that stands for all") {
  const Document d;
  std::vector<std::string> names;
  for (const auto& output : d.table.outputs(experiment::effective_parameters(d.table.parameters, Json::object()).value))
    names.push_back(output.name);
  for (const char* name : {"SERIES.mean", "SERIES.quantile", "SERIES.at", "SERIES.X.max"})
    CHECK(std::find(names.begin(), names.end(), name) != names.end());
}

TEST_CASE("data files have dates and categories as they are written") {
  const Document dates("day,height\n2021-03-05,1\n2021-03-06T12:30,2\n");
  CHECK(experiment::to_csv(dates.result({{"x", "day"}, {"y", "height"}})) ==
        "panel,series,x,y,lower,upper\n,height,2021-03-05,1,,\n,height,2021-03-06T12:30:00,2,,\n");
  const auto by_island = Document().result({{"x", "island"}, {"y", "voles"}, {"summary", "sum"}});
  CHECK(experiment::to_csv(by_island) == "panel,series,x,y,lower,upper\n,voles,north,24,,\n,voles,south,16,,\n");
  CHECK(experiment::to_json(by_island)["panels"][0]["series"][0]["x"] == Json(Texts{"north", "south"}));
  CHECK(by_island.cells.at("voles.at").at("south") == 16);
}

TEST_CASE("rows of one place are summarised as asked, with the error of their mean") {
  const Document d("site,count\na,1\na,3\nb,2\nb,6\nb,\n");
  const auto of = [&](const Json& how) {
    Json given{{"x", "site"}, {"y", "count"}};
    given.update(how);
    return d.result(given).panels.at(0).series.at(0);
  };
  CHECK(of({{"summary", "mean"}}).y == Numbers{2, 4});
  CHECK(of({{"summary", "median"}}).y == Numbers{2, 4});
  CHECK(of({{"summary", "sum"}}).y == Numbers{4, 8});
  CHECK(of({{"summary", "count"}}).y == Numbers{2, 2});
  const auto se = of({{"error", "se"}});
  CHECK(se.y == Numbers{2, 4});
  CHECK(se.lower.at(0) == Approx(1));
  CHECK(se.upper.at(1) == Approx(6));
  CHECK(of({{"error", "sd"}}).upper.at(1) == Approx(4 + std::sqrt(8)));
}

TEST_CASE("an error column reaches to both sides, and bounds are taken as they are") {
  const Document d("x,y,e,lo,hi\n1,10,2,7,14\n2,20,3,18,25\n");
  const auto with_error = d.result({{"x", "x"}, {"y", "y"}, {"error", "e"}}).panels.at(0).series.at(0);
  CHECK(with_error.lower == Numbers{8, 17});
  CHECK(with_error.upper == Numbers{12, 23});
  const auto bounds = d.result({{"x", "x"}, {"y", "y"}, {"lower", "lo"}, {"upper", "hi"}}).panels.at(0).series.at(0);
  CHECK(bounds.lower == Numbers{7, 18});
  // A table's own column goes before the error of a mean.
  const auto own = Document().result({{"x", "year"}, {"y", "voles"}, {"group", "island"}, {"error", "se"}});
  CHECK(own.panels.at(0).series.at(0).lower.at(0) == 9);
}

TEST_CASE("semicolons, decimal commas, tabs and JSON records are read as they are declared") {
  const Json xy{{"x", "a"}, {"y", "b"}};
  const auto with = [&](const Json& more) {
    Json all = xy;
    all.update(more);
    return all;
  };
  CHECK(Document("a;b\n1,5;2,5\n").result(with({{"delimiter", ";"}, {"decimal", ","}})).values.at("b.max") == 2.5);
  CHECK(Document("a\tb\n1\t2\n", "t.tsv").result(with({{"file", "t.tsv"}})).values.at("b.max") == 2);
  CHECK(Document(R"([{"a": 1, "b": 4}, {"a": 2, "b": null}])", "r.json")
            .result(with({{"file", "r.json"}}))
            .values.at("b.missing") == 1);
  CHECK(Document("a,b\n1,-999\n2,3\n").result(with({{"missing", Texts{"-999"}}})).values.at("b.missing") == 1);
}

TEST_CASE("the marks suit the columns where none are asked for") {
  const Document d;
  using Kinds = std::vector<std::size_t>;
  const auto kinds = [&](const Json& given) {
    Kinds list;
    const auto figure = d.figure(given);
    for (const auto& mark : figure.panels.at(0).marks) list.push_back(mark.index());
    return list;
  };
  const auto index = [](const plot::Mark& mark) { return mark.index(); };
  const std::size_t line = index(plot::Line{}), points = index(plot::Points{}), bars = index(plot::Bars{}),
                    boxes = index(plot::Boxes{}), error_bars = index(plot::ErrorBars{});
  CHECK(kinds({{"x", "year"}, {"y", "mice"}, {"where", "island = 'north'"}}) == Kinds{line, points});
  CHECK(kinds({{"x", "year"}, {"y", "mice"}}) == Kinds{points});
  CHECK(kinds({{"x", "island"}, {"y", "mice"}}) == Kinds{boxes});
  CHECK(kinds({{"x", "island"}, {"y", "mice"}, {"summary", "mean"}}) == Kinds{bars});
  CHECK(kinds({{"x", "year"}, {"y", "mice"}, {"error", "sd"}}) == Kinds{line, error_bars});
  CHECK(kinds({{"x", "mice"}, {"mark", "histogram"}}) == Kinds{bars});
  CHECK(kinds({{"x", "year"}, {"y", "mice"}, {"mark", "steps"}}) == Kinds{line});
}

TEST_CASE("axes bear the columns' names unless told otherwise, and are dates or categories by their column") {
  const auto figure =
      Document("day,voles\n2021-01-01,1\n2021-06-01,20\n")
          .figure({{"x", "day"},
                   {"y", "voles"},
                   {"axes", {{"y", {{"label", "voles per night"}, {"scale", "log"}, {"minimum", 0.5}}}}}});
  const auto& panel = figure.panels.at(0);
  CHECK(panel.x.label == "day");
  CHECK(panel.x.scale == plot::ScaleKind::date);
  CHECK(panel.y.label == "voles per night");
  CHECK(panel.y.scale == plot::ScaleKind::log);
  CHECK(panel.y.min == 0.5);
  CHECK(Document().figure({{"x", "island"}, {"y", "mice"}}).panels.at(0).x.categories == Texts{"north", "south"});
}

TEST_CASE("series of one name look the same in all panels, and one series needs no name") {
  const auto figure =
      Document().figure({{"x", "year"}, {"y", "mice"}, {"group", "island"}, {"panels", "site"}, {"mark", "points"}});
  REQUIRE(figure.panels.size() == 2);
  const auto first = marks_of<plot::Points>(figure.panels[0]), second = marks_of<plot::Points>(figure.panels[1]);
  CHECK(first.at(1).ink == second.at(1).ink);
  CHECK(first.at(0).ink != first.at(1).ink);
  const auto alone = Document().figure({{"x", "year"}, {"y", "mice"}, {"mark", "points"}});
  CHECK(marks_of<plot::Points>(alone.panels.at(0)).at(0).label.empty());
}

TEST_CASE("dollars and backslashes in a table's names are themselves in the drawing") {
  const Document d("price $,by\\\\year,b\n1,a$b$,2\n2,c,3\n");
  const auto figure = d.figure({{"x", "price $"}, {"y", "b"}, {"group", "by\\\\year"}});
  CHECK(figure.panels.at(0).x.label == "price \\$");
  CHECK(d.figure({{"x", "by\\\\year"}, {"y", "b"}}).panels.at(0).x.categories.at(0) == "a\\$b\\$");
}

TEST_CASE("bars of several series stand beside or on one another") {
  Json given{{"x", "year"}, {"y", "mice"}, {"group", "island"}, {"mark", "bars"}};
  const auto grouped = marks_of<plot::Bars>(Document().figure(given).panels.at(0));
  REQUIRE(grouped.size() == 2);
  CHECK(grouped[0].offset != grouped[1].offset);
  given["stacked"] = true;
  const auto stacked = marks_of<plot::Bars>(Document().figure(given).panels.at(0));
  CHECK(stacked.at(1).below == Numbers{5, 6, 7});
}

TEST_CASE("a histogram's bins are those asked for, the same for all series") {
  const Json given{{"x", "voles"}, {"mark", "histogram"}, {"group", "island"}, {"bins", Numbers{0, 5, 20}}};
  const auto bars = marks_of<plot::Bars>(Document().figure(given).panels.at(0));
  REQUIRE(bars.size() == 2);
  CHECK(bars[0].y == Numbers{0, 2});
  CHECK(bars[1].y == Numbers{1, 2});
}

TEST_CASE("a file that is written anew is read anew") {
  const Document d;
  const Json given{{"x", "year"}, {"y", "voles"}};
  CHECK(d.result(given).values.at("voles.max") == 14);
  sys::write_file(d.scratch.path() / "data/voles.csv", "year,voles\n2019,100\n");
  CHECK(d.result(given).values.at("voles.max") == 100);
}

}  // namespace table_experiment_test
