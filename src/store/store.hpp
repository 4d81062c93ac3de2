// The store: bytes kept under the hash of everything that they depend on, checked when read; in a folder, and where one
// is named, on a server too.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace store {

/// What is kept. A new kind gets its folder in store.cpp, and `clean --cache` knows it.
enum class EntryKind {
  results,
  jobs,    // values of a run's jobs
  sheets,  // lists of jobs that others are to do
  files,   // of a document's, by their content
  faults,  // why a job that others did has no value
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

class RemoteStore;

/// Whether entries of a kind go to a server: what takes long to make, and what others need to make it.
bool is_shared(EntryKind kind);

/// The folder of a kind's entries, below the store's; "results".
const char* name_of(EntryKind kind);

const std::vector<EntryKind>& all_kinds();

/// The places of a kind's entries in a store's folder, in no order; what others put there is not among them.
std::vector<std::filesystem::path> entry_files(const std::filesystem::path& folder, EntryKind kind);

/// Files of a kind that writers have not finished, or never will.
std::vector<std::filesystem::path> leftovers(const std::filesystem::path& folder, EntryKind kind);

class Store {
 public:
  explicit Store(std::filesystem::path folder, std::shared_ptr<RemoteStore> remote = nullptr)
      : folder_(std::move(folder)), remote_(std::move(remote)) {}

  struct Found {
    std::optional<std::string> bytes;
    bool damaged = false;  // there was an entry, and it was not what had been stored
  };

  /// What was stored under this kind and key. What a server has is put into the folder.
  Found get(EntryKind kind, const std::string& key) const;

  /// Whether get would find something, damage aside.
  bool has(EntryKind kind, const std::string& key) const;

  /// Stores; an entry appears as a whole or not at all. Throws FileError; a server that takes nothing is warned of.
  void put(EntryKind kind, const std::string& key, std::string_view bytes) const;

  /// Removes an entry from the folder, if it is there. Throws FileError.
  void remove(EntryKind kind, const std::string& key) const;

  /// The file of an entry, whether there is one or not.
  std::filesystem::path place(EntryKind kind, const std::string& key) const;

  /// Removes all entries of all kinds, and the folders that are empty then; gives their number. What others put there
  /// stays. Throws FileError.
  std::size_t clear() const;

  const std::filesystem::path& folder() const { return folder_; }

  /// Null where none is named.
  RemoteStore* remote() const { return remote_.get(); }

 private:
  Found get_here(EntryKind kind, const std::string& key) const;
  void put_here(EntryKind kind, const std::string& key, std::string_view bytes) const;

  std::filesystem::path folder_;
  std::shared_ptr<RemoteStore> remote_;
};

}  // namespace store
