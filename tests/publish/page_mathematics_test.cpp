// Pandoc's MathML after it was mended for browsers.
#include "publish/page/page_mathematics.hpp"

#include <initializer_list>
#include <map>
#include <regex>
#include <utility>

#include "catch.hpp"
#include "places.hpp"
#include "system/files.hpp"

namespace page_mathematics_test {

using publish::with_formulas_kept;
using publish::with_formulas_light;
using publish::with_repaired_mathematics;

namespace {

/// A formula's elements after they were mended, without what stands around them.
std::string mended(const std::string& elements, const std::string& tex = "") {
  const std::string begin = "<math><semantics>", annotation = "<annotation encoding=\"application/x-tex\">" + tex +
                                                              "</annotation></semantics></math>";
  const std::string page = with_repaired_mathematics(begin + elements + annotation);
  REQUIRE(page.size() >= begin.size() + annotation.size());
  return page.substr(begin.size(), page.size() - begin.size() - annotation.size());
}

/// The formulas that a version of Pandoc made of formulas.md, mended, by their TeX. Grouping, which does not show, is
/// left out.
std::map<std::string, std::string> formulas_of(const std::string& version) {
  const std::string page = with_repaired_mathematics(
      sys::read_file(source_folder() / "tests/publish/formulas" / ("pandoc-" + version + ".html")));
  static const std::regex formula("<math[^>]*><semantics>(.*?)<annotation[^>]*>([^<]*)</annotation>");
  std::map<std::string, std::string> formulas;
  for (std::sregex_iterator at(page.begin(), page.end(), formula), end; at != end; ++at)
    formulas[(*at)[2]] = std::regex_replace((*at)[1].str(), std::regex("</?mrow>"), "");
  return formulas;
}

}  // namespace

TEST_CASE("functions have LaTeX's spaces: thin to an argument and a factor, none to parentheses and at the ends") {
  CHECK(with_repaired_mathematics("<mn>2</mn><mo>ln</mo><mn>3</mn>") ==
        "<mn>2</mn><mo lspace=\"0.167em\" rspace=\"0.167em\">ln</mo><mn>3</mn>");
  CHECK(with_repaired_mathematics("<mo>=</mo><mo>ln</mo><mo stretchy=\"false\" form=\"prefix\">(</mo>") ==
        "<mo>=</mo><mo lspace=\"0\" rspace=\"0\">ln</mo><mo stretchy=\"false\" form=\"prefix\">(</mo>");
  CHECK(with_repaired_mathematics("<mi>x</mi><msup><mo>tanh</mo><mn>2</mn></msup><mi>z</mi>") ==
        "<mi>x</mi><msup><mo lspace=\"0.167em\" rspace=\"0.167em\">tanh</mo><mn>2</mn></msup><mi>z</mi>");
  CHECK(with_repaired_mathematics("<mo>−</mo><msup><mo>tanh</mo><mn>2</mn></msup></mrow>") ==
        "<mo>−</mo><msup><mo lspace=\"0\" rspace=\"0\">tanh</mo><mn>2</mn></msup></mrow>");
}

TEST_CASE("a function that is a script has no spaces, and one with a prime bears it as high as the sign is itself") {
  CHECK(with_repaired_mathematics("<msub><mi>λ</mi><mo>max</mo></msub>") == "<msub><mi>λ</mi><mi>max</mi></msub>");
  CHECK(with_repaired_mathematics("<mo>tanh</mo><mi>′</mi><mi>z</mi>") ==
        "<mrow><mi>tanh</mi><mo lspace=\"0\" rspace=\"0.167em\">′</mo></mrow><mi>z</mi>");
}

TEST_CASE("parentheses grow with fractions and roots only") {
  const std::string open = "<mo stretchy=\"true\" form=\"prefix\">(</mo>",
                    close = "<mo stretchy=\"true\" form=\"postfix\">)</mo>";
  const std::string small_open = "<mo stretchy=\"false\" form=\"prefix\">(</mo>",
                    small_close = "<mo stretchy=\"false\" form=\"postfix\">)</mo>";
  const std::string letter = "<msup><mi>x</mi><mn>2</mn></msup>", fraction = "<mfrac><mn>1</mn><mn>2</mn></mfrac>";
  CHECK(with_repaired_mathematics(open + letter + close) == small_open + letter + small_close);
  CHECK(with_repaired_mathematics(open + fraction + close) == open + fraction + close);
  CHECK(with_repaired_mathematics(open + fraction + open + letter + close + close) ==
        open + fraction + small_open + letter + small_close + close);
  CHECK(with_repaired_mathematics(open + letter + "</math> and <math>" + letter + close) ==
        open + letter + "</math> and <math>" + letter + close);
}

TEST_CASE("what stands in a cell of a formula's rows is one thing, to be aligned") {
  CHECK(mended("<mtr><mtd columnalign=\"right\"><mi>H</mi></mtd><mtd columnalign=\"center\" style=\"text-align: "
               "center\"><mi>x</mi></mtd><mtd></mtd></mtr>") ==
        "<mtr><mtd columnalign=\"right\"><mrow><mi>H</mi></mrow></mtd><mtd "
        "columnalign=\"center\"><mrow><mi>x</mi></mrow></mtd><mtd><mrow></mrow></mtd></mtr>");
}

TEST_CASE("whichever Pandoc wrote it, a formula is the same") {
  const auto oldest = formulas_of("2.17");
  REQUIRE(oldest.size() > 90);
  for (const char* version : {"3.1", "3.7", "3.10"}) {
    const auto newer = formulas_of(version);
    for (const auto& [tex, formula] : oldest) {
      INFO("Pandoc " << version << ": " << tex);
      const auto at = newer.find(tex);
      REQUIRE(at != newer.end());
      CHECK(at->second == formula);
    }
  }
}

TEST_CASE("letters of other alphabets are characters of their own, as LaTeX has them") {
  const auto formulas = formulas_of("3.10");
  CHECK(formulas.at("\\mathbf{x}") == "<mi>𝐱</mi>");
  CHECK(formulas.at("\\boldsymbol{x}") == "<mi>𝒙</mi>");
  CHECK(formulas.at("\\mathbf{W}\\boldsymbol{W}") == "<mi>𝐖</mi><mi>𝑾</mi>");
  CHECK(formulas.at("\\boldsymbol{\\Gamma}") == "<mi>𝚪</mi>");
  CHECK(formulas.at("\\boldsymbol{\\mathbf{x}}") == "<mi>𝐱</mi>");
  CHECK(formulas.at("\\mathbf{1}_n") == "<msub><mn>𝟏</mn><mi>n</mi></msub>");
  CHECK(formulas.at("\\mathrm{d}x") == "<mi mathvariant=\"normal\">d</mi><mi>x</mi>");
  CHECK(formulas.at("f_i&#39;") == "<msub><mi>f</mi><mi>i</mi></msub><mi>′</mi>");
  CHECK(formulas.at("f_{i&#39;}") == "<msub><mi>f</mi><mi>i</mi><mi>′</mi></msub>");
}

TEST_CASE("accents have a width, by which browsers centre them, and stretch where TeX stretches them") {
  const auto accented = [](const std::string& mark, const std::string& base, const std::string& tex) {
    return mended("<mover>" + base + "<mo accent=\"true\">" + mark + "</mo></mover>", tex);
  };
  const std::string x = "<mi>x</mi>", xy = "<mrow><mi>x</mi><mi>y</mi></mrow>";
  for (const auto& [combining, spacing] : std::initializer_list<std::pair<const char*, const char*>>{{"\u0300", "`"},
                                                                                                     {"\u0301", "´"},
                                                                                                     {"\u0302", "ˆ"},
                                                                                                     {"\u0303", "˜"},
                                                                                                     {"\u0306", "˘"},
                                                                                                     {"\u0307", "˙"},
                                                                                                     {"\u0308", "¨"},
                                                                                                     {"\u030A", "˚"},
                                                                                                     {"\u030C", "ˇ"},
                                                                                                     {"\u20DB", "˙˙˙"},
                                                                                                     {"‾", "¯"}})
    CHECK(accented(combining, x, "") ==
          "<mover accent=\"true\">" + x + "<mo accent=\"true\" stretchy=\"false\">" + spacing + "</mo></mover>");
  CHECK(accented("\u0302", xy, "\\widehat{xy}") ==
        "<mover accent=\"true\">" + xy + "<mo accent=\"true\" stretchy=\"true\">\u0302</mo></mover>");
  CHECK(accented("\u0302", xy, "\\hat{xy}") ==
        "<mover accent=\"true\">" + xy + "<mo accent=\"true\" stretchy=\"false\">ˆ</mo></mover>");
  CHECK(accented("→", x, "\\vec x").find("font-size:0.6em") != std::string::npos);
  CHECK(accented("→", xy, "\\overrightarrow{xy}").find("stretchy=\"true\"") != std::string::npos);
  CHECK(accented("¯", xy, "\\overline{xy}") == "<mrow class=\"overline\">" + xy + "</mrow>");
  CHECK(mended("<munder>" + x + "<mo accent=\"true\">_</mo></munder>") == "<mrow class=\"underline\">" + x + "</mrow>");
}

TEST_CASE("delimiters of a size that TeX names have it in ems, and a function has no space to an opening one") {
  for (const auto& [asked, size] : std::initializer_list<std::pair<const char*, const char*>>{
           {"1.2", "1.2em"}, {"1.8", "1.8em"}, {"240%", "2.4em"}, {"3.0", "3em"}})
    CHECK(mended("<mo minsize=\"" + std::string(asked) + "\" maxsize=\"" + asked +
                 "\" stretchy=\"false\" form=\"prefix\">(</mo>")
              .find("minsize=\"" + std::string(size) + "\" maxsize=\"" + size + "\"") != std::string::npos);
  const std::string big =
      "<mrow><mo minsize=\"1.2\" maxsize=\"1.2\" stretchy=\"false\" "
      "form=\"prefix\">(</mo><mo>log</mo><mi>x</mi></mrow>";
  CHECK(mended(big).find("<mo lspace=\"0\" rspace=\"0.167em\">log</mo>") != std::string::npos);
  CHECK(mended("<mi minsize=\"1.2\" maxsize=\"1.2\">.</mi>") == "<mrow></mrow>");
}

TEST_CASE("signs behind nothing, an operator or a parenthesis are prefixes, and operations elsewhere") {
  CHECK(mended("<mrow><mo>=</mo><mo>−</mo><mi>x</mi></mrow>") ==
        "<mrow><mo>=</mo><mo form=\"prefix\">−</mo><mi>x</mi></mrow>");
  CHECK(mended("<mrow><mo>−</mo><mi>x</mi><mo>−</mo><mi>y</mi></mrow>") ==
        "<mrow><mo form=\"prefix\">−</mo><mi>x</mi><mo>−</mo><mi>y</mi></mrow>");
  CHECK(mended("<mrow><mo stretchy=\"false\" form=\"postfix\">)</mo><mo>+</mo><mi>y</mi></mrow>") ==
        "<mrow><mo stretchy=\"false\" form=\"postfix\">)</mo><mo>+</mo><mi>y</mi></mrow>");
}

TEST_CASE("what is not one whole formula is left as it is") {
  for (const char* text : {"<math><mi>x</math>", "<math><mi>x</mi>", "<math display=>x</math>", "<math><mover></math>",
                           "<math><msub></msub></math>", "<math></math>"})
    CHECK(with_repaired_mathematics(text) == text);
  std::string deep = "<math>";
  for (int i = 0; i < 100000; ++i) deep += "<mrow>";
  CHECK(with_repaired_mathematics(deep + "</math>") == deep + "</math>");
}

TEST_CASE("a formula stays with the parenthesis before it and with stops, marks of claims and notes behind it") {
  const std::string formula = "<math display=\"inline\"><mi>x</mi></math>",
                    mark = "<a class=\"claim-mark\" href=\"#claim-1\">✓</a>";
  CHECK(with_formulas_kept("(" + formula + " by default)") ==
        "<span class=\"together\">(" + formula + "</span> by default)");
  CHECK(with_formulas_kept("is " + formula + mark + "</span>, so") ==
        "is <span class=\"together\">" + formula + mark + "</span></span>, so");
  CHECK(with_formulas_kept(formula + ", " + formula) == "<span class=\"together\">" + formula + ",</span> " + formula);
  CHECK(with_formulas_kept("<p>" + formula + " and</p>") == "<p>" + formula + " and</p>");
}

TEST_CASE("a formula on a page does not say what HTML takes for granted") {
  const std::string space = "xmlns=\"http://www.w3.org/1998/Math/MathML\"";
  CHECK(with_formulas_light("<math display=\"inline\" " + space + "><mi>x</mi></math>") == "<math><mi>x</mi></math>");
  CHECK(with_formulas_light("<math display=\"block\" " + space + "><mi>x</mi></math>") ==
        "<math display=\"block\"><mi>x</mi></math>");
  CHECK(with_formulas_light("<math class=\"own\" " + space + "></math>") ==
        "<math class=\"own\" " + space + "></math>");
}

}  // namespace page_mathematics_test
