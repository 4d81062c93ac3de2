// One file per entry: the SHA-256 of the bytes, a newline, the bytes.
#include "store/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "system/checksum.hpp"
#include "system/files.hpp"

namespace store {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t digest_length = 64;

constexpr std::array folders{std::pair{EntryKind::results, "results"},
                             std::pair{EntryKind::code, "code"},
                             std::pair{EntryKind::datasets, "datasets"},
                             std::pair{EntryKind::verdicts, "verdicts"},
                             std::pair{EntryKind::drawing_size, "drawings/size"},
                             std::pair{EntryKind::drawing_pdf, "drawings/pdf"},
                             std::pair{EntryKind::drawing_svg, "drawings/svg"},
                             std::pair{EntryKind::drawing_png, "drawings/png"},
                             std::pair{EntryKind::drawing_inline, "drawings/inline"},
                             std::pair{EntryKind::drawing_reading, "drawings/reading"},
                             std::pair{EntryKind::drawing_held, "drawings/held"},
                             std::pair{EntryKind::pictures, "pictures"},
                             std::pair{EntryKind::page_parts, "page"},
                             std::pair{EntryKind::outputs, "outputs"},
                             std::pair{EntryKind::live_trials, "live"},
                             std::pair{EntryKind::live_frames, "live-frames"},
                             std::pair{EntryKind::tables, "tables"},
                             std::pair{EntryKind::sources, "compiled/sources"},
                             std::pair{EntryKind::compiled, "compiled/experiments"},
                             std::pair{EntryKind::headers, "compiled/headers"}};

const char* folder_of(EntryKind kind) {
  return std::find_if(folders.begin(), folders.end(), [&](const auto& entry) { return entry.first == kind; })->second;
}

bool is_hexadecimal(const std::string& text) {
  return !text.empty() && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

void remove_entry(const fs::path& file) {
  std::error_code error;
  fs::remove_all(file, error);  // a folder in an entry's place is damage
  if (error) throw sys::FileError(fmt::format("cannot remove {}: {}", file.string(), error.message()));
}

void remove_if_empty(const fs::path& folder) {
  std::error_code error;
  if (fs::is_directory(folder, error) && fs::is_empty(folder, error)) fs::remove(folder, error);
}

/// Removes the entries in one of the folders that entries of a kind are spread over.
std::size_t clear_part(const fs::path& part) {
  std::size_t removed = 0;
  std::error_code error;
  sys::remove_leftovers(part);
  for (const auto& item : fs::directory_iterator(part, error)) {
    const std::string name = item.path().filename().string();
    if (name.size() != digest_length || !is_hexadecimal(name) || !name.starts_with(part.filename().string())) continue;
    remove_entry(item.path());
    ++removed;
  }
  remove_if_empty(part);
  return removed;
}

}  // namespace

std::filesystem::path Store::place(EntryKind kind, const std::string& key) const {
  return folder_ / folder_of(kind) / key.substr(0, 2) / key;
}

Store::Found Store::get(EntryKind kind, const std::string& key) const {
  const auto path = place(kind, key);
  if (std::error_code error; !std::filesystem::exists(path, error)) return {};
  try {
    const std::string entry = sys::read_file(path);
    if (entry.size() <= digest_length || entry[digest_length] != '\n') return {std::nullopt, true};
    std::string bytes = entry.substr(digest_length + 1);
    if (sys::sha256(bytes) != entry.substr(0, digest_length)) return {std::nullopt, true};
    return {std::move(bytes), false};
  } catch (const sys::FileError&) {
    return {std::nullopt, true};
  }
}

void Store::put(EntryKind kind, const std::string& key, std::string_view bytes) const {
  std::string entry = sys::sha256(bytes);
  entry += '\n';
  entry += bytes;
  const fs::path file = place(kind, key);
  // A folder cannot be replaced by a file; in the store it is damage like other damage.
  if (std::error_code error; fs::is_directory(file, error)) fs::remove_all(file, error);
  sys::write_file(file, entry);
}

std::size_t Store::clear() const {
  std::size_t removed = 0;
  for (const auto& [kind, name] : folders) {
    const fs::path folder = folder_ / name;
    std::error_code error;
    for (const auto& item : fs::directory_iterator(folder, error))
      if (item.path().filename().string().size() == 2 && is_hexadecimal(item.path().filename().string()))
        removed += clear_part(item.path());
    remove_if_empty(folder);
    if (folder.parent_path() != folder_) remove_if_empty(folder.parent_path());
  }
  return removed;
}

}  // namespace store
