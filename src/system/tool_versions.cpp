// Which program it is, is told by its place on PATH, size, inode and time, as with other files that are not read again.
#include "system/tool_versions.hpp"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <sstream>

#include "system/files.hpp"
#include "system/process.hpp"

namespace sys {
namespace fs = std::filesystem;
namespace {

constexpr const char* programs[] = {"pandoc", "pdflatex"};

}  // namespace

fs::path program_file(const std::string& program) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path ? path : "");
  for (std::string folder; std::getline(folders, folder, ':');) {
    const fs::path file = fs::path(folder) / program;
    std::error_code error;
    if (::access(file.c_str(), X_OK) == 0 && fs::is_regular_file(file, error)) return file;
  }
  return {};
}

std::string program_identity(const std::string& program) {
  const fs::path file = program_file(program);
  struct stat info {};
  if (file.empty() || ::stat(file.c_str(), &info) != 0) return "";
  return fmt::format("{} {} {} {}.{}", file.string(), info.st_size, info.st_ino, info.st_mtim.tv_sec,
                     info.st_mtim.tv_nsec);
}

std::string first_line_of(const std::string& program, const std::string& argument) {
  try {
    Command command;
    command.arguments = {program, argument};
    const auto ran = run(command);
    return ran.ok() ? ran.output.substr(0, ran.output.find('\n')) : "";
  } catch (const std::exception&) {
    return "";
  }
}

ToolVersions::ToolVersions(fs::path memory) : memory_(std::move(memory)), known_(Json::object()), now_(Json::object()) {
  std::error_code error;
  if (!fs::exists(memory_, error)) return;
  Json json = Json::parse(read_file(memory_), nullptr, false);
  if (json.is_object()) known_ = std::move(json);
}

const Json& ToolVersions::versions() {
  if (!versions_.is_null()) return versions_;
  versions_ = Json::object();
  for (const std::string program : programs) {
    const std::string identity = program_identity(program);
    const Json known = known_.value(program, Json());
    const bool asked = known.is_array() && known.size() == 2 && known[0] == identity && known[1].is_string();
    versions_[program] = identity.empty() ? Json("") : asked ? known[1] : Json(first_line_of(program, "--version"));
    now_[program] = {identity, versions_[program]};
  }
  return versions_;
}

void ToolVersions::save() const {
  if (now_ != known_) write_file(memory_, now_.dump());
}

}  // namespace sys
