// A table as the text shows it: which rows and columns, in which order, printed how.
#include "tables/printed_table.hpp"

#include <fmt/format.h>

#include "catch.hpp"
#include "data/tables/csv.hpp"
#include "experiment/parameter_type.hpp"

namespace printed_table_test {

using namespace tables;

namespace {

const std::string voles =
    "island,year,voles,seen\nnorth,2019,12.50,2019-06-01\nnorth,2020,,2020-06-02\nsouth,2019,3.25,2018-06-03\n"
    "south,2020,8,2017\n";

struct Said {
  std::vector<std::string> rows;    // cells joined by bars
  std::vector<std::string> errors;  // with their paths
  PrintedTable table;
};

Said printed(const Json& given, const std::string& csv = voles) {
  Said said;
  Json all{{"file", "data.csv"}};
  all.update(given);
  const auto tell = [&](const std::vector<experiment::ParameterError>& errors) {
    for (const auto& e : errors) said.errors.push_back(fmt::format("{}: {}", fmt::join(e.path, "."), e.message));
  };
  const auto checked = experiment::effective_parameters(print_parameters(), all);
  tell(checked.errors);
  if (!checked.errors.empty()) return said;
  const PrintRequest request = read_print_request(checked.value);
  tell(print_contradictions(request, all));
  PrintRules rules;
  rules.source = "data.csv";
  rules.number = [](double x, const std::string& format) { return fmt::format("<{}{}>", x, format); };
  auto made = print_table(data::read_csv(csv, request.options).table, request, all, rules);
  tell(made.errors);
  for (const auto& row : made.table.rows) {
    std::string line;
    for (const auto& cell : row) line += (line.empty() ? "" : "|") + (cell.text.empty() ? "-" : cell.text);
    said.rows.push_back(line);
  }
  said.table = std::move(made.table);
  return said;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a table shows all columns of its file, each printed as what it is") {
  const Said all = printed(Json::object());
  CHECK(all.errors.empty());
  CHECK(all.rows == Lines{"north|<2019>|<12.5>|2019-06-01", "north|<2020>|-|2020-06-02",
                          "south|<2019>|<3.25>|2018-06-03", "south|<2020>|<8>|2017"});
  std::string alignments;
  for (const auto& column : all.table.columns) alignments += column.align + " ";
  CHECK(alignments == "left right right left ");
}

TEST_CASE("columns are those that are chosen, in their order, with header, unit, format and alignment") {
  const Said some = printed({{"columns",
                              {{{"column", "voles"}, {"header", "**Voles**"}, {"unit", "1/ha"}, {"format", ".1f"}},
                               {{"column", "island"}, {"align", "center"}},
                               {{"column", "voles"}, {"format", "text"}}}}});
  CHECK(some.errors.empty());
  CHECK(some.rows == Lines{"<12.5.1f>|north|12.50", "-|north|-", "<3.25.1f>|south|3.25", "<8.1f>|south|8"});
  CHECK(some.table.columns[0].header == "**Voles**");
  CHECK(some.table.columns[0].is_markdown);
  CHECK(some.table.columns[0].unit == "1/ha");
  CHECK(some.table.columns[1].align == "center");
  CHECK_FALSE(some.table.columns[1].is_markdown);
  CHECK(some.table.columns[2].align == "left");
}

TEST_CASE("rows are chosen, sorted by what their columns are, and the first of them shown") {
  const auto islands = [](Json given) {
    given["columns"] = {"island", "voles"};
    return printed(given).rows;
  };
  CHECK(islands({{"where", "year = 2019"}}) == Lines{"north|<12.5>", "south|<3.25>"});
  // 3.25, 8 and 12.5 in this order: as numbers, not as texts; what is missing comes last either way.
  CHECK(islands({{"sort", "voles"}}) == Lines{"south|<3.25>", "south|<8>", "north|<12.5>", "north|-"});
  CHECK(islands({{"sort", "-voles"}}) == Lines{"north|<12.5>", "south|<8>", "south|<3.25>", "north|-"});
  CHECK(islands({{"sort", "seen"}}) == Lines{"south|<8>", "south|<3.25>", "north|<12.5>", "north|-"});
  CHECK(islands({{"sort", {"-island", "year"}}}) == Lines{"south|<3.25>", "south|<8>", "north|<12.5>", "north|-"});
  CHECK(islands({{"sort", "-voles"}, {"rows", 2}}) == Lines{"north|<12.5>", "south|<8>"});
}

TEST_CASE("a table is as long as a reader bears") {
  std::string csv = "n\n";
  for (int i = 0; i < 501; ++i) csv += fmt::format("{}\n", i);
  CHECK(printed(Json::object(), csv).errors ==
        Lines{"file: this table would have 501 rows; nobody reads more than 500"});
  CHECK(printed({{"where", "n > 0"}}, csv).rows.size() == 500);
  CHECK(printed({{"rows", 3}}, csv).rows.size() == 3);
}

TEST_CASE("a column of numbers with a slip in it is not taken for words") {
  std::string csv = "a,b\n";
  for (int i = 0; i < 19; ++i) csv += fmt::format("{},x\n", i);
  const Said said = printed(Json::object(), csv + "1O,x\n");
  REQUIRE(said.errors.size() == 1);
  CHECK(said.errors[0] == "file: '1O' is not a number");
  CHECK(printed({{"columns", {{{"column", "a"}, {"format", "text"}}}}}, csv + "1O,x\n").rows.back() == "1O");
}

TEST_CASE("what cannot be printed is told at its cell") {
  PrintRequest request;
  request.file = "data.csv";
  PrintRules rules;
  rules.source = "data.csv";
  rules.number = [](double, const std::string&) { return std::string("0"); };
  rules.refusal = [](std::string_view text) {
    return text == "south" ? data::Complaint{"no south", "go north"} : data::Complaint{};
  };
  const auto made = print_table(data::read_csv(voles, {}).table, request, Json::object(), rules);
  REQUIRE(made.errors.size() == 2);
  REQUIRE(made.errors[0].place);
  CHECK(made.errors[0].place->line == 4);
  CHECK(made.errors[0].place->column == 1);
  CHECK(made.errors[0].message == "no south");
}

}  // namespace printed_table_test
