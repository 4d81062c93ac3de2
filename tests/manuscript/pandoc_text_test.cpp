// Texts for Pandoc: numbers stand where they belong, nothing else moves, and Pandoc reads the rest as the author wrote
// it.
#include "manuscript/pandoc_text.hpp"

#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "catch.hpp"
#include "manuscript/unicode.hpp"
#include "support/scratch_folder.hpp"
#include "text/replace_all.hpp"

namespace pandoc_text_test {

using manuscript::Chapter;
using manuscript::class_of_statement;
using manuscript::scan;

namespace {

Chapter numbered(std::string text, std::size_t first = 0) {
  Chapter chapter = scan({"a.md", std::move(text)});
  for (const auto& error : chapter.errors) UNSCOPED_INFO(manuscript::render(error, false));
  CHECK(chapter.errors.empty());
  manuscript::number_statements(chapter, first);
  return chapter;
}

std::string text_for_pandoc(const Chapter& chapter) { return manuscript::texts_for_pandoc({&chapter, 1}).front(); }

/// The text with the classes of its statements put back.
std::string with_classes(std::string text, const Chapter& chapter) {
  for (const auto& value : chapter.values) text::replace_all(text, class_of_statement(value.mark.number), "value");
  for (const auto& claim : chapter.claims) text::replace_all(text, class_of_statement(claim.mark.number), "claim");
  return text;
}

std::string caption_of(const Chapter& chapter) {
  return chapter.directives.at(0).body.at({"caption"}).json().get<std::string>();
}

std::string tree_by_pandoc(const std::string& text) {
  const support::ScratchFolder folder;
  const std::string file = (folder / "a.md").string(), tree = (folder / "a.json").string();
  std::ofstream(file) << text;
  REQUIRE(std::system(("pandoc --from=markdown --to=json --output='" + tree + "' '" + file + "'").c_str()) == 0);
  return (std::stringstream() << std::ifstream(tree).rdbuf()).str();
}

const std::vector<std::string> places{
    "`a: x`{.value} and [so]{.claim that=\"a: x > 1\"}.\n",
    "`a: x`{ .value   format=\".value\" #id} and [so]{that=\"a: x \\> .claim\" .claim}.\n",
    "`a: x`{.wide .value .tall format=.1f}\n",
    "> Over the line's `a:\n> x`{\n> .value} end, and [so\n> it is]{.claim that=\"a: x >\n> 1\"}.\n",
    "-   item\n\n    `a: x`{.value}\n\n    > - `a:\n    >   y`{.value}\n",
    "## A heading with `a: x`{.value}\n\n## A heading with `a: x`{.value}\n\n## A heading with a "
    "x\n\n[It](#a-heading-with-a-x)\n",
    "Set `a: x`{.value}\n==================\n",
    "[A link with `a: x`{.value}](#b), ![a picture of `a: x`{.value}](b.png), *`a: x`{.value}*\n",
    "Text[^n], ^[inline `a: x`{.value}].\n\n[^n]: Note [so]{.claim that=\"a: x > 1\"}\n    `a: x`{.value}.\n",
    "| a | b |\n|---|---|\n| `a: x`{.value} | [so]{.claim that=\"a: x > 1\"} |\n\n: Caption `a: x`{.value} {#tbl:a}\n",
    "+----------------+------------------------------+\n| `a: x`{.value} | [so]{.claim that=\"a: x > 1\"} |\n"
    "|                | `a: y`{.value}               |\n+----------------+------------------------------+\n",
    "a                 b\n---------------   ------------------------------\n`a: x`{.value}    [so]{.claim that=\"a: x "
    "> 1\"}\n",
    "Term `a: x`{.value}\n:   Definition [so [and `a: x`{.value} so]{.claim that=\"a: y > 1\"}]{.claim that=\"a: x > "
    "1\"}\n",
    "é → `a: x`{.value}, 中文 [so]{.claim that=\"a: x > 1\"}\n"};

}  // namespace

TEST_CASE("numbers have names of one length, each its own, and longer ones where these do not suffice") {
  std::set<std::string> names;
  for (std::size_t number = 0; number < 2000; ++number) {
    names.insert(class_of_statement(number));
    CHECK(manuscript::count_code_points(class_of_statement(number)) == 5);
  }
  CHECK(names.size() == 2000);
  CHECK(manuscript::count_code_points(manuscript::name_of_number(620, 1)) == 2);
  CHECK(manuscript::count_code_points(manuscript::name_of_number(619, 1)) == 1);
}

TEST_CASE("edits may come in any order, and the first of two that overlap is made") {
  CHECK(manuscript::edited("one two three", {{8, 13, "3"}, {0, 3, "1"}}) == "1 two 3");
  CHECK(manuscript::edited("one two", {{0, 3, "1"}, {0, 3, "2"}, {2, 5, "3"}}) == "1 two");
  CHECK(manuscript::edited("", {}).empty());
}

TEST_CASE("a chapter without statements and shared labels is read as it is") {
  CHECK(text_for_pandoc(numbered("# One\n\n`code`{.cpp} and [^n].\n\n[^n]: A note.\n")).empty());
}

TEST_CASE("every statement bears its number where its class stood, and no line or column moves") {
  for (const auto& text : places) {
    INFO(text);
    const Chapter chapter = numbered(text, 700);
    CHECK(chapter.values.size() + chapter.claims.size() > 0);
    const std::string copy = text_for_pandoc(chapter);
    std::size_t from = 0, copy_from = 0;
    while (from < text.size()) {
      const std::size_t to = text.find('\n', from), copy_to = copy.find('\n', copy_from);
      REQUIRE(copy_to != std::string::npos);
      CHECK(manuscript::count_code_points(text.substr(from, to - from)) ==
            manuscript::count_code_points(copy.substr(copy_from, copy_to - copy_from)));
      from = to + 1;
      copy_from = copy_to + 1;
    }
    for (const auto& value : chapter.values)
      CHECK(copy.find("." + class_of_statement(value.mark.number)) != std::string::npos);
    for (const auto& claim : chapter.claims)
      CHECK(copy.find("." + class_of_statement(claim.mark.number)) != std::string::npos);
    CHECK(with_classes(copy, chapter) == text);
  }
}

TEST_CASE("but for the classes Pandoc reads numbered texts as those of their authors") {
  if (std::system("pandoc --version > /dev/null 2>&1") != 0) {
    WARN("pandoc is not installed; not compared");
    return;
  }
  for (const auto& place : places) {
    INFO(place);
    const Chapter chapter = numbered(place, 700);
    const std::string tree = tree_by_pandoc(place);
    CHECK(tree.size() > 100);
    CHECK(with_classes(tree_by_pandoc(text_for_pandoc(chapter)), chapter) == tree);
  }
}

TEST_CASE("captions bear numbers in every form that YAML has for them, and keep what was written") {
  const std::string words = "**A** `a: x`{.value} is [so]{.claim that=\"a: x > 1\"}.";
  std::string quoted = words;
  text::replace_all(quoted, "\"", "\\\"");
  for (const std::string& form :
       {"'" + words + "'", "\"" + quoted + "\"", "\"\\t\\u00e9 \\\n    " + quoted + "\"", "|\n  " + words,
        ">\n  Folded\n  words.\n\n\n    " + words, ">-\n  " + words + "\n  in\n  `a:\n  y`{.value} lines",
        std::string("Plain [so\n    it is]{.claim\n    that=\"a:x > 1\"} text"),
        std::string("'it''s `a:x`{.value}'")}) {
    INFO(form);
    const std::string whole =
        "```{.figure #fig:a}\nexperiment: x\ncaption: " + form + "\n```\n\nText `a: x`{.value}.\n";
    const Chapter plain = scan({"a.md", whole}), chapter = numbered(whole, 5);
    CHECK(caption_of(chapter) != caption_of(plain));
    CHECK(with_classes(caption_of(chapter), chapter) == caption_of(plain));
    CHECK(text_for_pandoc(chapter) ==
          whole.substr(0, whole.rfind("value")) + class_of_statement(chapter.values.back().mark.number) + "}.\n");
  }
}

TEST_CASE("labels that chapters share are renamed beside statements") {
  std::vector<Chapter> chapters;
  for (int k = 0; k < 2; ++k) chapters.push_back(numbered("Text[^n] `a: x`{.value}.\n\n[^n]: A note.\n", 7));
  const auto texts = manuscript::texts_for_pandoc(chapters);
  for (const auto& text : texts) {
    CHECK(text.find("`{." + class_of_statement(7) + "}") != std::string::npos);
    CHECK(text.find("[^n]") == std::string::npos);
  }
  CHECK(texts[0] != texts[1]);
}

}  // namespace pandoc_text_test
