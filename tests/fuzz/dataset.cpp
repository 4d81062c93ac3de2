// Any bytes as a file of a data set; the first says as which.
#include <algorithm>

#include "data/cifar.hpp"
#include "data/error.hpp"
#include "data/idx.hpp"
#include "data/tar.hpp"
#include "fuzz.hpp"

using namespace data;

namespace {

void idx(const Bytes& raw, std::size_t dimensions) {
  const IdxArray array = decode_idx(raw, dimensions, "file");
  std::size_t count = 1;
  for (const std::size_t d : array.dimensions) count *= d;
  fuzz::promise(array.dimensions.size() == dimensions && count == array.values.size(),
                "an array is as long as its dimensions say");
  if (dimensions == 1) require_labels(array.values, 10, "file");
}

void batch(const Bytes& raw) {
  CifarImages images;
  append_cifar_batch(images, raw, "file", 2);
  fuzz::promise(images.labels.size() == 2 && images.pixels.size() == 2 * cifar_pixels, "a batch holds its images");
  fuzz::promise(std::all_of(images.labels.begin(), images.labels.end(), [](auto label) { return label < 10; }),
                "labels are classes");
}

void archive(const Bytes& raw) {
  for (const auto& entry : list_tar(raw, "file"))
    fuzz::promise(entry.content.empty() || (entry.content.data() >= raw.data() &&
                                            entry.content.data() + entry.content.size() <= raw.data() + raw.size()),
                  "a file lies in its archive");
}

void gzipped(const Bytes& raw) {
  constexpr std::size_t limit = 100000;
  fuzz::promise(unpack(raw, limit, "file").bytes.size() <= limit, "no more is unpacked than asked for");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const Bytes raw(bytes + 1, bytes + size);
  try {
    switch (bytes[0] % 5) {
      case 0:
        idx(raw, 1);
        break;
      case 1:
        idx(raw, 3);
        break;
      case 2:
        batch(raw);
        break;
      case 3:
        archive(raw);
        break;
      default:
        gzipped(raw);
    }
  } catch (const DataError& error) {
    fuzz::promise(std::string(error.what()).find("file") != std::string::npos, "an error names the file");
  }
  return 0;
}
