// Expressions of values and claims.
#include "manuscript/expression.hpp"

#include <cmath>
#include <stdexcept>

#include "catch.hpp"

namespace expression_test {

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

const std::vector<ExportName> others{{"kappa", false}, {"steps", false}, {"loss", true}};

double lookup(const std::string& figure, const std::string& name, const manuscript::Argument& argument) {
  if (figure == "other" || figure == "kappa-other")
    return name == "kappa" ? 9 : name == "steps" ? 50 : std::get<double>(argument);
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

manuscript::NamedFigure figure_of(const std::string& id) {
  if (id == "bowl") return {&exports};
  if (id == "other" || id == "kappa-other") return {&others};
  if (id == "picture") return {nullptr, "the figure 'picture' has no numbers"};
  if (id == "broken") return {};
  return {nullptr, "there is no figure '" + id + "'", "", false};
}

const manuscript::Names names{&exports, "bowl", figure_of};

double value(const std::string& text) {
  const auto parsed = parse_expression(text, names);
  INFO(text << (parsed.errors.empty() ? "" : ": " + parsed.errors[0].message));
  REQUIRE(parsed.errors.empty());
  return evaluate(parsed.term, lookup);
}

manuscript::ExpressionError error(const std::string& text) {
  const auto parsed = parse_expression(text, names);
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
  const auto nan = [](const std::string&, const std::string&, const manuscript::Argument&) { return NAN; };
  for (const char* text : {"kappa < 1", "kappa >= 1", "kappa == kappa", "kappa != 1", "kappa ~ 1 within 1"})
    CHECK(evaluate(parse_expression(text, names).term, nan) == 0);
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

TEST_CASE("names of other languages are whole, and a name's last part is enough to be told the rest") {
  const std::vector<ExportName> german{{"Größe.mean"}, {"Höhe"}};
  const auto said = [&](std::string_view text) { return parse_expression(text, {.exports = &german}).errors.at(0); };
  CHECK(said("Höle + 1").message == "the figure exports no 'Höle'");
  CHECK(said("Höle + 1").hint == "did you mean 'Höhe'?");
  CHECK(said("Höle + 1").length == 5);
  CHECK(said("Höhen").message == "the figure exports no 'Höhen'");
  CHECK(said("mean").hint == "did you mean 'Größe.mean'?");
  CHECK(parse_expression("Höhe − 1", {.exports = &german}).errors.size() == 1);
  CHECK(parse_expression("2 * Höhe-1", {.exports = &german}).errors.empty());
}

TEST_CASE("offsets count from where the expression stands") {
  const std::string text = "bowl: 1 + kapa";
  const auto part = manuscript::figure_part(text);
  CHECK(part.figure == "bowl");
  const auto parsed = parse_expression(std::string_view(text).substr(part.rest), names, part.rest);
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
  CHECK(parse_expression("kappa", names).term.type == ValueType::number);
  CHECK(parse_expression("not kappa > 1", names).term.type == ValueType::truth);
}

TEST_CASE("both sides' numbers are shown") {
  const auto text = [](const char* t) { return manuscript::numbers_text(parse_expression(t, names).term, lookup); };
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
  CHECK_THROWS_AS(evaluate(parse_expression("sigmoid-xavier.decades-by-depth(60)", names).term, lookup),
                  std::out_of_range);
}

TEST_CASE("another figure's export is named by its ID, a colon and its name, without a blank") {
  CHECK(value("kappa / other:kappa") == 100.0 / 9);
  CHECK(value("other:loss(other:steps) + 1") == 51);
  CHECK(value("fig:other:kappa") == 9);
  CHECK(value("bowl:kappa - kappa") == 0);
  CHECK(value("kappa-other:steps") == 50);  // there is a figure 'kappa-other'
  CHECK(value("kappa-max-other:kappa") == 7 - 9);
  CHECK(value("max(other:kappa, 2*other:steps)") == 100);
  const auto term = parse_expression("kappa + other:kappa * other:steps", names).term;
  CHECK(manuscript::figures_of(term) == std::vector<std::string>{"bowl", "other"});
}

TEST_CASE("a name of the figure's own may hold what looks like another figure") {
  const std::vector<ExportName> odd{{"other:kappa", false}, {"kappa", false}};
  const auto parsed = parse_expression("other:kappa", manuscript::Names{&odd, "bowl", figure_of});
  REQUIRE(parsed.is_sound());
  CHECK(parsed.term.figure == "bowl");
  CHECK(parsed.term.name == "other:kappa");
}

TEST_CASE("what is wrong with another figure's name is told where it stands") {
  CHECK(error("kappa / othr:kappa").message == "there is no figure 'othr'");
  CHECK(error("kappa / othr:kappa").offset == 8);
  CHECK(error("kappa / othr:kappa").length == 4);
  CHECK(error("kappa / fig:othr:kappa").offset == 12);
  CHECK(error("kappa / other:kapa").message == "the figure 'other' exports no 'kapa'");
  CHECK(error("kappa / other:kapa").hint == "did you mean 'kappa'?");
  CHECK(error("kappa / other:kapa").offset == 14);
  CHECK(error("kappa / other: kappa").hint == "as in: other:name");
  CHECK(error("other:loss").message == "'loss' is a function of an index");
  CHECK(error("picture:x").message == "the figure 'picture' has no numbers");
  const auto broken = parse_expression("kappa + broken:x", names);
  CHECK(broken.errors.empty());
  CHECK(broken.is_broken);
}

TEST_CASE("the figure of an expression is what stands before its first colon, or nothing") {
  using manuscript::figure_part;
  CHECK(figure_part("2 * bowl:kappa").rest == 0);
  CHECK(figure_part("max(bowl:kappa, 1)").rest == 0);
  CHECK(figure_part("bowl:kappa / other:kappa").figure == "bowl");
  CHECK(figure_part(" bowl : kappa").figure == "bowl");
  CHECK(figure_part("my bowl: kappa").figure == "my bowl");
  CHECK(figure_part("limit").rest == 0);
}

TEST_CASE("a value may be one with its uncertainty, a claim may not") {
  const auto parsed = parse_expression("kappa ± other:kappa / 2", names, 0, true);
  REQUIRE(parsed.is_sound());
  CHECK(parsed.term.op == "±");
  CHECK(evaluate(parsed.term, lookup) == 100);
  CHECK(evaluate(parsed.term.arguments[1], lookup) == 4.5);
  const auto mistake = [](const char* text, bool is_value) {
    const auto p = parse_expression(text, names, 0, is_value);
    REQUIRE(p.errors.size() == 1);
    return p.errors[0];
  };
  CHECK(mistake("kappa ± 1", false).hint.find("within") != std::string::npos);
  CHECK(mistake("kappa ± 1 ± 2", true).message == "unexpected '±'");
  CHECK(mistake("(kappa ± 1) * 2", true).hint == "it stands once, between the value and its uncertainty");
  CHECK(mistake("kappa > 1 ± 2", true).message == "a number is needed here, but this is a condition");
  CHECK(mistake("kappa ± (kappa > 1)", true).message == "a number is needed here, but this is a condition");
  CHECK(mistake("kappa +/- 1", true).message == "the sign of an uncertainty is '±'");
  CHECK(mistake("kappa \\pm 1", true).message == "the sign of an uncertainty is '±'");
  CHECK(mistake("kappa ±", true).message == "the expression ends too soon");
}

TEST_CASE("named values stand for their terms, and the figure's own names come first") {
  const std::vector<std::string> known{"limit", "kappa", "limit-2", "uncertain"};
  const auto limit = parse_expression("other:steps * 2", names).term;
  const auto uncertain = parse_expression("kappa ± 1", names, 0, true).term;
  manuscript::Names with_values = names;
  with_values.values = &known;
  with_values.value = [&](const std::string& name) -> const manuscript::Term* {
    return name == "limit" ? &limit : name == "uncertain" ? &uncertain : nullptr;
  };
  const auto read = [&](const char* text) { return parse_expression(text, with_values); };
  CHECK(evaluate(read("limit + 1").term, lookup) == 101);
  CHECK(read("limit + 1").values == std::vector<std::string>{"limit"});
  CHECK(evaluate(read("kappa").term, lookup) == 100);
  CHECK(read("kappa").values.empty());
  CHECK(evaluate(read("uncertain / 4").term, lookup) == 25);
  CHECK(read("limit-2").is_broken);  // the longest name that fits
  CHECK(evaluate(read("limit - 2").term, lookup) == 98);
  CHECK(read("limit(2)").errors[0].message == "'limit' is a value of the text, and takes no index");
  CHECK(read("limt").errors[0].hint == "did you mean 'limit'?");
  with_values.exports = nullptr;
  CHECK(read("limt").errors[0].message == "no value of the text is named 'limt'");
  CHECK(read("limt").errors[0].hint == "did you mean 'limit'?");
}

TEST_CASE("values that name each other over and over are an error and not an endless wait") {
  manuscript::Names growing = names;
  manuscript::Term term = parse_expression("kappa + kappa", names).term;
  const std::vector<std::string> known{"twice"};
  growing.values = &known;
  growing.value = [&](const std::string&) { return &term; };
  for (int k = 0; k < 30; ++k) {
    const auto parsed = parse_expression("twice + twice", growing);
    if (!parsed.errors.empty()) {
      CHECK(parsed.errors[0].message == "the values that this expression names make it too long");
      return;
    }
    term = parsed.term;
  }
  FAIL("the expression grew without end");
}

TEST_CASE("a value's name is a letter, then letters, digits and a few signs, and no word of expressions") {
  using manuscript::can_name_value;
  for (const char* name : {"limit", "T2", "eta-max", "a.b", "learning_rate", "e"}) CHECK(can_name_value(name));
  for (const char* name : {"", "2a", "-a", "a-", "a b", "größe", "a:b", "abs", "within", "not", "fig", "a{b}", "a."})
    CHECK(!can_name_value(name));
}

}  // namespace expression_test
