// Figures from tables as an author has them: docs/tables.md, the file's mistakes at their places, and what rereads it.
#include "catch.hpp"
#include "user.hpp"

namespace tables_test {

using namespace user;

namespace {

struct Author : User {
  Author() {
    put("report.yaml", "");
    put("data/trapping.csv",
        "date,island,voles\n2021-05-01,north,12\n2021-06-01,north,15\n2021-07-01,north,\n"
        "2021-05-01,south,3\n2021-06-01,south,4\n2021-07-01,south,6\n");
  }
  void put(const std::string& name, const std::string& text) const { sys::write_file(path / name, text); }
  sys::ProcessResult build(const std::string& formats = "html") const {
    return exec({REPORT_PROGRAM, "build", "--format", formats});
  }
  void figure(const std::string& keys, const std::string& text = "") const {
    chapter("```{.figure #fig:t}\nexperiment: table\nfile: data/trapping.csv\n" + keys +
            "\ncaption: c\nalt: a\n```\n\n" + text + "\n");
  }
};

/// The figure and the sentences that the page begins with.
std::string chapter_of(const std::string& page) {
  const std::size_t begin = page.find('\n', page.find("````markdown")) + 1;
  return page.substr(begin, page.find("\n````", begin) + 1 - begin);
}

}  // namespace

TEST_CASE("the example of docs/tables.md builds, in print too, and its claim holds") {
  const Author author;
  author.chapter(chapter_of(sys::read_file(source_folder() / "docs/tables.md")));
  const auto built = author.build("html,pdf");
  INFO(built.errors);
  REQUIRE(built.status == 0);
  const std::string page = sys::read_file(author.path / "output/report.html");
  CHECK(contains(page, ">13.5</span>"));
  CHECK(contains(page, ">15</span>"));
  CHECK(contains(sys::read_file(author.path / "output/data/voles.csv"), ",north,2021-07-01,NaN,,"));
}

TEST_CASE("a bad cell is an error at its line and column of the table, with the line and a caret") {
  const Author author;
  author.figure("x: date\ny: voles");
  author.put("data/trapping.csv", "date,voles\n2021-05-01,12\n2021-06-01,1o\n");
  const auto built = author.build();
  CHECK(built.status == 2);
  CHECK(contains(built.errors,
                 "data/trapping.csv:3:12: error: '1o' is not a number\n    3 | 2021-06-01,1o\n      |            ^~"));
}

TEST_CASE("a column that the table does not have is an error at its key, with the one that was meant") {
  const Author author;
  author.figure("x: date\ny: [vols]");
  const auto built = author.build();
  CHECK(built.status == 2);
  CHECK(contains(built.errors, "error: data/trapping.csv has no column 'vols'; it has date, island, voles\n"));
  CHECK(contains(built.errors, "did you mean 'voles'?"));
}

TEST_CASE("a value that asks for what a series does not have is told what there is") {
  const Author author;
  author.figure("x: date\ny: voles\ngroup: island", "`t: north.at('2021-06-02')`{.value}");
  const auto built = author.build();
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "'north.at' has no place '2021-06-02'; did you mean '2021-06-01'?"));
  author.figure("x: date\ny: voles\ngroup: island", "`t: north.quantile(2)`{.value}");
  CHECK(contains(author.build().errors, "'north.quantile' takes a part from 0 to 1, not 2"));
  author.figure("x: date\ny: voles\ngroup: island", "`t: nroth.mean`{.value}");
  CHECK(contains(author.build().errors, "did you mean 'north.mean'?"));
}

TEST_CASE("a table that changes makes its figure stale, and a caption does not") {
  const Author author;
  author.figure("x: date\ny: voles\ngroup: island");
  CHECK(contains(author.build().errors, "1 run"));
  CHECK(contains(author.build().errors, "0 run"));
  author.put("data/trapping.csv", "date,island,voles\n2021-05-01,north,99\n");
  CHECK(contains(author.exec({REPORT_PROGRAM, "list"}).output, "the content of data/trapping.csv changed"));
  CHECK(contains(author.build().errors, "1 run"));
  CHECK(contains(sys::read_file(author.path / "output/data/t.csv"), "2021-05-01,99"));
}

TEST_CASE("a figure of a table tells how it was made by what its directive says, and no more") {
  const Author author;
  author.figure("x: date\ny: voles\nwhere: \"island = 'north'\"");
  REQUIRE(author.build().status == 0);
  const std::string page = sys::read_file(author.path / "output/report.html");
  CHECK(contains(page, "<dt>where</dt><dd>island = &#39;north&#39;</dd>"));
  CHECK(contains(page, "<dt>reads</dt><dd>data/trapping.csv (SHA-256 "));
  CHECK_FALSE(contains(page, "<dt>stacked</dt>"));
  CHECK_FALSE(contains(page, "<dd>null"));
}

}  // namespace tables_test
