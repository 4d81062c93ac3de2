// Expressions of values and claims.
#include "manuscript/expression.hpp"

#include <cmath>
#include <stdexcept>

#include "catch.hpp"

using manuscript::evaluate;
using manuscript::ExportName;
using manuscript::parse_expression;
using manuscript::ValueType;

namespace {

const std::vector<ExportName> exports{{"sigmoid-xavier.decades", false},
                                      {"sigmoid-xavier.decades-by-depth", true},
                                      {"sigmoid-xavier.slope", false},
                                      {"eta=0.019.theta1", true},
                                      {"kappa", false},
                                      {"kappa-max", false},
                                      {"loss", false},
                                      {"loss", true},
                                      {"voles.at", true, true}};

double lookup(const std::string& name, const manuscript::Argument& argument) {
  const double* index = std::get_if<double>(&argument);
  if (name == "voles.at") return index ? *index : std::get<std::string>(argument) == "Site A (north)" ? 12 : -1;
  if (name == "sigmoid-xavier.decades") return 31.5;
  if (name == "sigmoid-xavier.decades-by-depth") {
    if (*index < 0 || *index > 50) throw std::out_of_range("no such layer");
    return 0.63 * *index;
  }
  if (name == "sigmoid-xavier.slope") return -0.627;
  if (name == "eta=0.019.theta1") return std::pow(0.981, *index);
  if (name == "kappa") return 100;
  if (name == "loss") return index ? 10.0 * *index : 3.0;
  return 7;
}

double value(const std::string& text) {
  const auto parsed = parse_expression(text, exports);
  INFO(text << (parsed.errors.empty() ? "" : ": " + parsed.errors[0].message));
  REQUIRE(parsed.errors.empty());
  return evaluate(parsed.term, lookup);
}

manuscript::ExpressionError error(const std::string& text) {
  const auto parsed = parse_expression(text, exports);
  INFO(text);
  REQUIRE(parsed.errors.size() == 1);
  return parsed.errors[0];
}

}  // namespace

TEST_CASE("arithmetic binds as in mathematics") {
  CHECK(value("1 + 2 * 3") == 7);
  CHECK(value("(1 + 2) * 3") == 9);
  CHECK(value("10 - 4 - 3") == 3);
  CHECK(value("8 / 4 / 2") == 1);
  CHECK(value("2 ^ 3 ^ 2") == 512);
  CHECK(value("-2 ^ 2") == -4);
  CHECK(value("2 ^ -1") == 0.5);
  CHECK(value("1e-3 * 1000") == 1);
  CHECK(value("abs(-3) + sqrt(16) + log10(1000) + min(4, 2, 3) + max(1, 5)") == 17);
}

TEST_CASE("names may hold dashes, dots and equals signs, and the longest that fits is meant") {
  CHECK(value("sigmoid-xavier.decades") == 31.5);
  CHECK(value("sigmoid-xavier.decades-by-depth(10)") == Approx(6.3));
  CHECK(value("sigmoid-xavier.decades-kappa") == 31.5 - 100);
  CHECK(value("eta=0.019.theta1(2)") == 0.981 * 0.981);
  CHECK(value("kappa-max") == 7);
  CHECK(value("kappa - max(1, 2)") == 98);
}

TEST_CASE("conditions compare, combine and tolerate") {
  CHECK(value("sigmoid-xavier.decades-by-depth(17) >= 10") == 1);
  CHECK(value("kappa < 100") == 0);
  CHECK(value("kappa = 100 and not kappa != 100") == 1);
  CHECK(value("kappa > 1000 or kappa > 10") == 1);
  CHECK(value("kappa ~ 101 within 0.01") == 1);
  CHECK(value("kappa ~ 102 within 0.01") == 0);
  CHECK(value("-kappa ~ -101 within 0.01") == 1);
}

TEST_CASE("NaN makes every comparison false") {
  const auto nan = [](const std::string&, const manuscript::Argument&) { return NAN; };
  for (const char* text : {"kappa < 1", "kappa >= 1", "kappa == kappa", "kappa != 1", "kappa ~ 1 within 1"})
    CHECK(evaluate(parse_expression(text, exports).term, nan) == 0);
}

