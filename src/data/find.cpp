// Where a data set lies: the folders and the spellings of file names that are in use.
#include <algorithm>
#include <system_error>

#include "data/catalogue.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;

using Alternatives = std::vector<std::string>;  // names under which one file may lie
using Layout = std::vector<Alternatives>;       // one list for each file of the set

std::string without_suffix(const std::string& name) { return name.substr(0, name.size() - 3); }

/// "train-images-idx3-ubyte.gz", also unpacked, and with the dot that some archives write before
/// "idx".
Alternatives idx_spellings(const std::string& published) {
  std::string plain = without_suffix(published);
  std::string dotted = plain;
  dotted[dotted.find("-idx")] = '.';
  return {published, plain, dotted + ".gz", dotted};
}

std::vector<Layout> layouts(const KnownSet& set) {
  if (set.name == "cifar-10") {
    Layout batches;
    for (const char* batch : {"1", "2", "3", "4", "5"})
      batches.push_back({std::string("data_batch_") + batch + ".bin"});
    return {{{set.files[0].name}}, batches};
  }
  Layout files;
  for (const PublishedFile& file : set.files) files.push_back(idx_spellings(file.name));
  return {files};
}

/// MNIST and Fashion-MNIST give their files the same names; their lengths tell them apart.
bool belongs_to_another(const fs::path& file, const KnownSet& set) {
  std::error_code error;
  const auto bytes = fs::file_size(file, error);
  if (error) return false;
  const auto published_by = [&](const KnownSet& owner) {
    return std::any_of(owner.files.begin(), owner.files.end(), [&](const PublishedFile& known) {
      return known.bytes == bytes && known.name == file.filename().string();
    });
  };
  return std::any_of(catalogue().begin(), catalogue().end(),
                     [&](const KnownSet& other) { return other.name != set.name && published_by(other); });
}

Location look_in(const fs::path& folder, const Layout& layout, const KnownSet& set) {
  Location location;
  for (const Alternatives& names : layout) {
    const auto present = std::find_if(names.begin(), names.end(), [&](const std::string& name) {
      std::error_code error;
      return fs::exists(folder / name, error) && !belongs_to_another(folder / name, set);
    });
    if (present == names.end())
      location.missing.push_back(names.front());
    else
      location.files.push_back(folder / *present);
  }
  if (!location.files.empty()) location.folder = folder;
  return location;
}

}  // namespace

Location find(const std::vector<fs::path>& directories, const std::string& name) {
  const KnownSet& set = known_set(name);
  if (set.files.empty()) return {};
  Location best;
  for (const PublishedFile& file : set.files) best.missing.push_back(file.name);
  for (const fs::path& directory : directories)
    for (const std::string& folder : set.folders)
      for (const Layout& layout : layouts(set)) {
        Location here = look_in(folder.empty() ? directory : directory / folder, layout, set);
        if (here.complete()) return here;
        if (here.files.size() > best.files.size()) best = std::move(here);
      }
  return best;
}

std::string resolve_auto(const std::vector<fs::path>& directories) {
  return find(directories, "mnist").complete() ? "mnist" : "digits";
}

}  // namespace data
