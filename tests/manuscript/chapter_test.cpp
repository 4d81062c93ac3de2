// Chapters scanned: what is found, where, and what is text.
#include "manuscript/chapter.hpp"

#include <chrono>

#include "catch.hpp"
#include "support/toolchain.hpp"

namespace chapter_test {

using manuscript::Chapter;
using manuscript::check_references;
using manuscript::scan;

namespace {

Chapter scanned(std::string text) { return scan({"a.md", std::move(text)}); }

template <typename Item>
std::string at(const Item& item) {
  return std::to_string(item.place.line) + ":" + std::to_string(item.place.column);
}

/// "fig:a 3:1, fig:b 7:3"
std::string directives(const std::string& text) {
  std::string list;
  for (const auto& d : scanned(text).directives) list += (list.empty() ? "" : ", ") + d.id + " " + at(d);
  return list;
}

std::string references(const std::string& text) {
  std::string list;
  for (const auto& r : scanned(text).references) list += (list.empty() ? "" : ", ") + r.target + " " + at(r);
  return list;
}

std::string anchors(const std::string& text) {
  std::string list;
  for (const auto& a : scanned(text).anchors) list += (list.empty() ? "" : ", ") + a.id + " " + at(a);
  return list;
}

std::string images(const std::string& text) {
  std::string list;
  for (const auto& image : scanned(text).images) list += (list.empty() ? "" : ", ") + image.path + " " + at(image);
  return list;
}

}  // namespace

TEST_CASE("a figure directive has an ID, places and a body") {
  const Chapter chapter = scanned("Text.\n\n```{.figure #fig:bowl}\nexperiment: quadratic-bowl\nsteps: [1, 2]\n```\n");
  REQUIRE(chapter.errors.empty());
  REQUIRE(chapter.directives.size() == 1);
  const auto& directive = chapter.directives[0];
  CHECK(directive.id == "fig:bowl");
  CHECK(directive.file_stem() == "bowl");
  CHECK(at(directive) == "3:1");
  CHECK(directive.id_place.column == 13);
  CHECK(directive.id_place.length == 9);
  CHECK(directive.body.json() == manuscript::Json::parse(R"({"experiment": "quadratic-bowl", "steps": [1, 2]})"));
  CHECK(directive.body.at({"steps", "1"}).place.line == 5);
  CHECK(directive.body.at({"steps", "1"}).place.column == 12);
}

TEST_CASE("fences may be of tildes, longer, and with further attributes in any order") {
  CHECK(directives("~~~~ { #fig:a   .wide .figure width=3 key=\"a b\" }\nexperiment: x\n~~~~~\n") == "fig:a 1:1");
  CHECK(directives("   ```{#fig:a .figure}   \nexperiment: x\n  ``` \n") == "fig:a 1:4");
  CHECK(directives("````{.figure #fig:a}\nexperiment: x\nalt: |\n  ```\n  text\n````") == "fig:a 1:1");
}

TEST_CASE("directives work in lists, quotes and divisions, with the columns of the file") {
  const Chapter chapter = scanned(
      "> - item\n>\n>   ```{.figure #fig:a}\n>   experiment: x\n>   steps: 3\n>   ```\n\n::: note\n```{.figure "
      "#fig:b}\nexperiment: y\n```\n:::\n\n"
      "1.  one\n\n    ~~~{.figure #fig:c}\n    experiment: z\n    start:\n      - 1\n\n      - 2\n    ~~~\n");
  CHECK(chapter.errors.empty());
  REQUIRE(chapter.directives.size() == 3);
  CHECK(at(chapter.directives[0]) == "3:5");
  CHECK(at(chapter.directives[0].body.at({"steps"})) == "5:12");
  CHECK(at(chapter.directives[1]) == "9:1");
  CHECK(at(chapter.directives[2].body.at({"start", "1"})) == "21:9");
  CHECK(chapter.directives[2].body.at({"start"}).json() == manuscript::Json::parse("[1, 2]"));
}

TEST_CASE("a directive in other code, in a comment, in inline code or in raw HTML is text") {
  const std::string directive = "```{.figure #fig:a}\nexperiment: x\n```\n";
  for (const std::string& text :
       {"````markdown\n" + directive + "````\n", "~~~\n" + directive + "~~~\n", "<!--\n" + directive + "-->\n",
        "text <!-- from here\n\n" + directive + "\nto here -->\n",
        std::string("Text\n\n    ```{.figure #fig:a}\n    experiment: x\n    ```\n"),
        std::string("Write `` ```{.figure #fig:a} `` here.\n"), "<pre>\n\n" + directive + "\n</pre>\n",
        "<script>\n" + directive + "</script>\n", "\\begin{verbatim}\n\n" + directive + "\n\\end{verbatim}\n",
        std::string("---\ntitle: |\n  ```{.figure #fig:a}\n  experiment: x\n  ```\n---\n"),
        std::string("text\n\n---\nnote: |\n  ```{.figure #fig:a}\n  experiment: x\n  ```\n...\n")}) {
    INFO(text);
    const Chapter chapter = scanned(text);
    CHECK(chapter.directives.empty());
    CHECK(chapter.errors.empty());
  }
}

TEST_CASE("what begins no comment or code hides nothing") {
  const std::string directive = "\n\n```{.figure #fig:a}\nexperiment: x\n```\n";
  CHECK(directives("<!-- never closed" + directive) == "fig:a 3:1");
  CHECK(directives("`<!--` is how it begins" + directive) == "fig:a 3:1");
  CHECK(directives("\\<!-- escaped" + directive + "\n-->\n") == "fig:a 3:1");
  CHECK(directives("A $ b" + directive + "\n$\n") == "fig:a 3:1");
  CHECK(directives("> ```\n> quoted code that the quote ends" + directive) == "fig:a 4:1");
}

TEST_CASE("of a comment and metadata that overlap, the one that begins first is there") {
  const std::string directive = "\n\n```{.figure #fig:a}\nexperiment: x\n```\n";
  const std::string no_mapping = "\n\n---\nkey: [\n---\n";
  CHECK(scanned("text\n" + no_mapping).errors.size() == 1);
  CHECK(scanned("text <!-- from here" + no_mapping + "\nto here -->\n").errors.empty());
  CHECK(directives("text <!-- from here\n\n---\nto here -->" + directive + "\n---\n") == "fig:a 6:1");
  CHECK(directives("text\n\n---\nkey: \"<!-- b\"\n---" + directive + "\nno end -->\n") == "fig:a 7:1");
}

TEST_CASE("code blocks of other kinds are left alone") {
  for (const char* text : {"```python\nprint('{.figure}')\n```\n", "``` {.python #lst:a}\nx\n```\n",
                           "```figure\njust code\n```\n", "```\n{.figure #fig:x}\n```\n", "```{=html}\n<b>\n```\n",
                           "```{.haskell .numberLines startFrom=\"100\"}\nx\n```\n", "~~~\n```\n~~~\n",
                           "```{.configure}\nx\n```\n", "```{.figures}\nx\n```\n"}) {
    INFO(text);
    CHECK(scanned(text).errors.empty());
    CHECK(scanned(text).directives.empty());
  }
}

TEST_CASE("line ends, a byte-order mark and a missing last line end change nothing") {
  const std::string unix_text = "See @fig:a.\n\n```{.figure #fig:a}\nexperiment: x\ncaption: |\n  By @he2015\n```";
  std::string windows_text = "\xEF\xBB\xBF";
  for (const char c : unix_text) windows_text += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const auto& text : {unix_text, unix_text + "\n", windows_text, windows_text + "\r\n"}) {
    const Chapter chapter = scanned(text);
    CHECK(chapter.errors.empty());
    REQUIRE(chapter.directives.size() == 1);
    CHECK(chapter.directives[0].body.at({"caption"}).json() == "By @he2015\n");
    REQUIRE(chapter.references.size() == 2);
    CHECK(at(chapter.references[0]) == "1:5");
    CHECK(at(chapter.references[1]) == "6:6");
    CHECK(chapter.source.text == text);
  }
}

