// What in the output folder is the program's own. Only that is replaced and removed; what others put there stays.
//
// The manifest lists every file that was made, with its checksum. A build may end at any moment and a manifest be lost,
// so the list is kept in the scratch folder as well, and files are put on it there before they are written.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "engine/manifest.hpp"
#include "system/file_sums.hpp"

namespace engine {

class MadeFiles {
 public:
  explicit MadeFiles(const Settings& settings) : settings_(settings) {}

  /// To be asked before anything is written: throws FileError naming all files of these names (relative to the output
  /// folder) that no report made, and a scratch folder that is somebody else's.
  void must_be_ours(const std::vector<std::string>& names);

  /// Puts files on the list, with their checksums, before they are written.
  void expect(const std::map<std::string, std::string>& files);

  /// Removes a file as it was made, and takes it off the list; one that was changed since then stays. False for that
  /// one.
  bool remove(const std::string& name, const Json& checksum, sys::FileSums& sums);

  /// Takes a file off the list that is no more, or no longer ours.
  void forget(const std::string& name);

  /// Every file that was made, by its name, with its checksum.
  const std::map<std::string, std::string>& all();

  /// What all() gives, in the manifest's form; the manifest's own list where nothing was made since.
  Json listed(const Json& manifest);

  /// Writes the list, here and into the manifest. A build writes its whole manifest itself: save_list() is for it,
  /// which writes a list that was lost, too, where nothing was made since.
  void save();
  void save_list();

 private:
  void load();
  std::filesystem::path list_file() const { return settings_.scratch() / "made"; }

  const Settings& settings_;
  bool loaded_ = false;
  std::map<std::string, std::string> files_;
};

/// Removes from the output folder, and those in it that a report has, what an interrupted build left there.
void remove_leftovers_in(const std::filesystem::path& output);

/// What `clean` did.
struct Cleaned {
  std::size_t removed = 0;
  std::vector<std::string> left;  // names in the output folder, with the reason where it is not that others made them
  bool was_ours = false;          // whether anything was ever made there
};

/// Removes what was made in the output folder, as it was made, and the folders that are empty then. Throws FileError.
Cleaned clean_output(const Settings& settings);

}  // namespace engine
