// One file an entry: the SHA-256 of the bytes, a newline, the bytes.
#include "report/store.hpp"

#include "report/files.hpp"
#include "report/hash.hpp"

namespace report {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t digest_length = 64;

}  // namespace

std::filesystem::path Store::place(std::string_view kind, const std::string& key) const {
  return folder_ / kind / key.substr(0, 2) / key;
}

Store::Found Store::get(std::string_view kind, const std::string& key) const {
  const auto path = place(kind, key);
  if (std::error_code error; !std::filesystem::exists(path, error)) return {};
  try {
    const std::string entry = read_file(path);
    if (entry.size() <= digest_length || entry[digest_length] != '\n') return {std::nullopt, true};
    std::string bytes = entry.substr(digest_length + 1);
    if (sha256(bytes) != entry.substr(0, digest_length)) return {std::nullopt, true};
    return {std::move(bytes), false};
  } catch (const FileError&) {
    return {std::nullopt, true};
  }
}

void Store::put(std::string_view kind, const std::string& key, std::string_view bytes) const {
  std::string entry = sha256(bytes);
  entry += '\n';
  entry += bytes;
  const fs::path file = place(kind, key);
  // A folder cannot be replaced by a file; in the store it is damage like other damage.
  if (std::error_code error; fs::is_directory(file, error)) fs::remove_all(file, error);
  write_file(file, entry);
}

}  // namespace report
