// Labels: what their mathematics reads as, where its pieces stand, and which mistakes are named at which column.
// Spacing rules: The TeXbook, chapter 18; scripts: appendix G.
#include "plot/text/label.hpp"

#include <algorithm>
#include <stdexcept>

#include "catch.hpp"

namespace label_test {

using namespace plot;

namespace {

/// Half an em a character.
TextExtent measure(std::string_view text, Face, double size) {
  const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
  return {0.5 * size * static_cast<double>(characters), 0.8 * size, 0.25 * size};
}

SetLabel set(std::string_view label) { return set_label(label, 10, measure); }

double end(const TextRun& run) { return run.offset.x + measure(run.text, run.face, run.size).width; }

/// The space before run i, in points.
double gap(const SetLabel& label, std::size_t i) { return label.runs[i].offset.x - end(label.runs[i - 1]); }

std::string complaint(std::string_view label) {
  try {
    set_label(label, 10, measure);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "none";
}

bool complains_at(std::string_view label, int column) {
  return complaint(label).find("column " + std::to_string(column) + ":") != std::string::npos;
}

}  // namespace

TEST_CASE("plain text is one run and as wide as it measures") {
  const SetLabel label = set("hidden layer");
  REQUIRE(label.runs.size() == 1);
  CHECK(label.runs[0].text == "hidden layer");
  CHECK(label.runs[0].face == Face::regular);
  CHECK(label.width == Approx(60));
  CHECK(label.ascent == Approx(8));
  CHECK(label.descent == Approx(2.5));
}

TEST_CASE("an empty label has no runs and still the height of a line") {
  for (const char* nothing : {"", "$$", "${}$"}) {
    const SetLabel label = set(nothing);
    CHECK(label.runs.empty());
    CHECK(label.width == 0);
    CHECK(label.ascent == Approx(8));
  }
}

TEST_CASE("Latin variables are italic, and digits, parentheses and names of functions upright") {
  const SetLabel label = set("$x2(\\max$");
  REQUIRE(label.runs.size() == 4);
  CHECK(label.runs[0].face == Face::italic);
  for (std::size_t i : {1, 2, 3}) CHECK(label.runs[i].face == Face::regular);
  CHECK(label.runs[3].text == "max");
}

TEST_CASE("small Greek letters are mathematical italics, capitals upright") {
  CHECK(set("$\\theta$").runs[0].text == "\U0001D703");
  CHECK(set("$\\varphi$").runs[0].text == "\U0001D711");
  CHECK(set("$\\omega$").runs[0].text == "\U0001D714");
  CHECK(set("$\\Delta$").runs[0].text == "\u0394");
  CHECK(set("$\\theta$").runs[0].face == Face::math);
}

TEST_CASE("script capitals are Unicode's, those that came early included") {
  CHECK(set("$\\mathcal{N}$").runs[0].text == "\U0001D4A9");
  CHECK(set("$\\mathcal{L}$").runs[0].text == "\u2112");
  CHECK(set("$\\mathcal{AB}$").runs.size() == 2);
}

TEST_CASE("scripts are seven tenths as large, never under 5 points, above and below the line") {
  const SetLabel label = set("$x^2$");
  REQUIRE(label.runs.size() == 2);
  CHECK(label.runs[1].size == Approx(7));
  CHECK(label.runs[1].offset.y < -2);
  CHECK(set("$x_2$").runs[1].offset.y > 1);
  CHECK(set_label("$x^{2^{2}}$", 8, measure).runs[2].size == Approx(5));
  CHECK(set_label("$x^2$", 4, measure).runs[1].size == Approx(4));
}

TEST_CASE("a superscript and a subscript of one base stand above each other, in either order") {
  for (const char* text : {"$x_i^2y$", "$x^2_iy$"}) {
    const SetLabel label = set(text);
    REQUIRE(label.runs.size() == 4);
    const TextRun &up = label.runs[1], &down = label.runs[2];
    CHECK(up.text == "2");
    CHECK(down.text == "i");
    CHECK(std::abs(up.offset.x - down.offset.x) < 1);
    CHECK(down.offset.y - up.offset.y > 5);
    CHECK(label.runs[3].offset.x >= std::max(end(up), end(down)));
    CHECK(label.runs[3].offset.y == 0);
  }
}

TEST_CASE("a nested script rises further, and the label makes room for it") {
  const SetLabel once = set("$x^2$"), twice = set("$x^{y^2}$");
  CHECK(twice.runs[2].offset.y < once.runs[1].offset.y);
  CHECK(twice.ascent > once.ascent);
  CHECK(set("$x_{y_2}$").descent > set("$x_2$").descent);
  CHECK(set("$x^2$").descent == Approx(2.5));
}

TEST_CASE("signs between operands have space on both sides, relations more") {
  const SetLabel sum = set("$a+b=c$");
  REQUIRE(sum.runs.size() == 5);
  CHECK(gap(sum, 1) == Approx(2));
  CHECK(gap(sum, 2) == Approx(2));
  CHECK(gap(sum, 3) == Approx(2.4));
  CHECK(gap(sum, 4) == Approx(2.4));
  CHECK(gap(set("$a-b$"), 2) == Approx(2));
  CHECK(set("$a-b$").runs[1].text == "\u2212");
}

TEST_CASE("a minus with nothing to subtract from is a sign and stands close") {
  CHECK(gap(set("$-1$"), 1) == 0);
  CHECK(gap(set("from $-1$"), 2) == 0);
  CHECK(gap(set("$(-x)$"), 2) == 0);
  CHECK(gap(set("$x=-1$"), 3) == 0);
  CHECK(gap(set("$\\exp -t$"), 2) == 0);
  SECTION("and explicit space does not change what it is") {
    CHECK(gap(set("$a\\,-b$"), 1) == Approx(2 + 1.7));
    CHECK(gap(set("$a-\\,b$"), 2) == Approx(2 + 1.7));
  }
  SECTION("after upright letters it subtracts") { CHECK(gap(set("$\\mathrm{Var}-1$"), 1) == Approx(2)); }
}

TEST_CASE("scripts are set without the spaces of signs, groups in them too") {
  const SetLabel label = set("$x_{k+1}$");
  REQUIRE(label.runs.size() == 4);
  CHECK(gap(label, 2) == 0);
  CHECK(gap(label, 3) == 0);
  CHECK(gap(set("$x_{{k+1}}$"), 2) == 0);
  CHECK(gap(set("$x_{a=b}$"), 2) == 0);
}

TEST_CASE("names of functions keep clear of what follows unless it is a parenthesis") {
  CHECK(gap(set("$\\ln x$"), 1) > 1);
  CHECK(gap(set("$\\ln(x)$"), 1) == 0);
  CHECK(gap(set("$2\\ln$"), 1) > 1);
}

TEST_CASE("explicit spaces widen a label by their ems") {
  const double bare = set("$ab$").width;
  CHECK(set("$a\\,b$").width - bare == Approx(1.7));
  CHECK(set("$a\\;b$").width - bare == Approx(2.8));
  CHECK(set("$a\\quad b$").width - bare == Approx(10));
  CHECK(set("$a\\!b$").width - bare == Approx(-1.7));
}

TEST_CASE("a hat adds no width, stands over the middle, and higher over tall letters") {
  const SetLabel low = set("$\\hat{x}$"), tall = set("$\\hat\\lambda$"), capital = set("$\\hat W$");
  for (const SetLabel* label : {&low, &tall, &capital}) {
    REQUIRE(label->runs.size() == 2);
    CHECK(label->runs[1].text == "\u02C6");
    CHECK(label->width == Approx(5));
    CHECK(label->runs[1].offset.x == Approx(0).margin(1));
  }
  CHECK(low.runs[1].offset.y == 0);
  CHECK(tall.runs[1].offset.y < -2);
  CHECK(capital.runs[1].offset.y < -2);
  CHECK(set("$\\hat{x}_1$").runs[2].text == "1");
}

TEST_CASE("labels read as plain text") {
  CHECK(plain_text("error $\\|\\delta^{(\\ell)}\\|$") == "error ‖δ^(ℓ)‖");
  CHECK(plain_text("$\\|\\nabla_{W^{(\\ell)}} \\mathcal{L}\\|_F$") == "‖∇_(W^(ℓ))L‖_F");
  CHECK(plain_text("$\\theta_{k+1} = \\theta_k - \\eta\\nabla L(\\theta_k)$") == "θ_(k+1) = θ_k − η∇L(θ_k)");
  CHECK(plain_text("$2\\times10^{-38}$") == "2 × 10^−38");
  CHECK(plain_text("$\\lambda_{\\max} = 2/\\eta$") == "λ_max = 2/η");
  CHECK(plain_text("$\\max_k|x|, \\ln x, \\exp(-t)$") == "max_k |x|, ln x, exp(−t)");
  CHECK(plain_text("$\\hat{x} \\to \\infty$") == "x\u0302 → ∞");
  CHECK(plain_text("$-1 \\le x \\ll 1 \\gg y \\ge z \\approx \\pm1$") == "−1 ≤ x ≪ 1 ≫ y ≥ z ≈ ±1");
  CHECK(plain_text("$a \\mp b \\cdot c$, $\\partial\\chi\\kappa$") == "a ∓ b ⋅ c, ∂χκ");
  CHECK(plain_text("$f'(x), f''$") == "f′(x), f″");
  CHECK(plain_text("$a^{(1)(2)}$") == "a^((1)(2))");
  CHECK(plain_text("costs 3\\$, a\\\\b") == "costs 3$, a\\b");
}

TEST_CASE("fractions stand on one line, with brackets where they would be misread") {
  CHECK(plain_text("$\\frac{a}{b}$") == "a/b");
  CHECK(plain_text("$\\frac{a+b}{c}$") == "(a + b)/c");
  CHECK(plain_text("$\\frac{1}{2\\eta}$") == "1/(2η)");
  CHECK(plain_text("$\\frac{3}{10}$") == "3/10");
  CHECK(plain_text("$\\frac{\\partial L}{\\partial\\theta}$") == "∂L/∂θ");
  CHECK(plain_text("$\\frac{\\|a\\|}{\\|b\\|}$") == "‖a‖/‖b‖");
  CHECK(plain_text("$\\frac{1}{(a)(b)}$") == "1/((a)(b))");
  CHECK(plain_text("$1/\\sqrt{n} + \\sqrt{2\\eta}$") == "1/√n + √(2η)");
}

TEST_CASE("mistakes in a label are named with their column") {
  CHECK(complains_at("rate $\\etta$", 7));
  CHECK(complaint("rate $\\etta$").find("unknown command '\\etta'") != std::string::npos);
  CHECK(complains_at("rate $\\eta", 6));  // the '$' that is never closed
  CHECK(complains_at("$x^{2$", 4));       // the '{' that is never closed
  CHECK(complains_at("$x}$", 3));
  CHECK(complains_at("$^2$", 2));
  CHECK(complains_at("$\\,_2$", 4));
  CHECK(complains_at("$x^$", 4));
  CHECK(complains_at("$x^^2$", 4));
  CHECK(complains_at("$x^2^3$", 5));
  CHECK(complains_at("$x_2_3$", 5));
  CHECK(complains_at("$\\hat{}$", 2));
  CHECK(complains_at("$\\frac{a}$", 10));
  CHECK(complains_at("$\\mathrm x$", 10));
  CHECK(complains_at("$\\mathcal{n}$", 11));
  CHECK(complains_at("$\\", 2));
  SECTION("in characters, not bytes") { CHECK(complains_at("Größe θ $\\etta$", 10)); }
  SECTION("in plain_text too") { CHECK_THROWS_AS(plain_text("$\\etta$"), std::invalid_argument); }
}

TEST_CASE("nesting has an end, in braces and in commands") {
  std::string braces = "$x", hats = "$";
  for (int i = 0; i < 100000; ++i) {
    braces += "^{x";
    hats += "\\hat";
  }
  CHECK(complaint(braces + "$").find("nested too deeply") != std::string::npos);
  CHECK(complaint(hats + " x$").find("nested too deeply") != std::string::npos);
}

}  // namespace label_test
