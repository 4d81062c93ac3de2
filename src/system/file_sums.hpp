// Checksums of files that are asked for at every build, remembered so that unchanged files are not read again.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>

namespace sys {

/// What tells a file from one that was written anew: size, inode and times. Empty when it is not there, or was changed
/// so short a time ago that it could change again and look the same.
std::string stamp_of(const std::filesystem::path& file);

/// SHA-256 of a file, which is read in pieces: a large one takes no memory. Throws FileError.
std::string sha256_of_file(const std::filesystem::path& file);

/// Runs that work beside each other ask for what they read: all of it may be called by several threads.
class FileSums {
 public:
  /// `memory` is the file in which sums are kept from build to build; one that is missing or damaged is an empty one.
  explicit FileSums(std::filesystem::path memory);

  /// SHA-256 of the file, empty when it cannot be read. Not read again while size, inode and time of change stand.
  std::string sha256(const std::filesystem::path& file);

  /// Keeps what was learnt. Throws FileError.
  void save() const;

 private:
  struct Sum {
    std::string stamp, sha256;
  };

  void keep(const std::string& name, const Sum& sum);

  std::filesystem::path memory_;
  std::map<std::string, Sum> before_;
  mutable std::mutex mutex_;
  std::map<std::string, Sum> now_;  // under the lock
};

}  // namespace sys
