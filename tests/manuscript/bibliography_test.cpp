// Keys of a bibliography.
#include "manuscript/bibliography.hpp"

#include "catch.hpp"

namespace bibliography_test {

using manuscript::read_bibliography;

namespace {

std::string keys(const std::string& text) {
  const auto bibliography = read_bibliography({"a.bib", text});
  CHECK(bibliography.errors.empty());
  std::string list;
  for (const auto& entry : bibliography.entries)
    list += (list.empty() ? "" : ", ") + entry.key + " " + std::to_string(entry.place.line) + ":" +
            std::to_string(entry.place.column);
  return list;
}

}  // namespace

TEST_CASE("a bibliography's keys are found with their places") {
  CHECK(keys("@article{he2015,\n  title = {Rectifiers}\n}\n\n@book { glorot-2010 ,\n  title = \"Training\"\n}\n") ==
        "he2015 1:10, glorot-2010 5:9");
  CHECK(keys("\xEF\xBB\xBF@Article{a:b/c+d,\r\n  year = 2015\r\n}\r\n@MISC{Ünal,}\r\n") == "a:b/c+d 1:10, Ünal 4:7");
}

TEST_CASE("braces, quotes and comments in a bibliography mislead nobody") {
  CHECK(keys("@article{a, title = {On {B{\\\"u}c}her and \\} signs}, note = {x@y.z, 50 %}}\n@misc{b, title = \"a {b} , "
             "@c{d}\"}\n") == "a 1:10, b 2:7");
  CHECK(keys("% @article{no, title = {x}}\n@article{a, % comment }\n title = {x}}\n") == "a 2:10");
  CHECK(keys("@comment{ @article{no, title = {x}} }\n@string{jml = \"Journal\"}\n@preamble{\"x\"}\n@misc{a, journal = "
             "jml}\n") == "a 4:7");
  CHECK(keys("").empty());
  CHECK(keys("notes without entries\n").empty());
}

TEST_CASE("after a broken entry the next one is read") {
  const auto bibliography = read_bibliography({"a.bib", "@article{a,\n  title = {x\n}\n\n@misc{b, title = {y}}\n"});
  REQUIRE(bibliography.errors.size() == 1);
  CHECK(bibliography.errors[0].place.line == 1);
  REQUIRE(bibliography.entries.size() == 2);
  CHECK(bibliography.entries[1].key == "b");
}

namespace {

/// What is said of an entry's titles, as "message, hint".
std::string warnings(const std::string& fields) {
  const auto bibliography = read_bibliography({"a.bib", "@book{a, " + fields + "}\n"});
  CHECK(bibliography.errors.empty());
  std::string all;
  for (const auto& entry : bibliography.entries)
    for (const auto& warning : entry.warnings) {
      CHECK(warning.severity == manuscript::Severity::warning);
      all += (all.empty() ? "" : "; ") + warning.message + ", " + warning.hint;
    }
  return all;
}

}  // namespace

// What Pandoc 2.17 and 3.10 print of these titles, measured.
TEST_CASE("a capital that Pandoc takes from a title is told, with what to write") {
  CHECK(warnings("title = {A C++ Library}") == "'C++' will not keep its capital, write {C++}");
  CHECK(warnings("title = \"An R Package\"") == "'R' will not keep its capital, write {R}");
  CHECK(warnings("title = {Vitamin C}, booktitle = {Proceedings of R}") ==
        "'C' will not keep its capital, write {C}; 'R' will not keep its capital, write {R}");
  CHECK(warnings("title = {Type I and Type II}") == "'I' will not keep its capital, write {I}");
  CHECK(warnings("title = {On L-BFGS}") == "'L-BFGS' will not keep its capital, write {L-BFGS}");
  CHECK(warnings("title = {Vitamin A}") == "'A' will not keep its capital, write {A}");
  CHECK(warnings("title = {In O(n) steps}") == "'O' will not keep its capital, write {O}");
  CHECK(warnings("title = {The \\emph{C book}}") == "'C' will not keep its capital, write {C}");
  CHECK(warnings("title = {On d'Alembert}") == "'d'Alembert' will not keep its capital, write {d'Alembert}");
}

TEST_CASE("a capital that Pandoc leaves is not told") {
  for (const char* fields : {"title = {C++ at first: R after a colon? A question. I last}",
                             "title = {A {C}++ Library}, subtitle = {The {R} book}", "title = {{A C++ Library}}",
                             "title = {On a method: A study}", "title = {On A Method}", "title = {X3 and U2 in NASA}",
                             "title = {On $L^2$ and $N$}", "journal = {Journal of Vitamin C}",
                             "author = {Knuth, D. E.}, publisher = {R Company}",
                             "title = {De C Taal}, langid = {dutch}", "title = {On \\LaTeX and \\O}"})
    CHECK(warnings(fields) == "");
  CHECK(warnings("title = {The C book}, langid = {american}") != "");
}

}  // namespace bibliography_test
