// Records in JSON, as an array and line by line.
#include "data/tables/json_records.hpp"

#include "tables.hpp"

namespace json_records_test {

using namespace tables;

namespace {

data::Table json(const std::string& bytes) { return sound(data::read_json_records(bytes)); }
Texts errors_of(const std::string& bytes) { return told(data::read_json_records(bytes).errors); }

const std::string as_records = " (as in: [{\"date\": \"2021-03\", \"voles\": 12}, ...])";

}  // namespace

TEST_CASE("records are rows, in an array and one after the other") {
  for (const std::string bytes :
       {"[{\"site\": \"north\", \"voles\": 12, \"wet\": true},\n {\"site\": null, \"voles\": -1.5e1, \"wet\": false}]",
        "{\"site\":\"north\",\"voles\":12,\"wet\":true}\r\n{\"site\":null,\"voles\":-1.5e1,\"wet\":false}\n",
        "\xEF\xBB\xBF[{\"site\":\"north\",\"voles\":\"12\",\"wet\":true},{\"wet\":false,\"voles\":-15}] "}) {
    CAPTURE(bytes);
    const data::Table table = json(bytes);
    CHECK(table.names == Texts{"site", "voles", "wet"});
    CHECK(texts(table, "site") == Texts{"north", "(missing)"});
    CHECK(data::numbers(table, "voles").values == std::vector<double>{12, -15});
    CHECK(texts(table, "wet") == Texts{"true", "false"});
  }
}

TEST_CASE("a key that a record lacks is a missing cell, before and after its first appearance") {
  const data::Table table = json("[{\"a\": 1}, {}, {\"b\": 2, \"a\": 3}, {\"c\": NaN}]");
  CHECK(table.names == Texts{"a", "b", "c"});
  CHECK(table.rows() == 4);
  CHECK(texts(table, "a") == Texts{"1", "(missing)", "3", "(missing)"});
  CHECK(texts(table, "b") == Texts{"(missing)", "(missing)", "2", "(missing)"});
  CHECK(texts(table, "c") == Texts(4, "(missing)"));
}

TEST_CASE("escapes in texts and keys are what RFC 8259 says") {
  const data::Table table = json(R"([{"a\u0062": "\"\\\/\b\f\n\r\t \u00e9 \u20AC \ud83d\ude00"}, {"ab": "[{\"}]"}])");
  CHECK(table.names == Texts{"ab"});
  CHECK(texts(table, "ab") == Texts{"\"\\/\b\f\n\r\t \u00E9 \u20AC \U0001F600", "[{\"}]"});
}

TEST_CASE("records that are not flat are told, all of them") {
  CHECK(errors_of("[{\"a\": {\"b\": [1, \"}\"]}},\n {\"a\": [1]}, 3, [1, 2], \"x\", {\"a\": 1, \"a\": 2}]") ==
        Texts{"1:8+15 a value within a value (records are flat: a key has a number, a text, true, false or null)",
              "2:8+3 a value within a value (records are flat: a key has a number, a text, true, false or null)",
              "2:14+1 record 3 is not an object" + as_records, "2:17+6 record 4 is not an object" + as_records,
              "2:25+3 record 5 is not an object" + as_records, "2:39+3 the key 'a' stands twice in this record"});
  CHECK(errors_of("{\"a\": [1, 2], \"b\": 1}") ==
        Texts{"1:7+6 a value within a value (records are flat: a key has a number, a text, true, false or null)"});
  CHECK(errors_of("[{\"\": 1}]") == Texts{"1:3+2 this key is empty (a column needs a name)"});
}

TEST_CASE("what is not an array of objects is told at its place") {
  CHECK(errors_of("3") == Texts{"1:1+1 this is not an array of objects" + as_records});
  CHECK(errors_of("a,b\n1,2\n") == Texts{"1:1+1 this is not an array of objects" + as_records});
  CHECK(errors_of("[]") == Texts{"1:1+1 there are no records with keys" + as_records});
  CHECK(errors_of("[{}]") == Texts{"1:1+1 there are no records with keys" + as_records});
  CHECK(errors_of(" ") == Texts{"0:0+1 the file is empty"});
}

