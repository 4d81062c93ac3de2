// The command line as a value.
#include "cli/options.hpp"

#include "catch.hpp"
#include "cli/help.hpp"

namespace options_test {

namespace {

cli::Options parse(const std::vector<std::string>& words, const std::string& data = "", const std::string& cache = "") {
  return cli::parse(words, {"/project", "/project"}, [&](const char* name) -> std::string {
    if (std::string(name) == "REPORT_DATA") return data;
    if (std::string(name) == "REPORT_CACHE") return cache;
    if (std::string(name) == "HOME") return "/home/author";
    return "";
  });
}

/// Why a command line makes no sense; empty when it does.
std::string refusal(const std::vector<std::string>& words) {
  try {
    parse(words);
  } catch (const cli::UsageError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("no command means build, in the project's own folders") {
  const auto o = parse({});
  CHECK(o.command == "build");
  CHECK(o.settings.chapters == "/project/chapters");
  CHECK(o.settings.output == "/project/output");
  CHECK(o.settings.cache == "/home/author/.cache/literate-report");
  CHECK(o.settings.jobs >= 1);
  CHECK(o.settings.formats.empty());
}

TEST_CASE("options may stand before and after the command") {
  const auto o = parse({"--jobs", "3", "figure", "fig:a", "--set", "depth=20", "fig:b", "--set=width=5"});
  CHECK(o.command == "figure");
  CHECK(o.arguments == std::vector<std::string>{"fig:a", "fig:b"});
  CHECK(o.settings.jobs == 3);
  REQUIRE(o.set.size() == 2);
  CHECK(o.set[0] == engine::ParameterOverride{"depth", "20"});
  CHECK(o.set[1] == engine::ParameterOverride{"width", "5"});
}

TEST_CASE("the command line goes before the environment") {
  CHECK(parse({}, "/sets").settings.data.front() == "/sets");
  CHECK(parse({"--data", "/mine"}, "/sets").settings.data.front() == "/mine");
  CHECK(parse({}, "", "/store").settings.cache == "/store");
}

TEST_CASE("without a home results are stored in the document, never with the generator") {
  const auto o = cli::parse({}, {"/document", "/usr/share/literate-report"}, [](const char*) { return ""; });
  CHECK(o.settings.cache == "/document/.cache");
  CHECK(o.settings.data == std::vector<std::filesystem::path>{"/document/.cache/data"});
}

TEST_CASE("formats are a list of those known") {
  CHECK(parse({"build", "--format", "pdf,json"}).settings.formats == std::vector<std::string>{"pdf", "json"});
  REQUIRE_THROWS_AS(parse({"--format", "pdf,htm"}), cli::UsageError);
  REQUIRE_THROWS_AS(parse({"--format", ""}), cli::UsageError);
}

TEST_CASE("what makes no sense is a usage error") {
  const std::vector<std::string> words = GENERATE(
      std::vector<std::string>{"biuld"}, std::vector<std::string>{"--jbos", "2"},
      std::vector<std::string>{"--jobs", "0"}, std::vector<std::string>{"--jobs", "many"},
      std::vector<std::string>{"--color", "sometimes"}, std::vector<std::string>{"figure", "fig:a", "--set", "depth"},
      std::vector<std::string>{"build", "--set", "depth=2"}, std::vector<std::string>{"--data"});
  REQUIRE_THROWS_AS(parse(words), cli::UsageError);
}

TEST_CASE("a usage error says what was meant") {
  try {
    parse({"biuld"});
    FAIL("no error");
  } catch (const cli::UsageError& error) {
    CHECK(std::string(error.what()).find("did you mean 'build'?") != std::string::npos);
  }
}

TEST_CASE("an option is not taken for another one's value, and what is meant is said in our own words") {
  CHECK(refusal({"--output", "--quiet"}) == "--output needs a value, but '--quiet' is an option; as in: --output DIR");
  CHECK(refusal({"--chapters", "-q"}) == "--chapters needs a value, but '-q' is an option; as in: --chapters DIR");
  CHECK(refusal({"--data", "--output=x"}) == "--data needs a value, but '--output=x' is an option; as in: --data DIR");
  CHECK(refusal({"figure", "fig:a", "--set", "--open"}) ==
        "--set needs a value, but '--open' is an option; as in: --set NAME=VALUE");
  CHECK(refusal({"-j", "--force"}) == "-j needs a value, but '--force' is an option; as in: --jobs N");
  CHECK(refusal({"--output="}) == "--output needs a value that is not empty, as in: --output DIR");
  CHECK(refusal({"--output", ""}) == "--output needs a value that is not empty, as in: --output DIR");
  CHECK(refusal({"build", "--output"}) == "--output needs a value, as in: --output DIR");
  CHECK(refusal({"--output", "a", "--output", "b"}) == "--output is given twice");
  CHECK(refusal({"--quiet=yes"}) == "--quiet takes no value");
  CHECK(refusal({"--jobs", "many"}) == "--jobs takes a whole number, but this is 'many'");
  CHECK(parse({"--output", "-dir", "--quiet"}).quiet);
  CHECK(parse({"figure", "fig:a", "--set", "x=-1"}).set.size() == 1);
}

TEST_CASE("bounds of the store have units, and belong to its prune") {
  CHECK(parse({"store", "prune", "--older", "30d"}).older == 30 * 86400.0);
  CHECK(parse({"store", "prune", "--older", "1.5h"}).older == 5400.0);
  CHECK(parse({"store", "prune", "--size", "5G"}).size == 5e9);
  CHECK(parse({"store", "prune", "--size", "0k"}).size == 0.0);
  for (const char* wrong : {"30", "d", "-1d", "30 d", "30days", "inf"})
    CHECK(refusal({"store", "prune", "--older", wrong}).find("--older") == 0);
  CHECK(refusal({"store", "--older", "30d"}) == "--older and --size belong to 'store prune'");
  CHECK(refusal({"build", "--size", "5G"}) == "--older and --size belong to 'store prune'");
}

TEST_CASE("an executor is one that there is, for commands that run something") {
  CHECK(parse({"--executor", "slurm"}).slurm);
  CHECK(parse({"check", "--executor", "slurm"}).slurm);
  CHECK(refusal({"--executor", "lsf"}).find("unknown executor 'lsf'") == 0);
  CHECK(refusal({"list", "--executor", "slurm"}) == "--executor belongs to 'build', 'figure' and 'check'");
  CHECK(refusal({"--detach"}) == "--detach belongs to 'build --executor slurm'");
  CHECK(refusal({"--executor", "slurm", "--detach", "--force"}).find("--force and --detach") == 0);
}

TEST_CASE("every command has its help") {
  for (const auto& c : cli::command_table()) {
    CHECK(cli::help_text("report").find("  " + c.name + " ") != std::string::npos);
    CHECK(cli::help_text("report", c.name).find(c.synopsis) != std::string::npos);
  }
  REQUIRE_THROWS_AS(cli::help_text("report", "nothing"), cli::UsageError);
}

}  // namespace options_test
