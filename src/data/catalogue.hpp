// The data sets that the report knows: their files, checksums and public mirrors, and where they
// lie on this machine.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"

namespace data {

/// A file as its mirrors publish it.
struct PublishedFile {
  std::string name;
  std::size_t bytes = 0;
  std::string sha256;
  std::string content_sha256;           // of the unpacked file; empty where no checksum of it has been published
  std::vector<std::size_t> dimensions;  // of an IDX file
};

struct KnownSet {
  std::string name;
  std::string title;
  std::string description;
  std::vector<PublishedFile> files;  // of the training set; empty: built in
  std::vector<std::string> mirrors;  // base addresses, ending in "/"
  std::vector<std::string> folders;  // where the files may lie below a data directory
};

const std::vector<KnownSet>& catalogue();

/// Throws DataError, listing the known names.
const KnownSet& known_set(std::string_view name);

/// Where the files of one data set were found. Nothing is read yet but folders.
struct Location {
  std::filesystem::path folder;              // empty when no file was found
  std::vector<std::filesystem::path> files;  // those present, in the catalogue's order
  std::vector<std::string> missing;          // names of the others
  bool complete() const { return missing.empty(); }
};

/// Looks in each directory and in the set's own folders below it, for packed and unpacked files.
/// The first folder that holds the whole set wins; otherwise the one that holds most of it is
/// described.
Location find(const std::vector<std::filesystem::path>& directories, const std::string& name);

/// The training set, verified; throws DataError when it is missing or damaged, or is not the set of
/// that name.
Dataset load(const std::vector<std::filesystem::path>& directories, const std::string& name);

/// What `auto` stands for: "mnist" when it is complete, else "digits".
std::string resolve_auto(const std::vector<std::filesystem::path>& directories);

enum class Verification {
  verified,    // matches a published checksum
  unverified,  // sound, but no checksum of this form of the file has been published
  damaged
};

struct FileReport {
  std::filesystem::path file;
  std::string sha256;  // of the file as it lies on disk
  Verification state = Verification::damaged;
  std::string problem;  // empty unless damaged
};

/// One report for each file that was found.
std::vector<FileReport> inspect(const std::vector<std::filesystem::path>& directories, const std::string& name);

}  // namespace data
