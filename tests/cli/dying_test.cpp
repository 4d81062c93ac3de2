// An experiment that dies is named, with its figure and its place, and the others' results are not lost.
#include "catch.hpp"
#include "user.hpp"

using user::bowl;
using user::contains;
using user::User;
using user::Words;
namespace fs = std::filesystem;

namespace {

std::string dying(const std::string& how) {
  return "```{.figure #fig:" + how + "}\nexperiment: dies-" + how + "\ncaption: It dies.\nalt: Nothing\n```\n";
}

sys::ProcessResult run(const User& u, Words words) {
  Words all = u.arguments(words);
  all.front() = REPORT_DYING_PROGRAM;
  return u.exec(all);
}

}  // namespace

TEST_CASE("an experiment that dies fails its figure only, by name and place") {
  const std::pair<const char*, const char*> ways[] = {{"by-segfault", "died of signal 11 (Segmentation fault)"},
                                                      {"by-abort", "died of signal 6 (Aborted)"},
                                                      {"by-division", "died of signal 8 (Floating point exception)"},
                                                      {"by-overflow", "died of signal 11 (Segmentation fault)"},
                                                      {"by-exception", "died of signal 6 (Aborted)"},
                                                      {"by-exit", "left the program"},
                                                      {"in-a-job", "died of signal 11 (Segmentation fault)"}};
  const User u;
  std::string text = "# One\n\n";
  for (const auto& [how, words] : ways) text += dying(how) + "\n";
  u.chapter(text + bowl);
  const auto built = run(u, {"build", "--format", "html"});
  INFO(built.errors);
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "8 figures, 0 run, 7 failed"));
  int line = 3;
  for (const auto& [how, words] : ways) {
    const std::string name = how;
    INFO(name);
    const std::string told = "fig:" + name + ": its experiment dies-" + name + " " + words +
                             "; the figure stands at chapters/01.md:" + std::to_string(line) + "\n";
    CHECK(contains(built.errors, told));
    CHECK(built.errors.find(told) == built.errors.rfind(told));
    line += 6;
  }
  CHECK(fs::exists(u.path / "output/data/bowl.csv"));
  CHECK_FALSE(fs::exists(u.path / "output/report.html"));
}

TEST_CASE("figure and check name an experiment that dies, too, and a warning is not told twice") {
  const User u;
  u.chapter(bowl + "\n" + dying("by-segfault"));
  for (const Words& words : {Words{"figure", "by-segfault"}, Words{"check", "--references", "golden"}}) {
    const auto finished = run(u, words);
    INFO(finished.errors);
    CHECK(finished.status == 1);
    CHECK(contains(finished.errors + finished.output, "its experiment dies-by-segfault died of signal 11"));
  }
}

TEST_CASE("a drawing function that dies is named, and what was computed is stored") {
  const User u;
  u.chapter(bowl + "\n" + dying("drawing"));
  const auto built = run(u, {"build", "--format", "html"});
  CHECK(built.status == 1);
  CHECK(contains(built.errors,
                 "error: fig:drawing (chapters/01.md:9): the drawing function of dies-drawing died of signal 11 "
                 "(Segmentation fault)\n"));
}

TEST_CASE("two experiments of one name are an error that names both files") {
  const User u;
  u.chapter(bowl);
  const auto built = u.exec({REPORT_TWIN_PROGRAM, "build", "--chapters", "chapters"});
  CHECK(built.status == 2);
  CHECK(contains(built.errors, "error: two experiments are named 'quadratic-bowl'"));
  CHECK(contains(built.errors, "src/experiments/quadratic_bowl.cpp"));
  CHECK(contains(built.errors, "tests/cli/twin_experiments.cpp"));
}
