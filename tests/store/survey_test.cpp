// What a store holds, and its bounds.
#include "store/survey.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <ctime>
#include <fstream>

#include "catch.hpp"
#include "support/scratch_folder.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace survey_test {

namespace fs = std::filesystem;
using store::EntryKind;

namespace {

constexpr int day = 86400;

std::string key(int i) { return sys::sha256(std::to_string(i)); }

/// As if it had last been used so many seconds ago.
void make_old(const fs::path& file, long seconds) {
  const timespec then{std::time(nullptr) - seconds, 0}, times[2] = {then, then};
  REQUIRE(::utimensat(AT_FDCWD, file.c_str(), times, 0) == 0);
}

/// Four results of 1,000 bytes, of which number i was used i days ago.
struct Filled {
  support::ScratchFolder folder;
  store::Store store{folder.path()};
  Filled() {
    for (int i = 0; i < 4; ++i) {
      store.put(EntryKind::results, key(i), std::string(1000 - 65, 'x'));
      make_old(store.place(EntryKind::results, key(i)), i * day);
    }
  }
  std::string left() const {
    std::string left;
    for (int i = 0; i < 4; ++i) left += store.has(EntryKind::results, key(i)) ? std::to_string(i) : "";
    return left;
  }
};

}  // namespace

TEST_CASE("a store tells what it holds, by kind") {
  Filled filled;
  filled.store.put(EntryKind::drawing_pdf, key(9), "a drawing");
  const auto all = store::holdings(filled.folder.path());
  REQUIRE(all.size() == 2);
  CHECK(all[0].kind == "results");
  CHECK(all[0].entries == 4);
  CHECK(all[0].bytes == 4000);
  CHECK(all[0].newest < 60);
  CHECK(all[0].oldest == Approx(3 * day).margin(60));
  CHECK(all[1].kind == "drawings/pdf");
  CHECK(store::holdings(filled.folder / "nothing").empty());
}

TEST_CASE("what nobody used for longer goes") {
  Filled filled;
  const auto pruned = store::prune(filled.folder.path(), {.older = 1.5 * day, .bytes = {}});
  CHECK(filled.left() == "01");
  CHECK(pruned.entries == 2);
  CHECK(pruned.bytes == 2000);
}

TEST_CASE("what was used longest ago goes until little enough is left") {
  Filled filled;
  store::prune(filled.folder.path(), {.older = {}, .bytes = 3500.0});
  CHECK(filled.left() == "012");
  store::prune(filled.folder.path(), {.older = {}, .bytes = 3000.0});
  CHECK(filled.left() == "012");
  store::prune(filled.folder.path(), {.older = {}, .bytes = 0.0});
  CHECK(filled.left().empty());
}

TEST_CASE("unfinished files of killed writers go, those of writers at work and of others stay") {
  Filled filled;
  const fs::path entry = filled.store.place(EntryKind::results, key(0));
  const fs::path old = sys::name_beside(entry), young = sys::name_beside(entry),
                 foreign = entry.parent_path() / "notes";
  for (const auto& file : {old, young, foreign}) std::ofstream(file) << "x";
  make_old(old, 2 * 3600);
  make_old(foreign, 100 * day);
  const auto pruned = store::prune(filled.folder.path(), {.older = 90.0 * day, .bytes = {}});
  CHECK(pruned.leftovers == 1);
  CHECK_FALSE(fs::exists(old));
  CHECK(fs::exists(young));
  CHECK(fs::exists(foreign));
  CHECK(filled.left() == "0123");
}

}  // namespace survey_test
