// The store and whole files.
#include "store/store.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include "catch.hpp"
#include "support/scratch_folder.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace store_test {

namespace fs = std::filesystem;

namespace {

fs::path only_file_below(const fs::path& folder) {
  for (const auto& item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file()) return item.path();
  return {};
}

}  // namespace

TEST_CASE("SHA-256 is that of FIPS 180-4") {
  CHECK(sys::sha256("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("the store gives back what was put in, and nothing for another key") {
  const support::ScratchFolder folder;
  const store::Store store(folder.path());
  const std::string key = sys::sha256("key");
  CHECK_FALSE(store.get(store::EntryKind::results, key).bytes);
  const std::string bytes("with\0zero\nand newline", 21);
  store.put(store::EntryKind::results, key, bytes);
  CHECK(store.get(store::EntryKind::results, key).bytes == bytes);
  CHECK_FALSE(store.get(store::EntryKind::results, sys::sha256("other")).bytes);
  CHECK_FALSE(store.get(store::EntryKind::drawing_pdf, key).bytes);
}

TEST_CASE("a damaged, cut or empty entry is noticed and never given out") {
  const support::ScratchFolder scratch;
  const fs::path& folder = scratch.path();
  const store::Store store(folder);
  const std::string key = sys::sha256("key");
  const auto damage = GENERATE(0, 1, 2);
  store.put(store::EntryKind::results, key, "the result");
  const fs::path entry = only_file_below(folder);
  std::string bytes = sys::read_file(entry);
  if (damage == 0) bytes.back() ^= 1;
  if (damage == 1) bytes.resize(bytes.size() - 3);
  if (damage == 2) bytes.clear();
  std::ofstream(entry, std::ios::binary) << bytes;
  const auto found = store.get(store::EntryKind::results, key);
  CHECK_FALSE(found.bytes);
  CHECK(found.damaged);
  store.put(store::EntryKind::results, key, "the result");
  CHECK(store.get(store::EntryKind::results, key).bytes == "the result");
}

TEST_CASE("a file is replaced as a whole, and left alone when it holds the bytes already") {
  const support::ScratchFolder folder;
  const fs::path file = folder / "deep" / "file";
  sys::write_file(file, "one");
  const auto before = fs::last_write_time(file);
  sys::write_file(file, "one");
  CHECK(fs::last_write_time(file) == before);
  sys::write_file(file, "two");
  CHECK(sys::read_file(file) == "two");
  int files = 0;
  for ([[maybe_unused]] const auto& item : fs::directory_iterator(file.parent_path())) ++files;
  CHECK(files == 1);
}

TEST_CASE("a file that cannot be read or written is named in the error") {
  const support::ScratchFolder scratch;
  const fs::path& folder = scratch.path();
  REQUIRE_THROWS_AS(sys::read_file(folder / "none"), sys::FileError);
  REQUIRE_THROWS_AS(sys::read_file(folder), sys::FileError);
  std::ofstream(folder / "plain") << "x";
  REQUIRE_THROWS_AS(sys::write_file(folder / "plain" / "below", "x"), sys::FileError);
}

TEST_CASE("a second process cannot take a folder's lock, and can when the first is gone") {
  const support::ScratchFolder scratch;
  const fs::path& folder = scratch.path();
  const auto other_process_gets_it = [&] {
    const pid_t child = ::fork();
    if (child == 0) {
      try {
        const sys::FolderLock lock(folder);
        ::_exit(0);
      } catch (const sys::FileError&) {
        ::_exit(1);
      }
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WEXITSTATUS(status) == 0;
  };
  {
    const sys::FolderLock lock(folder);
    CHECK_FALSE(other_process_gets_it());
  }
  CHECK(other_process_gets_it());
}

TEST_CASE("two threads may store the same entry at once") {
  const support::ScratchFolder folder;
  const store::Store store(folder.path());
  const std::string key = sys::sha256("key");
  std::atomic<int> failures{0};
  const auto put = [&] {
    for (int i = 0; i < 300; ++i) try {
        store.put(store::EntryKind::results, key, "the same bytes");
      } catch (const std::exception&) {
        ++failures;
      }
  };
  std::thread other(put);
  put();
  other.join();
  CHECK(failures == 0);
  CHECK(store.get(store::EntryKind::results, key).bytes == "the same bytes");
}

}  // namespace store_test
