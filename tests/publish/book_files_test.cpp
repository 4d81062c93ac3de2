// The files in a book are called by what they hold, and are found by these names.
#include <map>
#include <string>

#include "catch.hpp"
#include "publish/book/file_names.hpp"

namespace book_files_test {

using publish::BookFiles;

std::string section(const std::string& id) { return "<body>\n<section id=\"" + id + "\" class=\"level1\">"; }

TEST_CASE("a chapter's file bears its number and the words of its first heading's identifier") {
  BookFiles files({});
  files.read("EPUB/text/ch001.xhtml", section("sec:large-steps") + section("sec:other"));
  files.read("EPUB/text/ch002.xhtml", "<p>no heading</p>");
  files.read("EPUB/text/ch003.xhtml", section("l'été, où: 2λ"));
  files.read("EPUB/text/ch010.xhtml", section("what-a-heading-of-very-many-words-says-of-all-that-it-is-about"));
  files.read("EPUB/text/ch123.xhtml", section("学习"));
  files.read("EPUB/text/title_page.xhtml", section("title"));
  CHECK(files.name_of("EPUB/text/ch001.xhtml") == "EPUB/text/01-large-steps.xhtml");
  CHECK(files.name_of("EPUB/text/ch002.xhtml") == "EPUB/text/02.xhtml");
  CHECK(files.name_of("EPUB/text/ch003.xhtml") == "EPUB/text/03-l-t-o-2.xhtml");
  CHECK(files.name_of("EPUB/text/ch010.xhtml") == "EPUB/text/10-what-a-heading-of-very-many-words-says-of-all.xhtml");
  CHECK(files.name_of("EPUB/text/ch123.xhtml") == "EPUB/text/123.xhtml");
  CHECK(files.name_of("EPUB/text/title_page.xhtml") == "EPUB/text/title_page.xhtml");
  CHECK(files.name_of("mimetype") == "mimetype");
}

const std::map<std::string, std::string> pictures{{"<svg>bowl</svg>", "bowl.svg"}};

TEST_CASE("a picture in a book is called as its author calls it") {
  BookFiles files(pictures);
  files.read("EPUB/media/file0.svg", "<svg>bowl</svg>");
  files.read("EPUB/media/file1.svg", "<svg>unknown</svg>");
  CHECK(files.name_of("EPUB/media/file0.svg") == "EPUB/media/bowl.svg");
  CHECK(files.name_of("EPUB/media/file1.svg") == "EPUB/media/file1.svg");
}

TEST_CASE("addresses in a book lead to its files by their names, and its text stays") {
  BookFiles files(pictures);
  files.read("EPUB/text/ch001.xhtml", section("sec:steps"));
  files.read("EPUB/media/file0.svg", "<svg>bowl</svg>");
  CHECK(files.with_names("<a href=\"ch001.xhtml#eq:a\">ch001.xhtml</a>") ==
        "<a href=\"01-steps.xhtml#eq:a\">ch001.xhtml</a>");
  CHECK(files.with_names("<img src=\"../media/file0.svg\" alt=\"file0.svg of a talk\" />") ==
        "<img src=\"../media/bowl.svg\" alt=\"file0.svg of a talk\" />");
  CHECK(files.with_names("<item href=\"text/ch001.xhtml\" />") == "<item href=\"text/01-steps.xhtml\" />");
  CHECK(files.with_names("<a href=\"https://example.org/text/ch001.xhtml\">x</a>") ==
        "<a href=\"https://example.org/text/ch001.xhtml\">x</a>");
  CHECK(files.with_names("<code>src=\"media/file0.svg\"</code>") == "<code>src=\"media/file0.svg\"</code>");
}

}  // namespace book_files_test
