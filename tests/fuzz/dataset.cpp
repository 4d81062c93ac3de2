// Files of data sets: IDX, CIFAR batches, tar, gzip. They decode to what they announce, or are damaged; nothing else.
#include "data/cifar.hpp"
#include "data/error.hpp"
#include "data/idx.hpp"
#include "data/tar.hpp"
#include "fuzz.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const data::Bytes bytes(data + 1, data + size);
  constexpr std::size_t limit = 100000;
  try {
    switch (data[0] % 5) {
      case 0: case 1: {
        const std::size_t dimensions = data[0] % 5 == 0 ? 1 : 3;
        const auto array = data::decode_idx(bytes, dimensions, "file");
        std::size_t count = 1;
        for (const std::size_t d : array.dimensions) count *= d;
        fuzz::require(array.dimensions.size() == dimensions && array.values.size() == count, "an array has the size that it announces");
        break;
      }
      case 2: {
        data::CifarImages images;
        data::append_cifar_batch(images, bytes, "file", 2);
        fuzz::require(images.labels.size() == 2 && images.pixels.size() == 2 * data::cifar_pixels, "a batch holds its images");
        break;
      }
      case 3:
        for (const auto& entry : data::list_tar(bytes, "file"))
          fuzz::require(entry.content.empty() || (entry.content.data() >= bytes.data() &&
                                                  entry.content.data() + entry.content.size() <= bytes.data() + bytes.size()),
                        "a file lies in its archive");
        break;
      default: fuzz::require(data::unpack(bytes, limit, "file").bytes.size() <= limit, "no more is unpacked than asked for");
    }
  } catch (const data::DataError&) {
  }
  return 0;
}
