// Checksums of files, and what is remembered of them.
#include "system/file_sums.hpp"

#include "catch.hpp"
#include "support/scratch_folder.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace file_sums_test {

TEST_CASE("a file's checksum is that of its bytes, however many pieces it is read in") {
  const support::ScratchFolder scratch;
  for (const std::size_t size : {0, 1, (1 << 17) - 1, 1 << 17, (1 << 17) + 1, 1'000'000}) {
    std::string bytes(size, '\0');
    for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7 + i / 251);
    sys::write_file(scratch.path() / "file", bytes);
    CHECK(sys::sha256_of_file(scratch.path() / "file") == sys::sha256(bytes));
  }
}

TEST_CASE("what is not a readable file has no checksum") {
  const support::ScratchFolder scratch;
  CHECK_THROWS_AS(sys::sha256_of_file(scratch.path()), sys::FileError);
  CHECK_THROWS_AS(sys::sha256_of_file(scratch.path() / "missing"), sys::FileError);
  sys::FileSums sums(scratch.path() / "sums.json");
  CHECK(sums.sha256(scratch.path()).empty());
  CHECK(sums.sha256(scratch.path() / "missing").empty());
}

}  // namespace file_sums_test