TEST_CASE("references and citations are found in all their forms") {
  CHECK(references("@fig:a, @sec:b; @eq:c and @tbl:d.") == "fig:a 1:1, sec:b 1:9, eq:c 1:17, tbl:d 1:27");
  CHECK(references("[@a; see @b, p. 3; -@c]") == "a 1:2, b 1:10, c 1:21");
  CHECK(references("-@a says, *@b*, (@c), \"@d\", –@e, @f's, @g:") ==
        "a 1:2, b 1:12, c 1:18, d 1:24, e 1:30, f 1:34, g 1:40");
  CHECK(references("@a_b @a.b. @a--b @1a @{a@b} @Ünal @{a b}") ==
        "a_b 1:1, a.b 1:6, a 1:12, 1a 1:18, a@b 1:22, Ünal 1:29");
  CHECK(references("# Title @a\n\n- item\n  @b\n\n> quote\n> @c\n\n| x | @d |\n|---|----|\n| 1 | 2  |\n") ==
        "a 1:9, b 4:3, c 7:3, d 9:7");
  CHECK(references("Text[^1]\n\n[^1]: @a\n\n    @b\n\nTerm\n\n:   @c\n") == "a 3:7, b 5:5, c 9:5");
  CHECK(references("::: {.note}\n@a\n:::\n\n<div>@b</div>\n\n^[a note @c]\n") == "a 2:1, b 5:6, c 7:10");
  CHECK(references("[@a](http://x) ![@b](c.png)") == "a 1:2, b 1:18");
}

