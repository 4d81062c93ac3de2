// Experiments that are programs of the author's: run confined, kept by what they read, and told by name when they fail.
#include "catch.hpp"
#include "user.hpp"

namespace author_programs_test {

using namespace user;

namespace {

/// A document with one experiment, a shell script.
struct Author : User {
  Author() {
    put("report.yaml", "");
    put("experiments/walk.yaml",
        "command: [sh, walk.sh]\nreads: [walk.sh, ../data/steps.csv]\nparameters: {scale: {default: 2}}\n"
        "gives:\n  panels: [{title: walk, x: {label: step}, y: {label: place}}]\n  values: {last: {meaning: the last "
        "place}}\n");
    put("data/steps.csv", "3\n");
    script(good);
    chapter("```{.figure #fig:walk}\nexperiment: walk\ncaption: c\nalt: a\n```\n\n`walk: last`{.value}\n");
  }
  void put(const std::string& name, const std::string& text) const { sys::write_file(path / name, text); }
  void script(const std::string& text) const { put("experiments/walk.sh", text); }
  sys::ProcessResult build() const { return exec({REPORT_PROGRAM, "build", "--format", "html"}); }
  /// What the build says of a script that is wrong.
  std::string said(const std::string& text) const {
    script(text);
    const auto built = build();
    CHECK(built.status == 1);
    CHECK_FALSE(fs::exists(path / "output/report.html"));
    CHECK(contains(built.errors, "error: fig:walk: "));
    return built.errors;
  }

  static inline const std::string answer =
      R"('{"panels": [{"title": "walk", "series": [{"name": "a", "x": [0, 1], "y": [0, %s]}]}], )"
      R"("values": {"last": %s}}')";
  static inline const std::string good = "n=$(cat ../data/steps.csv)\nprintf " + answer + " $n $n\n";
};

}  // namespace

TEST_CASE("a program's figure and its value stand in the page") {
  const Author author;
  const auto built = author.build();
  INFO(built.errors);
  REQUIRE(built.status == 0);
  CHECK(contains(sys::read_file(author.path / "output/report.html"), "walk: last\">3</span>"));
  CHECK(contains(sys::read_file(author.path / "output/data/walk.csv"), "walk,a,1,3,,"));
}

TEST_CASE("a program runs again when what it reads changes, and only then") {
  const Author author;
  CHECK(contains(author.build().errors, "1 run"));
  CHECK(contains(author.build().errors, "0 run"));
  author.chapter("```{.figure #fig:walk}\nexperiment: walk\ncaption: other words\nalt: a\n```\n");
  CHECK(contains(author.build().errors, "0 run"));
  author.put("data/steps.csv", "5\n");
  CHECK(contains(author.exec({REPORT_PROGRAM, "list"}).output, "the content of data/steps.csv changed"));
  CHECK(contains(author.build().errors, "1 run"));
  author.script("# a comment\n" + Author::good);
  CHECK(contains(author.exec({REPORT_PROGRAM, "list"}).output, "the content of experiments/walk.sh changed"));
  CHECK(contains(author.build().errors, "1 run"));
  author.put("data/steps.csv", "3\n");
  author.script(Author::good);
  CHECK(contains(author.build().errors, "0 run"));  // known from the first time
}

TEST_CASE("a program is asked with parameters, seed and figure on its standard input") {
  const Author author;
  author.script("cat >&2; exit 3\n");
  CHECK(
      contains(author.build().errors, R"(| {"figure":"fig:walk","seed":1,"parameters":{"scale":2.0},"dataset":null})"));
}

TEST_CASE("a program sees what it declares, and nothing else of the document") {
  const Author author;
  author.put("data/secret.csv", "1\n");
  const std::string said = author.said("cat ../data/secret.csv\n");
  CHECK(contains(said, "'sh walk.sh' failed with status 1"));
  CHECK(contains(said, "../data/secret.csv: No such file or directory"));
  CHECK(contains(said, "status 1; the document has data/secret.csv, which it does not declare under 'reads'\n"));
  CHECK(contains(author.said("ls ../data >&2; exit 1\n"), "| steps.csv\n"));
  if (sys::enforceable_confinement().landlock == 0) {
    WARN("skipped: this kernel does not confine files");
    return;
  }
  CHECK(contains(author.said("cat " + (author.path / "data/secret.csv").string() + "\n"), "Permission denied"));
}

TEST_CASE("a program that does something wrong is an error with the end of what it said") {
  const Author author;
  CHECK(contains(author.said("echo lost >&2; exit 7\n"), "'sh walk.sh' failed with status 7\n  | lost\n"));
  CHECK(contains(author.said("kill -SEGV $$\n"), "was ended by signal 11 (Segmentation fault)"));
  CHECK(contains(author.said("true\n"), "the answer of 'sh walk.sh': nothing was printed on standard output"));
  CHECK(contains(author.said("echo '{'\n"), "what was printed is not JSON, in line"));
  CHECK(contains(author.said("echo '{}'\n"), "the panel 'walk' is declared, but not given"));
  CHECK(contains(author.said("printf " + Author::answer + " 1 '\"NaN\"'\n"), "the value 'last' is not a number (NaN)"));
  CHECK(contains(author.said("sleep 100 & printf " + Author::answer + " 1 1\n"), "left processes behind"));
  if (sys::enforceable_confinement().landlock == 0) {
    WARN("skipped: this kernel does not confine files");
    return;
  }
  CHECK(contains(author.said("echo x >made.txt\n"), "made.txt"));
}

TEST_CASE("a program that says very much, or nothing for too long, is ended") {
  const Author author;
  author.put("experiments/walk.yaml",
             "command: [sh, walk.sh]\nreads: [walk.sh]\ntimeout: 1\ngives: {values: {last: {}}}\n");
  CHECK(contains(author.said("sleep 60\n"), "did not end within 1 s"));
  author.put("experiments/walk.yaml", "command: [sh, walk.sh]\nreads: [walk.sh]\ngives: {values: {last: {}}}\n");
  CHECK(contains(author.said("yes\n"), "printed more than 256 MB"));
  const std::string said = author.said("yes | head -n 10000000 >&2; echo the end >&2; exit 1\n");
  CHECK(contains(said, "| the end\n"));
  CHECK(said.size() < 1000);
}

TEST_CASE("a program that is not there is named") {
  const Author author;
  author.put("experiments/walk.yaml", "command: [no-such-program]\ngives: {values: {last: {}}}\n");
  const auto built = author.build();
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "fig:walk: cannot run 'no-such-program': No such file or directory"));
}

