// Which table of fingerprints vouches for the code of the program that runs.
#include "store/code_fingerprint.hpp"

#include "catch.hpp"
#include "data/files.hpp"
#include "system/files.hpp"

namespace code_fingerprint_test {

using namespace store;
using namespace sys;

namespace {

/// A project whose build folder holds a table, and the parts of one experiment.
std::string code_with(const std::string& program, Json& parts) {
  const files::Folder root;
  const Json table{{"program", program}, {"experiments", {{"quadratic-bowl", "of the table"}}}};
  write_file(root.path / "build" / "fingerprints.json", table.dump());
  write_file(root.path / "build" / "fingerprints" / "quadratic-bowl.json", R"({"a.cpp": {"f": "1"}})");
  parts = code_parts(root.path, "quadratic-bowl");
  CHECK(code_fingerprint(root.path, "momentum") == program_fingerprint());  // which the table does not name
  return code_fingerprint(root.path, "quadratic-bowl");
}

}  // namespace

TEST_CASE("a table of fingerprints counts for the program that it was made of, and for no other") {
  Json parts;
  CHECK(code_with(program_fingerprint(), parts) == "of the table");
  CHECK(parts.size() == 1);
  // As a compiler leaves it that was stopped before the table was written, or a program in another folder.
  CHECK(code_with("another program", parts) == program_fingerprint());
  CHECK(parts.empty());
}

}  // namespace code_fingerprint_test
