// Reads CIFAR-10's batches from five files or straight from the archive that is published.
#include "data/cifar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "data/error.hpp"
#include "data/idx.hpp"
#include "data/tar.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t record = 1 + cifar_pixels;
constexpr int batches = 5;

CifarImages room_for(std::size_t batch_images) {
  CifarImages images;
  images.pixels.reserve(batches * batch_images * cifar_pixels);
  images.labels.reserve(batches * batch_images);
  return images;
}

CifarImages read_archive(const fs::path& file, std::size_t batch_images) {
  // Six batches, a list of names and a page of text: room for eight batches is ample.
  const std::size_t limit = 8 * batch_images * record + (std::size_t{1} << 20);
  const Unpacked archive = unpack(read_file(file), limit, file);
  if (archive.more)
    throw DataError(Fault::damaged, file, fmt::format("unpacks to more than {} bytes, too much for CIFAR-10", limit));
  const auto entries = list_tar(archive.bytes, file);
  CifarImages images = room_for(batch_images);
  for (int i = 1; i <= batches; ++i) {
    const std::string name = fmt::format("cifar-10-batches-bin/data_batch_{}.bin", i);
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [&](const TarEntry& known) { return known.name == name; });
    if (entry == entries.end())
      throw DataError(Fault::damaged, file, "the archive holds no " + name + "; CIFAR-10's binary version is needed");
    append_cifar_batch(images, Bytes(entry->content.begin(), entry->content.end()), file / name, batch_images);
  }
  return images;
}

}  // namespace

void append_cifar_batch(CifarImages& images, const Bytes& content, const fs::path& file, std::size_t count) {
  if (content.size() != count * record)
    throw DataError(Fault::damaged, file,
                    fmt::format("is {} bytes long instead of {} ({} images of 1 + {} bytes)", content.size(),
                                count * record, count, cifar_pixels));
  Bytes labels(count);
  for (std::size_t i = 0; i < count; ++i) labels[i] = content[i * record];
  require_labels(labels, 10, file);
  images.labels.insert(images.labels.end(), labels.begin(), labels.end());
  for (auto image = content.begin(); image != content.end(); image += record)
    images.pixels.insert(images.pixels.end(), image + 1, image + record);
}

CifarImages read_cifar(const std::vector<fs::path>& files, std::size_t batch_images) {
  if (files.size() == 1) return read_archive(files.front(), batch_images);
  CifarImages images = room_for(batch_images);
  for (const fs::path& file : files) append_cifar_batch(images, read_file(file), file, batch_images);
  return images;
}

}  // namespace data