TEST_CASE("a declaration that cannot be read is told at its place, and not once more at each figure") {
  const Author author;
  author.put("experiments/walk.yaml", "comand: [sh, walk.sh]\n");
  const auto built = author.build();
  CHECK(built.status == 2);
  CHECK(contains(built.errors, "experiments/walk.yaml:1:1: error: unknown key 'comand'"));
  CHECK_FALSE(contains(built.errors, "unknown experiment"));
}

TEST_CASE("a declaration cannot take an experiment's name that is taken") {
  const Author author;
  author.put("experiments/momentum.yaml", "command: [sh, walk.sh]\ngives: {values: {last: {}}}\n");
  const auto built = author.build();
  CHECK(built.status == 2);
  CHECK(contains(built.errors, "experiments/momentum.yaml: error: there is an experiment 'momentum' already"));
}

TEST_CASE("check runs an author's program again, so that one which gives something else each time is found") {
  const Author author;
  author.script("printf " + Author::answer + " 1 1$(date +%N)\n");
  CHECK(author.exec({REPORT_PROGRAM, "check"}).status == 1);
  CHECK(author.exec(not_in_ci({REPORT_PROGRAM, "bless"})).status == 0);
  const auto checked = author.exec({REPORT_PROGRAM, "check"});
  CHECK(checked.status == 1);
  CHECK(contains(checked.output, "last"));
  author.script(Author::good);
  author.exec({REPORT_PROGRAM, "check"});
  CHECK(author.exec(not_in_ci({REPORT_PROGRAM, "bless"})).status == 0);
  CHECK(author.exec({REPORT_PROGRAM, "check"}).status == 0);
}

