// Conditions on rows: what they mean, and what is said of those that mean nothing.
#include "data/tables/filter.hpp"

#include "tables.hpp"

namespace filter_test {

using namespace tables;
using Rows = std::vector<data::Row>;

namespace {

const data::Table& voles() {
  static const data::Table table =
      csv("date,year,site,voles,gross weight,code\n"
          "2020-12-31,2020,north,12,1.5,007\n"      // 0
          "2021-03-05,2021,south,,2.5,7\n"          // 1
          "2021-03-05T12:30,2021,north,3,NA,007\n"  // 2
          ",2022,,5,4.5,8\n"                        // 3
          "2021-04,2022,it's,-1,5.5,9\n");          // 4
  return table;
}

data::RowFilter parsed(const std::string& text) {
  const auto filter = data::parse_filter(text);
  for (const auto& error : filter.errors) FAIL(text << ": " << error.offset << " " << error.message);
  return filter.filter;
}

Rows rows(const std::string& text) {
  const auto filtered = data::filter_rows(voles(), parsed(text));
  CHECK(filtered.errors.empty());
  CHECK(told(filtered.bad_cells) == Texts{});
  return filtered.rows;
}

std::string told(const data::FilterError& error) {
  return fmt::format("{}+{} {}{}", error.offset, error.length, error.message,
                     error.hint.empty() ? "" : fmt::format(" ({})", error.hint));
}

/// The one error of a condition that cannot be parsed.
std::string syntax(const std::string& text) {
  const auto filter = data::parse_filter(text);
  REQUIRE(filter.errors.size() == 1);
  return told(filter.errors[0]);
}

/// The errors of a condition that does not fit the table.
Texts misfit(const std::string& text) {
  Texts lines;
  for (const auto& error : data::filter_rows(voles(), parsed(text)).errors) lines.push_back(told(error));
  return lines;
}

}  // namespace

TEST_CASE("a column of numbers compares with numbers") {
  CHECK(rows("year = 2021") == Rows{1, 2});
  CHECK(rows("year == 2021") == Rows{1, 2});
  CHECK(rows("year != 2021") == Rows{0, 3, 4});
  CHECK(rows("year < 2021") == Rows{0});
  CHECK(rows("year <= 2021") == Rows{0, 1, 2});
  CHECK(rows("year>2021") == Rows{3, 4});
  CHECK(rows("year >= 2.021e3") == Rows{1, 2, 3, 4});
  CHECK(rows("voles < -0.5") == Rows{4});
  CHECK(rows("year in [2020, 2022]") == Rows{0, 3, 4});
  CHECK(rows("year not in [2020, 2022]") == Rows{1, 2});
}

TEST_CASE("texts compare as they are written") {
  CHECK(rows("site = 'north'") == Rows{0, 2});
  CHECK(rows("site != \"north\"") == Rows{1, 4});
  CHECK(rows("site = 'it''s'") == Rows{4});
  CHECK(rows("site = \"it's\"") == Rows{4});
  CHECK(rows("site in ['south', 'it''s']") == Rows{1, 4});
  CHECK(rows("site not in ['south', 'north']") == Rows{4});
  CHECK(rows("site < 'north'") == Rows{4});
  CHECK(rows("site <= 'north'") == Rows{0, 2, 4});
  CHECK(rows("site > 'north'") == Rows{1});
  CHECK(rows("site >= 'north'") == Rows{0, 1, 2});
  CHECK(rows("code = '007'") == Rows{0, 2});
  CHECK(rows("code = 7") == Rows{0, 1, 2});
}

TEST_CASE("a date is all of its time") {
  CHECK(rows("date = 2021-03-05") == Rows{1, 2});
  CHECK(rows("date = 2021-03-05T12:30") == Rows{2});
  CHECK(rows("date = 2021-03") == Rows{1, 2});
  CHECK(rows("date = 2021") == Rows{1, 2, 4});
  CHECK(rows("date != 2021-03") == Rows{0, 4});
  CHECK(rows("date < 2021-03") == Rows{0});
  CHECK(rows("date <= 2021-03") == Rows{0, 1, 2});
  CHECK(rows("date > 2021-03") == Rows{4});
  CHECK(rows("date >= 2021-03") == Rows{1, 2, 4});
  CHECK(rows("date > 2021-03-05") == Rows{4});
  CHECK(rows("date >= '2021-03-05'") == Rows{1, 2, 4});
  CHECK(rows("date > 2021-03-05T12:30:00.5Z") == Rows{4});
  CHECK(rows("date in [2020, 2021-04]") == Rows{0, 4});
}

TEST_CASE("a missing cell makes any comparison false") {
  CHECK(rows("voles = 12 or voles != 12") == Rows{0, 2, 3, 4});
  CHECK(rows("not voles = 12") == Rows{1, 2, 3, 4});
  CHECK(rows("not (date > 2000)") == Rows{3});
  CHECK(rows("missing(voles)") == Rows{1});
  CHECK(rows("missing(`gross weight`)") == Rows{2});
  CHECK(rows("not missing(site)") == Rows{0, 1, 2, 4});
}

TEST_CASE("and binds closer than or, not closer than both") {
  CHECK(rows("year = 2020 or year = 2021 and site = 'south'") == Rows{0, 1});
  CHECK(rows("(year = 2020 or year = 2021) and site = 'south'") == Rows{1});
  CHECK(rows("not year = 2020 and site = 'north'") == Rows{2});
  CHECK(rows("not (year = 2020 and site = 'north')") == Rows{1, 2, 3, 4});
  CHECK(rows("not not year = 2020") == Rows{0});
  CHECK(rows(" \n `year`=2020\tand`gross weight`<2 ") == Rows{0});
}

TEST_CASE("names may hold points, hyphens and letters of any script") {
  const data::Table table =
      csv("a.b,a-b,gr\xC3\xB6\xC3\x9F"
          "e,missing,in\n1,2,3,4,5\n");
  for (const char* text : {"a.b = 1", "a-b = 2",
                           "gr\xC3\xB6\xC3\x9F"
                           "e\xC2\xA0= 3",
                           "missing = 4", "`in` = 5"}) {
    CAPTURE(text);
    if (std::string(text).find("\xC2\xA0") != std::string::npos) {
      CHECK(syntax(text) == "7+2 unexpected '\xC2\xA0' (this blank does not break a line; write a plain one)");
      continue;
    }
    CHECK(data::filter_rows(table, parsed(text)).rows == Rows{0});
  }
}

TEST_CASE("a condition that cannot be parsed is told at its place") {
  CHECK(syntax("") == "0+1 the condition ends too soon (a column's name is needed)");
  CHECK(syntax("year") == "4+1 the condition ends too soon (a comparison is needed: = != < <= > >= or in)");
  CHECK(syntax("year >=") == "7+1 the condition ends too soon (a number, a 'text' or a date is needed)");
  CHECK(syntax("year >= 2020 and") == "16+1 the condition ends too soon (a column's name is needed)");
  CHECK(syntax("(year = 2020") == "12+1 the condition ends too soon (a ) is missing)");
  CHECK(syntax("year = 2020)") == "11+1 unexpected ')' (expected 'and', 'or' or the end)");
  CHECK(syntax("year = 2020 AND voles = 1") == "12+3 unexpected 'AND' ('and', 'or', 'not' and 'in' are small)");
  CHECK(syntax("year \u2265 2020") == "5+3 unexpected '\u2265' (write >=)");
  CHECK(syntax("year\u22652020") == "4+3 unexpected '\u2265' (write >=)");
  CHECK(syntax("year <> 2020") == "5+2 unexpected '<>' (write !=)");
  CHECK(syntax("year === 2020") == "5+3 unexpected '===' (write =)");
  CHECK(syntax("year = 2020 && voles = 1") == "12+2 unexpected '&&' (write 'and')");
  CHECK(syntax("!missing(voles)") == "0+1 unexpected '!' (write 'not', or != in a comparison)");
  CHECK(syntax("2020 <= year") ==
        "0+4 a comparison begins with a column (as in: year >= 2020; or `a b` for a name with blanks)");
  CHECK(syntax("year >= 2020 <= 2021") ==
        "13+2 a comparison has two sides only (as in: year >= 2019 and year <= 2021)");
  CHECK(syntax("gross weight > 2") ==
        "6+6 unexpected 'weight' (a comparison is needed; a name with blanks stands in backquotes: `gross ...`)");
  CHECK(syntax("site = north") ==
        "7+5 a column is compared with a value, and 'north' is not one (a text stands in quotes: 'north')");
  CHECK(syntax("voles = NA") == "8+2 a missing value equals nothing (as in: missing(column), not missing(column))");
  CHECK(syntax("voles is missing") == "6+2 'is' is not known here (as in: missing(voles))");
  CHECK(syntax("date > 2021-02-30") == "7+10 '2021-02-30' is not a date (February 2021 has 28 days)");
  CHECK(syntax("voles > 3kg") == "8+3 '3kg' is not a number (a unit belongs in the column's name, not in its cells)");
  CHECK(syntax("voles > 1,5") == "9+1 unexpected ',' (expected 'and', 'or' or the end)");
  CHECK(syntax("site = 'north") == "7+1 this quote is never closed");
  CHECK(syntax("`site = 'north'") == "0+1 this backquote is never closed");
  CHECK(syntax("site = \u2018north\u2019") == "7+3 unexpected '\u2018' (quotes around a text are straight: 'text')");
  CHECK(syntax("site in 'north'") == "8+1 unexpected ''' (a list is needed: in ['a', 'b'])");
  CHECK(syntax("site in ['north'") == "16+1 the condition ends too soon (a comma or ] is needed)");
  CHECK(syntax("site in []") == "9+1 unexpected ']' (a number, a 'text' or a date is needed)");
  CHECK(syntax("site not = 'north'") == "9+1 unexpected '=' ('in' is needed after 'not')");
  CHECK(syntax("and = 3") == "0+3 unexpected 'and' (a column's name is needed)");
  CHECK(syntax(std::string(101, '(') + "a = 1") == "100+1 the condition is nested too deeply");
  std::string chain = "a = 1";
  for (int i = 0; i < 1001; ++i) chain += " or a = 1";
  CHECK(syntax(chain) == "9006+2 the condition has more than 1000 operators");
}

TEST_CASE("a comparison that a column is not of the kind for is told") {
  CHECK(misfit("year >= '2020'") == Texts{"8+6 'year' holds numbers (a number stands without quotes: 2020)"});
  CHECK(misfit("voles > 2021-03-05") == Texts{"8+10 'voles' holds numbers (a number stands without quotes: 2020)"});
  CHECK(misfit("date > 12") ==
        Texts{"7+2 'date' holds dates (dates are 2021, 2021-03, 2021-03-05 or 2021-03-05T12:30)"});
  CHECK(misfit("date > 'March'") ==
        Texts{"7+7 'date' holds dates (dates are 2021, 2021-03, 2021-03-05 or 2021-03-05T12:30)"});
  CHECK(misfit("site = 5") == Texts{"7+1 'site' holds texts (a text stands in quotes: '5')"});
  CHECK(misfit("site > 2021-03") == Texts{"7+7 'site' holds texts (a text stands in quotes: '2021-03')"});
}

TEST_CASE("a column that the table does not have is named") {
  const auto filtered = data::filter_rows(voles(), parsed("yaer = 2020 or missing(`vole s`)"));
  REQUIRE(filtered.errors.size() == 2);
  CHECK(told(filtered.errors[0]) == "0+4 the table has no column 'yaer'");
  CHECK(filtered.errors[0].unknown_column == "yaer");
  CHECK(told(filtered.errors[1]) == "23+8 the table has no column 'vole s'");
  CHECK(filtered.errors[1].unknown_column == "vole s");
}

TEST_CASE("bad cells of a column that is compared are told in the file, once") {
  const data::Table table = csv("year,date\n2020,2021\n2O21,2021-03-05\n2022,5.3.2021\n");
  const auto numbers = data::filter_rows(table, parsed("year > 2000 and year < 2022"));
  CHECK(tables::told(numbers.bad_cells) == Texts{"3:1+4 '2O21' is not a number"});
  CHECK(numbers.errors.empty());
  const auto dates = data::filter_rows(table, parsed("date >= 2021"));
  CHECK(tables::told(dates.bad_cells) ==
        Texts{"4:6+8 '5.3.2021' is not a date (dates are written year-month-day: 2021-03-05)"});
}

}  // namespace filter_test
