// What of Pandoc's document for Word is mended, piece by piece; tests/word/check.sh opens the whole.
#include <string>

#include "catch.hpp"
#include "publish/word/contents.hpp"
#include "publish/word/formulas.hpp"

namespace word_test {

using publish::with_contents;
using publish::with_word_formulas;

const std::string no_operand = "<m:r><m:rPr><m:nor></m:nor></m:rPr><m:t>\u200B</m:t></m:r>";

std::string formula(const std::string& content) { return "<m:oMath>" + content + "</m:oMath>"; }
std::string run(const std::string& text) { return "<m:r><m:t>" + text + "</m:t></m:r>"; }

TEST_CASE("delimiters say what they are in the order of the standard") {
  const std::string x = "<m:e>" + run("x") + "</m:e></m:d>", bar = " m:val=\"|\"></m:";
  CHECK(with_word_formulas(formula("<m:d><m:dPr><m:begChr m:val=\"|\" /><m:endChr m:val=\"|\" /><m:sepChr m:val=\"\" />"
                                   "<m:grow /></m:dPr>" +
                                   x)) ==
        formula("<m:d><m:dPr><m:begChr" + bar + "begChr><m:sepChr m:val=\"\"></m:sepChr>" + "<m:endChr" + bar +
                "endChr><m:grow></m:grow></m:dPr>" + x));
}

TEST_CASE("an operator has two operands in every part of a formula") {
  CHECK(with_word_formulas(formula(run("=") + run("b"))) == formula(no_operand + run("=") + run("b")));
  CHECK(with_word_formulas(formula(run("a") + run("&lt;"))) == formula(run("a") + run("&lt;") + no_operand));
  CHECK(with_word_formulas(formula(run("a") + run("=") + run("b"))) == formula(run("a") + run("=") + run("b")));
  CHECK(
      with_word_formulas(formula("<m:sSup><m:e>" + run("x") + "</m:e><m:sup>" + run("+") + "</m:sup></m:sSup>")) ==
      formula("<m:sSup><m:e>" + run("x") + "</m:e><m:sup>" + no_operand + run("+") + no_operand + "</m:sup></m:sSup>"));
  CHECK(with_word_formulas(formula("<m:mr><m:e /><m:e>" + run("≤") + "</m:e></m:mr>")) ==
        formula("<m:mr><m:e>" + no_operand + "</m:e><m:e>" + run("≤") + "</m:e></m:mr>"));
}

TEST_CASE("brackets without a partner, and words that are commands elsewhere, are text") {
  const auto text = [](const std::string& sign) {
    return "<m:r><m:rPr><m:nor></m:nor></m:rPr><m:t>" + sign + "</m:t></m:r>";
  };
  CHECK(with_word_formulas(formula(run("[") + run("0"))) == formula(text("[") + run("0")));
  CHECK(with_word_formulas(formula("<m:r><m:rPr><m:sty m:val=\"p\" /></m:rPr><m:t>lim</m:t></m:r>")) ==
        formula(text("lim")));
}

TEST_CASE("a brace under an expression is as wide as the expression") {
  const std::string sum = "<m:e>" + run("a") + "</m:e>";
  CHECK(with_word_formulas(formula("<m:limLow>" + sum + "<m:lim>" + run("⏟") + "</m:lim></m:limLow>")) ==
        formula("<m:groupChr><m:groupChrPr><m:chr m:val=\"⏟\"></m:chr><m:pos m:val=\"bot\"></m:pos><m:vertJc "
                "m:val=\"top\"></m:vertJc></m:groupChrPr>" +
                sum + "</m:groupChr>"));
  const std::string limit = formula("<m:limLow>" + sum + "<m:lim>" + run("k") + "</m:lim></m:limLow>");
  CHECK(with_word_formulas(limit) == limit);
}

TEST_CASE("contents repeat the headings, which they lead to, without marks of notes") {
  const std::string field =
      "<w:fldChar w:fldCharType=\"begin\" w:dirty=\"true\" /><w:instrText xml:space=\"preserve\">TOC \\o "
      "&quot;1-2&quot; \\h \\z \\u</w:instrText><w:fldChar w:fldCharType=\"separate\" />";
  const std::string end = "<w:fldChar w:fldCharType=\"end\" />";
  const auto heading = [](int level, const std::string& place, const std::string& words) {
    return "<w:bookmarkStart w:id=\"1\" w:name=\"" + place + "\" /><w:p><w:pPr><w:pStyle w:val=\"Heading" +
           std::to_string(level) + "\" /></w:pPr>" + words + "</w:p>";
  };
  const auto words = [](const std::string& text) { return "<w:r><w:t>" + text + "</w:t></w:r>"; };
  const std::string body =
      heading(1, "sec:a", words("1") + "<w:r><w:tab /></w:r>" + words("A")) +
      heading(2, "sec:b",
              words("B") + "<w:r><w:footnoteReference w:id=\"2\" /></w:r><m:oMath>" + run("x") + "</m:oMath>") +
      heading(3, "sec:c", words("C"));
  const std::string entry_a = "<w:hyperlink w:anchor=\"sec:a\" w:history=\"1\">" + words("1") +
                              "<w:r><w:t xml:space=\"preserve\">\u2002</w:t></w:r>" + words("A") + "</w:hyperlink>";
  const std::string entry_b = "<w:hyperlink w:anchor=\"sec:b\" w:history=\"1\">" + words("B") + "<m:oMath>" + run("x") +
                              "</m:oMath></w:hyperlink>";
  CHECK(with_contents("<w:p><w:r>" + field + end + "</w:r></w:p>" + body) ==
        "<w:p><w:pPr><w:pStyle w:val=\"TOC1\"/></w:pPr><w:r>" + field + "</w:r>" + entry_a +
            "</w:p><w:p><w:pPr><w:pStyle w:val=\"TOC2\"/></w:pPr>" + entry_b + "<w:r>" + end + "</w:r></w:p>" + body);
  CHECK(with_contents(body) == body);
}

}  // namespace word_test