TEST_CASE("an author's program is described like any other experiment") {
  const Author author;
  const auto described = author.exec({REPORT_PROGRAM, "describe", "walk"});
  CHECK(described.status == 0);
  CHECK(contains(described.output, "scale (number)"));
  CHECK(contains(described.output, "last: the last place"));
}

TEST_CASE("marks and axes in the directive draw a program's series anew, and run nothing") {
  const Author author;
  REQUIRE(author.build().status == 0);
  const std::string before = sys::read_file(author.path / "output/figures/walk.svg");
  const auto with = [&](const std::string& lines) {
    author.chapter("```{.figure #fig:walk}\nexperiment: walk\n" + lines + "caption: c\nalt: a\n```\n");
    return author.build();
  };
  const auto built = with("mark: points\naxes: {x: {label: day}, y: {minimum: -5}}\n");
  CHECK(built.status == 0);
  CHECK(contains(built.errors, "0 run"));
  const std::string after = sys::read_file(author.path / "output/figures/walk.svg");
  CHECK(after != before);
  CHECK(contains(sys::read_file(author.path / "output/report.html"), ">day</tspan>"));
  with("");
  CHECK(sys::read_file(author.path / "output/figures/walk.svg") == before);
  CHECK(contains(with("mark: dots\n").errors, "chapters/01.md:3:7: error: "));
  CHECK(
      contains(with("axes: {x: {scale: date}}\n").errors, ":3:19: error: x has numbers, which have no scale 'date'\n"));
  CHECK(contains(with("makr: points\n").errors, "did you mean 'mark'?"));
  const auto lacking = with("mark: errorbars\n");
  CHECK(lacking.status == 1);
  CHECK(contains(lacking.errors, "no series has lower and upper bounds"));
  CHECK(author.exec({REPORT_PROGRAM, "figure", "walk", "--set", "mark=bars"}).status == 0);
  CHECK(contains(author.exec({REPORT_PROGRAM, "describe", "walk"}).output, "    mark: how it is drawn: points, line"));
}

TEST_CASE(
    "frames of a program run side by side, each in a folder of its own, and one that fails is told with its value") {
  const Author author;
  author.put("experiments/walk.yaml",
             "command: [sh, walk.sh]\nreads: [walk.sh]\nparameters: {slope: {default: 1, minimum: 0, maximum: 9}}\n"
             "gives:\n  panels: [{title: walk, x: {label: step}, y: {label: place}}]\n  values: {last: {}}\n");
  author.script("sleep 0.1\nif [ $PARAMETER_SLOPE = 7 ]; then echo too steep >&2; exit 1; fi\nprintf " +
                Author::answer + " $PARAMETER_SLOPE $PARAMETER_SLOPE\n");
  const auto with = [&](const std::string& frames) {
    author.chapter("```{.figure #fig:walk}\nexperiment: walk\nlive: {slope: {frames: " + frames +
                   "}}\ncaption: c\nalt: a\n```\n");
    return author.build();
  };
  const auto built = with("[2, 3, 4, 5, 6]");
  CHECK(built.status == 0);
  CHECK(contains(sys::read_file(author.path / "output/report.html"), "\"frames\":\"H4sI"));
  const auto failed = with("[6, 7]");
  CHECK(failed.status == 1);
  CHECK(contains(failed.errors, "chapters/01.md:3:1: error: with 'slope' at 7: 'sh walk.sh' failed with status 1\n"));
  CHECK(contains(failed.errors, "too steep"));
}

TEST_CASE("a program's own parameter of a look's name is the program's") {
  const Author author;
  author.put("experiments/walk.yaml",
             "command: [sh, walk.sh]\nreads: [walk.sh]\nparameters: {bins: {default: 2}}\n"
             "gives:\n  panels: [{title: walk, x: {label: step}, y: {label: place}}]\n  values: {last: {}}\n");
  author.script("printf " + Author::answer + " $PARAMETER_BINS $PARAMETER_BINS\n");
  author.chapter("```{.figure #fig:walk}\nexperiment: walk\nbins: 7\ncaption: c\nalt: a\n```\n");
  REQUIRE(author.build().status == 0);
  CHECK(contains(sys::read_file(author.path / "output/data/walk.csv"), "walk,a,1,7,,"));
}

}  // namespace author_programs_test
