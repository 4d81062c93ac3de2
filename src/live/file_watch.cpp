// Folders are watched, not files: editors write a new file and rename it over the old one. Only finished writes count,
// so that no half of a file is read.
#include "live/file_watch.hpp"

#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <system_error>
#include <utility>

namespace live {
namespace fs = std::filesystem;
namespace {

constexpr std::uint32_t finished_changes =
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF | IN_MOVE_SELF;

constexpr std::uint32_t of_folders = IN_ISDIR | IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_Q_OVERFLOW;

[[noreturn]] void refuse(const std::string& what) { throw std::system_error(errno, std::generic_category(), what); }

/// An event that tells of a change. A file that has just been made has no content yet; its end of writing follows. A
/// link has its content at once, but no end of writing.
bool counts(const inotify_event& event, const fs::path& file) {
  if (!(event.mask & IN_CREATE) || (event.mask & IN_ISDIR)) return true;
  std::error_code error;
  return fs::is_symlink(file, error) || fs::hard_link_count(file, error) > 1;
}

/// A file was written, or put in its place.
bool is_whole(const inotify_event& event) {
  return (event.mask & (IN_CLOSE_WRITE | IN_MOVED_TO)) && !(event.mask & IN_ISDIR);
}

}  // namespace

bool is_editors_own(const std::string& name) {
  if (name.empty()) return false;
  if (name.front() == '.' || name.back() == '~' || (name.front() == '#' && name.back() == '#')) return true;
  return name.ends_with(".tmp") ||
         std::all_of(name.begin(), name.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
}

FileWatch::FileWatch(std::vector<fs::path> except)
    : except_(std::move(except)), queue_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (!queue_.is_open()) refuse("file changes cannot be watched");
}

bool FileWatch::is_excepted(const fs::path& path) const {
  return std::any_of(except_.begin(), except_.end(), [&](const fs::path& folder) {
    return std::mismatch(folder.begin(), folder.end(), path.begin(), path.end()).first == folder.end();
  });
}

void FileWatch::look_at(const std::vector<Folder>& folders) {
  if (!is_outdated_ && folders == looked_at_) return;
  looked_at_ = folders;
  is_outdated_ = false;
  const auto before = std::exchange(watched_, {});
  for (const auto& folder : folders) {
    std::error_code error;
    if (!fs::is_directory(folder.path, error)) {
      // It can only appear in its parent.
      add({folder.path.parent_path(), folder.kind, false, folder.path.filename().string()});
      continue;
    }
    add(folder);
    if (!folder.below) continue;
    for (auto item = fs::recursive_directory_iterator(folder.path, error);
         !error && item != fs::recursive_directory_iterator(); item.increment(error)) {
      if (!item->is_directory(error)) continue;
      if (item->path().filename().string().starts_with('.') || is_excepted(item->path()))
        item.disable_recursion_pending();
      else
        add({item->path(), folder.kind, true, ""});
    }
  }
  for (const auto& [number, folder] : before)
    if (!watched_.contains(number)) ::inotify_rm_watch(queue_.get(), number);
}

void FileWatch::add(const Folder& folder) {
  const int number = ::inotify_add_watch(queue_.get(), folder.path.c_str(), finished_changes | IN_ONLYDIR);
  if (number < 0) {
    is_outdated_ = true;
    // One that has gone, or may not be read, has nothing to tell; a build says so where it matters.
    if (errno == ENOSPC || errno == ENOMEM) refuse("too many folders to watch (fs.inotify.max_user_watches)");
    return;
  }
  watched_[number].push_back(folder);
}

std::vector<FileChange> FileWatch::changes() {
  std::vector<FileChange> changed;
  alignas(inotify_event) std::array<char, 16384> buffer{};
  for (ssize_t size = 0; (size = ::read(queue_.get(), buffer.data(), buffer.size())) > 0;) {
    for (ssize_t at = 0; at < size;) {
      const auto& event = *reinterpret_cast<const inotify_event*>(buffer.data() + at);
      at += static_cast<ssize_t>(sizeof(inotify_event) + event.len);
      is_outdated_ = is_outdated_ || (event.mask & of_folders) != 0;
      if (event.mask & IN_Q_OVERFLOW) {  // we do not know what we missed
        changed.push_back({"", ChangeKind::text});
        changed.push_back({"", ChangeKind::code});
        continue;
      }
      const auto watched = watched_.find(event.wd);
      if (watched == watched_.end() || (event.mask & IN_IGNORED)) continue;
      const std::string name = event.len > 0 ? event.name : "";
      for (const auto& folder : watched->second) {
        const fs::path file = name.empty() ? folder.path : folder.path / name;
        if (folder.only.empty() ? is_editors_own(name) : folder.only != name) continue;
        is_outdated_ = is_outdated_ || !folder.only.empty();  // perhaps a link, or what was waited for
        if (!is_excepted(file) && counts(event, file)) changed.push_back({file, folder.kind, is_whole(event)});
      }
    }
  }
  return changed;
}

}  // namespace live
