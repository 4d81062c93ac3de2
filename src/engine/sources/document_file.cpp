// See document_file.hpp.
#include "engine/sources/document_file.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "manuscript/yaml/yaml.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

struct Key {
  const char* name;
  const char* usual;  // value
  fs::path DocumentFile::*folder;
};
constexpr std::array folder_keys{
    Key{"chapters", "chapters", &DocumentFile::chapters}, Key{"experiments", "experiments", &DocumentFile::experiments},
    Key{"output", "output", &DocumentFile::output}, Key{"references", "golden", &DocumentFile::references}};

/// Why a text cannot name a folder of the document; empty when it can.
std::string refusal_of(const manuscript::Json& value) {
  if (!value.is_string() || value.get<std::string>().empty()) return "must be the name of a folder";
  if (fs::path(value.get<std::string>()).is_absolute())
    return "must be relative to report.yaml, so that the document can be moved";
  return "";
}

void read_entry(const manuscript::Source& source, const manuscript::Entry& entry, DocumentFile& document) {
  for (const Key& key : folder_keys) {
    if (entry.key != key.name) continue;
    const manuscript::Json value = entry.value.json();
    if (const std::string why = refusal_of(value); !why.empty())
      document.errors.push_back(manuscript::error_at(source, entry.value.place, fmt::format("'{}' {}", key.name, why),
                                                     fmt::format("as in: {}: {}", key.name, key.usual)));
    else
      document.*key.folder = sys::named_folder(document.folder / value.get<std::string>());
    return;
  }
  std::vector<std::string> known;
  for (const Key& key : folder_keys) known.emplace_back(key.name);
  const std::string near = manuscript::did_you_mean(entry.key, known);
  document.errors.push_back(manuscript::error_at(
      source, entry.key_place, fmt::format("'{}' is not a key of {}", entry.key, document_file_name),
      near.empty()
          ? fmt::format("known are {}; title, authors and the like stand in metadata.yaml", fmt::join(known, ", "))
          : near));
}

}  // namespace

std::optional<fs::path> find_document(const fs::path& from) {
  std::error_code error;
  for (fs::path folder = sys::named_folder(from);; folder = folder.parent_path()) {
    if (fs::is_regular_file(folder / document_file_name, error)) return folder;
    if (folder == folder.parent_path()) return std::nullopt;
  }
}

DocumentFile read_document_file(const fs::path& folder) {
  DocumentFile document;
  document.folder = sys::named_folder(folder);
  for (const Key& key : folder_keys) document.*key.folder = document.folder / key.usual;
  const fs::path file = document.folder / document_file_name;
  std::error_code error;
  if (!fs::is_regular_file(file, error)) return document;
  const manuscript::Source source{sys::path_at_hand(file), sys::read_file(file)};
  auto parsed = manuscript::parse_yaml(source);
  document.errors = std::move(parsed.errors);
  if (const auto* entries = parsed.root.entries())
    for (const auto& entry : *entries) read_entry(source, entry, document);
  return document;
}

}  // namespace engine
