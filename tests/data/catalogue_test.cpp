// Where data sets are found, how they are verified, and what they hold.
#include "data/catalogue.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "catch.hpp"
#include "data/cifar.hpp"
#include "data/error.hpp"
#include "data/gzip.hpp"
#include "files.hpp"
#include "system/checksum.hpp"

namespace catalogue_test {

namespace fs = std::filesystem;
using data::Fault;
using data::Verification;
using files::Bytes;
using files::idx;
using files::require_fault;

namespace {

const Bytes some_images = idx(8, {2, 2, 2}, {0, 1, 2, 3, 4, 5, 6, 255});
const Bytes some_labels = idx(8, {2}, {1, 2});

/// Well-formed files of the right dimensions, all pixels and labels zero: not MNIST, and not
/// Fashion-MNIST.
Bytes zero_images() { return idx(8, {60000, 28, 28}, Bytes(60000 * 784)); }
Bytes zero_labels() { return idx(8, {60000}, Bytes(60000)); }

}  // namespace

TEST_CASE("each data set is known by name, with checksums and mirrors unless built in") {
  for (const char* name : {"mnist", "fashion-mnist", "cifar-10", "digits"}) {
    const auto& set = data::known_set(name);
    CHECK(set.name == name);
    CHECK(set.mirrors.empty() == (set.name == "digits"));
    for (const auto& file : set.files) CHECK(file.sha256.size() == 64);
    for (const auto& mirror : set.mirrors) CHECK(mirror.back() == '/');
  }
  require_fault([] { data::known_set("minst"); }, Fault::missing,
                {"unknown data set 'minst'", "mnist, fashion-mnist, cifar-10, digits"});
}

TEST_CASE(
    "files are found in the directory, in the set's own folder, packed or not, with either "
    "spelling") {
  const struct {
    fs::path folder;
    std::string images;
    std::string labels;
  } places[] = {{"", "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz"},
                {"mnist", "train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz"},
                {"mnist", "train-images.idx3-ubyte", "train-labels.idx1-ubyte"},
                {"MNIST/raw", "train-images.idx3-ubyte.gz", "train-labels-idx1-ubyte"}};
  for (const auto& place : places) {
    CAPTURE(place.folder, place.images);
    const files::Folder elsewhere;
    const files::Folder folder;
    const auto images = folder.put(place.folder / place.images, some_images);
    const auto labels = folder.put(place.folder / place.labels, some_labels);
    const auto at = data::find({elsewhere.path, "/nowhere", folder.path}, "mnist");
    CHECK(at.complete());
    CHECK(at.files == std::vector<fs::path>{images, labels});
    CHECK(data::resolve_auto({folder.path}) == "mnist");
  }
}

TEST_CASE("what is missing is named, and auto then means digits") {
  const files::Folder folder;
  CHECK(data::find({folder.path}, "mnist").missing.size() == 2);
  require_fault([&] { data::load({folder.path}, "mnist"); }, Fault::missing,
                {"MNIST was not found in " + folder.path.string(), "report data mnist"});
  require_fault([] { data::load({}, "cifar-10"); }, Fault::missing, {"CIFAR-10 was not found", "none was given"});

  folder.put("mnist/train-images-idx3-ubyte.gz", some_images);
  const auto at = data::find({folder.path}, "mnist");
  CHECK(at.folder == folder.path / "mnist");
  CHECK(at.missing == std::vector<std::string>{"train-labels-idx1-ubyte.gz"});
  CHECK(data::resolve_auto({folder.path}) == "digits");
  require_fault([&] { data::load({folder.path}, "mnist"); }, Fault::missing,
                {"incomplete", "train-labels-idx1-ubyte.gz is missing", "report data mnist"});
}

TEST_CASE("a set that is whole is preferred to an earlier one that is not") {
  const files::Folder partial;
  const files::Folder whole;
  partial.put("train-images-idx3-ubyte.gz", some_images);
  whole.put("train-images-idx3-ubyte", some_images);
  whole.put("train-labels-idx1-ubyte", some_labels);
  CHECK(data::find({partial.path, whole.path}, "mnist").folder == whole.path);
}

TEST_CASE("Fashion-MNIST's files in a shared folder are not taken for MNIST's") {
  const files::Folder folder;
  for (const auto& file : data::known_set("fashion-mnist").files)
    fs::resize_file(folder.put(file.name, {}), file.bytes);
  CHECK(data::find({folder.path}, "fashion-mnist").complete());
  CHECK(data::find({folder.path}, "mnist").missing.size() == 2);
  CHECK(data::resolve_auto({folder.path}) == "digits");
}

TEST_CASE("a file of the wrong content is not a data set, however well-formed") {
  const files::Folder folder;
  const auto load = [&] { data::load({folder.path}, "mnist"); };

  SECTION("wrong dimensions") {
    const auto images = folder.put("train-images-idx3-ubyte", some_images);
    folder.put("train-labels-idx1-ubyte", some_labels);
    require_fault(load, Fault::damaged, {images.string(), "holds 2 x 2 x 2 instead of MNIST's 60000 x 28 x 28"});
  }
  SECTION("wrong content: expected and actual checksum") {
    const Bytes zeros = zero_images();
    const std::string actual = sys::sha256(zeros);
    const std::string expected = data::known_set("mnist").files[0].content_sha256;
    for (const Bytes& raw : {zeros, files::gzip(zeros)}) {
      const auto images = folder.put("train-images-idx3-ubyte", raw);
      folder.put("train-labels-idx1-ubyte", some_labels);
      require_fault(load, Fault::damaged, {images.string(), "is not MNIST's file", actual + " instead of " + expected});
    }
  }
  SECTION("a folder in place of a file") {
    fs::create_directory(folder.path / "train-images-idx3-ubyte");
    folder.put("train-labels-idx1-ubyte", some_labels);
    require_fault(load, Fault::damaged, {"is a folder"});
  }
  SECTION("a gzip file of another set cannot pass, its checksum being published") {
    const auto images = folder.put("fashion-mnist/train-images-idx3-ubyte.gz", files::gzip(zero_images()));
    folder.put("fashion-mnist/train-labels-idx1-ubyte.gz", files::gzip(zero_labels()));
    require_fault([&] { data::load({folder.path}, "fashion-mnist"); }, Fault::damaged,
                  {images.string(), "instead of " + data::known_set("fashion-mnist").files[0].sha256});
  }
}

TEST_CASE("counts and labels are checked where no checksum has been published") {
  const files::Folder folder;
  folder.put("train-images-idx3-ubyte", zero_images());
  const auto load = [&] { return data::load({folder.path}, "fashion-mnist"); };
  const auto put_labels = [&](const Bytes& values) {
    return folder.put("train-labels-idx1-ubyte", idx(8, {static_cast<std::uint32_t>(values.size())}, values));
  };
  const auto labels = put_labels(Bytes(59999));
  require_fault(load, Fault::damaged, {labels.string(), "holds 59999 instead of Fashion-MNIST's 60000"});
  Bytes beyond(60000);
  beyond[41] = 12;
  put_labels(beyond);
  require_fault(load, Fault::damaged, {labels.string(), "label 42 of 60000 is 12"});
  put_labels(Bytes(60000));
  CHECK(load().images.cols() == 60000);
  const auto reports = data::inspect({folder.path}, "fashion-mnist");
  REQUIRE(reports.size() == 2);
  CHECK(reports[0].state == Verification::unverified);
  CHECK(reports[0].sha256 == sys::sha256(zero_images()));
}

TEST_CASE("CIFAR-10 is found unpacked, and an archive that is not the published one is refused") {
  const files::Folder folder;
  const fs::path unpacked = folder.path / "cifar-10-batches-bin";
  for (const char* name : {"data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin"})
    folder.put(fs::path("cifar-10-batches-bin") / name, {1, 2, 3});
  CHECK(data::find({folder.path}, "cifar-10").missing == std::vector<std::string>{"data_batch_5.bin"});
  folder.put("cifar-10-batches-bin/data_batch_5.bin", {1, 2, 3});
  const auto at = data::find({folder.path}, "cifar-10");
  CHECK(at.complete());
  CHECK(at.folder == unpacked);
  require_fault([&] { data::load({folder.path}, "cifar-10"); }, Fault::damaged,
                {(unpacked / "data_batch_1.bin").string(), "3 bytes long instead of 30730000"});
  CHECK(data::inspect({folder.path}, "cifar-10").at(0).state == Verification::damaged);

  const files::Folder archive;
  const auto file = archive.put("cifar-10/cifar-10-binary.tar.gz", files::gzip(Bytes(2048)));
  CHECK(data::find({archive.path}, "cifar-10").files == std::vector<fs::path>{file});
  require_fault([&] { data::load({archive.path}, "cifar-10"); }, Fault::damaged,
                {file.string(), "holds no cifar-10-batches-bin/data_batch_1.bin"});
}

TEST_CASE("full-size CIFAR-10 batches load, colours and labels in place") {
  const files::Folder folder;
  for (int i = 1; i <= 5; ++i) {
    Bytes content(data::cifar_batch_images * (1 + data::cifar_pixels));
    content[0] = static_cast<std::uint8_t>(i);
    content[1] = 255;
    folder.put("cifar-10/data_batch_" + std::to_string(i) + ".bin", content);
  }
  const auto set = data::load({folder.path}, "cifar-10");
  CHECK(set.images.rows() == 3072);
  REQUIRE(set.images.cols() == 50000);
  CHECK(set.labels[20000] == 3);
  CHECK(set.images(0, 20000) == 1.0f);
  CHECK(set.images.sum() == 5.0f);
  CHECK(data::inspect({folder.path}, "cifar-10").at(4).state == Verification::unverified);
}

TEST_CASE("pixels become 0..1, an image a column, and the checksum covers pixels, then labels") {
  const auto set = data::make_dataset("two", "Two images", Bytes{0, 51, 102, 255, 153, 204}, {1, 0});
  REQUIRE(set.images.rows() == 3);
  REQUIRE(set.images.cols() == 2);
  CHECK(set.images(1, 0) == 51.0f / 255.0f);
  CHECK(set.images(0, 1) == 1.0f);
  CHECK(set.sha256 == sys::sha256(Bytes{0, 51, 102, 255, 153, 204, 1, 0}));
  // (0 + 1 + 2 + 5 + 3 + 4) / 5 / 6, and the mean square 55 / 25 / 6 less the mean's square
  CHECK(data::moments(set).mean == Approx(0.5));
  CHECK(data::moments(set).variance == Approx(55.0 / 150 - 0.25));
  CHECK_THROWS_AS(data::make_dataset("odd", "Odd", Bytes{1, 2, 3}, {0, 1}), std::invalid_argument);
}

TEST_CASE("MNIST is the set that everybody measures on") {
  const char* at_hand = std::getenv("REPORT_DATA");
  if (!at_hand || !data::find({at_hand}, "mnist").complete()) {
    WARN("skipped: REPORT_DATA names no folder with MNIST");
    return;
  }
  const auto set = data::load({at_hand}, "mnist");
  CHECK(set.title == "MNIST");
  CHECK(set.images.rows() == 784);
  REQUIRE(set.images.cols() == 60000);
  CHECK(set.images.minCoeff() == 0.0f);
  CHECK(set.images.maxCoeff() == 1.0f);
  // The first ten labels, and the moments by which everybody normalises (0.1307, 0.3081).
  CHECK(Bytes(set.labels.begin(), set.labels.begin() + 10) == Bytes{5, 0, 4, 1, 9, 2, 1, 3, 1, 4});
  CHECK(std::count(set.labels.begin(), set.labels.end(), 1) == 6742);
  CHECK(data::moments(set).mean == Approx(0.1307).margin(5e-5));
  CHECK(std::sqrt(data::moments(set).variance) == Approx(0.3081).margin(5e-5));
  CHECK(set.sha256 == "edc0d1098aa497be14ace79ddd5171e5a3dcf9c4d196c015389203eb3ba1f59b");
  for (const auto& file : data::inspect({at_hand}, "mnist")) CHECK(file.state == Verification::verified);

  // The same content unpacked is the same set.
  const files::Folder folder;
  const auto packed = data::find({at_hand}, "mnist").files;
  const Bytes plain = data::unpack(data::read_file(packed[0]), data::largest_file, packed[0]).bytes;
  folder.put("train-images.idx3-ubyte", plain);
  fs::copy_file(packed[1], folder.path / packed[1].filename());
  CHECK(data::load({folder.path}, "mnist").sha256 == set.sha256);

  // As Fashion-MNIST it is refused by name.
  folder.put("fashion-mnist/train-images-idx3-ubyte", plain);
  folder.put("fashion-mnist/train-labels-idx1-ubyte", zero_labels());
  require_fault([&] { data::load({folder.path}, "fashion-mnist"); }, Fault::damaged,
                {"is not Fashion-MNIST's file", "MNIST's"});
}

}  // namespace catalogue_test
