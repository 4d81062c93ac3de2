// CSV by RFC 4180 and as spreadsheets write it.
#include "data/tables/csv.hpp"

#include "tables.hpp"

namespace csv_test {

using namespace tables;

namespace {

const std::string by_lf = "date,site,voles\n2021-03-05,north,12\n2021-03-06,south,\n";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

TEST_CASE("a table is the same whatever ends its lines, with a byte order mark and without the last line end") {
  for (const std::string end : {"\n", "\r\n", "\r"})
    for (const std::string mark : {"", "\xEF\xBB\xBF"})
      for (const bool ends_in_line_end : {true, false}) {
        std::string bytes = mark + replaced(by_lf, "\n", end);
        if (!ends_in_line_end) bytes.resize(bytes.size() - end.size());
        CAPTURE(bytes);
        const data::Table table = csv(bytes);
        CHECK(table.names == Texts{"date", "site", "voles"});
        CHECK(table.rows() == 2);
        CHECK(texts(table, "date") == Texts{"2021-03-05", "2021-03-06"});
        CHECK(texts(table, "site") == Texts{"north", "south"});
        CHECK(texts(table, "voles") == Texts{"12", "(missing)"});
      }
}

TEST_CASE("columns may be separated by semicolons, tabs and bars") {
  for (const char delimiter : {';', '\t', '|'}) {
    CAPTURE(delimiter);
    const data::Table table = csv(replaced("a,b\n1,\"x,y\"\n,z\n", ",", {delimiter}), {delimiter});
    CHECK(texts(table, "a") == Texts{"1", "(missing)"});
    CHECK(texts(table, "b") == Texts{std::string("x") + delimiter + "y", "z"});
  }
}

TEST_CASE("quotes hold delimiters, line breaks, quotes and blanks") {
  const data::Table table =
      csv("\"name of \"\"it\"\"\",b\n"
          "\"a, b\",\"two\nlines\"\r\n"
          "\"5\"\" pipe\",\"two\r\nlines\"\n"
          "\"\",\" blanks \"\n"
          "  \"indented, yes\"  , \"x\" \n");
  CHECK(table.names == Texts{"name of \"it\"", "b"});
  CHECK(texts(table, "name of \"it\"") == Texts{"a, b", "5\" pipe", "(missing)", "indented, yes"});
  CHECK(texts(table, "b") == Texts{"two\nlines", "two\r\nlines", " blanks ", "x"});
}

TEST_CASE("blanks around a cell do not count, those within do") {
  const data::Table table = csv(" a , b\t\n 1 2 ,\t x  y \n");
  CHECK(table.names == Texts{"a", "b"});
  CHECK(texts(table, "a") == Texts{"1 2"});
  CHECK(texts(table, "b") == Texts{"x  y"});
}

TEST_CASE("blank lines are skipped, and in a table of one column they are missing cells") {
  CHECK(texts(csv("\na,b\n\n1,2\n  \n3,4\n\n"), "a") == Texts{"1", "3"});
  CHECK(texts(csv("a\n1\n\n3\n\n\n"), "a") == Texts{"1", "(missing)", "3"});
  CHECK(texts(csv("a\n1\n\"\"\n"), "a") == Texts{"1", "(missing)"});
}

TEST_CASE("a row of another length is told with what the header has") {
  CHECK(csv_errors("a,b,c\n1,2\n1,2,3\n1,2,3,4,5\n") ==
        Texts{"2:1+3 this row has 2 fields, but the header has 3 (a missing value keeps its delimiter: 1,,3)",
              "4:7+3 this row has 5 fields, but the header has 3 (a cell that holds ',' stands in quotes)"});
  CHECK(
      csv_errors("# made by hand\na,b\n") ==
      Texts{
          "2:3+1 this row has 2 fields, but the header has 1 (the header is the first line; comments have no place in "
          "CSV)"});
}

TEST_CASE("broken quotes are told where they stand") {
  CHECK(csv_errors("a,b\n1,2\n3,\"x\n4,5\n") ==
        Texts{"3:3+1 this quote is never closed (a quote within a quoted cell is written twice)"});
  CHECK(csv_errors("a,b\n\xC3\xA9,5\" pipe\n\"x\"y,2\n1,2\n") ==
        Texts{"2:4+1 a quote in a cell that does not begin with one (put the whole cell in quotes and write this quote "
              "twice: \"5\"\" pipe\")",
              "3:4+1 text after the closing quote (a quote within a quoted cell is written twice)"});
}

TEST_CASE("lines within quotes count as lines of the file") {
  CHECK(csv_errors("a,b\n\"1\n2\",3\n4\n") ==
        Texts{"4:1+1 this row has 1 field, but the header has 2 (a missing value keeps its delimiter: 1,,3)"});
}

TEST_CASE("a header is names, all different") {
  CHECK(csv_errors("a,,a,\n1,2,3,4\n") ==
        Texts{"1:3+1 column 2 has no name", "1:4+1 columns 1 and 3 are both named 'a' (names of columns are different)",
              "1:6+1 column 4 has no name (the line ends in a delimiter)"});
  CHECK(csv_errors("\"\",a\n1,2\n") ==
        Texts{"1:1+2 column 1 has no name (R's write.csv puts row names there; row.names = FALSE leaves them out)"});
  CHECK(
      csv_errors("2021-03-05,12,0.5\n2021-03-06,13,0.4\n") ==
      Texts{"1:1+17 the first line holds numbers, not the columns' names (write the names above, as in: date,voles)"});
  CHECK(csv_errors("site,2020,2021\nnorth,1,2\n") == Texts{});
  CHECK(csv_errors("a,b\n") == Texts{"1:1+3 there are no rows below the header"});
  CHECK(csv_errors("a,b\n1,2\na,b\n3,4\n") ==
        Texts{"3:1+3 this is the header again (where files were put together, one header stays)"});
}

TEST_CASE("another delimiter than the declared one is told once, with what to declare") {
  CHECK(csv_errors("a;b\n1,5;2\n3,5;4\n") ==
        Texts{"1:2+1 the columns are separated by ';' here, not by ',' (delimiter: ';')"});
  CHECK(csv_errors("a\tb\n1\t2\n") ==
        Texts{"1:2+1 the columns are separated by a tab here, not by ',' (delimiter: tab)"});
  CHECK(csv_errors("a,b\n1,2\n", {';'}) ==
        Texts{"1:2+1 the columns are separated by ',' here, not by ';' (delimiter: ',')"});
  CHECK(csv_errors("\"a;b\"\n1\n") == Texts{});
}

TEST_CASE("bytes that are not a table in UTF-8 are told with what they are") {
  CHECK(csv_errors("") == Texts{"0:0+1 the file is empty"});
  CHECK(csv_errors("\xEF\xBB\xBF \r\n") == Texts{"0:0+1 the file is empty"});
  CHECK(
      csv_errors("a,b\n\xC3\xA9,K\xF6ln\n") ==
      Texts{
          "2:4+1 byte F6 is not UTF-8 (save the file as UTF-8; if it is Latin-1: iconv -f WINDOWS-1252 -t UTF-8 OLD > "
          "NEW)"});
  CHECK(csv_errors(std::string("a,b\n1,\0\n", 9)) ==
        Texts{"2:3+1 a NUL byte: the file is damaged, or is not a text in UTF-8"});
  CHECK(csv_errors(std::string("\xFF\xFE"
                               "a\0",
                               4)) ==
        Texts{"0:0+1 the file is UTF-16, not UTF-8 (convert it: iconv -f UTF-16 -t UTF-8 OLD > NEW)"});
  CHECK(
      csv_errors("PK\x03\x04...") ==
      Texts{
          "0:0+1 the file is a ZIP archive, as workbooks of spreadsheets are, not a table in text (export the sheet as "
          "CSV in UTF-8)"});
  CHECK(csv_errors("\x1F\x8B\x08") == Texts{"0:0+1 the file is packed with gzip (unpack it: gunzip FILE.gz)"});
}

TEST_CASE("UTF-8 is held against the Unicode Standard's table 3-7") {
  for (const std::string good : {"\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEF\xBF\xBF",
                                 "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    CAPTURE(good);
    CHECK(csv_errors("name\n1234567" + good + "\n") == Texts{});
  }
  for (const std::string bad : {"\x80", "\xC1\xBF", "\xC3", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
                                "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xE2\x82"}) {
    CAPTURE(bad);
    REQUIRE(csv_errors("name\n1234567" + bad + "\n").size() == 1);
    CHECK(csv_errors("name\n1234567" + bad + "\n")[0].starts_with("2:8+1 byte "));
  }
}

TEST_CASE("options that contradict each other are refused") {
  CHECK(csv_errors("a,b\n1,2\n", {',', ','}) == Texts{"0:0+1 the comma is declared as delimiter and as decimal sign"});
  CHECK(csv_errors("a,b\n1,2\n", {'x'}) == Texts{"0:0+1 the delimiter is not a comma, a semicolon, a tab or a bar"});
  CHECK(csv_errors("a;b\n1;2\n", {';', ';'}) == Texts{"0:0+1 the decimal sign is not a point or a comma",
                                                      "0:0+1 the comma is declared as delimiter and as decimal sign"});
}

TEST_CASE("twenty errors are told, and the others are counted") {
  std::string bytes = "a,b\n";
  for (int i = 0; i < 25; ++i) bytes += "1\n";
  const Texts lines = csv_errors(bytes);
  REQUIRE(lines.size() == 21);
  CHECK(lines[19].starts_with("21:1+1 "));
  CHECK(lines[20] == "and 5 more");
}

TEST_CASE("a table of chosen rows shares the bytes, and its errors keep their places") {
  const data::Table table = csv("a,b\n1,x\n2,y\nz,x\n");
  const std::vector<data::Row> chosen{2, 0};
  const data::Table part = table.with_rows(chosen);
  CHECK(part.bytes == table.bytes);
  CHECK(texts(part, "a") == Texts{"z", "1"});
  CHECK(told(data::numbers(part, "a").errors) == Texts{"4:1+1 'z' is not a number"});
  CHECK_THROWS_AS(table.cells("c"), std::out_of_range);
}

}  // namespace csv_test
