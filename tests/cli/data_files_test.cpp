// Facts about data files that are not what they should be, met at the command line: each is named, ends with exit code
// 2, computes nothing, and leaves every file as it was.
#include <sys/stat.h>

#include <chrono>
#include <cstdio>
#include <functional>

#include "catch.hpp"
#include "data/files.hpp"
#include "faults.hpp"

namespace data_files_test {

using namespace user;
using files::Bytes;
using files::gzip;
using files::idx;

namespace {

constexpr std::uint8_t of_bytes = 0x08;  // the element type of IDX
constexpr std::size_t pixels = std::size_t{60000} * 28 * 28;

/// Well-formed files of MNIST's size, which are nobody's.
const Bytes& images() {
  static const Bytes all = idx(of_bytes, {60000, 28, 28}, Bytes(pixels));
  return all;
}
const Bytes& labels() {
  static const Bytes all = idx(of_bytes, {60000}, Bytes(60000));
  return all;
}
const Bytes& packed_images() {
  static const Bytes all = gzip(images());
  return all;
}

Bytes text(const std::string& content) { return {content.begin(), content.end()}; }

Bytes cut(const Bytes& whole, std::size_t size) {
  return {whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)};
}

Bytes followed(Bytes whole, const Bytes& more) {
  whole.insert(whole.end(), more.begin(), more.end());
  return whole;
}

Bytes with_label(std::uint8_t label) {
  Bytes all = labels();
  all.back() = label;
  return all;
}

/// Packed zeros in the given number, after a beginning.
Bytes bomb(const Bytes& beginning, std::size_t zeros) { return gzip(followed(beginning, Bytes(zeros))); }

struct Case {
  const char* what;
  const char* file;  // that is at fault, below the data folder
  std::function<Bytes()> content;
  const char* says;
};

const char* const images_gz = "train-images-idx3-ubyte.gz";
const char* const images_plain = "train-images-idx3-ubyte";
const char* const labels_gz = "train-labels-idx1-ubyte.gz";
const char* const labels_plain = "train-labels-idx1-ubyte";

const std::vector<Case> cases{
    {"empty", images_gz, [] { return Bytes(); }, "is empty; an IDX file of images is needed"},
    {"empty labels", labels_plain, [] { return Bytes(); }, "is empty; an IDX file of labels is needed"},
    {"three bytes", images_plain,
     [] {
       return Bytes{0, 0, 8};
     },
     "is too short for an IDX header"},
    {"a header cut off", images_plain, [] { return cut(images(), 9); }, "is truncated within its header"},
    {"cut off", images_plain, [] { return cut(images(), 1000000); },
     "is truncated: it holds 1000000 of the 47040016 bytes"},
    {"a packed file cut off", images_gz, [] { return cut(packed_images(), packed_images().size() / 2); },
     "its gzip stream is truncated"},
    {"a packed file without its last byte", images_gz, [] { return cut(packed_images(), packed_images().size() - 1); },
     "its gzip stream is truncated"},
    {"a packed file damaged", images_gz,
     [] {
       Bytes damaged = packed_images();
       for (std::size_t at = damaged.size() / 2; at < damaged.size() / 2 + 64; ++at) damaged[at] ^= 0x5A;
       return damaged;
     },
     "gzip stream is"},
    {"a packed file and more", images_gz, [] { return followed(packed_images(), text("more")); },
     "4 bytes of something else follow its gzip stream"},
    {"a text", images_gz, [] { return text("404 not found\n"); },
     "is not an IDX file of images: it begins with 34303420"},
    {"a page instead of the file", labels_gz, [] { return text("<!DOCTYPE html><html></html>"); },
     "is not an IDX file of labels"},
    {"a picture", images_plain, [] { return text("\x89PNG\r\n\x1a\n----------"); }, "is not an IDX file of images"},
    {"labels for images", images_gz, [] { return gzip(labels()); }, "(these are labels)"},
    {"images for labels", labels_gz, [] { return packed_images(); }, "(these are images)"},
    {"other elements", images_plain,
     [] {
       return idx(0x0D, {60000, 28, 28}, Bytes(64));
     },
     "is not an IDX file of images: it begins with 00000d03"},
    {"too few images", images_plain,
     [] {
       return idx(of_bytes, {10, 28, 28}, Bytes(10 * 28 * 28));
     },
     "holds 10 x 28 x 28 instead of MNIST's 60000 x 28 x 28"},
    {"images of another size", images_gz,
     [] {
       return gzip(idx(of_bytes, {60000, 32, 32}, Bytes(64)));
     },
     "holds 60000 x 32 x 32 instead of MNIST's 60000 x 28 x 28"},
    {"one label too few", labels_plain, [] { return idx(of_bytes, {59999}, Bytes(59999)); },
     "holds 59999 instead of MNIST's 60000"},
    {"no images at all", images_plain,
     [] {
       return idx(of_bytes, {0, 28, 28}, {});
     },
     "holds 0 x 28 x 28 instead of MNIST's"},
    {"a size beyond all memory", images_plain,
     [] {
       return idx(of_bytes, {0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF}, {});
     },
     "instead of MNIST's 60000 x 28 x 28"},
    {"a label that is not a digit", labels_plain, [] { return with_label(10); },
     "label 60000 of 60000 is 10; labels run from 0 to 9"},
    {"images that go on", images_plain, [] { return followed(images(), Bytes(1)); },
     "goes on after the 47040016 bytes"},
    {"a packed file that swells", images_gz, [] { return bomb(images(), std::size_t{200} << 20); },
     "goes on after the 47040016 bytes"},
    {"a packed file that announces a gigabyte, and has it", images_gz,
     [] {
       return bomb(idx(of_bytes, {1000, 1000, 1000}, {}), std::size_t{200} << 20);
     },
     "holds 1000 x 1000 x 1000 instead of MNIST's"},
    {"labels that swell", labels_gz, [] { return bomb(labels(), std::size_t{200} << 20); },
     "goes on after the 60008 bytes"},
    {"zeros of the right number", images_gz, [] { return packed_images(); }, "is not MNIST's file: its SHA-256 is"},
    {"CIFAR-10: a text", "cifar-10-binary.tar.gz", [] { return text("not found"); }, "the archive has no end mark"},
    {"CIFAR-10: an archive cut off", "cifar-10-binary.tar.gz",
     [] { return cut(gzip(files::tar_member("cifar-10-batches-bin/data_batch_1.bin", Bytes(3073))), 60); },
     "its gzip stream is truncated"},
    {"CIFAR-10: an archive without batches", "cifar-10-binary.tar.gz",
     [] { return gzip(followed(files::tar_member("readme.txt", text("x")), Bytes(1024))); },
     "the archive holds no cifar-10-batches-bin/data_batch_1.bin"},
    {"CIFAR-10: an archive that swells", "cifar-10-binary.tar.gz", [] { return bomb({}, std::size_t{300} << 20); },
     "too much for CIFAR-10"},
};

/// Sound as far as a program can tell before it compares checksums; the file at fault takes the place of one of these.
void put_the_rest(const files::Folder& folder, const std::string& at_fault) {
  if (!at_fault.starts_with("train-images")) folder.put(images_gz, packed_images());
  if (!at_fault.starts_with("train-labels")) folder.put(labels_gz, gzip(labels()));
}

/// Names, bytes and times of everything below a folder; of a link, where it leads. The work folder links to the
/// chapters.
std::map<std::string, std::string> state_of(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& item : fs::recursive_directory_iterator(folder))
    files[item.path().string()] =
        item.is_symlink() ? "-> " + fs::read_symlink(item.path()).string()
        : item.is_regular_file()
            ? sys::read_file(item.path()) + std::to_string(item.last_write_time().time_since_epoch().count())
            : "";
  return files;
}

