// Facts about watched folders: what editors and people do to files, and what is told of it.
#include "live/file_watch.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "catch.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"

namespace file_watch_test {

namespace {

namespace fs = std::filesystem;
using live::ChangeKind;
using sys::write_file;

struct Folders {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path();
  Folders() { fs::create_directories(path / "chapters"); }
};

/// What is told within a time that is ample for the kernel.
std::vector<std::string> names(live::FileWatch& watch, ChangeKind kind = ChangeKind::text) {
  pollfd file{watch.descriptor(), POLLIN, 0};
  ::poll(&file, 1, 20);
  std::vector<std::string> list;
  for (const auto& change : watch.changes())
    if (change.kind == kind) list.push_back(change.file.filename().string());
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
  return list;
}

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("writing, renaming over, deleting and linking a file are told by its name, and editors' own files are not") {
  const Folders at;
  const fs::path chapters = at.path / "chapters";
  write_file(at.path / "elsewhere.md", "text");
  live::FileWatch watch({});
  watch.look_at({{chapters, ChangeKind::text, true, ""}});
  CHECK(names(watch).empty());
  FILE* file = std::fopen((chapters / "01.md").c_str(), "w");
  std::fputs("half", file);
  std::fflush(file);
  CHECK(names(watch).empty());  // nobody reads half a file
  std::fclose(file);
  CHECK(names(watch) == Names{"01.md"});

  write_file(chapters / "01.md", "as a whole, through a file beside it");
  CHECK(names(watch) == Names{"01.md"});
  for (const char* own : {".01.md.swp", "4913", "01.md~", "#01.md#", ".#01.md", "01.md.tmp"}) {
    INFO(own);
    CHECK(live::is_editors_own(own));
    write_file(chapters / own, "x");
    fs::remove(chapters / own);
  }
  CHECK(names(watch).empty());
  fs::rename(chapters / "01.md", chapters / "01.md~");  // as vim saves
  write_file(chapters / "01.md", "again");
  fs::remove(chapters / "01.md~");
  CHECK(names(watch) == Names{"01.md"});
  fs::create_symlink(at.path / "elsewhere.md", chapters / "02.md");
  fs::create_hard_link(at.path / "elsewhere.md", chapters / "03.md");
  CHECK(names(watch) == Names{"02.md", "03.md"});
  fs::remove(chapters / "02.md");
  CHECK(names(watch) == Names{"02.md"});
}

TEST_CASE("folders that come, go and are replaced are told, and looked at when asked again") {
  const Folders at;
  const fs::path chapters = at.path / "chapters", late = at.path / "late";
  const std::vector<live::Folder> folders{{chapters, ChangeKind::text, true, ""}, {late, ChangeKind::code, true, ""}};
  live::FileWatch watch({at.path / "chapters" / "output"});
  watch.look_at(folders);
  fs::create_directories(chapters / "images" / "deep");
  CHECK(names(watch) == Names{"images"});
  watch.look_at(folders);
  write_file(chapters / "images" / "deep" / "a.png", "x");
  CHECK(names(watch) == Names{"a.png"});

  fs::create_directories(late);
  CHECK(names(watch, ChangeKind::code) == Names{"late"});
  watch.look_at(folders);
  write_file(late / "a.cpp", "x");
  CHECK(names(watch, ChangeKind::code) == Names{"a.cpp"});
  write_file(at.path / "other", "x");
  CHECK(names(watch).empty());

  fs::create_directories(at.path / "next");
  fs::rename(chapters, at.path / "old");
  fs::rename(at.path / "next", chapters);
  CHECK_FALSE(names(watch).empty());
  watch.look_at(folders);
  write_file(chapters / "01.md", "x");
  CHECK(names(watch) == Names{"01.md"});
  write_file(at.path / "old" / "01.md", "x");
  CHECK(names(watch).empty());
}

TEST_CASE("one folder may be looked at for one file and as a whole, and what we write ourselves is no change") {
  const Folders at;
  live::FileWatch watch({at.path / "output"});
  watch.look_at(
      {{at.path, ChangeKind::code, false, "CMakeLists.txt"}, {at.path / "later", ChangeKind::text, true, ""}});
  write_file(at.path / "CMakeLists.txt", "x");
  write_file(at.path / "README", "x");
  CHECK(names(watch, ChangeKind::code) == Names{"CMakeLists.txt"});
  watch.look_at({{at.path, ChangeKind::text, true, ""}});
  write_file(at.path / "output" / "report.html", "x");
  CHECK(names(watch).empty());
}

}  // namespace file_watch_test
