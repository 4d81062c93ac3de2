// The regular files of a tar archive in memory (POSIX.1-1988 "ustar" headers, and the older GNU
// form).
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "data/gzip.hpp"

namespace data {

struct TarEntry {
  std::string name;
  std::span<const std::uint8_t> content;  // a view into the archive
};

/// Throws DataError, naming `file`, when a header's checksum is wrong or the archive ends within a
/// file.
std::vector<TarEntry> list_tar(std::span<const std::uint8_t> archive, const std::filesystem::path& file);

}  // namespace data
