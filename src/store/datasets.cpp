// Data sets by name, lazily.
#include "store/datasets.hpp"

#include <fmt/format.h>

#include "data/catalogue.hpp"
#include "system/checksum.hpp"

namespace store {
namespace fs = std::filesystem;

Datasets::Datasets(std::vector<fs::path> folders, Store store, std::string code)
    : folders_(std::move(folders)), store_(std::move(store)), code_(std::move(code)) {}

std::string Datasets::identity(const std::string& name) const {
  std::string text = "dataset " + name + "\n";
  const auto location = data::find(folders_, name);
  for (const auto& file : location.files) {
    std::error_code error;
    const auto time = fs::last_write_time(file, error).time_since_epoch().count();
    text += fmt::format("{} {} {}\n", fs::absolute(file, error).string(), fs::file_size(file, error), time);
  }
  if (location.files.empty()) text += code_;
  return sys::sha256(text);
}

std::string Datasets::sha256(const std::string& name) {
  {
    const std::lock_guard lock(mutex_);
    if (const auto at = loaded_.find(name); at != loaded_.end()) return at->second->sha256;
  }
  const auto known = store_.get(EntryKind::datasets, identity(name));
  if (known.bytes) return *known.bytes;
  return get(name).sha256;
}

const data::Dataset& Datasets::get(const std::string& name) {
  const std::lock_guard lock(mutex_);
  auto& slot = loaded_[name];
  if (!slot) {
    try {
      slot = std::make_unique<data::Dataset>(data::load(folders_, name));
    } catch (...) {
      loaded_.erase(name);
      throw;
    }
    store_.put(EntryKind::datasets, identity(name), slot->sha256);
  }
  return *slot;
}

}  // namespace store