TEST_CASE("no references stand in code, mathematics, addresses and escapes") {
  for (const char* text : {"a@b.c",
                           "`@a` and ``@b ` @c``",
                           "$@a$ and $x\n@b$",
                           "$$\n@a\n$$",
                           "$$ a\n- @b\n> @c\n$$",
                           "\\@a",
                           "<http://x/@a> <a@b.c>",
                           "[x](http://a/@b)",
                           "[x](<a @b> \"@c\")",
                           "[r]: http://x/@a\n\n[x][r]",
                           "<a href=\"@a\">x</a>",
                           "<!-- @a -->",
                           "<!-- @a\n\n@b -->",
                           "    @a\n",
                           "```\n@a\n```\n",
                           "\\cite{@a}",
                           "\\begin{x}\n@a\n\\end{x}",
                           "@",
                           "@ a",
                           "@.a",
                           "a @! b",
                           "1@a",
                           "é@a"}) {
    INFO(text);
    CHECK(references(text).empty());
  }
}

TEST_CASE("lone dollars, backticks and brackets hide no reference") {
  CHECK(references("$5 and $6 @a") == "a 1:11");
  CHECK(references("$a @b") == "b 1:4");
  CHECK(references("$ a @b $") == "b 1:5");
  CHECK(references("$x$1 @b $") == "b 1:6");
  CHECK(references("` @a") == "a 1:3");
  CHECK(references("`` @a ```") == "a 1:4");
  CHECK(references("[ @a ( @b") == "a 1:3, b 1:8");
  CHECK(references("a < b @a > c") == "a 1:7");
  CHECK(references("US$$ and @a") == "a 1:10");
  CHECK(references("x $a\n\n@b$") == "b 3:1");
}

TEST_CASE("examples are referred to by their labels") {
  CHECK(references("(@good) An example.\n\nAs (@good) shows, and @other.\n") == "other 3:23");
}

