// The desktop's openers are started in a session of their own, so that a viewer outlives us and no Ctrl-C reaches it.
#include "cli/viewer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <sstream>
#include <thread>
#include <vector>

namespace cli {
namespace {

using Words = std::vector<std::string>;

bool is_on_path(const std::string& program, const std::string& path) {
  std::istringstream folders(path);
  for (std::string folder; std::getline(folders, folder, ':');)
    if (!folder.empty() && ::access((std::filesystem::path(folder) / program).c_str(), X_OK) == 0) return true;
  return false;
}

pid_t start(Words words) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    posix_spawn_file_actions_addopen(&actions, stream, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  std::vector<char*> arguments;
  for (auto& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  pid_t child = -1;
  const int error = posix_spawnp(&child, arguments[0], &actions, &attributes, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error == 0 ? child : -1;
}

/// The exit status if the opener ends soon; one that goes on is the viewer itself.
std::optional<int> status_of(pid_t child) {
  const auto patience = std::chrono::steady_clock::now() + std::chrono::seconds(1);
  while (std::chrono::steady_clock::now() < patience) {
    int status = 0;
    if (::waitpid(child, &status, WNOHANG) == child) return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::thread([child] { ::waitpid(child, nullptr, 0); }).detach();
  return std::nullopt;
}

}  // namespace

std::string open_in_viewer(const std::string& what, const std::function<std::string(const char*)>& environment) {
  if (environment("DISPLAY").empty() && environment("WAYLAND_DISPLAY").empty())
    return "there is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)";
  for (Words words : {Words{"xdg-open"}, Words{"gio", "open"}}) {
    if (!is_on_path(words[0], environment("PATH"))) continue;
    const std::string name = words[0];
    words.push_back(what);
    const pid_t child = start(std::move(words));
    if (child < 0) continue;
    const int status = status_of(child).value_or(0);
    return status == 0 ? "" : fmt::format("{} found nothing to show it with (exit status {})", name, status);
  }
  return "there is no viewer here (xdg-open, of Debian's package xdg-utils, is missing)";
}

void show(const std::string& what) {
  const auto environment = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  const std::string reason = open_in_viewer(what, environment);
  if (!reason.empty()) fmt::print(stderr, "{} was not opened: {}\n", what, reason);
}

}  // namespace cli
