// One file per entry: the SHA-256 of the bytes, a newline, the bytes. The folder may be shared by machines.
#include "store/store.hpp"

#include <dirent.h>
#include <fmt/format.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>

#include "store/remote_store.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace store {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t digest_length = 64;

constexpr std::array folders{std::pair{EntryKind::results, "results"},
                             std::pair{EntryKind::jobs, "jobs"},
                             std::pair{EntryKind::sheets, "sheets"},
                             std::pair{EntryKind::files, "files"},
                             std::pair{EntryKind::faults, "faults"},
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

/// The folders that entries of a kind are spread over.
std::vector<fs::path> parts_of(const fs::path& folder, EntryKind kind) {
  std::vector<fs::path> parts;
  std::error_code error;
  for (const auto& item : fs::directory_iterator(folder / name_of(kind), error)) {
    const std::string name = item.path().filename().string();
    if (name.size() == 2 && is_hexadecimal(name)) parts.push_back(item.path());
  }
  return parts;
}

bool is_entry(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.size() == digest_length && is_hexadecimal(name) &&
         name.starts_with(file.parent_path().filename().string());
}

/// Whether a folder's names may be remembered here while another machine changes them.
bool is_on_a_network(const fs::path& folder) {
  constexpr std::array<unsigned long, 9> kinds{0x6969,     0xFE534D42, 0xFF534D42, 0x0BD00BD0, 0x00C36400,
                                               0x47504653, 0x19830326, 0x5346414F, 0x65735546};  // NFS, SMB, CIFS,
  // Lustre, Ceph, GPFS, BeeGFS, AFS, FUSE; statfs(2) has the numbers
  struct statfs found {};
  return ::statfs(folder.c_str(), &found) == 0 &&
         std::find(kinds.begin(), kinds.end(), static_cast<unsigned long>(found.f_type) & 0xFFFFFFFF) != kinds.end();
}

/// A client of a file server remembers for up to a minute that a name is absent; reading the folder has it look again.
bool is_there(const fs::path& file) {
  std::error_code error;
  if (fs::exists(file, error)) return true;
  if (!is_on_a_network(file.parent_path())) return false;
  if (DIR* folder = ::opendir(file.parent_path().c_str())) {
    while (::readdir(folder)) {
    }
    ::closedir(folder);
  }
  return fs::exists(file, error);
}

}  // namespace

const std::vector<EntryKind>& all_kinds() {
  static const std::vector<EntryKind> kinds = [] {
    std::vector<EntryKind> all;
    for (const auto& [kind, name] : folders) all.push_back(kind);
    return all;
  }();
  return kinds;
}

std::vector<fs::path> entry_files(const fs::path& folder, EntryKind kind) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& part : parts_of(folder, kind))
    for (const auto& item : fs::directory_iterator(part, error))
      if (is_entry(item.path())) files.push_back(item.path());
  return files;
}

std::vector<fs::path> leftovers(const fs::path& folder, EntryKind kind) {
  std::vector<fs::path> files;
  for (const auto& part : parts_of(folder, kind))
    for (auto& file : sys::leftovers_in(part)) files.push_back(std::move(file));
  return files;
}

const char* name_of(EntryKind kind) {
  return std::find_if(folders.begin(), folders.end(), [&](const auto& entry) { return entry.first == kind; })->second;
}

bool is_shared(EntryKind kind) {
  switch (kind) {
    case EntryKind::results:
    case EntryKind::jobs:
    case EntryKind::sheets:
    case EntryKind::files:
    case EntryKind::faults:
    case EntryKind::code:
      return true;
    default:
      return false;
  }
}

std::filesystem::path Store::place(EntryKind kind, const std::string& key) const {
  return folder_ / name_of(kind) / key.substr(0, 2) / key;
}

Store::Found Store::get(EntryKind kind, const std::string& key) const {
  Found found = get_here(kind, key);
  if (found.bytes || !remote_ || !is_shared(kind)) return found;
  found.bytes = remote_->get(kind, key);
  if (!found.bytes) return found;
  found.damaged = false;
  if (kind != EntryKind::jobs) put_here(kind, key, *found.bytes);  // these make a result, and are of no use after it
  return found;
}

bool Store::has(EntryKind kind, const std::string& key) const {
  return is_there(place(kind, key)) || (remote_ && is_shared(kind) && remote_->has(kind, key));
}

void Store::put(EntryKind kind, const std::string& key, std::string_view bytes) const {
  put_here(kind, key, bytes);
  if (remote_ && is_shared(kind)) remote_->put(kind, key, bytes);
}

void Store::remove(EntryKind kind, const std::string& key) const { remove_entry(place(kind, key)); }

Store::Found Store::get_here(EntryKind kind, const std::string& key) const {
  const auto path = place(kind, key);
  if (!is_there(path)) return {};
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

void Store::put_here(EntryKind kind, const std::string& key, std::string_view bytes) const {
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
    for (const auto& entry : entry_files(folder_, kind)) {
      remove_entry(entry);
      ++removed;
    }
    for (const auto& part : parts_of(folder_, kind)) {
      sys::remove_leftovers(part);
      remove_if_empty(part);
    }
    const fs::path folder = folder_ / name;
    remove_if_empty(folder);
    if (folder.parent_path() != folder_) remove_if_empty(folder.parent_path());
  }
  return removed;
}

}  // namespace store
