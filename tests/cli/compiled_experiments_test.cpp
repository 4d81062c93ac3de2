// Experiments in C++ of a document's own: compiled when they are used, known by what they reach, told at their lines
// when they are wrong.
#include <dlfcn.h>

#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>
#include <thread>

#include "catch.hpp"
#include "support/replaced.hpp"
#include "support/toolchain.hpp"
#include "user.hpp"

namespace compiled_experiments_test {

using namespace user;
using Json = nlohmann::ordered_json;

using support::replaced;

namespace {

/// The experiment of docs/new-experiment.md in a document of its author's. The headers that all experiments include are
/// compiled once for all tests; results are each test's own.
struct Author : User {
  const std::string walk = sys::read_file(build_folder() / "docs/saddle_escape.cpp");
  const std::string figure =
      "```{.figure #fig:saddle}\nexperiment: saddle-escape\ncurvature: 2\ncaption: c\nalt: a\n```\n\n";

  Author() {
    const fs::path shared = build_folder() / "tests-compiled";
    fs::create_directories(shared);
    fs::create_directories(path / "cache");
    fs::create_directory_symlink(shared, path / "cache/compiled");
    put("report.yaml", "");
    put("experiments/saddle_escape.cpp", walk);
    chapter(figure + "It took `saddle: slowest`{.value}, [which is long]{.claim that=\"saddle: slowest > 1\"}.\n");
  }
  void put(const std::string& name, const std::string& text) const { sys::write_file(path / name, text); }
  void code(const std::string& from, const std::string& to) const {
    put("experiments/saddle_escape.cpp", replaced(walk, from, to));
  }
  sys::ProcessResult report(Words words) const {
    words.insert(words.begin(), REPORT_PROGRAM);
    return exec(not_in_ci(words));
  }
  sys::ProcessResult build() const { return report({"build", "--format", "html"}); }