TEST_CASE("references in a caption have their places in the file, however it is written") {
  const auto with = [](const std::string& caption) {
    return references("- x\n\n  ```{.figure #fig:a}\n  experiment: x\n  caption: " + caption + "\n  ```\n");
  };
  CHECK(with("|\n    One\n\n    two @b [@c].") == "b 8:9, c 8:13");
  CHECK(with(">-\n      One\n      @b") == "b 7:7");
  CHECK(with("|2\n      One @b") == "b 6:11");
  CHECK(with("see @b") == "b 5:16");
  CHECK(with("see\n    also @b\n  alt: c@d @e") == "b 6:10");
  CHECK(with("\"see \\\"x\\\" @b\n    @c\"") == "b 5:23, c 6:5");
  CHECK(with("'it''s @b'") == "b 5:19");
  CHECK(with("!!str |\n    @b") == "b 6:5");
  CHECK(with("&c \"@b\"\n  alt: *c") == "b 5:16");
  CHECK(with("|\n    $@x$ `@y` a@z \\@w @b") == "b 6:23");
}

TEST_CASE("labels of headings, equations, tables, spans, divisions and images are found") {
  CHECK(anchors(
            "# A {#sec:a}\n\n## B `c` {.unnumbered #sec:b}\n\nC {#sec:c}\n=====\n\n# D{#sec:d}\n\n# E # {#sec:e}\n") ==
        "sec:a 1:6, sec:b 3:23, sec:c 5:4, sec:d 8:5, sec:e 10:8");
  CHECK(anchors("$$ a $$ {#eq:a}\n\n$$\nb\n$$ {#eq:b}.\n\n$$c$$\n{#eq:c}\n\n[$$d$$]{#eq:d}\n") ==
        "eq:a 1:10, eq:b 5:5, eq:c 8:2, eq:d 10:9");
  CHECK(
      anchors("| a |\n|---|\n\nTable: Text,\nmore. {#tbl:a}\n\n: Other {#tbl:b}\n\n| a |\n|---|\n: Third {#tbl:c}\n") ==
      "tbl:a 5:8, tbl:b 7:10, tbl:c 11:10");
  CHECK(anchors("::: {#tbl:a .x}\ntext\n:::\n\n[span]{#b} `code`{#c} ![image](p.png){#d} [link](x){#e}\n\n<a "
                "id=\"f\"></a> <div id='g'>x</div>\n") == "tbl:a 1:6, b 5:8, c 5:19, d 5:39, e 5:53, f 7:8, g 7:25");
  CHECK(anchors("`{#sec:a}` $x{#b}$ \\{#c}\n\n```\n# A {#sec:d}\n```\n") == "");
}

TEST_CASE("images are collected with their paths") {
  CHECK(images("![a](b.png) ![c](<d e.png> \"title\"){width=3}\n![f](g(1).png 'x') [h](i.png)") ==
        "b.png 1:6, d e.png 1:19, g(1).png 2:6");
  CHECK(images("![a][b] ![b] ![B][] ![none][no]\n\n[b]: pic.svg \"title\"\n") ==
        "pic.svg 1:2, pic.svg 1:10, pic.svg 1:15");
  CHECK(images("![a](b%20c.png) ![a](b\\_c.png) ![](p.png)") == "b c.png 1:6, b_c.png 1:22, p.png 1:36");
  CHECK(images("`![a](b.png)` \\![a](c.png) $![a](d.png)$").empty());
}

TEST_CASE("paths of pictures are read as Pandoc reads them") {
  CHECK(images("![A](my photo.png) ![B](my%20photo.png \"T\") ![C](<my photo.png>) ![D](a (1).png) "
               "![E]( a b.png )") ==
        "my photo.png 1:6, my photo.png 1:25, my photo.png 1:51, a (1).png 1:71, a b.png 1:88");
  CHECK(images("![F](my  photo.png 'title') ![G](my\nphoto.png) ![H](a\"b.png) ![I](a\\ b.png)") ==
        "my photo.png 1:6, my photo.png 1:34, a\"b.png 2:17, a b.png 2:31");
  CHECK(images("![J](a b \"t\" c.png) ![K](a(b.png) ![L](a 'b.png)").empty());
  CHECK(images("![x] ![y] ![z][x] ![w]\n\n[x]: my photo.png \"title\"\n[y]: <my photo.png>\n[w]: "
               "my photo.png {width=3}\n") ==
        "my photo.png 1:2, my photo.png 1:7, my photo.png 1:12, my photo.png 1:20");
}