TEST_CASE("an error points at its place and says what would be right") {
  auto e = error("1 + kapa");
  CHECK(e.offset == 4);
  CHECK(e.length == 4);
  CHECK(e.hint == "did you mean 'kappa'?");
  CHECK(error("(1 + 2").message == "a ')' is missing");
  CHECK(error("").message == "the expression ends too soon");
  CHECK(error("1 +").offset == 3);
  CHECK(error("1 2").offset == 2);
  CHECK(error("kappa(3)").message.find("takes no index") != std::string::npos);
  CHECK(error("sigmoid-xavier.decades-by-depth > 1").message.find("function of an index") != std::string::npos);
  CHECK(error("kappa ~ 1").message == "'~' needs a tolerance");
  CHECK(error("1 < 2 < 3").offset == 6);
  CHECK(error("(kappa > 1) + 1").message.find("a number is needed") != std::string::npos);
  CHECK(error("kappa and kappa > 1").message.find("a condition is needed") != std::string::npos);
  CHECK(error("log10(1, 2)").message.find("takes 1 argument") != std::string::npos);
  CHECK(error("1e999").message == "the number is out of range");
}

TEST_CASE("offsets count from where the expression stands") {
  const std::string text = "bowl: 1 + kapa";
  const auto part = manuscript::figure_part(text);
  CHECK(part.figure == "bowl");
  const auto parsed = parse_expression(std::string_view(text).substr(part.rest), exports, part.rest);
  REQUIRE(parsed.errors.size() == 1);
  CHECK(parsed.errors[0].offset == 10);
  CHECK(manuscript::figure_part("fig:bowl: kappa").figure == "bowl");
  CHECK(manuscript::figure_part("kappa").figure.empty());
}

TEST_CASE("a very deep expression is an error and not a crash") {
  CHECK(error(std::string(100000, '(')).message == "the expression is nested too deeply");
  CHECK(error(std::string(100000, '-') + "1").message == "the expression is nested too deeply");
}

TEST_CASE("a very long expression is an error and not a crash, and costs no more than its length") {
  const auto sum = [](int operators) {
    std::string text = "1";
    for (int k = 0; k < operators; ++k) text += "+1";
    return text;
  };
  CHECK(value(sum(1000)) == 1001);
  CHECK(error(sum(1001)).message == "the expression has more than 1000 operators");
  CHECK(error(sum(400000)).message == "the expression has more than 1000 operators");
}

TEST_CASE("the type of an expression is known before it is evaluated") {
  CHECK(parse_expression("kappa", exports).term.type == ValueType::number);
  CHECK(parse_expression("not kappa > 1", exports).term.type == ValueType::truth);
}

TEST_CASE("both sides' numbers are shown") {
  const auto text = [](const char* t) { return manuscript::numbers_text(parse_expression(t, exports).term, lookup); };
  CHECK(text("sigmoid-xavier.decades-by-depth(17) >= 10") == "10.71 >= 10");
  CHECK(text("kappa ~ 101 within 0.01 and kappa > 5") == "100 ~ 101 within 0.01 and 100 > 5");
  CHECK(text("not kappa > 5") == "not (100 > 5)");
}

TEST_CASE("one name may stand for a number and for a function of an index") {
  CHECK(value("loss") == 3);
  CHECK(value("loss(4)") == 40);
  CHECK(value("loss(loss) / loss") == 10);
}

TEST_CASE("a place is named in quotes where a function takes text, and numbers go too") {
  CHECK(value("voles.at('Site A (north)')") == 12);
  CHECK(value("voles.at(2020) + 1") == 2021);
  CHECK(error("voles.at('north)").message == "this quote is never closed");
  CHECK(error("loss('north')").message == "unexpected '\''");
  CHECK(error("voles.at").hint == "write voles.at('...')");
}

TEST_CASE("an index that the run does not have is an error") {
  CHECK_THROWS_AS(evaluate(parse_expression("sigmoid-xavier.decades-by-depth(60)", exports).term, lookup),
                  std::out_of_range);
}

TEST_CASE("numbers are printed in the format that the text asks for") {
  CHECK(manuscript::format_number(31.47, ".1f") == "31.5");
  CHECK(manuscript::format_number(6905, "d") == "6905");
  CHECK(manuscript::format_number(0.1, "") == "0.1");
  CHECK(manuscript::format_number(1234567, ".3g") == "1.23 × 10⁶");
  CHECK(manuscript::format_number(2.7e-5, ".1e") == "2.7 × 10⁻⁵");
  CHECK(manuscript::format_number(3e-5, "") == "3 × 10⁻⁵");
  CHECK(manuscript::format_number(-0.5, ".2f") == "−0.50");
  CHECK(manuscript::format_number(-INFINITY, "") == "−∞");
  CHECK(manuscript::format_number(-0.001, ".1f") == "0.0");
  CHECK(manuscript::format_number(INFINITY, ".1f") == "∞");
  for (const char* bad : {"f", "1f", ".f", ".1x", "{}", ".1f}", ".123f", "%d"})
    CHECK_THROWS_AS(manuscript::format_number(1, bad), std::invalid_argument);
}