/// What appeared, went or changed below a folder since its state was taken.
Words changed_since(const std::map<std::string, std::string>& before, const fs::path& folder) {
  Words changed;
  const auto now = state_of(folder);
  for (const auto& [name, content] : now)
    if (const auto old = before.find(name); old == before.end() || old->second != content) changed.push_back(name);
  for (const auto& [name, content] : before)
    if (!now.contains(name)) changed.push_back(name);
  return changed;
}

std::string chapter_on(const std::string& set) {
  return "# One\n\n" + bowl + "\n```{.figure #fig:depth}\nexperiment: gradient-depth\ndataset: " + set +
         "\ndepth: 5\nwidth: 20\nbatch: 16\nseeds: 1\nnetworks: [tanh-xavier]\ncaption: Depth.\nalt: Depth\n```\n";
}

}  // namespace

TEST_CASE(
    "a data file that is empty, cut off, of the wrong kind, of wrong counts or a bomb is named, and nothing is "
    "computed or changed") {
  const User user;
  user.chapter(chapter_on("digits"));
  REQUIRE(user({"build", "--format", "html"}).status == 0);
  const auto before = state_of(user.path / "output");
  for (const auto& [what, file, content, says] : cases) {
    INFO(what);
    const bool is_mnist = std::string(file).starts_with("train");
    const files::Folder folder;
    if (is_mnist) put_the_rest(folder, file);
    const fs::path at_fault = folder.put(file, content());
    // Labels are looked at after images, whose checksum these zeros do not have.
    const bool is_second = std::string(file).starts_with("train-labels");
    // What `auto` stands for is the set that is there, sound or not: a report never falls back to another in silence.
    user.chapter(chapter_on(is_mnist && !is_second ? "auto" : is_mnist ? "mnist" : "cifar-10"));
    const auto start = std::chrono::steady_clock::now();
    const auto finished = user({"build", "--format", "html", "--data", folder.path.string()});
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(20));
    INFO(finished.errors);
    CHECK(finished.status == 2);
    CHECK(finished.output == "");
    CHECK(contains(finished.errors, "error: " + (is_second ? (folder.path / images_gz).string() : at_fault.string())));
    if (!is_second) CHECK(contains(finished.errors, says));
    CHECK_FALSE(contains(finished.errors, "running"));
    CHECK(changed_since(before, user.path / "output") == Words{});
    // 'data' looks at every file by itself.
    const auto listed = user({"data", "--data", folder.path.string()});
    INFO(listed.output);
    CHECK(listed.status == 2);
    CHECK(contains(listed.output, at_fault.string()));
    if (is_mnist) CHECK(contains(listed.output, says));  // an archive is compared by its checksum alone
  }
  std::printf("%zu bad data files\n", cases.size());
  CHECK(cases.size() >= 30);
}