TEST_CASE("an underlined heading keeps its label whatever line follows") {
  for (const char* line : {"-", "=", ">", "--", "text", "> quote", "- item", ""}) {
    INFO(line);
    CHECK(anchors("Head {#sec:a}\n====\n" + std::string(line) + "\n") == "sec:a 1:7");
    CHECK(anchors("> Head {#sec:a}\n> ----\n> " + std::string(line) + "\n") == "sec:a 1:9");
  }
}

TEST_CASE("values are found with their formats") {
  const Chapter chapter = scanned(
      "It is `gradient-depth: a.b(17) >= 1`{.value format=\".1f\"}, ` x: y `{.value}, `x: z`{.value format=d} and "
      "`code`{.x}.\n");
  CHECK(chapter.errors.empty());
  REQUIRE(chapter.values.size() == 3);
  CHECK(chapter.values[0].expression == "gradient-depth: a.b(17) >= 1");
  REQUIRE(chapter.values[0].format);
  CHECK(chapter.values[0].format->text == ".1f");
  CHECK(at(chapter.values[0]) == "1:8");
  CHECK(chapter.values[0].place.length == 28);
  CHECK(chapter.values[1].expression == "x: y");
  CHECK_FALSE(chapter.values[1].format);
  CHECK(at(chapter.values[1]) == "1:62");
  REQUIRE(chapter.values[2].format);
  CHECK(chapter.values[2].format->text == "d");
}

TEST_CASE("claims are found with their text, condition and both places") {
  const Chapter chapter = scanned(
      "- The sigmoid [loses *ten* `x: y`{.value}\n  decades]{.claim that=\"gradient-depth: a >= "
      "10\"} and\n  [more]{that='x: \"y\" > 1' .claim}, [none]{.other}.\n");
  CHECK(chapter.errors.empty());
  REQUIRE(chapter.claims.size() == 2);
  CHECK(chapter.claims[0].text == "loses *ten* `x: y`{.value} decades");
  CHECK(chapter.claims[0].condition == "gradient-depth: a >= 10");
  CHECK(at(chapter.claims[0]) == "1:15");
  CHECK(chapter.claims[0].condition_place.line == 2);
  CHECK(chapter.claims[0].condition_place.column == 25);
  CHECK(chapter.claims[0].condition_place.length == 23);
  CHECK(chapter.claims[1].condition == "x: \"y\" > 1");
  CHECK(chapter.values.size() == 1);
}

TEST_CASE("a condition knows where each of its lines stands, and what follows an escape") {
  const Chapter chapter = scanned("> [a]{.claim that=\"x: a \\= 1\n> and b\"}, `x:\n>   c`{.value}\n");
  REQUIRE(chapter.claims.size() == 1);
  CHECK(chapter.claims[0].condition == "x: a = 1 and b");
  const auto& of_claim = chapter.claims[0].stretches;
  REQUIRE(of_claim.size() == 3);
  CHECK((of_claim[0].offset == 0 && of_claim[0].line == 1 && of_claim[0].column == 20));
  CHECK((of_claim[1].offset == 5 && of_claim[1].line == 1 && of_claim[1].column == 26));
  CHECK((of_claim[2].offset == 9 && of_claim[2].line == 2 && of_claim[2].column == 3));
  REQUIRE(chapter.values.size() == 1);
  const auto& of_value = chapter.values[0].stretches;
  REQUIRE(of_value.size() == 2);
  CHECK((of_value[1].line == 3 && of_value[0].line == 2));
}

