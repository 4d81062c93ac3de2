// YAML with places. Expected values: the core schema, YAML 1.2.2, section 10.3, examples of 10.3.2.
#include "manuscript/yaml/yaml.hpp"

#include <cmath>

#include "catch.hpp"

namespace yaml_test {

using manuscript::Json;
using manuscript::parse_yaml;
using manuscript::ParsedYaml;
using manuscript::Source;
using manuscript::YamlNode;

namespace {

/// The scalar of "a: <text>".
Json scalar(const std::string& text) {
  const ParsedYaml parsed = parse_yaml(Source{"a.yaml", "a: " + text + "\n"});
  REQUIRE(parsed.errors.empty());
  return parsed.root.at({"a"}).json();
}

std::string place_of(const YamlNode& node) {
  return std::to_string(node.place.line) + ":" + std::to_string(node.place.column) + "+" +
         std::to_string(node.place.length);
}

}  // namespace

TEST_CASE("plain scalars follow YAML's core schema") {
  for (const char* text : {"null", "Null", "NULL", "~", ""}) CHECK(scalar(text).is_null());
  for (const char* text : {"true", "True", "TRUE"}) CHECK(scalar(text) == Json(true));
  for (const char* text : {"false", "False", "FALSE"}) CHECK(scalar(text) == Json(false));
  CHECK(scalar("0") == 0);
  CHECK(scalar("0o7") == 7);
  CHECK(scalar("0x3A") == 58);
  CHECK(scalar("-19") == -19);
  CHECK(scalar("+12") == 12);
  CHECK(scalar("012") == 12);  // no octal number in YAML 1.2
  CHECK(scalar("0.") == 0.0);
  CHECK(scalar("-0.0") == -0.0);
  CHECK(scalar(".5") == 0.5);
  CHECK(scalar("+12e03") == 12000.0);
  CHECK(scalar("-2E+05") == -200000.0);
  CHECK(scalar("1e-3") == 0.001);
  CHECK(scalar(".inf").get<double>() == INFINITY);
  CHECK(scalar("-.Inf").get<double>() == -INFINITY);
  CHECK(scalar("+.INF").get<double>() == INFINITY);
  CHECK(std::isnan(scalar(".NAN").get<double>()));
  CHECK(scalar("12").is_number_integer());
  CHECK(scalar("12.0").is_number_float());
}

TEST_CASE("what only looks like a number or a truth is text") {
  for (const char* text :
       {"yes", "No", "on", "off",   "y",   "tRUE", "nULL", "1_000", "1,5",   "0x",    "0o8", "0xG", "1e",        "e5",
        ".",   "+",  "-.", "1.2.3", "--1", "inf",  "nan",  ".iNf",  "-.nan", "12:30", "1 2", "0b1", "2026-01-31"})
    CHECK(scalar(text) == Json(text));
}

TEST_CASE("quoted scalars are text") {
  CHECK(scalar("\"12\"") == "12");
  CHECK(scalar("'true'") == "true");
  CHECK(scalar("\"\"") == "");
  CHECK(scalar("'it''s'") == "it's");
  CHECK(scalar("!!str 12") == "12");
  CHECK(scalar("|\n  12\n") == "12\n");
}

TEST_CASE("integers beyond 64 bits become numbers, numbers beyond a double infinite") {
  CHECK(scalar("9223372036854775807") == Json(std::int64_t{9223372036854775807}));
  CHECK(scalar("9223372036854775808") == 9223372036854775808.0);
  CHECK(scalar("-99999999999999999999") == -1e20);
  CHECK(scalar("0xFFFFFFFFFFFFFFFFF") == std::ldexp(1.0, 68));
  CHECK(scalar("1e400").get<double>() == INFINITY);
  CHECK(scalar("-1e400").get<double>() == -INFINITY);
  CHECK(scalar("1e-400").get<double>() == 0);
  CHECK(scalar(std::string(400, '9')).get<double>() == INFINITY);
}

TEST_CASE("every node knows its place in the file") {
  const ParsedYaml parsed = parse_yaml(Source{"a.yaml",
                                              "depth: 50\n"
                                              "networks: [sigmoid-xavier, {activation: tanh}]\n"
                                              "learning-rate:\n"
                                              "  \"relu-he\": 0.1\n"
                                              "  tänh: [1, 22]\n"
                                              "empty:\n"});
  REQUIRE(parsed.errors.empty());
  const YamlNode& root = parsed.root;
  CHECK(place_of(root.at({"depth"})) == "1:8+2");
  CHECK(place_of(root.at({"networks", "0"})) == "2:12+14");
  CHECK(place_of(root.at({"networks", "1", "activation"})) == "2:41+4");
  CHECK(place_of(root.at({"learning-rate", "relu-he"})) == "4:14+3");
  CHECK(place_of(root.at({"learning-rate", "tänh", "1"})) == "5:13+2");
  CHECK(place_of(root.at({"empty"})) == "6:1+5");  // of its key, since it has none
  const auto& entries = std::get<std::vector<manuscript::Entry>>(root.at({"learning-rate"}).content);
  CHECK(entries[0].key == "relu-he");
  CHECK(entries[0].key_place.column == 3);
  CHECK(entries[0].key_place.length == 9);
}

TEST_CASE("a path leads to the deepest node that exists") {
  const ParsedYaml parsed = parse_yaml(Source{"a.yaml", "a:\n  b: [1, 2]\n"});
  CHECK(parsed.root.at({"a", "b", "1"}).json() == 2);
  CHECK(parsed.root.at({"a", "b", "7"}).json() == Json::parse("[1, 2]"));
  CHECK(parsed.root.at({"a", "c", "d"}).json() == Json::parse(R"({"b": [1, 2]})"));
  CHECK(&parsed.root.at({"x"}) == &parsed.root);
  CHECK(parsed.root.at({"a", "b", "99999999999999999999"}).json() == Json::parse("[1, 2]"));
}

TEST_CASE("YAML within a chapter has its places there") {
  const Source source{"a.md", "text\n> ```{.figure #fig:x}\n> a: 1\n> b: [1, é, 3, 3]\n> ```\n"};
  const ParsedYaml parsed = parse_yaml(source, "a: 1\nb: [1, é, 3, 3]\n", {3, 4}, {2, 2});
  REQUIRE(parsed.errors.empty());
  CHECK(place_of(parsed.root.at({"a"})) == "3:6+1");
  CHECK(place_of(parsed.root.at({"b", "1"})) == "4:10+1");
  CHECK(place_of(parsed.root.at({"b", "2"})) == "4:13+1");
  const ParsedYaml broken = parse_yaml(source, "a: 1\na: [1, é, 3, 3]\n", {3, 4}, {2, 2});
  REQUIRE(broken.errors.size() == 1);
  CHECK(broken.errors[0].place.line == 4);
  CHECK(broken.errors[0].place.column == 3);
  CHECK(broken.errors[0].source_line == "> b: [1, é, 3, 3]");
}

TEST_CASE("aliases repeat what their anchors name") {
  const ParsedYaml parsed = parse_yaml(Source{"a.yaml", "a: &x [1, 2]\nb: *x\nc: {d: *x}\n"});
  REQUIRE(parsed.errors.empty());
  CHECK(parsed.root.json() == Json::parse(R"({"a": [1, 2], "b": [1, 2], "c": {"d": [1, 2]}})"));
  CHECK(place_of(parsed.root.at({"b"})) == "2:4+1");  // a mistake in it is made where it is used
}

TEST_CASE("aliases can neither exhaust memory nor stack") {
  std::string bomb = "a0: &a0 [x, x]\n";
  for (int k = 1; k < 60; ++k) {
    const std::string last = "a" + std::to_string(k - 1), name = "a" + std::to_string(k);
    bomb += name + ": &" + name + " [*" + last + ", *" + last + "]\n";
  }
  const ParsedYaml wide = parse_yaml(Source{"a.yaml", bomb});
  REQUIRE(wide.errors.size() == 1);
  CHECK(wide.errors[0].message == "the aliases repeat too much");
  std::string deep = "a0: &a0 [x]\n";
  for (int k = 1; k < 5000; ++k)
    deep += "a" + std::to_string(k) + ": &a" + std::to_string(k) + " [*a" + std::to_string(k - 1) + "]\n";
  REQUIRE(parse_yaml(Source{"a.yaml", deep}).errors.size() == 1);
  const std::string long_text =
      "a: &a \"" + std::string(100'000, 'x') + "\"\nb: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\n";
  REQUIRE(parse_yaml(Source{"a.yaml", long_text}).errors.size() == 1);
}

TEST_CASE("nesting is bounded") {
  for (const char* open : {"[", "{a: ", "- "}) {
    std::string text = "a:\n  ";
    for (int k = 0; k < 100'000; ++k) text += open;
    const ParsedYaml parsed = parse_yaml(Source{"a.yaml", text + "\n"});
    CHECK(parsed.errors.size() == 1);
  }
}

TEST_CASE("block scalars keep their text") {
  CHECK(scalar("|\n  **Bold** and $x$.\n\n    indented: [\n  \tb\n") == "**Bold** and $x$.\n\n  indented: [\n\tb\n");
  CHECK(scalar(">-\n  one\n  two\n") == "one two");
}

TEST_CASE("an empty file or one of comments is an empty mapping") {
  for (const char* text : {"", "# nothing\n", "---\n", "---\n...\n", "\n\n"}) {
    const ParsedYaml parsed = parse_yaml(Source{"a.yaml", text});
    CHECK(parsed.errors.empty());
    CHECK(parsed.root.json() == Json::object());
  }
}

TEST_CASE("a file of YAML may begin with a byte-order mark, have CR LF and document marks") {
  const ParsedYaml parsed = parse_yaml(Source{"a.yaml", "\xEF\xBB\xBF---\r\ntitle: A\r\nb: [1,\r\n  2]\r\n...\r\n"});
  REQUIRE(parsed.errors.empty());
  CHECK(parsed.root.json() == Json::parse(R"({"title": "A", "b": [1, 2]})"));
  CHECK(place_of(parsed.root.at({"b", "1"})) == "4:3+1");
}

TEST_CASE("broken bytes in a file of YAML are reported and nothing is read") {
  const ParsedYaml parsed = parse_yaml(Source{"a.yaml", "title: \xff\n"});
  REQUIRE(parsed.errors.size() == 1);
  CHECK(parsed.errors[0].place.column == 8);
  CHECK(parsed.root.json() == Json::object());
}

TEST_CASE("any garbage gives either a mapping or an error within its lines") {
  const std::string alphabet = "a:-[]{}\"'|>&*!%#, \n\t?@`\\1";
  std::uint32_t state = 12345;
  int broken = 0;
  for (int k = 0; k < 20'000; ++k) {
    std::string text;
    const int length = 1 + static_cast<int>((state >> 8) % 40);
    for (int i = 0; i < length; ++i) {
      state = state * 1664525u + 1013904223u;  // Numerical Recipes' generator: only variety is needed
      text += alphabet[(state >> 10) % alphabet.size()];
    }
    const int lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    const ParsedYaml parsed = parse_yaml(Source{"a.yaml", text});
    if (parsed.errors.empty()) continue;
    ++broken;
    const auto& place = parsed.errors[0].place;
    if (place.line < 1 || place.line > lines || place.column < 1) FAIL("place outside of: " << text);
  }
  CHECK(broken > 1000);
}

}  // namespace yaml_test
