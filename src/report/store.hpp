// The store: bytes kept under the hash of everything that they depend on, checked when read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace report {

class Store {
 public:
  explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}

  struct Found {
    std::optional<std::string> bytes;
    bool damaged = false;  // there was an entry, and it was not what had been stored
  };

  /// What was stored under this kind ("results", "drawings", ...) and key.
  Found get(std::string_view kind, const std::string& key) const;

  /// Stores; an entry appears as a whole or not at all. Throws FileError.
  void put(std::string_view kind, const std::string& key, std::string_view bytes) const;

  /// The file of an entry, whether there is one or not.
  std::filesystem::path place(std::string_view kind, const std::string& key) const;

 private:
  std::filesystem::path folder_;
};

}  // namespace report