TEST_CASE("a folder, a pipe or a link to nowhere in the place of a data file is named, and nothing waits for it") {
  const User user;
  user.chapter(chapter_on("digits"));
  REQUIRE(user({"build", "--format", "html"}).status == 0);
  const auto before = state_of(user.path / "output");
  user.chapter(chapter_on("mnist"));
  struct SourceLocation {
    std::function<void(const fs::path&)> put;
    int status;
    const char* says;
  };
  for (const auto& [put, status, says] : std::vector<SourceLocation>{
           {[](const fs::path& file) { fs::create_directory(file); }, 2, "is a folder; a file is needed here"},
           {[](const fs::path& file) { REQUIRE(::mkfifo(file.c_str(), 0600) == 0); }, 2, "is not a regular file"},
           {[](const fs::path& file) { fs::create_symlink("/dev/zero", file); }, 2, "is not a regular file"},
           {[](const fs::path& file) { fs::create_symlink("nowhere", file); }, 3,
            "MNIST is incomplete: train-images-idx3-ubyte.gz is missing"}}) {
    INFO(says);
    const files::Folder folder;
    put_the_rest(folder, images_gz);
    put(folder.path / images_gz);
    const auto finished = user({"build", "--format", "html", "--data", folder.path.string()});
    INFO(finished.errors);
    CHECK(finished.status == status);
    CHECK(contains(finished.errors, says));
    CHECK(changed_since(before, user.path / "output") == Words{});
  }
}

}  // namespace data_files_test
