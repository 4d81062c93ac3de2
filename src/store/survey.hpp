// What a store's folder holds, and its bounds.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "store/store.hpp"

namespace store {

/// The entries of one kind. Ages are in seconds since an entry was last read or written, as far as the file system
/// notes that.
struct Holding {
  std::string kind;  // "results"
  std::size_t entries = 0;
  std::uintmax_t bytes = 0;
  double newest = 0, oldest = 0;
};

/// By kind, without those of which there are none.
std::vector<Holding> holdings(const std::filesystem::path& folder);

struct Bounds {
  std::optional<double> older;  // seconds: what was not used for longer goes
  std::optional<double> bytes;  // then what was used longest ago, until so much is left
};

struct Pruned {
  std::size_t entries = 0;
  std::size_t leftovers = 0;  // unfinished files of writers that were killed
  std::uintmax_t bytes = 0;
};

/// Removes entries, and leftovers that are older than an hour. What others put into the folder stays. Throws FileError.
Pruned prune(const std::filesystem::path& folder, const Bounds& bounds);

}  // namespace store
