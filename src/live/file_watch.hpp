// Which files change: folders that are looked at through inotify.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "system/descriptor.hpp"

namespace live {

/// What a file means for the report: something that a build reads, or something that the program is compiled from.
enum class ChangeKind { text, code };

struct Folder {
  std::filesystem::path path;
  ChangeKind kind = ChangeKind::text;
  bool below = false;  // and all folders in it
  std::string only;    // the one file that counts here; empty: all

  bool operator==(const Folder&) const = default;
};

struct FileChange {
  std::filesystem::path file;
  ChangeKind kind = ChangeKind::text;
  bool is_whole = false;  // the file is there as it was saved; else something else may follow
};

class FileWatch {
 public:
  /// Nothing in the folders `except` counts. Throws std::system_error when the system gives no more watches.
  explicit FileWatch(std::vector<std::filesystem::path> except);

  /// Looks at these folders from now on. A folder that is not there is waited for as long as its parent is there.
  /// To be called again before each build: folders come and go, and are replaced. Where none did, nothing is listed.
  void look_at(const std::vector<Folder>& folders);

  /// Readable when there may be changes.
  int descriptor() const { return queue_.get(); }

  /// What changed since the last call; does not wait. A folder that came, went or was replaced counts as a change.
  std::vector<FileChange> changes();

 private:
  void add(const Folder& folder);
  bool is_excepted(const std::filesystem::path& path) const;

  std::vector<std::filesystem::path> except_;
  std::vector<Folder> looked_at_;
  bool is_outdated_ = true;  // a folder, or a link to one, came or went since
  sys::Descriptor queue_;
  std::map<int, std::vector<Folder>> watched_;  // by inotify's number; one folder may be looked at for several things
};

/// True for what editors put beside the file that they save: hidden files, "file~", "#file#", vim's "4913".
bool is_editors_own(const std::string& name);

}  // namespace live
