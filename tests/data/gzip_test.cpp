// Files, gzip streams and checksums.
#include "data/gzip.hpp"

#include "catch.hpp"
#include "data/tar.hpp"
#include "files.hpp"
#include "system/checksum.hpp"

namespace gzip_test {

using data::Fault;
using files::Bytes;
using files::require_fault;

namespace {

Bytes some_bytes(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i * i >> 3);
  return bytes;
}

Bytes ascii(const std::string& text) { return {text.begin(), text.end()}; }

}  // namespace

TEST_CASE("a gzipped file unpacks to its content, and so does a plain one") {
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{70000}, std::size_t{3} << 20}) {
    CAPTURE(size);
    const Bytes content = some_bytes(size);
    for (const Bytes& raw : {content, files::gzip(content)}) {
      const auto all = data::unpack(raw, size, "f");
      CHECK(all.bytes == content);
      CHECK_FALSE(all.more);
      CHECK(data::unpack(raw, size + 1000, "f").bytes == content);
    }
  }
}

TEST_CASE("no more is unpacked than the limit, and what is left is told") {
  const Bytes content = some_bytes(100000);
  for (const Bytes& raw : {content, files::gzip(content)}) {
    const auto beginning = data::unpack(raw, 99999, "f");
    CHECK(beginning.bytes == Bytes(content.begin(), content.end() - 1));
    CHECK(beginning.more);
  }
}

TEST_CASE("a small file that would unpack to much stops at the limit") {
  const Bytes bomb = files::gzip(Bytes(std::size_t{64} << 20));  // 64 MiB of zeros in 300 KiB
  REQUIRE(bomb.size() < 400000);
  const auto result = data::unpack(bomb, 1000, "bomb.gz");
  CHECK(result.bytes.size() == 1000);
  CHECK(result.bytes.capacity() < 2000);
  CHECK(result.more);
}

TEST_CASE("a gzip stream cut anywhere is called truncated") {
  const Bytes content = some_bytes(5000);
  const Bytes raw = files::gzip(content);
  for (std::size_t size = 2; size < raw.size(); ++size) {
    CAPTURE(size);
    const Bytes cut(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(size));
    require_fault([&] { data::unpack(cut, content.size(), "cut.gz"); }, Fault::damaged, {"cut.gz: ", "truncated"});
  }
}

TEST_CASE("a damaged gzip stream, and anything after its end, is refused") {
  const Bytes content = some_bytes(5000);
  const auto refused = [&](const Bytes& raw, const std::string& says) {
    require_fault([&] { data::unpack(raw, content.size(), "bad.gz"); }, Fault::damaged, {"bad.gz: ", says});
  };
  Bytes garbage = some_bytes(500);
  garbage[0] = 0x1f;
  garbage[1] = 0x8b;
  refused(garbage, "damaged");

  Bytes flipped = files::gzip(content);
  flipped[flipped.size() - 6] ^= 1;  // the trailer's CRC-32
  refused(flipped, "damaged (incorrect data check)");

  Bytes followed = files::gzip(content);
  followed.insert(followed.end(), {1, 2, 3});
  refused(followed, "3 bytes of something else");
}

TEST_CASE("a missing file is missing, and a folder in its place is an error of another kind") {
  const files::Folder folder;
  require_fault([&] { data::read_file(folder.path / "absent"); }, Fault::missing, {"absent: no such file"});
  require_fault([&] { data::read_file(folder.path); }, Fault::damaged, {folder.path.string(), "is a folder"});
  CHECK(data::read_file(folder.put("empty", {})).empty());
  CHECK(data::read_file(folder.put("some", {1, 2, 3})) == Bytes{1, 2, 3});
}

TEST_CASE("a file beyond every data set's size is not read") {
  const files::Folder folder;
  const auto file = folder.put("huge", {});
  std::filesystem::resize_file(file, std::uintmax_t{2} << 30);  // sparse: it takes no space
  require_fault([&] { data::read_file(file); }, Fault::damaged, {"huge", "2147483648 bytes long"});
}

TEST_CASE("SHA-256 gives the values of FIPS 180-4's examples") {
  CHECK(sys::sha256(Bytes{}) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sys::sha256(ascii("abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sys::Sha256().add(ascii("a")).add(ascii("bc")).hex() == sys::sha256(ascii("abc")));
}

TEST_CASE("a tar archive lists its files, and is refused when damaged or cut") {
  Bytes archive = files::tar_member("a/one.bin", some_bytes(700));
  const Bytes second = files::tar_member("two.bin", some_bytes(512));
  archive.insert(archive.end(), second.begin(), second.end());
  const std::size_t without_end = archive.size();
  archive.resize(archive.size() + 1024);

  const auto entries = data::list_tar(archive, "a.tar");
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].name == "a/one.bin");
  CHECK(Bytes(entries[0].content.begin(), entries[0].content.end()) == some_bytes(700));
  CHECK(entries[1].name == "two.bin");
  CHECK(entries[1].content.size() == 512);

  const auto refused = [](const Bytes& bytes, const std::string& says) {
    require_fault([&] { data::list_tar(bytes, "a.tar"); }, Fault::damaged, {"a.tar: ", says});
  };
  refused(Bytes(archive.begin(), archive.begin() + static_cast<std::ptrdiff_t>(without_end)), "no end mark");
  refused(Bytes(archive.begin(), archive.begin() + 900), "ends within 'a/one.bin'");
  refused(some_bytes(2048), "not a tar archive, or damaged, at byte 0");
  archive[1536 + 3] ^= 1;
  refused(archive, "damaged, at byte 1536");
}

}  // namespace gzip_test
