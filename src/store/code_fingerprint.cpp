// Looks fingerprints up in fingerprints.json, which the build writes beside the program after linking and an
// installation puts with the program's files, and their parts beside it. The table says of which program it is: what
// another build left must not vouch for this one's code.
#include "store/code_fingerprint.hpp"

#include <map>
#include <mutex>

#include "system/file_sums.hpp"
#include "system/files.hpp"

namespace store {
namespace {

namespace fs = std::filesystem;

Json object_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

Json object_in(const fs::path& file) {
  std::error_code error;
  return fs::exists(file, error) ? object_of(sys::read_file(file)) : Json::object();
}

/// Nothing of it is filled in when it is another program's.
struct Table {
  Json experiments = Json::object();  // name -> fingerprint
  fs::path parts;                     // the folder of what these are made of
};

const Table& table(const fs::path& root) {
  static std::mutex reading;
  static std::map<fs::path, Table> known;
  const std::lock_guard lock(reading);
  const auto [entry, is_new] = known.try_emplace(root);
  if (is_new) {
    const fs::path folder = folder_of_program(root);
    const Json read = object_in(folder / "fingerprints.json");
    if (read.empty() || read.value("program", "") == program_fingerprint())
      entry->second = {read.value("experiments", Json::object()), folder / "fingerprints"};
  }
  return entry->second;
}

}  // namespace

/// Beside the program, with an installed one's files, or where the checkout was built.
fs::path folder_of_program(const fs::path& root) {
  static const fs::path beside = fs::read_symlink("/proc/self/exe").parent_path();
  std::error_code error;
  for (const fs::path& folder : {beside, root})
    if (fs::exists(folder / "fingerprints.json", error)) return folder;
  return root / "build";
}

Json program_symbols(const fs::path& root) {
  const Json read = object_in(folder_of_program(root) / "symbols.json");
  return read.value("program", "") == program_fingerprint() ? read.value("symbols", Json::object()) : Json::object();
}

const std::string& program_fingerprint() {
  static const std::string fingerprint = sys::sha256_of_file("/proc/self/exe");
  return fingerprint;
}

std::string code_fingerprint(const fs::path& root, const std::string& experiment) {
  return table(root).experiments.value(experiment, program_fingerprint());
}

Json code_parts(const fs::path& root, const std::string& experiment) {
  const fs::path& parts = table(root).parts;
  return parts.empty() ? Json::object() : object_in(parts / (experiment + ".json"));
}

void remember_code(const Store& store, const fs::path& root, const std::string& experiment) {
  const Json parts = code_parts(root, experiment);
  if (!parts.empty()) store.put(EntryKind::code, code_fingerprint(root, experiment), parts.dump());
}

Json code_parts(const Store& store, const std::string& fingerprint) {
  if (fingerprint.empty()) return Json::object();
  const auto found = store.get(EntryKind::code, fingerprint);
  return found.bytes ? object_of(*found.bytes) : Json::object();
}

}  // namespace store
