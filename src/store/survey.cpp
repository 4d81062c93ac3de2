// See survey.hpp.
#include "store/survey.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <ctime>
#include <functional>

#include "system/files.hpp"

namespace store {
namespace fs = std::filesystem;
namespace {

constexpr double hour = 3600;

struct Entry {
  fs::path file;
  std::uintmax_t bytes = 0;
  double age = 0;  // seconds
};

/// Seconds since a file was last read or written.
double age_of(const fs::path& file) {
  struct stat found {};
  if (::stat(file.c_str(), &found) != 0) return 0;
  const auto used = std::max(found.st_atim.tv_sec, found.st_mtim.tv_sec);
  return std::max(0.0, static_cast<double>(std::time(nullptr) - used));
}

/// Of a folder the files below it count together, with the age of the youngest.
Entry entry_of(const fs::path& file) {
  Entry entry{file, 0, age_of(file)};
  std::error_code error;
  if (!fs::is_directory(file, error)) {
    const auto size = fs::file_size(file, error);
    entry.bytes = error ? 0 : size;
    return entry;
  }
  for (const auto& item : fs::recursive_directory_iterator(file, error)) {
    if (!item.is_regular_file(error)) continue;
    entry.bytes += item.file_size(error);
    entry.age = std::min(entry.age, age_of(item.path()));
  }
  return entry;
}

void each_entry(const fs::path& folder, const std::function<void(EntryKind, const Entry&)>& visit) {
  for (const auto kind : all_kinds())
    for (const auto& place : entry_files(folder, kind)) visit(kind, entry_of(place));
}

}  // namespace

std::vector<Holding> holdings(const fs::path& folder) {
  std::vector<Holding> all;
  each_entry(folder, [&](EntryKind kind, const Entry& entry) {
    const std::string name = name_of(kind);
    if (all.empty() || all.back().kind != name) all.push_back({name, 0, 0, entry.age, entry.age});
    Holding& holding = all.back();
    ++holding.entries;
    holding.bytes += entry.bytes;
    holding.newest = std::min(holding.newest, entry.age);
    holding.oldest = std::max(holding.oldest, entry.age);
  });
  return all;
}

Pruned prune(const fs::path& folder, const Bounds& bounds) {
  std::vector<Entry> entries;
  each_entry(folder, [&](EntryKind, const Entry& entry) { entries.push_back(entry); });
  std::stable_sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return a.age > b.age; });
  double left = 0;
  for (const auto& entry : entries) left += static_cast<double>(entry.bytes);
  Pruned pruned;
  for (const auto& entry : entries) {
    const bool is_old = bounds.older && entry.age > *bounds.older;
    const bool is_too_much = bounds.bytes && left > *bounds.bytes;
    if (!is_old && !is_too_much) break;
    std::error_code error;
    fs::remove_all(entry.file, error);
    if (error) throw sys::FileError(fmt::format("cannot remove {}: {}", entry.file.string(), error.message()));
    left -= static_cast<double>(entry.bytes);
    pruned.bytes += entry.bytes;
    ++pruned.entries;
  }
  for (const auto kind : all_kinds())
    for (const auto& file : leftovers(folder, kind)) {
      std::error_code error;
      if (age_of(file) > hour && fs::remove(file, error)) ++pruned.leftovers;
    }
  return pruned;
}

}  // namespace store
