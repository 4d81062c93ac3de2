// IDX arrays and CIFAR-10 batches, from files that the tests write.
#include "data/idx.hpp"

#include "catch.hpp"
#include "data/cifar.hpp"
#include "files.hpp"

namespace idx_test {

using data::Fault;
using files::Bytes;
using files::idx;
using files::require_fault;

namespace {

constexpr std::uint8_t unsigned_byte = 0x08;

Bytes counted(std::size_t count) {
  Bytes bytes(count);
  for (std::size_t i = 0; i < count; ++i) bytes[i] = static_cast<std::uint8_t>(i % 251);
  return bytes;
}

void require_bad_images(const Bytes& raw, const std::vector<std::string>& says) {
  const files::Folder folder;
  for (const Bytes& content : {raw, files::gzip(raw)}) {
    const auto file = folder.put("images", content);
    std::vector<std::string> parts = says;
    parts.push_back(file.string() + ": ");
    require_fault([&] { data::read_idx_images(file); }, Fault::damaged, parts);
  }
}

}  // namespace

TEST_CASE("IDX images and labels are read alike from plain and gzipped files") {
  const files::Folder folder;
  const Bytes images = idx(unsigned_byte, {3, 2, 5}, counted(30));
  const Bytes labels = idx(unsigned_byte, {3}, {7, 0, 9});
  for (const bool packed : {false, true}) {
    CAPTURE(packed);
    const auto read = data::read_idx_images(folder.put("images", packed ? files::gzip(images) : images));
    CHECK(read.dimensions == std::vector<std::size_t>{3, 2, 5});
    CHECK(read.values == counted(30));
    CHECK(data::read_idx_labels(folder.put("labels", packed ? files::gzip(labels) : labels)).values == Bytes{7, 0, 9});
  }
}

TEST_CASE("an IDX file that is not what it should be is refused with what is wrong") {
  SECTION("empty") { require_bad_images({}, {"is empty"}); }
  SECTION("two bytes") { require_bad_images({0, 0}, {"too short for an IDX header"}); }
  SECTION("another kind of file") {
    require_bad_images({'<', 'h', 't', 'm', 'l', '>', 0, 0}, {"begins with 3c68746d instead of 00000803"});
  }
  SECTION("labels where images belong") {
    require_bad_images(idx(unsigned_byte, {3}, {1, 2, 3}), {"00000801 instead of 00000803", "these are labels"});
  }
  SECTION("floats where bytes belong") {
    require_bad_images(idx(0x0d, {1, 1, 1}, {0, 0, 0, 0}), {"00000d03 instead of 00000803"});
  }
  SECTION("cut in the header") { require_bad_images({0, 0, 8, 3, 0, 0, 0, 1, 0}, {"truncated within its header"}); }
  SECTION("cut in the images") {
    require_bad_images(idx(unsigned_byte, {3, 2, 5}, counted(29)), {"truncated", "45 of the 46 bytes", "3 x 2 x 5"});
  }
  SECTION("a byte too many") {
    require_bad_images(idx(unsigned_byte, {3, 2, 5}, counted(31)), {"goes on after the 46 bytes"});
  }
  SECTION("no images at all") {
    require_bad_images(idx(unsigned_byte, {0, 28, 28}, {}), {"impossible size, 0 x 28 x 28"});
  }
  SECTION("dimensions whose product overflows") {
    require_bad_images(idx(unsigned_byte, {0xffffffff, 0xffffffff, 0xffffffff}, counted(30)), {"impossible size"});
  }
}

TEST_CASE("a gzipped IDX file that unpacks to far more than its header announces is refused early") {
  const files::Folder folder;
  const Bytes bomb = files::gzip(idx(unsigned_byte, {3, 2, 5}, Bytes(std::size_t{32} << 20)));
  const auto file = folder.put("images.gz", bomb);
  require_fault([&] { data::read_idx_images(file); }, Fault::damaged, {"goes on after the 46 bytes"});
}

TEST_CASE("labels of the wrong kind or beyond the classes are refused") {
  const files::Folder folder;
  const auto beyond = folder.put("labels", idx(unsigned_byte, {4}, {3, 9, 10, 1}));
  require_fault([&] { data::read_idx_labels(beyond); }, Fault::damaged,
                {beyond.string(), "label 3 of 4 is 10", "from 0 to 9"});
  CHECK(data::read_idx_labels(beyond, 11).values.size() == 4);
  const auto images = folder.put("images", idx(unsigned_byte, {3, 2, 5}, counted(30)));
  require_fault([&] { data::read_idx_labels(images); }, Fault::damaged, {"these are images"});
}

TEST_CASE("missing files and folders are told apart from damaged files") {
  const files::Folder folder;
  require_fault([&] { data::read_idx_images(folder.path / "absent"); }, Fault::missing, {"absent", "no such file"});
  require_fault([&] { data::read_idx_labels(folder.path); }, Fault::damaged, {"is a folder"});
}

namespace {

Bytes batch(std::initializer_list<std::uint8_t> labels) {
  Bytes content;
  for (const std::uint8_t label : labels) {
    content.push_back(label);
    content.insert(content.end(), data::cifar_pixels, static_cast<std::uint8_t>(10 * label + 1));
  }
  return content;
}

}  // namespace

TEST_CASE("CIFAR-10 batches are read in order, label before pixels") {
  const files::Folder folder;
  const auto images = data::read_cifar({folder.put("1", batch({3, 4})), folder.put("2", batch({9, 0}))}, 2);
  CHECK(images.labels == Bytes{3, 4, 9, 0});
  REQUIRE(images.pixels.size() == 4 * data::cifar_pixels);
  CHECK(images.pixels.front() == 31);
  CHECK(images.pixels[2 * data::cifar_pixels - 1] == 41);
  CHECK(images.pixels[2 * data::cifar_pixels] == 91);
  CHECK(images.pixels.back() == 1);
}

TEST_CASE("CIFAR-10 is read from the published archive, whatever else that holds") {
  const files::Folder folder;
  Bytes archive = files::tar_member("cifar-10-batches-bin/batches.meta.txt", {'c', 'a', 't'});
  const auto add = [&](int number, std::initializer_list<std::uint8_t> labels) {
    const Bytes member =
        files::tar_member("cifar-10-batches-bin/data_batch_" + std::to_string(number) + ".bin", batch(labels));
    archive.insert(archive.end(), member.begin(), member.end());
  };
  add(2, {2, 3});  // the order in the archive is no matter
  add(1, {0, 1});
  add(3, {4, 5});
  add(4, {6, 7});
  const std::size_t four_batches = archive.size();
  add(5, {8, 9});
  archive.resize(archive.size() + 1024);
  const auto images = data::read_cifar({folder.put("cifar-10-binary.tar.gz", files::gzip(archive))}, 2);
  CHECK(images.labels == Bytes{0, 1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(images.pixels[9 * data::cifar_pixels] == 91);

  archive.resize(four_batches);
  archive.resize(four_batches + 1024);
  const auto incomplete = folder.put("incomplete.tar.gz", files::gzip(archive));
  require_fault([&] { data::read_cifar({incomplete}, 2); }, Fault::damaged,
                {"incomplete.tar.gz: ", "holds no cifar-10-batches-bin/data_batch_5.bin"});
  const auto bomb = folder.put("bomb.tar.gz", files::gzip(Bytes(std::size_t{16} << 20)));
  require_fault([&] { data::read_cifar({bomb}, 2); }, Fault::damaged, {"bomb.tar.gz: ", "too much for CIFAR-10"});
}

TEST_CASE("a CIFAR-10 batch of another length, or with a label beyond nine, is refused") {
  data::CifarImages images;
  Bytes content = batch({1, 2});
  content.pop_back();
  require_fault([&] { data::append_cifar_batch(images, content, "data_batch_1.bin", 2); }, Fault::damaged,
                {"data_batch_1.bin: ", "6145 bytes long instead of 6146"});
  require_fault(
      [&] {
        data::append_cifar_batch(images, batch({1, 10}), "data_batch_1.bin", 2);
      },
      Fault::damaged, {"data_batch_1.bin: ", "label 2 of 2 is 10"});
  CHECK(images.labels.empty());
}

TEST_CASE("the dimensions of an array are read without unpacking what is behind its header") {
  // A stream that is cut off right behind the header still says what it announces.
  const Bytes whole = files::gzip(files::idx(0x08, {1000, 1000, 1000}, Bytes(1 << 20)));
  const Bytes begun(whole.begin(), whole.begin() + 200);
  CHECK(data::read_dimensions(begun, 3, "images") == std::vector<std::size_t>{1000, 1000, 1000});
  require_fault([&] { data::decode_idx(begun, 3, "images"); }, Fault::damaged, {"truncated"});
}

}  // namespace idx_test
