// What a program that fails says of files that it was not given.
#include "programs/undeclared.hpp"

#include <fstream>

#include "catch.hpp"
#include "support/scratch_folder.hpp"

namespace undeclared_test {

namespace fs = std::filesystem;
using Names = std::vector<std::string>;

namespace {

struct Document {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path(), experiments = path / "experiments";

  Document() {
    fs::create_directories(experiments / "tools");
    fs::create_directories(path / "data");
    for (const char* name : {"experiments/model.py", "experiments/helper.py", "experiments/tools/units.py",
                             "data/größe.csv", "data/read.csv"})
      std::ofstream(path / name) << "x";
  }
  Names of(const char* said) const {
    return programs::undeclared_files(said, "model.py", experiments, path,
                                      {experiments / "model.py", experiments / "../data/read.csv"});
  }
};

}  // namespace

TEST_CASE("a module, a path and a name are found where the document has them") {
  const Document document;
  CHECK(document.of("ModuleNotFoundError: No module named 'helper'") == Names{"experiments/helper.py"});
  CHECK(document.of("cannot open file 'tools/units.py': No such file or directory") ==
        Names{"experiments/tools/units.py"});
  CHECK(document.of("FileNotFoundError: '../data/größe.csv'.") == Names{"data/größe.csv"});
  CHECK(document.of("no data/größe.csv, no helper.py") == Names{"data/größe.csv", "experiments/helper.py"});
}

TEST_CASE("what is read, what is not there and what lies outside is not blamed") {
  const Document document;
  CHECK(document.of("File \"model.py\", line 3; ../data/read.csv") == Names{});
  CHECK(document.of("KeyError: 'nothing'; /etc/hostname; ../../etc/hostname; ..; data; tools") == Names{});
  CHECK(document.of("") == Names{});
}

}  // namespace undeclared_test
