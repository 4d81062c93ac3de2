// Declarations of programs: what is read, and every mistake with its place and what would be right.
#include "programs/declaration.hpp"

#include <algorithm>

#include "catch.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"

namespace declaration_test {

namespace {

namespace fs = std::filesystem;

/// A document with a declaration's folder, a script and two tables.
struct Document {
  support::ScratchFolder scratch;
  fs::path path = scratch.path();

  Document() {
    for (const char* file : {"experiments/lv.py", "data/a.csv", "data/b.csv", "data/deep/c.csv"})
      sys::write_file(path / file, "x\n");
  }

  programs::ReadDeclaration read(const std::string& yaml) const {
    return programs::read_declaration({"experiments/lv.yaml", yaml}, path / "experiments", path);
  }

  /// "line:column message [hint]" of the one mistake.
  std::string mistake(const std::string& yaml) const {
    const auto errors = read(yaml).errors;
    if (errors.size() != 1) return std::to_string(errors.size()) + " mistakes";
    const auto& e = errors[0];
    return std::to_string(e.place.line) + ":" + std::to_string(e.place.column) + " " + e.message +
           (e.hint.empty() ? "" : " [" + e.hint + "]");
  }
};

const std::string base = "command: [python3, lv.py]\n";
const std::string gives = "gives: {values: {period: {}}}\n";

}  // namespace

TEST_CASE("a declaration says what a program is called with, reads, takes and gives") {
  const Document document;
  const auto read = document.read(R"(title: Predators and prey
summary: Two equations.
command: [python3, lv.py, 5]
reads: [lv.py, ../data/*.csv, ../data/deep]
timeout: 20
memory: 0.5
parameters:
  growth: {type: number, default: 1.1, minimum: 0, unit: 1/year, meaning: prey's growth rate}
  years: {type: integer, default: 40}
  start: {default: [1, 2]}
  season: {default: dry, choices: [dry, wet]}
  noisy: {default: false}
  note: {default: none}
gives:
  panels:
    - {title: populations, x: {label: year}, y: {label: individuals, scale: log}, series: [prey], tolerance: 0.01}
  values:
    period: {meaning: time between peaks, unit: years, tolerance: 1e-6, reason: the solver's}
  functions:
    peak: {meaning: height of a peak}
)");
  for (const auto& error : read.errors) UNSCOPED_INFO(manuscript::render(error, false));
  REQUIRE(read.errors.empty());
  const auto& d = read.declaration;
  CHECK(d.name == "lv");
  CHECK(d.command == std::vector<std::string>{"python3", "lv.py", "5"});
  CHECK(d.reads == std::vector<fs::path>{document.path / "data/a.csv", document.path / "data/b.csv",
                                         document.path / "data/deep/c.csv", document.path / "experiments/lv.py"});
  CHECK(d.timeout == 20);
  CHECK(d.memory == 0.5);
  REQUIRE(d.parameters.size() == 6);
  CHECK(d.parameters[0].minimum == 0);
  CHECK(d.parameters[0].unit == "1/year");
  std::vector<std::string> types;
  for (const auto& p : d.parameters) types.push_back(p.type->name);
  CHECK(types ==
        std::vector<std::string>{"number", "whole number", "list of numbers", "choice", "true or false", "text"});
  REQUIRE(d.panels.size() == 1);
  CHECK(d.panels[0].info.y.scale == "log");
  CHECK(d.panels[0].allowed.bound.relative == 0.01);
  REQUIRE(d.outputs.size() == 2);
  CHECK(d.outputs[0].meaning == "time between peaks [years]");
  CHECK(d.outputs[0].allowed.bound.relative == 1e-6);
  CHECK(d.outputs[1].kind == experiment::OutputKind::sequence);
}

TEST_CASE("mistakes in a declaration are told where they are, with what would be right") {
  const Document d;
  const std::vector<std::pair<std::string, std::string>> cases{
      {gives, "0:0 the declaration has no command [as in: command: [python3, model.py]]"},
      {base,
       "0:0 the declaration says nothing of what the program gives [as in: gives: {panels: [{title: growth, x: {label: "
       "year}, y: {label: individuals}}]}]"},
      {base + gives + "comand: x\n", "3:1 unknown key 'comand' of a program's declaration [did you mean 'command'?]"},
      {base + gives + "colour: 4\n",
       "3:1 unknown key 'colour' of a program's declaration [known are title, summary, command, reads, timeout, "
       "memory, "
       "parameters, gives]"},
      {"command: python3 lv.py\n" + gives,
       "1:10 'command' must be a list [each word by itself: [python3, model.py]; there is no shell]"},
      {"command: []\n" + gives, "1:10 the command is empty"},
      {base + gives + "reads: lv.py\n",
       "3:8 'reads' must be a list of files [as in: reads: [model.py, ../data/*.csv]]"},
      {base + gives + "reads: [lw.py]\n",
       "3:9 there is no file 'lw.py' [paths are relative to the folder of this file]"},
      {base + gives + "reads: [../data/*.tsv]\n",
       "3:9 there is no file '../data/*.tsv' [paths are relative to the folder of this file]"},
      {base + gives + "reads: [/etc/passwd]\n",
       "3:9 must be relative to the folder of this file, so that the document can be moved [paths are relative to the "
       "folder "
       "of this file]"},
      {base + gives + "timeout: 0\n", "3:10 'timeout' must be a number of seconds greater than 0, at most 86400"},
      {base + gives + "timeout: long\n", "3:10 'timeout' must be a finite number"},
      {base + gives + "memory: -1\n", "3:9 'memory' must be a number of gigabytes greater than 0, at most 1024"},
      {base + gives + "parameters: [a]\n", "3:13 'parameters' must be a mapping from names to what they are"},
      {base + gives + "parameters: {a: 1}\n", "3:17 parameter 'a' must be a mapping"},
      {base + gives + "parameters: {a: {}}\n", "3:14 parameter 'a' has no default [as in: default: 1]"},
      {base + gives + "parameters: {seed: {default: 1}}\n",
       "3:14 'seed' is what every figure has, and cannot be a parameter"},
      {base + gives + "parameters: {short-caption: {default: 1}}\n",
       "3:14 'short-caption' is what every figure has, and cannot be a parameter"},
      {base + gives + "parameters: {a b: {default: 1}}\n",
       "3:14 'a b' cannot be a name [names begin with a letter; letters, digits, '-', '_' and '.' follow]"},
      {base + gives + "parameters: {a: {default: 1, minimun: 2}}\n",
       "3:30 unknown key 'minimun' of parameter 'a' [did you mean 'minimum'?]"},
      {base + gives + "parameters: {a: {default: 1, type: nummer}}\n",
       "3:36 unknown type 'nummer'; known are boolean, choice, dataset, integer, number, numbers, text [did you mean "
       "'number'?]"},
      {base + gives + "parameters: {a: {default: 1, minimum: 2}}\n",
       "3:27 the default: parameter 'a' must be at least 2, but this is 1"},
      {base + gives + "parameters: {a: {default: 1, minimum: 2, maximum: 0}}\n", "2 mistakes"},
      {base + gives + "parameters: {a: {default: 1.5, type: integer}}\n",
       "3:27 the default: parameter 'a' must be a whole number, but this is 1.5"},
      {base + gives + "parameters: {a: {default: x, type: choice}}\n",
       "3:14 parameter 'a' is a choice without choices [as in: choices: [low, high]]"},
      {base + "gives: {panel: []}\n", "2:9 unknown key 'panel' of 'gives' [did you mean 'panels'?]"},
      {base + "gives: {panels: {}}\n", "2:17 'panels' must be a list [as in: [{title: growth, x: {label: year}}]]"},
      {base + "gives: {panels: [{tilte: a}]}\n", "2:19 unknown key 'tilte' of a panel [did you mean 'title'?]"},
      {base + "gives: {panels: [{title: a}, {title: a}]}\n", "2:30 two panels have the title 'a'"},
      {base + "gives: {panels: [{title: a, x: year}]}\n", "2:32 an axis must be a mapping"},
      {base + "gives: {panels: [{title: a, x: {scale: lag}}]}\n",
       "2:40 unknown scale 'lag'; known are linear, log, date, category [did you mean 'log'?]"},
      {base + "gives: {panels: [{title: a, y: {scale: date}}]}\n", "2:40 unknown scale 'date'; known are linear, log"},
      {base + "gives: {values: [period]}\n", "2:17 'values' must be a mapping from names to what they are"},
      {base + "gives: {values: {period: {tolerance: -1}}}\n", "2:38 'tolerance' must not be negative"},
      {base + "gives: {values: {period: {}}, functions: {period: {}}}\n", "2:43 'period' is declared twice"},
  };
  for (const auto& [yaml, expected] : cases) {
    INFO(yaml);
    CHECK(d.mistake(yaml) == expected);
  }
}

TEST_CASE("what is read must lie in the document") {
  const Document d;
  sys::write_file(d.path / "inner/experiments/a.py", "x\n");
  const auto read = programs::read_declaration({"experiments/a.yaml", base + gives + "reads: [../../data/a.csv]\n"},
                                               d.path / "inner/experiments", d.path / "inner");
  REQUIRE(read.errors.size() == 1);
  CHECK(read.errors[0].message == "'../../data/a.csv' leads out of the document's folder");
}

}  // namespace declaration_test