TEST_CASE("the first mistake in JSON ends the reading") {
  const auto first = [](const std::string& bytes) {
    const Texts lines = errors_of(bytes);
    REQUIRE(lines.size() == 1);
    return lines[0];
  };
  CHECK(first("[{\"a\": 1},\n]") == "2:1+1 unexpected ']' (a record is needed: {...})");
  CHECK(first("[{\"a\": 1} {\"a\": 2}]") == "1:11+1 unexpected '{' (a comma or ] follows a record)");
  CHECK(first("[{\"a\": 1}") == "1:10+1 the file ends too soon (a comma or ] follows a record)");
  CHECK(first("[{\"a\": 1}] x") == "1:12+1 unexpected 'x' (nothing follows the array's ])");
  CHECK(first("{\"a\": 1}\n[]") == "2:1+1 unexpected '[' (records begin with {)");
  CHECK(first("[{a: 1}]") == "1:3+1 unexpected 'a' (a key in quotes is needed: \"date\": ...)");
  CHECK(first("[{\"a\" 1}]") == "1:7+1 unexpected '1' (a colon follows a key)");
  CHECK(first("[{\"a\": 1,}]") == "1:10+1 unexpected '}' (a key in quotes is needed: \"date\": ...)");
  CHECK(first("[{\"a\": }]") ==
        "1:8+1 unexpected '}' (a value is needed: a number, a text in quotes, true, false or null)");
  CHECK(first("[{\"a\": \xE2\x82\xAC}]") ==
        "1:8+1 unexpected '\xE2\x82\xAC' (a value is needed: a number, a text in quotes, true, false or null)");
  CHECK(first("[{\"a\": [1, 2") == "1:13+1 the file ends too soon (a bracket is not closed)");
  CHECK(first("[{\"a\": Infinity}]") ==
        "1:8+8 'Infinity' is not a value of JSON (numbers are finite; a missing value is null)");
  CHECK(first("[{\"a\": None}]") == "1:8+4 'None' is not a value of JSON (a missing value is null)");
  CHECK(first("[{\"a\": \"x}]") == "1:8+1 this quote is never closed");
  CHECK(first("[{\"a\": \"x\ny\"}]") ==
        "1:8+2 a text goes over the end of its line (a line break within a text is written \\n)");
  for (const std::string escape : {"\\x", "\\u12", "\\ud83d", "\\ude00", "\\u0000", "\\ud83dx\\ude00"}) {
    CAPTURE(escape);
    CHECK(first("[{\"a\": \"" + escape + "\"}]").starts_with("1:9+2 a backslash that no character follows"));
  }
  for (const std::string number : {"01", "1.", ".5", "+1", "1e", "-", "1.e5", "0x10"}) {
    CAPTURE(number);
    CHECK(first("[{\"a\": " + number + "}]") ==
          fmt::format("1:8+{} '{}' is not a value of JSON (a number, a text in quotes, true, false or null)",
                      number.size(), number));
  }
}

TEST_CASE("numbers as JSON writes them are read, and bad cells keep their places") {
  const data::Table table = json("[{\"x\": 0}, {\"x\": -0.5}, {\"x\": 10E+2},\n{\"x\": \"1,5\"}, {\"x\": 1e999}]");
  const auto read = data::numbers(table, "x");
  CHECK(told(read.errors) ==
        Texts{"2:7+5 '1,5' is not a number (decimal commas are declared with decimal: ',')",
              "2:21+5 '1e999' is out of range (numbers have sizes from 2.3e-308 to 1.7e308, or are 0)"});
  CHECK(std::vector<double>(read.values.begin(), read.values.begin() + 3) == std::vector<double>{0, -0.5, 1000});
}

TEST_CASE("there may be a thousand keys, and no more") {
  std::string bytes;
  for (int i = 0; i < 1000; ++i) bytes += fmt::format("{{\"k{}\": 1}}\n", i);
  CHECK(json(bytes).names.size() == 1000);
  CHECK(errors_of(bytes + "{\"k1000\": 1}") == Texts{"1001:2+7 the records have more than 1000 different keys"});
}

}  // namespace json_records_test
