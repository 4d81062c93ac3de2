// Columns as numbers, dates and categories. Seconds since 1970 are those of `date -u -d ... +%s`.
#include "data/tables/columns.hpp"

#include "data/tables/date_text.hpp"
#include "data/tables/groups.hpp"
#include "data/tables/number_text.hpp"
#include "tables.hpp"

namespace columns_test {

using namespace tables;
using data::ColumnKind;
using text::DatePrecision;

namespace {

constexpr double nan_value = std::numeric_limits<double>::quiet_NaN();

data::Table column(const Texts& cells, const data::TableOptions& options = {}) {
  std::string bytes = "x\n";
  for (const auto& cell : cells) bytes += '"' + cell + "\"\n";
  return csv(bytes, options);
}

std::string number_error(const std::string& text, char decimal = '.') {
  const auto complaint = data::why_not_number(text, decimal);
  CHECK_FALSE(data::read_number(text, decimal));
  return complaint.message + (complaint.hint.empty() ? "" : " (" + complaint.hint + ")");
}

std::string date_error(const std::string& text) {
  const auto complaint = data::why_not_date(text);
  CHECK_FALSE(text::read_date(text));
  return complaint.message + " (" + complaint.hint + ")";
}

}  // namespace

TEST_CASE("numbers are read in every writing that means one thing") {
  const auto read = data::numbers(column({"1", "-2.5", "+5", "1e-3", "1E3", ".5", "5.", " 7 ", "-0", "0.1"}), "x");
  CHECK(told(read.errors) == Texts{});
  CHECK(same(read.values, {1, -2.5, 5, 1e-3, 1e3, 0.5, 5, 7, 0, 0.1}));
  const auto commas = data::numbers(column({"1,5", "-0,25", "1e-3", "3", "2,5e3"}, {';', ','}), "x");
  CHECK(told(commas.errors) == Texts{});
  CHECK(same(commas.values, {1.5, -0.25, 1e-3, 3, 2500}));
}

TEST_CASE("missing cells are gaps and are counted") {
  const auto read = data::numbers(column({"1", "", "NA", "NaN", " NA ", "  ", "2"}), "x");
  CHECK(told(read.errors) == Texts{});
  CHECK(same(read.values, {1, nan_value, nan_value, nan_value, nan_value, nan_value, 2}));
  CHECK(read.missing == 5);
  const auto declared = data::numbers(column({"-999", "-999.0", "NA", "", "3"}, {',', '.', {"-999", "-"}}), "x");
  CHECK(told(declared.errors) ==
        Texts{"4:1+4 'NA' is not a number (a sign for missing values is declared: missing: ['NA'])"});
  CHECK(same(declared.values, {nan_value, nan_value, nan_value, nan_value, 3}));
  CHECK(declared.missing == 3);
  const auto names = data::categories(column({"NA", "north", "", "north"}), "x");
  CHECK(names.index == std::vector<std::int32_t>{-1, 0, -1, 0});
  CHECK(names.missing == 2);
  const auto days = data::dates(column({"2021", "9999", "NA"}, {',', '.', {"9999", "NA"}}), "x");
  CHECK(same(days.seconds, {1609459200, nan_value, nan_value}));
  CHECK(days.missing == 2);
}

TEST_CASE("bad cells are told at their places in the file") {
  const data::Table table =
      csv("site,voles\nnorth,12\n\"s\xC3\xBC"
          "d\",\"1,5\"\n\"x\ny\",3 kg\nz,NA\n");
  const auto read = data::numbers(table, "voles");
  CHECK(told(read.errors) ==
        Texts{"3:7+5 '1,5' is not a number (decimal commas are declared with decimal: ',')",
              "5:4+4 '3 kg' is not a number (a unit belongs in the column's name, not in its cells)"});
  CHECK(same(read.values, {12, nan_value, nan_value, nan_value}));
  CHECK(read.missing == 1);
  std::string many = "x\n";
  for (int i = 0; i < 100; ++i) many += "a\n";
  CHECK(data::numbers(csv(many), "x").errors.first.size() == 20);
  CHECK(data::numbers(csv(many), "x").errors.count() == 100);
}

TEST_CASE("a cell that is not a number says how it could be one") {
  CHECK(number_error("1,5") == "'1,5' is not a number (decimal commas are declared with decimal: ',')");
  CHECK(number_error("1,234") ==
        "'1,234' is not a number (thousands are not separated: 1234; decimal commas are declared with decimal: ',')");
  CHECK(number_error("-1,234,567.5") == "'-1,234,567.5' is not a number (thousands are not separated: -1234567.5)");
  CHECK(number_error("12 345") == "'12 345' is not a number (thousands are not separated: 12345)");
  CHECK(number_error("12\u202F345") == "'12\u202F345' is not a number (thousands are not separated: 12345)");
  CHECK(number_error("1'234") == "'1'234' is not a number (thousands are not separated: 1234)");
  CHECK(number_error("1.234,5", ',') == "'1.234,5' is not a number (thousands are not separated: 1234,5)");
  CHECK(number_error("1.5", ',') == "'1.5' is not a number (decimal: ',' is declared, but this is a decimal point)");
  CHECK(number_error("\u22125") == "'\u22125' is not a number (write the minus as a hyphen: -)");
  CHECK(number_error("5 %") ==
        "'5 %' is not a number (write the number without %; the unit belongs in the column's name)");
  CHECK(number_error("n/a") == "'n/a' is not a number (a sign for missing values is declared: missing: ['n/a'])");
  CHECK(number_error("1e400") == "'1e400' is out of range (numbers have sizes from 2.3e-308 to 1.7e308, or are 0)");
  for (const std::string infinity : {"inf", "-Infinity", "+INF", "\u221E", "-\u221E"}) {
    CAPTURE(infinity);
    CHECK(number_error(infinity) ==
          "'" + infinity + "' is not a finite number (a value that is missing is an empty cell)");
  }
  for (const std::string other : {"abc", "--5", "+-5", "- 5", "0x1F", "1e", "1.2.3", ".", "1,23,4", "5 6"}) {
    CAPTURE(other);
    CHECK(number_error(other).starts_with("'" + other + "' is not a number"));
  }
  CHECK(number_error(std::string(50, 'x')) == "'" + std::string(40, 'x') + "...' is not a number");
}

TEST_CASE("dates are read to the year, month, day, minute, second and its fractions") {
  const auto read = data::dates(
      column({"1970", "2021", "2021-03", "2021-03-05", "2021-03-05T12:30", "2021-03-05 12:30:15",
              "2021-03-05T12:30:15Z", "2021-03-05T12:30+02:00", "2021-03-05T12:30:15.250-0330", "2021-03-05T00:30+01",
              "2020-02-29", "2000-02-29", "1969-12-31T23:59:59", "0000-01-01", " 2021 "}),
      "x");
  CHECK(told(read.errors) == Texts{});
  CHECK(same(read.seconds, {0, 1609459200, 1614556800, 1614902400, 1614947400, 1614947415, 1614947415, 1614940200,
                            1614960015.25, 1614900600, 1582934400, 951782400, -1, -62167219200, 1609459200}));
  CHECK(read.precision == DatePrecision::time);
  CHECK(data::dates(column({"2021", "2021-03", ""}), "x").precision == DatePrecision::month);
}

TEST_CASE("a date is a stretch of time") {
  const auto length = [](const char* text) { return text::read_date(text)->end - text::read_date(text)->begin; };
  CHECK(length("2020") == 366 * 86400);
  CHECK(length("1900") == 365 * 86400);
  CHECK(length("2021-02") == 28 * 86400);
  CHECK(length("2021-12") == 31 * 86400);
  CHECK(length("2021-03-05") == 86400);
  CHECK(length("2021-03-05T12:30") == 60);
  CHECK(length("2021-03-05T12:30:15") == 1);
  CHECK(length("2021-03-05T12:30:15.5") == 0);
}

TEST_CASE("days that no calendar has are not dates") {
  CHECK(date_error("2021-02-30") == "'2021-02-30' is not a date (February 2021 has 28 days)");
  CHECK(date_error("1900-02-29") == "'1900-02-29' is not a date (February 1900 has 28 days)");
  CHECK(date_error("2021-04-31") == "'2021-04-31' is not a date (April 2021 has 30 days)");
  CHECK(date_error("2021-04-00") == "'2021-04-00' is not a date (April 2021 has 30 days)");
  CHECK(date_error("2021-13") == "'2021-13' is not a date (there is no month 13)");
  CHECK(date_error("2021-03-05T24:00") == "'2021-03-05T24:00' is not a date (times go from 00:00:00 to 23:59:59)");
  CHECK(date_error("2021-03-05T12:60") == "'2021-03-05T12:60' is not a date (times go from 00:00:00 to 23:59:59)");
  CHECK(date_error("2021-03-05T12:30+99:00") ==
        "'2021-03-05T12:30+99:00' is not a date (zones are as +02:00, less than a day)");
  for (const std::string other : {"5.3.2021", "3/5/2021"}) {
    CAPTURE(other);
    CHECK(date_error(other) == "'" + other + "' is not a date (dates are written year-month-day: 2021-03-05)");
  }
  for (const std::string other : {"20210305", "2021-3-5", "21-03-05", "2021-03-05T12", "2021-03-05T12:30:15.",
                                  "2021-03-05T12:30 CET", "2021-03-05x", "March 2021", "2021-03-05T12:30+02:0"}) {
    CAPTURE(other);
    CHECK(date_error(other) ==
          "'" + other + "' is not a date (dates are 2021, 2021-03, 2021-03-05 or 2021-03-05T12:30)");
  }
  const auto read = data::dates(csv("a,x\n1,2021-02-29\n2,2020-02-29\n"), "x");
  CHECK(told(read.errors) == Texts{"2:3+10 '2021-02-29' is not a date (February 2021 has 28 days)"});
  CHECK(same(read.seconds, {nan_value, 1582934400}));
}

TEST_CASE("categories are texts in the order of their first appearance") {
  const auto read = data::categories(column({"south", "north", "", "south", "007", "7", "north "}), "x");
  CHECK(read.names == Texts{"south", "north", "007", "7", "north "});
  CHECK(read.index == std::vector<std::int32_t>{0, 1, -1, 0, 2, 3, 4});
  CHECK(read.missing == 1);
}

TEST_CASE("a column is of the first kind that all its cells are of") {
  CHECK(data::kind_of(column({"1", "", "NA", "2.5"}), "x") == ColumnKind::numbers);
  CHECK(data::kind_of(column({"2020", "2021"}), "x") == ColumnKind::numbers);
  CHECK(data::kind_of(column({"", "NA"}), "x") == ColumnKind::numbers);
  CHECK(data::kind_of(column({"2020", "2021-03", ""}), "x") == ColumnKind::dates);
  CHECK(data::kind_of(column({"2021-02-30", "2021-03-05"}), "x") == ColumnKind::categories);
  CHECK(data::kind_of(column({"1", "2", "x"}), "x") == ColumnKind::categories);
  CHECK(data::kind_of(column({"1,5", "2"}, {';', ','}), "x") == ColumnKind::numbers);
}

TEST_CASE("rows are grouped in the order of first appearance") {
  const data::Table table = csv("site,voles\nsouth,1\nnorth,2\n,3\nsouth,4\n");
  const auto split = data::group_rows(data::categories(table, "site"));
  REQUIRE(split.groups.size() == 2);
  CHECK(split.groups[0].name == "south");
  CHECK(split.groups[0].rows == std::vector<data::Row>{0, 3});
  CHECK(split.groups[1].name == "north");
  CHECK(split.groups[1].rows == std::vector<data::Row>{1});
  CHECK(split.without == std::vector<data::Row>{2});
  CHECK(data::at_rows(data::numbers(table, "voles").values, split.groups[0].rows) == std::vector<double>{1, 4});
}

}  // namespace columns_test
