// The store: bytes kept under the hash of everything that they depend on, checked when read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace store {

/// What is kept. A new kind gets its folder in store.cpp, and `clean --cache` knows it.
enum class EntryKind {
  results,
  code,
  datasets,
  verdicts,
  drawing_size,
  drawing_pdf,
  drawing_svg,
  drawing_png,
  drawing_inline,
  drawing_reading,
  drawing_held,
  pictures,
  page_parts,  // typefaces and values, compressed
  outputs,
  live_trials,
  live_frames,
  tables,
  sources,   // what a compilation read
  compiled,  // experiments of a document's
  headers    // a folder: what they all include, compiled once
};

class Store {
 public:
  explicit Store(std::filesystem::path folder) : folder_(std::move(folder)) {}

  struct Found {
    std::optional<std::string> bytes;
    bool damaged = false;  // there was an entry, and it was not what had been stored
  };

  /// What was stored under this kind and key.
  Found get(EntryKind kind, const std::string& key) const;

  /// Stores; an entry appears as a whole or not at all. Throws FileError.
  void put(EntryKind kind, const std::string& key, std::string_view bytes) const;

  /// The file of an entry, whether there is one or not.
  std::filesystem::path place(EntryKind kind, const std::string& key) const;

  /// Removes all entries of all kinds, and the folders that are empty then; gives their number. What others put there
  /// stays. Throws FileError.
  std::size_t clear() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace store
