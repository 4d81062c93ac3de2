// Whole files through POSIX calls, so that every failure has its errno and its message.
#include "system/files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <random>
#include <regex>
#include <utility>

namespace sys {
namespace fs = std::filesystem;
namespace {

constexpr const char* part_ending = ".part";

[[noreturn]] void fail(const char* doing, const fs::path& path, int error) {
  throw FileError(fmt::format("cannot {} {}: {}", doing, path.string(), std::strerror(error)));
}

bool holds(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  if (fs::file_size(path, error) != bytes.size() || error) return false;
  try {
    return read_file(path) == bytes;
  } catch (const FileError&) {
    return false;
  }
}

void write_all(int file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("write", path, errno);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

void make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail("make the folder", folder, error.value());
}

/// A file's next content, beside it; taken away again unless it is put in its place.
class Replacement {
 public:
  Replacement(const fs::path& path, std::string_view bytes) : path_(path), beside_(name_beside(path)) {
    make_folder(path.parent_path());
    const Descriptor file(::open(beside_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644));
    if (!file.is_open()) fail("write", path_, errno);
    try {
      write_all(file.get(), bytes, path_);
    } catch (const FileError&) {
      ::unlink(beside_.c_str());
      throw;
    }
  }
  Replacement(Replacement&& other) noexcept
      : path_(std::move(other.path_)), beside_(std::exchange(other.beside_, {})) {}
  Replacement& operator=(Replacement&&) = delete;
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (!beside_.empty()) ::unlink(beside_.c_str());
  }

  void put_in_place() {
    if (::rename(beside_.c_str(), path_.c_str()) != 0) fail("replace", path_, errno);
    beside_.clear();
  }

 private:
  fs::path path_, beside_;
};

}  // namespace

fs::path name_beside(const fs::path& path) {
  static std::atomic<unsigned> count{0};  // two threads may replace the same file at once
  // Processes on two machines that share the folder may have one number.
  static const std::uint64_t process = [] {
    std::random_device random;
    return (std::uint64_t{random()} << 32) | random();
  }();
  return path.parent_path() /
         fmt::format(".{}.{:016x}-{}{}", path.filename().string().substr(0, 100), process, count++, part_ending);
}

fs::path named_folder(const fs::path& path) {
  const bool goes_up = std::any_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
  const fs::path absolute = fs::absolute(path);
  const fs::path folder = goes_up ? fs::weakly_canonical(absolute) : absolute.lexically_normal();
  return folder.has_filename() ? folder : folder.parent_path();
}

bool lies_in(const fs::path& file, const fs::path& folder) {
  const fs::path relative = file.lexically_relative(folder);
  return !relative.empty() && *relative.begin() != "..";
}

std::string path_at_hand(const fs::path& path) {
  std::error_code error;
  const fs::path relative = fs::proximate(path, fs::current_path(error), error);
  return error || *relative.begin() == ".." ? path.string() : relative.string();
}

std::string read_file(const fs::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) fail("read", path, errno);
  struct stat info {};
  if (::fstat(file.get(), &info) == 0 && S_ISDIR(info.st_mode)) fail("read", path, EISDIR);
  std::string bytes;
  bytes.resize(static_cast<std::size_t>(info.st_size) + 1);
  std::size_t filled = 0;
  while (true) {
    if (filled == bytes.size()) bytes.resize(bytes.size() * 2);
    const ssize_t count = ::read(file.get(), bytes.data() + filled, bytes.size() - filled);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", path, errno);
    if (count == 0) break;
    filled += static_cast<std::size_t>(count);
  }
  bytes.resize(filled);
  return bytes;
}

void write_file(const fs::path& path, std::string_view bytes) { write_files({{path, bytes}}); }

void write_files(const std::vector<std::pair<fs::path, std::string_view>>& files) {
  std::vector<Replacement> ready;
  for (const auto& [path, bytes] : files)
    if (!holds(path, bytes)) ready.emplace_back(path, bytes);
  for (auto& replacement : ready) replacement.put_in_place();
}

void append_to_file(const fs::path& path, std::string_view bytes) {
  make_folder(path.parent_path());
  const Descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644));
  if (!file.is_open()) fail("write", path, errno);
  write_all(file.get(), bytes, path);
}

std::vector<fs::path> leftovers_in(const fs::path& folder) {
  static const std::regex form(R"(\..+\.[0-9a-f]+-[0-9]+\.part)");  // as name_beside has it
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& item : fs::directory_iterator(folder, error))
    if (std::regex_match(item.path().filename().string(), form)) files.push_back(item.path());
  return files;
}

void remove_leftovers(const fs::path& folder) {
  std::error_code error;
  for (const auto& file : leftovers_in(folder)) fs::remove(file, error);
}

namespace {

/// A lock on a file that was removed meanwhile locks nothing.
bool is_same_file(const Descriptor& file, const fs::path& path) {
  struct stat open {
  }, named{};
  return ::fstat(file.get(), &open) == 0 && ::stat(path.c_str(), &named) == 0 && open.st_dev == named.st_dev &&
         open.st_ino == named.st_ino;
}

}  // namespace

FolderLock::FolderLock(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) fail("make the folder", folder, error.value());
  path_ = folder / ".lock";
  do {
    file_ = Descriptor(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (!file_.is_open()) fail("write", path_, errno);
    if (::flock(file_.get(), LOCK_EX | LOCK_NB) != 0)
      throw FolderBusy(fmt::format("another build is writing to {}; wait for it, or give this one another --output",
                                   folder.string()));
  } while (!is_same_file(file_, path_));
}

void FolderLock::remove() const {
  struct stat info {};
  if (::fstat(file_.get(), &info) == 0 && info.st_size == 0) ::unlink(path_.c_str());
}

}  // namespace sys
