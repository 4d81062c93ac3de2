// Files as bytes, plain or gzipped (RFC 1952), with every size bounded before memory is spent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace data {

using Bytes = std::vector<std::uint8_t>;

/// No file of a data set that we know comes near this, packed or not.
inline constexpr std::size_t largest_file = std::size_t{1} << 30;

/// The file as it lies on disk. Throws DataError when it is missing, a folder, unreadable or
/// absurdly large.
Bytes read_file(const std::filesystem::path& file);

bool is_gzip(const Bytes& raw);

struct Unpacked {
  Bytes bytes;        // at most `limit` of them
  bool more = false;  // the content goes on after them
};

/// The first `limit` bytes of the content: of the file itself, or of what its gzip stream unpacks
/// to. Nothing beyond the limit is ever unpacked, so a small file that would swell to gigabytes
/// does no harm. When the whole content fits, the stream's own length and checksum are verified
/// too.
Unpacked unpack(const Bytes& raw, std::size_t limit, const std::filesystem::path& file);

}  // namespace data
