// The idea is that of Git's index: a file whose status did not change has the content that it had.
#include "system/file_sums.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <ctime>
#include <fstream>
#include <nlohmann/json.hpp>
#include <span>
#include <vector>

#include "system/checksum.hpp"
#include "system/files.hpp"

namespace sys {
namespace {

/// A file changed this short a time ago could change again within the clock's tick, and look the same.
constexpr std::int64_t settling_ns = 50'000'000;

std::int64_t nanoseconds(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

std::int64_t now_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_REALTIME, &now);
  return nanoseconds(now);
}

std::string stamp(const struct stat& info) {
  return fmt::format("{} {} {} {}", info.st_size, info.st_ino, nanoseconds(info.st_mtim), nanoseconds(info.st_ctim));
}

bool has_settled(const struct stat& info) { return now_ns() - nanoseconds(info.st_ctim) > settling_ns; }

}  // namespace

std::string stamp_of(const std::filesystem::path& file) {
  struct stat info {};
  return ::stat(file.c_str(), &info) == 0 && has_settled(info) ? stamp(info) : "";
}

std::string sha256_of_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<std::uint8_t> piece(1 << 17);
  Sha256 hash;
  while (in.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size())) || in.gcount() > 0)
    hash.add(std::span(piece.data(), static_cast<std::size_t>(in.gcount())));
  if (!in.eof()) throw FileError(fmt::format("cannot read {}", file.string()));
  return hash.hex();
}

FileSums::FileSums(std::filesystem::path memory) : memory_(std::move(memory)) {
  std::error_code error;
  if (!std::filesystem::exists(memory_, error)) return;
  const auto json = nlohmann::json::parse(read_file(memory_), nullptr, false);
  if (!json.is_object()) return;
  for (const auto& [name, entry] : json.items())
    if (entry.is_array() && entry.size() == 2 && entry[0].is_string() && entry[1].is_string())
      before_[name] = {entry[0].get<std::string>(), entry[1].get<std::string>()};
}

std::string FileSums::sha256(const std::filesystem::path& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return {};
  const std::string name = file.lexically_normal().string();
  const std::string now = stamp(info);
  if (const auto known = before_.find(name); known != before_.end() && known->second.stamp == now) {
    keep(name, known->second);
    return known->second.sha256;
  }
  try {
    const Sum sum{now, sha256_of_file(file)};
    if (has_settled(info)) keep(name, sum);
    return sum.sha256;
  } catch (const FileError&) {
    return {};
  }
}

void FileSums::keep(const std::string& name, const Sum& sum) {
  const std::lock_guard lock(mutex_);
  now_[name] = sum;
}

void FileSums::save() const {
  nlohmann::json json = nlohmann::json::object();
  const std::lock_guard lock(mutex_);
  for (const auto& [name, sum] : now_) json[name] = {sum.stamp, sum.sha256};
  write_file(memory_, json.dump());
}

}  // namespace sys
