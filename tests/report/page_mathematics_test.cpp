// Pandoc's MathML after it was mended for browsers.
#include "report/page_mathematics.hpp"

#include "catch.hpp"

using report::with_formulas_kept;
using report::with_repaired_mathematics;

TEST_CASE("functions have LaTeX's spaces: thin to an argument and a factor, none to parentheses and at the ends") {
  CHECK(with_repaired_mathematics("<mn>2</mn><mo>ln</mo><mn>3</mn>") == "<mn>2</mn><mo lspace=\"0.167em\" rspace=\"0.167em\">ln</mo><mn>3</mn>");
  CHECK(with_repaired_mathematics("<mo>=</mo><mo>ln</mo><mo stretchy=\"false\" form=\"prefix\">(</mo>") ==
        "<mo>=</mo><mo lspace=\"0\" rspace=\"0\">ln</mo><mo stretchy=\"false\" form=\"prefix\">(</mo>");
  CHECK(with_repaired_mathematics("<mi>x</mi><msup><mo>tanh</mo><mn>2</mn></msup><mi>z</mi>") ==
        "<mi>x</mi><msup><mo lspace=\"0.167em\" rspace=\"0.167em\">tanh</mo><mn>2</mn></msup><mi>z</mi>");
  CHECK(with_repaired_mathematics("<mo>−</mo><msup><mo>tanh</mo><mn>2</mn></msup></mrow>") ==
        "<mo>−</mo><msup><mo lspace=\"0\" rspace=\"0\">tanh</mo><mn>2</mn></msup></mrow>");
}

TEST_CASE("a function that is a script has no spaces, and one with a prime bears it as high as the sign is itself") {
  CHECK(with_repaired_mathematics("<msub><mi>λ</mi><mo>max</mo></msub>") == "<msub><mi>λ</mi><mi>max</mi></msub>");
  CHECK(with_repaired_mathematics("<mo>tanh</mo><mi>′</mi><mi>z</mi>") == "<mrow><mi>tanh</mi><mo lspace=\"0\" rspace=\"0.167em\">′</mo></mrow><mi>z</mi>");
}

TEST_CASE("parentheses grow with fractions and roots only") {
  const std::string open = "<mo stretchy=\"true\" form=\"prefix\">(</mo>", close = "<mo stretchy=\"true\" form=\"postfix\">)</mo>";
  const std::string small_open = "<mo stretchy=\"false\" form=\"prefix\">(</mo>", small_close = "<mo stretchy=\"false\" form=\"postfix\">)</mo>";
  const std::string letter = "<msup><mi>x</mi><mn>2</mn></msup>", fraction = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";
  CHECK(with_repaired_mathematics(open + letter + close) == small_open + letter + small_close);
  CHECK(with_repaired_mathematics(open + fraction + close) == open + fraction + close);
  CHECK(with_repaired_mathematics(open + fraction + open + letter + close + close) == open + fraction + small_open + letter + small_close + close);
  CHECK(with_repaired_mathematics(open + letter + "</math> and <math>" + letter + close) == open + letter + "</math> and <math>" + letter + close);
}

TEST_CASE("what stands in a cell of a formula's rows is one thing, to be aligned") {
  CHECK(with_repaired_mathematics("<mtd columnalign=\"right\"><mi>H</mi></mtd><mtd><mi>x</mi></mtd>") ==
        "<mtd columnalign=\"right\"><mrow><mi>H</mi></mrow></mtd><mtd><mrow><mi>x</mi></mrow></mtd>");
}

TEST_CASE("a formula stays with the parenthesis before it and with stops, marks of claims and notes behind it") {
  const std::string formula = "<math display=\"inline\"><mi>x</mi></math>", mark = "<a class=\"claim-mark\" href=\"#claim-1\">✓</a>";
  CHECK(with_formulas_kept("(" + formula + " by default)") == "<span class=\"together\">(" + formula + "</span> by default)");
  CHECK(with_formulas_kept("is " + formula + mark + "</span>, so") == "is <span class=\"together\">" + formula + mark + "</span></span>, so");
  CHECK(with_formulas_kept(formula + ", " + formula) == "<span class=\"together\">" + formula + ",</span> " + formula);
  CHECK(with_formulas_kept("<p>" + formula + " and</p>") == "<p>" + formula + " and</p>");
}
