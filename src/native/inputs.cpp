// See inputs.hpp.
#include "native/inputs.hpp"

#include <sys/stat.h>

#include <ctime>
#include <nlohmann/json.hpp>

#include "system/checksum.hpp"
#include "system/file_sums.hpp"
#include "system/files.hpp"

namespace native {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::ordered_json;

/// The clock of files goes in steps.
constexpr std::int64_t tick_ns = 5'000'000;

/// Empty for one that cannot be read.
std::string sum_of(const fs::path& file) {
  try {
    return sys::sha256_of_file(file);
  } catch (const sys::FileError&) {
    return "";
  }
}

bool was_changed_since(const fs::path& file, std::int64_t time) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return true;
  return std::int64_t{info.st_ctim.tv_sec} * 1'000'000'000 + info.st_ctim.tv_nsec > time - tick_ns;
}

}  // namespace

Inputs::Inputs(const store::Store& store, std::string key, fs::path folder)
    : store_(store), key_(std::move(key)), folder_(std::move(folder)) {
  read();
}

void Inputs::read() {
  const auto found = store_.get(store::EntryKind::sources, key_);
  if (!found.bytes) return;
  const Json json = Json::parse(*found.bytes, nullptr, false);
  if (!json.is_object()) return;
  for (const auto& [name, known] : json.items())
    files_[name] = {known.at(0).get<std::string>(), known.at(1).get<std::string>()};
}

std::optional<std::string> Inputs::hash() {
  if (files_.empty()) return std::nullopt;
  return hash_of_files();
}

std::optional<std::string> Inputs::put(const std::vector<std::string>& names, std::int64_t began) {
  files_.clear();
  bool changed = false;
  for (const auto& name : names) {
    files_[name] = {};
    changed = changed || was_changed_since(folder_ / name, began);
  }
  if (changed) return std::nullopt;
  return hash_of_files();
}

std::string Inputs::hash_of_files() {
  Json all = Json::array({key_});
  bool learnt = false;
  for (auto& [name, known] : files_) {
    const std::string stamp = sys::stamp_of(folder_ / name);
    if (stamp.empty() || stamp != known.stamp) {
      known = {stamp, sum_of(folder_ / name)};
      learnt = true;
    }
    all.push_back({name, known.sha256});
  }
  if (learnt) save();
  return sys::sha256(all.dump());
}

void Inputs::save() const {
  Json json = Json::object();
  for (const auto& [name, known] : files_) json[name] = {known.stamp, known.sha256};
  store_.put(store::EntryKind::sources, key_, json.dump());
}

std::vector<std::string> Inputs::names() const {
  std::vector<std::string> all;
  for (const auto& [name, known] : files_) all.push_back(name);
  return all;
}

std::int64_t Inputs::now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return std::int64_t{now.tv_sec} * 1'000'000'000 + now.tv_nsec;
}

std::vector<std::string> names_in_rule(const std::string& rule) {
  std::vector<std::string> names;
  std::string name;
  const auto end_name = [&] {
    if (!name.empty()) names.push_back(std::exchange(name, ""));
  };
  const auto colon = rule.find(": ");
  for (std::size_t at = colon == std::string::npos ? rule.size() : colon + 2; at < rule.size(); ++at) {
    const char c = rule[at], next = at + 1 < rule.size() ? rule[at + 1] : '\n';
    if (c == '\\' && (next == ' ' || next == '#' || next == '\\'))
      name += rule[++at];
    else if (c == '$' && next == '$')
      name += rule[++at];
    else if (c == '\\' && next == '\n')
      ++at, end_name();
    else if (c == ' ' || c == '\n')
      end_name();
    else
      name += c;
  }
  end_name();
  return names;
}

}  // namespace native
