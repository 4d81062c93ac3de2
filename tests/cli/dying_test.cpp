// An experiment that dies is named, with its figure and its place, and the others' results are not lost.
#include "catch.hpp"
#include "user.hpp"

namespace dying_test {

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

TEST_CASE("a drawing function that dies or throws fails its figure only, by name and place") {
  const User u;
  u.chapter(dying("drawing") + "\n" + dying("drawing-by-exception") + "\n" + bowl);
  const std::string died = "the drawing function of dies-drawing died of signal 11 (Segmentation fault)",
                    threw = "the drawing function of dies-drawing-by-exception failed: no ink";
  const auto built = run(u, {"build", "--format", "html"});
  INFO(built.errors);
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "3 figures, 2 run, 2 failed") + contains(built.errors, "3 figures, 0 run, 2 failed") ==
        1);
  CHECK(contains(built.errors, "fig:drawing: " + died + "; the figure stands at chapters/01.md:1\n"));
  CHECK(contains(built.errors, "fig:drawing-by-exception: " + threw + "; the figure stands at chapters/01.md:7\n"));
  CHECK(fs::exists(u.path / "output/figures/bowl.pdf"));
  CHECK_FALSE(fs::exists(u.path / "output/report.html"));
  const auto checked = run(u, {"check", "--references", "golden"});
  INFO(checked.output);
  CHECK(checked.status == 1);
  CHECK(contains(checked.output, "the experiment failed: " + died));
  CHECK(contains(checked.output, "the experiment failed: " + threw));
}

TEST_CASE("a check of parameters or a declaration of outputs that dies or throws is an error at its figure") {
  const User u;
  u.chapter(bowl + "\n" + dying("checking") + "\n" + dying("checking-by-exception") + "\n" + dying("declaring") + "\n" +
            dying("declaring-by-exception"));
  const auto built = run(u, {"build", "--format", "html"});
  INFO(built.errors);
  CHECK(built.status == 2);
  const char* const told[] = {
      "chapters/01.md:9:1: error: the check of the parameters of dies-checking died of signal 8 (Floating point",
      "chapters/01.md:15:1: error: the check of the parameters of dies-checking-by-exception failed: nothing to",
      "chapters/01.md:21:1: error: the declaration of the outputs of dies-declaring died of signal 11 (Segmentation",
      "chapters/01.md:27:1: error: the declaration of the outputs of dies-declaring-by-exception failed: no outputs"};
  for (const char* words : told) CHECK(contains(built.errors, words));
  CHECK(contains(built.errors, "4 errors; nothing was computed or written\n"));
}

TEST_CASE("a death with some parameters says nothing of others") {
  const User u;
  std::string text = dying("checking");
  text.insert(text.find("caption"), "jobs: 100\n");
  u.chapter(dying("checking") + "\n" + text.replace(text.find("fig:checking"), 12, "fig:spared"));
  const auto built = run(u, {"build", "--format", "html"});
  INFO(built.errors);
  CHECK(contains(built.errors, "1 error; nothing was computed or written\n"));
}

TEST_CASE("deriving the outputs of a stored result may die, which fails that figure only") {
  User u;
  u.chapter(dying("deriving") + "\n" + bowl);
  REQUIRE(run(u, {"build", "--format", "html"}).status == 0);
  fs::remove_all(u.path / "output");
  u.environment.emplace_back("REPORT_TEST_DIES", "1");
  const std::string told = "the derivation of the outputs of dies-deriving died of signal 11 (Segmentation fault)";
  const auto built = run(u, {"build", "--format", "html"});
  INFO(built.errors);
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "fig:deriving: " + told + "; the figure stands at chapters/01.md:1\n"));
  CHECK(contains(built.errors, "2 figures, 0 run, 1 failed"));
  CHECK(fs::exists(u.path / "output/figures/bowl.pdf"));
  const auto listed = run(u, {"list"});
  CHECK(listed.status == 0);
  CHECK(contains(listed.output, told));
  CHECK(contains(run(u, {"explain", "deriving"}).output, told));
}

TEST_CASE("describe leaves out what cannot be described, and says so") {
  const User u;
  for (const Words& form : {Words{}, Words{"--json"}, Words{"--markdown"}}) {
    Words all{REPORT_DYING_PROGRAM, "describe"};
    all.insert(all.end(), form.begin(), form.end());
    const auto described = u.exec(all);
    INFO(described.errors);
    CHECK(described.status == 1);
    CHECK(contains(described.errors, "error: the declaration of the outputs of dies-declaring died of signal 11"));
    CHECK(contains(described.output, "dies-deriving"));
    CHECK(contains(described.output, "quadratic-bowl"));
  }
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

}  // namespace dying_test
