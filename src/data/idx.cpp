// Decodes IDX arrays of unsigned bytes; the header is read first, and bounds all that follows.
#include "data/idx.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "data/error.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;

constexpr std::uint8_t unsigned_byte = 0x08;

std::size_t big_endian(const Bytes& bytes, std::size_t at) {
  return std::size_t{bytes[at]} << 24 | std::size_t{bytes[at + 1]} << 16 | std::size_t{bytes[at + 2]} << 8 |
         std::size_t{bytes[at + 3]};
}

void require_magic(const Bytes& header, std::size_t dimensions, const fs::path& file) {
  const char* kind = dimensions == 3 ? "images" : "labels";
  if (header.size() < 4)
    throw DataError(Fault::damaged, file,
                    fmt::format("is {}; an IDX file of {} is needed",
                                header.empty() ? "empty" : "too short for an IDX header", kind));
  if (header[0] == 0 && header[1] == 0 && header[2] == unsigned_byte && header[3] == dimensions) return;
  const std::size_t found = big_endian(header, 0);
  const std::size_t needed = std::size_t{unsigned_byte} << 8 | dimensions;
  throw DataError(
      Fault::damaged, file,
      fmt::format("is not an IDX file of {}: it begins with {:08x} instead of {:08x}{}", kind, found, needed,
                  found == 0x801   ? " (these are labels)"
                  : found == 0x803 ? " (these are images)"
                                   : ""));
}

/// The number of elements that the dimensions announce; throws when no data set is that large.
std::size_t announced(const std::vector<std::size_t>& dimensions, const fs::path& file) {
  std::size_t count = 1;
  for (const std::size_t size : dimensions) {
    if (size == 0 || size > largest_file / count)
      throw DataError(Fault::damaged, file,
                      fmt::format("its header announces an impossible size, {}", fmt::join(dimensions, " x ")));
    count *= size;
  }
  return count;
}

std::size_t header_size_of(std::size_t dimensions) { return 4 + 4 * dimensions; }

}  // namespace

std::vector<std::size_t> read_dimensions(const Bytes& raw, std::size_t dimensions, const fs::path& file) {
  const Bytes header = unpack(raw, header_size_of(dimensions), file).bytes;
  require_magic(header, dimensions, file);
  if (header.size() < header_size_of(dimensions))
    throw DataError(Fault::damaged, file, "is truncated within its header");
  std::vector<std::size_t> sizes;
  for (std::size_t i = 0; i < dimensions; ++i) sizes.push_back(big_endian(header, 4 + 4 * i));
  return sizes;
}

IdxArray decode_idx(const Bytes& raw, std::size_t dimensions, const fs::path& file) {
  IdxArray array{read_dimensions(raw, dimensions, file), {}};
  const std::size_t header_size = header_size_of(dimensions);
  const std::size_t size = header_size + announced(array.dimensions, file);
  Unpacked content = unpack(raw, size, file);
  if (content.bytes.size() < size)
    throw DataError(Fault::damaged, file,
                    fmt::format("is truncated: it holds {} of the {} bytes that its header announces ({})",
                                content.bytes.size(), size, fmt::join(array.dimensions, " x ")));
  if (content.more)
    throw DataError(Fault::damaged, file,
                    fmt::format("goes on after the {} bytes that its header announces ({})", size,
                                fmt::join(array.dimensions, " x ")));
  content.bytes.erase(content.bytes.begin(), content.bytes.begin() + static_cast<std::ptrdiff_t>(header_size));
  array.values = std::move(content.bytes);
  return array;
}

void require_labels(const Bytes& labels, int classes, const fs::path& file) {
  const auto wrong = std::find_if(labels.begin(), labels.end(), [&](std::uint8_t label) { return label >= classes; });
  if (wrong != labels.end())
    throw DataError(Fault::damaged, file,
                    fmt::format("label {} of {} is {}; labels run from 0 to {}", wrong - labels.begin() + 1,
                                labels.size(), *wrong, classes - 1));
}

IdxArray read_idx_images(const fs::path& file) { return decode_idx(read_file(file), 3, file); }

IdxArray read_idx_labels(const fs::path& file, int classes) {
  IdxArray labels = decode_idx(read_file(file), 1, file);
  require_labels(labels.values, classes, file);
  return labels;
}

}  // namespace data
