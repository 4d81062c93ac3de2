// The data sets of one build: their checksums without reading them again, and each loaded once when a run needs it.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "data/dataset.hpp"
#include "store/store.hpp"

namespace store {

class Datasets {
 public:
  /// `code` is the fingerprint of what makes the built-in set.
  Datasets(std::vector<std::filesystem::path> folders, Store store, std::string code);

  /// SHA-256 of the set's content. Remembered by the files' sizes and times, so that an unchanged set is not read.
  /// Throws data::DataError.
  std::string sha256(const std::string& name);

  /// The set itself, read at the first call; any thread may ask. Throws data::DataError.
  const data::Dataset& get(const std::string& name);

 private:
  std::string identity(const std::string& name) const;

  std::vector<std::filesystem::path> folders_;
  Store store_;
  std::string code_;
  std::mutex mutex_;
  std::map<std::string, std::unique_ptr<data::Dataset>> loaded_;
};

}  // namespace store
