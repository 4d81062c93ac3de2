// Loads a data set: found, decoded, verified, in this order, so that the first thing wrong is the
// one named.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "data/catalogue.hpp"
#include "data/cifar.hpp"
#include "data/digits.hpp"
#include "data/error.hpp"
#include "data/idx.hpp"
#include "system/checksum.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> as_text(const std::vector<fs::path>& paths) {
  std::vector<std::string> text;
  for (const fs::path& path : paths) text.push_back(path.string());
  return text;
}

[[noreturn]] void report_missing(const KnownSet& set, const Location& at, const std::vector<fs::path>& directories) {
  if (!at.files.empty())
    throw DataError(Fault::missing, at.folder,
                    fmt::format("{} is incomplete: {} is missing; 'report data {}' fetches it", set.title,
                                fmt::join(at.missing, ", "), set.name));
  throw DataError(Fault::missing, {},
                  fmt::format("{} was not found in {}; 'report data {}' fetches it from its public mirrors", set.title,
                              directories.empty() ? "any directory (none was given)"
                                                  : fmt::format("{}", fmt::join(as_text(directories), ", ")),
                              set.name));
}

std::string title_of_content(const std::string& checksum) {
  for (const KnownSet& set : catalogue())
    for (const PublishedFile& file : set.files)
      if (file.sha256 == checksum || file.content_sha256 == checksum) return set.title;
  return "";
}

[[noreturn]] void report_mismatch(const KnownSet& set, const fs::path& file, const std::string& expected,
                                  const std::string& actual) {
  const std::string owner = title_of_content(actual);
  throw DataError(
      Fault::damaged, file,
      fmt::format("is not {}'s file{}: its SHA-256 is {} instead of {}; remove it, then 'report data {}' "
                  "fetches the right one",
                  set.title, owner.empty() ? "" : fmt::format(" but {}'s", owner), actual, expected, set.name));
}

/// Compares a file with its published checksums: as published, or unpacked, whichever has been
/// published.
Verification verify(const KnownSet& set, const PublishedFile& published, const Bytes& raw, const fs::path& file) {
  const std::string actual = sys::sha256(raw);
  if (actual == published.sha256) return Verification::verified;
  if (!published.content_sha256.empty()) {
    const std::string content = is_gzip(raw) ? sys::sha256(unpack(raw, largest_file, file).bytes) : actual;
    if (content == published.content_sha256) return Verification::verified;
    report_mismatch(set, file, published.content_sha256, content);
  }
  if (is_gzip(raw)) report_mismatch(set, file, published.sha256, actual);
  const std::string owner = title_of_content(actual);
  if (!owner.empty() && owner != set.title)
    throw DataError(Fault::damaged, file, fmt::format("is not {}'s file but {}'s", set.title, owner));
  return Verification::unverified;
}

struct Checked {
  IdxArray array;
  Verification state{};
};

/// Decoded before its checksum is compared: "truncated" says more than "wrong checksum".
Checked check_idx(const KnownSet& set, const PublishedFile& published, const Bytes& raw, const fs::path& file) {
  // A header that announces a gigabyte is refused before a byte of it is unpacked.
  const auto dimensions = read_dimensions(raw, published.dimensions.size(), file);
  if (dimensions != published.dimensions)
    throw DataError(Fault::damaged, file,
                    fmt::format("holds {} instead of {}'s {}", fmt::join(dimensions, " x "), set.title,
                                fmt::join(published.dimensions, " x ")));
  IdxArray array = decode_idx(raw, published.dimensions.size(), file);
  if (published.dimensions.size() == 1) require_labels(array.values, 10, file);
  return {std::move(array), verify(set, published, raw, file)};
}

Dataset load_idx(const KnownSet& set, const Location& at) {
  const auto read = [&](std::size_t i) {
    return check_idx(set, set.files[i], read_file(at.files[i]), at.files[i]).array;
  };
  // The dimensions of both are the published ones, so there is a label for every image.
  const IdxArray images = read(0);
  return make_dataset(set.name, set.title, images.values, read(1).values);
}

Dataset load_cifar(const KnownSet& set, const Location& at) {
  CifarImages images = read_cifar(at.files);
  if (at.files.size() == 1) verify(set, set.files[0], read_file(at.files[0]), at.files[0]);
  return make_dataset(set.name, set.title, images.pixels, std::move(images.labels));
}

/// A batch of CIFAR-10 outside its archive has no published checksum; its structure can be checked.
FileReport inspect_file(const KnownSet& set, const Location& at, std::size_t index) {
  FileReport report;
  report.file = at.files[index];
  try {
    const Bytes raw = read_file(report.file);
    report.sha256 = sys::sha256(raw);
    const std::string name = report.file.filename().string();
    if (set.name != "cifar-10") {
      const bool images = name.find("images") != std::string::npos;
      report.state = check_idx(set, set.files[images ? 0 : 1], raw, report.file).state;
    } else if (name == set.files[0].name) {
      if (!is_gzip(raw))
        read_cifar(at.files);  // an archive without its packing has no published checksum, but a structure
      report.state = verify(set, set.files[0], raw, report.file);
    } else {
      CifarImages images;
      append_cifar_batch(images, raw, report.file);
      report.state = Verification::unverified;
    }
  } catch (const DataError& error) {
    report.state = Verification::damaged;
    report.problem = error.what();
  }
  return report;
}

}  // namespace

Dataset load(const std::vector<fs::path>& directories, const std::string& name) {
  const KnownSet& set = known_set(name);
  if (set.files.empty()) return digits();
  const Location at = find(directories, name);
  if (!at.complete()) report_missing(set, at, directories);
  return name == "cifar-10" ? load_cifar(set, at) : load_idx(set, at);
}

std::vector<FileReport> inspect(const std::vector<fs::path>& directories, const std::string& name) {
  const Location at = find(directories, name);
  std::vector<FileReport> reports;
  for (std::size_t i = 0; i < at.files.size(); ++i) reports.push_back(inspect_file(known_set(name), at, i));
  return reports;
}

}  // namespace data