TEST_CASE("values and claims work in captions") {
  const Chapter chapter = scanned(
      "```{.figure #fig:a}\nexperiment: x\ncaption: |\n  It [falls]{.claim that=\"a: b\"} by `a: c`{.value}.\n```\n");
  CHECK(chapter.errors.empty());
  REQUIRE(chapter.claims.size() == 1);
  CHECK(at(chapter.claims[0]) == "4:6");
  CHECK(chapter.claims[0].condition_place.column == 27);
  REQUIRE(chapter.values.size() == 1);
  CHECK(at(chapter.values[0]) == "4:38");
}

TEST_CASE("text without anything of ours has no mistakes") {
  for (const char* text : {"",
                           "\n\n",
                           "costs $$ 5 or $$",
                           "{.figure} {#x} {x}",
                           "[a]{.b}",
                           "[a]{.b c",
                           "`a`{",
                           "a ] b ) c",
                           "![",
                           "[^1]: x",
                           "$$",
                           "text $$\nmore",
                           "\\",
                           "`",
                           "<",
                           "<!--",
                           "-->",
                           "@{",
                           "{#",
                           "[]()",
                           "![]()",
                           "> ",
                           "- ",
                           "---",
                           "---\na",
                           "\\begin{x",
                           "&#0;"}) {
    INFO(text);
    CHECK(scanned(text).errors.empty() == (std::string(text) != "$$"));
  }
}

TEST_CASE("references are checked over all chapters") {
  const std::vector<Chapter> chapters{
      scan({"1.md", "# A {#sec:a}\n\n@fig:b @eq:c @he2015\n"}),
      scan({"2.md", "```{.figure #fig:b}\nexperiment: x\n```\n\n$$ x $$ {#eq:c}\n\n@sec:a @sec:a @he2016\n"})};
  const auto errors = check_references(chapters, {"he2015"});
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].place.file == "2.md");
  CHECK(errors[0].place.line == 7);
  CHECK(errors[0].place.column == 15);
  CHECK(errors[0].hint == "did you mean 'he2015'?");
  CHECK(errors[0].source_line == "@sec:a @sec:a @he2016");
}

TEST_CASE("a reference to a figure that is broken otherwise is not a second mistake") {
  for (const char* body : {"experiment: [\n```\n", "```\n", "experiment: x\n"}) {
    const Chapter chapter = scanned("@fig:a\n\n```{.figure #fig:a}\n" + std::string(body));
    CHECK(chapter.errors.size() == 1);
    CHECK(chapter.directives.empty());
    CHECK(check_references({chapter}, {}).empty());
  }
}

TEST_CASE("an ID used in two chapters is reported with the other place") {
  const std::string directive = "```{.figure #fig:b}\nexperiment: x\n```\n";
  const std::vector<Chapter> chapters{scan({"1.md", directive}), scan({"2.md", "\n" + directive})};
  const auto errors = check_references(chapters, {});
  REQUIRE(errors.size() == 1);
  CHECK(errors[0].place.file == "2.md");
  CHECK(errors[0].place.line == 2);
  CHECK(errors[0].hint == "first in 1.md:1");
}

