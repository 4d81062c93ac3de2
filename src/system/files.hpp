// Reading and writing of whole files; a file is replaced as a whole or not at all.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "system/descriptor.hpp"

namespace sys {

/// A file or folder that cannot be read or written; the message names it and says why.
struct FileError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A folder that another process is writing to.
struct FolderBusy : FileError {
  using FileError::FileError;
};

/// The folder's absolute path without '.', '..' and a slash at its end. Links stand in it as they were named, except
/// where '..' asks for what lies above the folder that they lead to.
std::filesystem::path named_folder(const std::filesystem::path& path);

/// Whether a file's name leads into a folder, by the names alone: links are not followed.
bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder);

/// The path as somebody at this terminal opens it: relative to the current folder when it lies below, else absolute.
std::string path_at_hand(const std::filesystem::path& path);

/// The file's bytes. Throws FileError.
std::string read_file(const std::filesystem::path& path);

/// Writes beside the file and renames into place, so that a reader or a killed build sees the old or the new file.
/// Leaves the file alone when it holds these bytes already. Makes missing folders. Throws FileError.
void write_file(const std::filesystem::path& path, std::string_view bytes);

/// Writes several files that belong together: none is replaced before all are on disk beside their places.
void write_files(const std::vector<std::pair<std::filesystem::path, std::string_view>>& files);

/// Adds bytes to the end of a file that keeps a list. Makes missing folders. Throws FileError; then some of the bytes
/// may have been added.
void append_to_file(const std::filesystem::path& path, std::string_view bytes);

/// A name beside the file for its next content, which no other thread or process has.
std::filesystem::path name_beside(const std::filesystem::path& path);

/// What writers left beside the files of a folder that were killed, or are at work.
std::vector<std::filesystem::path> leftovers_in(const std::filesystem::path& folder);

/// Removes what a killed write_files left beside the files of a folder; for the holder of the folder's lock.
void remove_leftovers(const std::filesystem::path& folder);

/// A lock on a folder, held by one process at a time. Throws FolderBusy naming the folder when another holds it.
class FolderLock {
 public:
  explicit FolderLock(const std::filesystem::path& folder);

  /// Removes the file by which the folder is locked; who waits for it makes another.
  void remove() const;

 private:
  std::filesystem::path path_;
  Descriptor file_;
};

}  // namespace sys
