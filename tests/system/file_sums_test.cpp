// Checksums of files, and what is remembered of them.
#include "system/file_sums.hpp"

#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <vector>

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

TEST_CASE("threads ask for files' checksums at the same time, and all are remembered") {
  const support::ScratchFolder scratch;
  constexpr int files = 200, threads = 8;
  const auto file = [&](int k) { return scratch.path() / std::to_string(k); };
  for (int k = 0; k < files; ++k) sys::write_file(file(k), "file " + std::to_string(k));
  std::this_thread::sleep_for(std::chrono::milliseconds(60));  // what was just written is not remembered
  sys::FileSums sums(scratch.path() / "sums.json");
  std::vector<std::thread> askers;
  std::atomic<int> wrong{0};
  for (int t = 0; t < threads; ++t)
    askers.emplace_back([&, t] {
      for (int k = 0; k < files; ++k) {
        const int asked = (k + t * files / threads) % files;
        if (sums.sha256(file(asked)) != sys::sha256("file " + std::to_string(asked))) ++wrong;
      }
    });
  for (auto& asker : askers) asker.join();
  CHECK(wrong == 0);
  sums.save();
  CHECK(nlohmann::json::parse(sys::read_file(scratch.path() / "sums.json")).size() == files);
}

}  // namespace file_sums_test