TEST_CASE("a chapter of one megabyte with a thousand directives is scanned in a moment") {
  std::string text;
  for (int k = 0; k < 1000; ++k) {
    const std::string n = std::to_string(k);
    text += "# Heading {#sec:h" + n + "}\n\n";
    for (int line = 0; line < 10; ++line)
      text +=
          "Text with $x_i$, `code`, @fig:f" + n + " and [@key" + n + ", p. 3], *emphasis* and [a link](http://a/b).\n";
    text += "\n```{.figure #fig:f" + n +
            "}\nexperiment: gradient-depth\nnetworks: [a-b, c-d]\ncaption: |\n  Caption with @sec:h" + n +
            " and $x$.\n```\n\n";
  }
  REQUIRE(text.size() > 1'000'000);
  const auto begin = std::chrono::steady_clock::now();
  const Chapter chapter = scanned(text);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  CHECK(chapter.directives.size() == 1000);
  CHECK(chapter.references.size() == 21'000);
  CHECK(chapter.errors.empty());
  // It takes 0.2 s on one idle core; sanitizers and busy machines need more.
  CHECK(seconds < 3);
}

TEST_CASE("of very many mistakes a thousand are listed") {
  std::string text;
  for (int k = 0; k < 5000; ++k) text += "[a]{.claim} @fig:none\n";
  const Chapter chapter = scanned(text);
  CHECK(chapter.errors.size() == 1001);
  CHECK(chapter.errors[0].place.line == 0);
  CHECK(check_references({chapter}, {}).size() == 1000);
}

TEST_CASE("no text takes more than linear time") {
  // Each would take minutes if its tokens were searched for again and again.
  for (const char* token : {"$a ",       "$$ ",          "` ``",      "[",      "[a](", "<a ", "<!-- ", "{#a ",
                            "\\begin{x", "[a]{.claim ",  "![a](b",    "]{",     "> ",   "- ",  "@{",    "'\"",
                            "<!-- -->",  "```{.figure ", "\\text{ $", "[^1]: ", "::: {"}) {
    INFO(token);
    for (const char* end : {"", "\n", "\n\n"}) {
      std::string text;
      while (text.size() < 300'000) text += std::string(token) + end;
      const auto begin = std::chrono::steady_clock::now();
      scanned(text);
      const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      CHECK(seconds < (support::is_sanitized ? 30 : 5));
    }
  }
}

TEST_CASE("a division of colons and blanks begins and ends, as Pandoc has it") {
  for (const char* text : {"::: :\nx\n\n:::\n", "::: :::\nx\n\n:::\n", ":::\t:\nx\n\n:::\n"}) {
    INFO(text);
    CHECK(manuscript::scan({"text.md", text}).errors.empty());
  }
}

TEST_CASE("any garbage is scanned, and every mistake lies in the text") {
  const std::vector<std::string> tokens{"```",
                                        "~~~",
                                        "{.figure #fig:a}",
                                        "{.figure",
                                        "#fig:b}",
                                        "\n",
                                        "\n\n",
                                        "    ",
                                        "  ",
                                        "> ",
                                        "- ",
                                        "1. ",
                                        "(a) ",
                                        ": ",
                                        "[^1]: ",
                                        "experiment: x",
                                        "caption: |",
                                        "@a",
                                        "@fig:a",
                                        "$",
                                        "$$",
                                        "`",
                                        "[",
                                        "]",
                                        "(",
                                        ")",
                                        "{.claim that=\"",
                                        "\"}",
                                        "{.value}",
                                        "<!--",
                                        "-->",
                                        "<div>",
                                        "---",
                                        "# ",
                                        "{#sec:a}",
                                        "::: ",
                                        "\\",
                                        "\t",
                                        "é",
                                        "\xff",
                                        "a",
                                        " ",
                                        "\\begin{x}",
                                        "![",
                                        "](b)",
                                        "| ",
                                        "+---+"};
  std::uint32_t state = 99;
  std::size_t mistakes = 0;
  for (int k = 0; k < 5000; ++k) {
    std::string text;
    for (int i = 0; i < 30; ++i) {
      state = state * 1664525u + 1013904223u;  // Numerical Recipes' generator: only variety is needed
      text += tokens[(state >> 10) % tokens.size()];
    }
    const Chapter chapter = scanned(text);
    auto errors = chapter.errors;
    const auto more = check_references({chapter}, {});
    errors.insert(errors.end(), more.begin(), more.end());
    mistakes += errors.size();
    const int lines = static_cast<int>(std::count(text.begin(), text.end(), '\n')) + 1;
    for (const auto& error : errors)
      if (error.place.line < 0 || error.place.line > lines || (error.place.line > 0 && error.place.column < 1) ||
          error.place.length < 1)
        FAIL("place outside of: " << text);
  }
  CHECK(mistakes > 1000);
}

}  // namespace chapter_test
