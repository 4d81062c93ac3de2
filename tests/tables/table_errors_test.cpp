// What is wrong with a table's figure is told at the key of the directive, or at the cell of the file.
#include "catch.hpp"
#include "table_document.hpp"

namespace table_errors_test {

using table_document::Document;
using table_document::Json;

namespace {

using Texts = std::vector<std::string>;

/// A figure of years and voles, and what else it says.
Json figure(const Json& more) {
  Json all{{"x", "year"}, {"y", "voles"}};
  all.update(more);
  return all;
}

const std::string known = "; it has year, island, site, voles, mice, se";

}  // namespace

TEST_CASE("what a directive lacks, or what does not go together, is told at its key") {
  const Document d;
  const Texts two{"voles", "mice"};
  const std::vector<std::pair<Json, std::string>> cases{
      {figure({{"file", ""}}), "file: the figure names no file [as in: file: data/trapping.csv]"},
      {{{"y", "voles"}}, "x: the figure names no column for x [as in: x: date]"},
      {{{"x", "year"}},
       "y: the figure names no column for y [as in: y: voles; a histogram, and summary: count, do without]"},
      {figure({{"mark", "histogram"}}), "y: a histogram has no column for y [its bars count the values of x]"},
      {{{"x", "year"}, {"mark", "histogram+line"}}, "mark: a histogram stands alone"},
      {figure({{"mark", "boxes+points"}}), "mark: boxes stand alone"},
      {figure({{"mark", "boxes"}, {"summary", "mean"}}), "summary: boxes are of all rows, not of a summary"},
      {figure({{"lower", "se"}}), "lower: 'lower' and 'upper' go together"},
      {figure({{"upper", "se"}}), "upper: 'lower' and 'upper' go together"},
      {figure({{"lower", "se"}, {"upper", "se"}, {"error", "se"}}),
       "error: there is 'error', and 'lower' and 'upper' too [one of them is enough]"},
      {figure({{"y", two}, {"lower", "se"}, {"upper", "se"}}),
       "lower: bars of one column cannot belong to several columns of y"},
      {figure({{"mark", "line+errorbars"}}),
       "mark: there are no bounds to be drawn [as in: error: se, or lower: and upper: with columns]"},
      {figure({{"mark", "band"}}),
       "mark: there are no bounds to be drawn [as in: error: se, or lower: and upper: with columns]"},
      {{{"x", "voles"}, {"mark", "histogram"}, {"bins", {3, 1}}}, "bins: edges of bins must ascend"},
      {figure({{"bins", 3}}), "bins: 'bins' are of a histogram [as in: mark: histogram]"},
      {figure({{"stacked", true}}), "stacked: only bars can be stacked [as in: mark: bars]"},
      {figure({{"decimal", ","}}),
       "decimal: a comma cannot be between cells and before fractions [as in: delimiter: ;]"},
      {figure({{"mark", "pints"}}),
       "mark: unknown mark 'pints'; known are points, line, steps, bars, errorbars, band, histogram, boxes"},
      {figure({{"mark", 3}}), "mark: parameter 'mark' must be the name of a mark, but this is 3"},
      {figure({{"x", 3}}), "x: parameter 'x' must be text, but this is 3"},
      {figure({{"y", 3}}), "y: parameter 'y' must be a list, but this is 3 [in brackets: [3]]"},
      {figure({{"y", Json::array({1})}}), "y.0: each of 'y' must be text, but this is 1"},
      {figure({{"stacked", "yes"}}), "stacked: parameter 'stacked' must be true or false, but this is 'yes'"},
      {figure({{"summary", "avarage"}}),
       "summary: unknown value for parameter 'summary': 'avarage'; known are none, mean, median, sum, count"},
      {figure({{"delimiter", ":"}}), "delimiter: unknown sign ':'; known are ,, ;, tab, |"},
      {figure({{"axes", "log"}}),
       "axes: parameter 'axes' must be a mapping, as in {x: {label: year}, y: {scale: log}}, but this is 'log'"},
      {figure({{"axes", {{"z", {{"label", "a"}}}}}}), "axes.z: unknown key 'z'; known are x, y"},
      {figure({{"axes", {{"x", {{"lable", "a"}}}}}}),
       "axes.x.lable: unknown key 'lable'; known are label, scale, minimum, maximum"},
      {figure({{"axes", {{"y", {{"scale", "lgo"}}}}}}),
       "axes.y.scale: unknown scale 'lgo'; known are linear, log, date, category"},
      {figure({{"axes", {{"y", {{"minimum", "low"}}}}}}),
       "axes.y.minimum: a limit of an axis must be a number or a date, but this is 'low' [dates are written as in "
       "2021-03-05]"},
      {figure({{"x", "yaer"}}), "x: data/voles.csv has no column 'yaer'" + known},
      {figure({{"y", "vole"}}), "y: data/voles.csv has no column 'vole'" + known},
      {figure({{"y", Texts{"voles", "rats"}}}), "y.1: data/voles.csv has no column 'rats'" + known},
      {figure({{"group", "isle"}}), "group: data/voles.csv has no column 'isle'" + known},
      {figure({{"panels", "place"}}), "panels: data/voles.csv has no column 'place'" + known},
      {figure({{"error", "sem"}}), "error: data/voles.csv has no column 'sem'" + known},
      {figure({{"size", "mass"}}), "size: data/voles.csv has no column 'mass'" + known},
      {figure({{"color", "mass"}}), "color: data/voles.csv has no column 'mass'" + known},
      {figure({{"where", "year > 2030"}}), "where: no row is left"},
      {figure({{"file", "data/none.csv"}}),
       "file: there is no file 'data/none.csv' [looked for " + (d.scratch.path() / "data/none.csv").string() + "]"},
      {figure({{"file", "data"}}), "file: 'data' is not a file"},
      {figure({{"file", "../voles.csv"}}), "file: '../voles.csv' leads out of the document's folder"},
      {figure({{"file", "/etc/passwd"}}), "file: 'file' must be relative to the document's folder"},
  };
  for (const auto& [given, expected] : cases) {
    INFO(given.dump());
    const auto errors = d.errors(given);
    REQUIRE_FALSE(errors.empty());
    CHECK(errors[0] == expected);
  }
}

TEST_CASE("a condition on rows that cannot be is told with the part of it that is wrong") {
  const Document d;
  for (const char* where : {"yaer > 2019", "year >", "island > 3", "(year = 2019", "year ~ 3"}) {
    INFO(where);
    const auto errors = d.errors(figure({{"where", where}}));
    REQUIRE_FALSE(errors.empty());
    CHECK(errors[0].starts_with("where: in the condition, at '"));
  }
}

TEST_CASE("bad cells and broken files are told with line and column of the file") {
  const auto said = [](const std::string& bytes) {
    const auto errors = Document(bytes).errors({{"x", "a"}, {"y", "b"}});
    return errors.empty() ? std::string("nothing") : errors[0];
  };
  CHECK(said("a,b\n1,2\n2,x\n").starts_with("data/voles.csv:3:3: 'x' is not a number"));
  CHECK(said("a,b\n1,2\n2,inf\n").starts_with("data/voles.csv:3:3: "));
  CHECK(said("a,b\n1,\"1,000\"\n").starts_with("data/voles.csv:2:3: "));
  CHECK(said("a;b\n1;2\n").find("delimiter") != std::string::npos);
  CHECK(said("a,b\n1\n").starts_with("data/voles.csv:2:"));
  CHECK(said("a,b\n1,2,3\n").starts_with("data/voles.csv:2:"));
  CHECK(said("a,a\n1,2\n").starts_with("data/voles.csv:1:"));
  CHECK(said("a,b\n1,\"2\n").starts_with("data/voles.csv:2:3: "));
  CHECK(said("").starts_with("data/voles.csv:0:"));
  CHECK(said("a,b\n1,\xE4\n").starts_with("data/voles.csv:2:3: "));
  CHECK(Document("year,voles\n2019,north\n")
            .errors(figure(Json::object()))
            .at(0)
            .starts_with("data/voles.csv:2:6: 'north' is not"));
}

TEST_CASE("a column along x with a slip in it is not taken for categories") {
  std::string numbers = "a,b\n", dates = "a,b\n";
  for (int i = 1; i < 12; ++i) {
    numbers += std::to_string(i) + ",1\n";
    dates += "2021-03-" + std::to_string(10 + i) + ",1\n";
  }
  const Json xy{{"x", "a"}, {"y", "b"}};
  CHECK(Document(numbers + "1l,1\n").errors(xy).at(0).starts_with("data/voles.csv:13:1: '1l' is not a number"));
  CHECK(Document(dates + "2021-02-30,1\n").errors(xy).at(0).starts_with("data/voles.csv:13:1: '2021-02-30'"));
  Json declared = xy;
  declared["axes"] = {{"x", {{"scale", "category"}}}};
  CHECK(Document(numbers + "1l,1\n").errors(declared).empty());
  declared["axes"] = {{"x", {{"scale", "date"}}}};
  CHECK(Document("a,b\n2019,1\n2020,2\n").errors(declared).empty());
  CHECK(Document("a,b\nnorth,1\n").errors(declared).at(0).starts_with("data/voles.csv:2:1: 'north'"));
}

TEST_CASE("many bad cells are told once each up to twenty, and then counted") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 50; ++i) bytes += "1,x\n";
  const auto errors = Document(bytes).errors({{"x", "a"}, {"y", "b"}});
  REQUIRE(errors.size() == 21);
  CHECK(errors.back() == "y: 30 more cells of data/voles.csv are wrong");
}

}  // namespace table_errors_test