  /// What is said of experiments that are wrong: nothing is computed, and the exit code is that of bad input.
  std::string refused() const {
    const auto built = build();
    INFO(built.errors);
    CHECK(built.status == 2);
    CHECK(contains(built.errors, "nothing was computed or written"));
    CHECK_FALSE(fs::exists(path / "output/report.html"));
    return built.errors;
  }
  std::string refused(const std::string& from, const std::string& to) const {
    code(from, to);
    return refused();
  }
};

const std::string file = "experiments/saddle_escape.cpp";

}  // namespace

TEST_CASE("a document's own experiment in C++ is described, run, claimed, explained, checked and blessed") {
  const Author author;
  const auto built = author.build();
  INFO(built.errors);
  REQUIRE(built.status == 0);
  CHECK(contains(built.errors, "1 run"));
  CHECK(contains(sys::read_file(author.path / "output/data/saddle.csv"), "escape,gradient flow (theory),"));
  CHECK(contains(sys::read_file(author.path / "output/claims.json"), "\"holds\": true"));
  CHECK(contains(author.report({"describe", "saddle-escape"}).output, "size mu of the negative curvature"));
  CHECK(contains(author.report({"list"}).output, "fresh"));
  CHECK(author.report({"explain", "saddle"}).status == 0);
  CHECK(author.report({"figure", "saddle", "--set", "curvature=4"}).status == 0);
  CHECK(author.report({"check"}).status == 1);
  CHECK(author.report({"bless"}).status == 0);
  CHECK(author.report({"check"}).status == 0);
  CHECK(contains(sys::read_file(author.path / "golden/saddle.json"), "experiments::run"));
}

TEST_CASE("parameters of an own experiment in C++ are checked at their places") {
  const Author author;
  author.chapter(replaced(author.figure, "curvature: 2", "curvatur: 2"));
  CHECK(contains(author.refused(), "unknown parameter 'curvatur' for experiment 'saddle-escape'"));
  author.chapter(replaced(author.figure, "curvature: 2", "curvature: -2"));
  CHECK(contains(author.refused(), "01.md:3:12: error: "));
  author.chapter(author.figure + "`saddle: slowes`{.value}\n");
  CHECK(contains(author.refused(), "did you mean 'slowest'?"));
}

TEST_CASE("a comment, and another drawing, rerun nothing of an own experiment, and what its run calls does") {
  if (support::is_sanitized) {
    WARN("skipped: a sanitizer's code knows the lines that it was made of");
    return;
  }
  const Author author;
  REQUIRE(contains(author.build().errors, "1 run"));
  author.put(file, "// a comment\n\n" + author.walk);
  CHECK(contains(author.build().errors, "0 run"));
  author.code("\"effective time until |y| = 1\"", "\"time\"");  // an axis: drawn anew
  CHECK(contains(author.build().errors, "0 run"));
  CHECK(contains(sys::read_file(author.path / "output/data/saddle.json"), "\"label\": \"time\""));
  author.code("y += eta * p.curvature * y", "y += eta * p.curvature * y * 1.5");
  CHECK(contains(author.report({"list"}).output, "the code of saddle-escape changed ("));
  CHECK(contains(author.build().errors, "1 run"));
  author.put(file, author.walk);
  CHECK(contains(author.build().errors, "0 run"));
}

TEST_CASE(
    "an own experiment is compiled anew when what it includes changes, wherever that lies and whatever leads to it") {
  const Author author;
  author.put("elsewhere/one.hpp", "inline double scale() { return 1; }\n");
  author.put("elsewhere/two.hpp", "inline double scale() { return 2; }\n");
  fs::create_symlink(author.path / "elsewhere/one.hpp", author.path / "experiments/scale.hpp");
  author.put(
      file, replaced("#include \"scale.hpp\"\n" + author.walk, "return steps * eta;", "return steps * eta * scale();"));
  CHECK(contains(author.build().errors, "1 run"));
  const auto again = author.build();
  CHECK(contains(again.errors, "0 run"));
  CHECK_FALSE(contains(again.errors, "compiling"));
  fs::remove(author.path / "experiments/scale.hpp");
  fs::create_symlink(author.path / "elsewhere/two.hpp", author.path / "experiments/scale.hpp");
  CHECK(contains(author.build().errors, "1 run"));
  author.put("elsewhere/two.hpp", "inline double scale() { return 3; }\n");
  const auto changed = author.build();
  CHECK(contains(changed.errors, "compiling " + file));
  CHECK(contains(changed.errors, "1 run"));
}

TEST_CASE("a compiler's error in an own experiment has its line and caret") {
  const Author author;
  const std::string unknown = author.refused("p.curvature * y;", "p.curvatur * y;");
  CHECK(std::regex_search(unknown,
                          std::regex(file + ":[0-9]+:41: error: .*(SaddleEscape.* has no member named|no member named)"
                                            " 'curvatur'")));
  CHECK(contains(unknown, "                                        ^~~~~~~~"));
  CHECK(contains(unknown, "1 error; nothing"));
}

TEST_CASE("an own experiment's mistakes are told at their places") {
  const Author author;
  CHECK(contains(author.refused("steps * eta;", "steps * eta"),
                 support::is_clang ? "expected ';' after" : "expected ';' before '}' token"));
  CHECK(contains(
      author.refused("#include <cmath>", "#include \"none.hpp\""),
      file + ":3:10: " + (support::is_clang ? "error: 'none.hpp' file not found" : "error: none.hpp: No such file")));
  CHECK(
      contains(author.refused("namespace experiments {", "#error not yet\nnamespace experiments {"), "#error not yet"));
  // Told in a header, but made here.
  const std::string type = author.refused("&SaddleEscape::start,", "&SaddleEscape::learning_rates,");
  CHECK(std::regex_search(type, std::regex(file + ":[0-9]+:[0-9]+: error: ")));
  CHECK(contains(author.refused("double y = p.start, steps = 0;", "double y = p.start, steps = sizeof(__TIME__);"),
                 support::is_clang ? "not reproducible" : "might prevent reproducible builds"));
}

TEST_CASE("an own file must register one experiment of its name") {
  const Author author;
  author.put(file, "int nothing;\n");
  CHECK(contains(author.refused(), file + ": error: it registers no experiment"));
  author.put(file, "");
  CHECK(contains(author.refused(), file + ": error: it registers no experiment"));
  const std::string other = author.refused("\"saddle-escape\"", "\"saddle-escap\"");
  CHECK(std::regex_search(other,
                          std::regex(file + ":[0-9]+:5: error: the experiment of this file is 'saddle-escape', but it "
                                            "registers 'saddle-escap'")));
  CHECK(contains(author.refused("const bool registered = add(",
                                "const bool another = add(\"second\", \"A second\", \"Another.\", "
                                "Parameters<SaddleEscape>{}, outputs, run);\n"
                                "const bool registered = add("),
                 "it registers a second experiment"));
  fs::rename(author.path / file, author.path / "experiments/2fast.cpp");
  CHECK(contains(author.refused(), "'2fast' cannot be an experiment's name"));
}

TEST_CASE("an own experiment whose name is taken is an error that names the other") {
  const Author author;
  author.put("experiments/quadratic_bowl.cpp", replaced(author.walk, "\"saddle-escape\"", "\"quadratic-bowl\""));
  CHECK(contains(author.refused(),
                 "experiments/quadratic_bowl.cpp: error: there is an experiment 'quadratic-bowl' already, built in"));
  fs::remove(author.path / "experiments/quadratic_bowl.cpp");
  author.put("experiments/saddle-escape.cpp", author.walk);
  CHECK(contains(author.refused(), "there is an experiment 'saddle-escape' already, in experiments/saddle-escape.cpp"));
  fs::remove(author.path / "experiments/saddle-escape.cpp");
  author.put("experiments/saddle-escape.yaml", "command: [cat]\ngives: {values: {last: {}}}\n");
  CHECK(
      contains(author.refused(), "there is an experiment 'saddle-escape' already, in experiments/saddle-escape.yaml"));
}

TEST_CASE("what an own experiment declares is checked") {
  const Author author;
  const std::string twice = author.refused(".number(\"start\"", ".number(\"curvature\"");
  CHECK(std::regex_search(twice, std::regex(file + ":[0-9]+:17: error: the parameter 'curvature' is declared twice")));
  CHECK(contains(author.refused(".number(\"start\"", ".number(\"caption\""), "every figure has a key 'caption'"));
  CHECK(contains(author.refused(".number(\"start\"", ".number(\"Start\""), "'Start' cannot be a parameter's name"));
  CHECK(contains(author.refused("double start = 1e-6", "double start = 7"), "the default of 'start': "));
  CHECK(contains(author.refused("\"gradient flow\"", "\"gradient descent\""), "is declared twice"));
}

TEST_CASE("an own experiment that calls what is not there, throws or dies in loading is an error of its file") {
  const Author author;
  CHECK(contains(
      author.refused(
          "namespace experiments {",
          "double nowhere(double);\nnamespace experiments {\nextern const double x;\nconst double x = nowhere(1);"),
      file + ": error: it cannot be loaded: it uses nowhere(double)"));
  const std::string begin = "namespace experiments {";
  const auto at_loading = [&](const std::string& what) {
    return author.refused(begin, "#include <cstdlib>\n#include <stdexcept>\nstatic const bool early = [] { " + what +
                                     "; return true; }();\n" + begin);
  };
  // Through C, which takes none; a sanitizer's loader lets it pass.
  if (support::loads_may_throw) {
    const std::string thrown = at_loading("throw std::runtime_error(\"no luck\")");
    CHECK((contains(thrown, "when it is loaded died of signal 6 (Aborted)") ||
           contains(thrown, "when it is loaded failed: no luck")));
    CHECK(contains(thrown, "no luck"));
  }
  CHECK(contains(at_loading("std::abort()"), "died of signal 6 (Aborted)"));
  CHECK(contains(at_loading("std::exit(0)"), "left the program"));
}

TEST_CASE("an own experiment that dies takes nothing with it") {
  const Author author;
  author.put("experiments/other_escape.cpp", replaced(author.walk, "\"saddle-escape\"", "\"other-escape\""));
  author.chapter(author.figure +
                 replaced(replaced(author.figure, "saddle-escape", "other-escape"), "fig:saddle", "fig:other"));
  author.code("double y = p.start, steps = 0;", "double y = p.start, steps = 0; if (eta > 0.2) __builtin_trap();");
  const auto built = author.build();
  INFO(built.errors);
  CHECK(built.status == 1);
  CHECK(contains(built.errors, "its experiment saddle-escape died of signal"));
  CHECK(contains(built.errors, "1 failed"));
  author.put(file, author.walk);
  CHECK(author.build().status == 0);
}

TEST_CASE("without a compiler the package is named that has it") {
  Author author;
  for (const auto& [path, compiler, package] :
       {std::tuple{"/nowhere", "",
                   support::is_clang ? "clang++, which is not installed: install the package clang"
                                     : "g++, which is not installed: install the package g++"},
        std::tuple{"/usr/bin:/bin", "clang++-99", "clang++-99, which is not installed: install the package clang"}}) {
    author.environment.emplace_back("CXX", compiler);
    Words words{"/usr/bin/env", std::string("PATH=") + path, REPORT_PROGRAM, "list"};
    const auto listed = author.exec(words);
    INFO(listed.errors);
    CHECK(listed.status == 3);
    CHECK(contains(listed.errors, package));
  }
}

TEST_CASE("mathematical functions of an own experiment have the bits of the built-in ones") {
  // Arguments at which the C library's differ, so that an own experiment that got those would show.
  void* library = ::dlopen("libm.so.6", RTLD_NOW | RTLD_LOCAL);
  REQUIRE(library);
  const std::vector<std::pair<std::string, double (*)(double)>> functions{
      {"sin", [](double x) { return std::sin(x); }},
      {"exp", [](double x) { return std::exp(x); }},
      {"tanh", [](double x) { return std::tanh(x); }},
      {"log1p", [](double x) { return std::log1p(x); }}};
  std::string rows, values;
  std::vector<double> wanted;
  for (const auto& [name, ours] : functions) {
    const auto theirs = reinterpret_cast<double (*)(double)>(::dlsym(library, name.c_str()));
    for (double x = 0.1; x < 20 && wanted.size() < 200; x += 0.0137)
      if (std::bit_cast<std::uint64_t>(ours(x)) != std::bit_cast<std::uint64_t>(theirs(x))) {
        char text[64];
        std::snprintf(text, sizeof text, "std::%s(%a * p.one), ", name.c_str(), x);
        rows += text;
        wanted.push_back(ours(x));
      }
  }
  REQUIRE(wanted.size() > 10);
  const Author author;
  author.put("experiments/bits.cpp",
             "#include <cmath>\n#include \"experiment/experiment.hpp\"\nnamespace experiments { namespace {\n"
             "struct Bits { double one = 1; };\nstruct Values { Curve all; };\n"
             "Outputs<Values> outputs(const Bits&) {\n  return Outputs<Values>{}.curve(measured, PanelInfo{\"bits\", "
             "{\"k\"}, {\"y\"}}, "
             "\"all\", &Values::all, within(closed_form, \"exact\"));\n}\n"
             "Values run(const Bits& p, Run&) {\n  Values v;\n  for (double y : {" +
                 rows +
                 "}) { v.all.x.push_back(double(v.all.x.size())); v.all.y.push_back(y); }\n  return v;\n}\n"
                 "const bool registered = add(\"bits\", \"Bits\", \"Bits.\", Parameters<Bits>{}.number(\"one\", "
                 "&Bits::one, \"one\"), "
                 "outputs, run);\n} }\n");
  author.chapter("```{.figure #fig:bits}\nexperiment: bits\ncaption: c\nalt: a\n```\n");
  const auto built = author.build();
  INFO(built.errors);
  REQUIRE(built.status == 0);
  const Json made = Json::parse(sys::read_file(author.path / "output/data/bits.json"));
  CHECK(made.at("panels").at(0).at("series").at(0).at("y").get<std::vector<double>>() == wanted);
}

TEST_CASE("several documents compile what they share once, at the same time") {
  const support::ScratchFolder scratch;
  const Author one, two;
  std::vector<sys::ProcessResult> built(2);
  const auto in = [&](const Author& author) {
    Words words{"env", "REPORT_CACHE=" + (scratch.path() / "cache").string(), REPORT_PROGRAM, "list"};
    return author.exec(words);
  };
  std::thread first([&] { built[0] = in(one); }), second([&] { built[1] = in(two); });
  first.join();
  second.join();
  for (const auto& each : built) {
    INFO(each.errors);
    CHECK(each.status == 0);
  }
  std::size_t headers = 0;
  for (const auto& item : fs::recursive_directory_iterator(scratch.path() / "cache/compiled/headers"))
    headers += item.path().extension() == ".gch";
  CHECK(headers == 1);
  CHECK(one.exec({"env", "REPORT_CACHE=" + (scratch.path() / "cache").string(), REPORT_PROGRAM, "clean", "--cache"})
            .status == 0);
  CHECK_FALSE(fs::exists(scratch.path() / "cache/compiled"));
}

}  // namespace compiled_experiments_test
