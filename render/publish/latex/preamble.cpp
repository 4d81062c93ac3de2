// pdfTeX's recorder tells every file that the preamble read: packages, fonts, the format that it started from.
#include "publish/latex/preamble.hpp"

#include <fmt/format.h>
#include <sys/stat.h>

#include <set>
#include <sstream>

#include "system/checksum.hpp"
#include "system/files.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

/// Size and time of a file, or "gone".
std::string state_of(const std::string& file) {
  struct stat info {};
  if (::stat(file.c_str(), &info) != 0) return "gone";
  return fmt::format("{} {}.{}", info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec);
}

/// The files that the recorder names, but for the preamble's own.
std::set<std::string> files_read(const std::string& recorder, const fs::path& folder) {
  const std::string input = "INPUT ";
  std::set<std::string> files;
  std::istringstream lines(recorder);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(input)) continue;
    const fs::path file = line.substr(input.size());
    if (file.stem() != "preamble") files.insert(fs::absolute(folder / file).lexically_normal().string());
  }
  return files;
}

std::string stamp(const std::string& preamble, const std::set<std::string>& files) {
  std::string text = sys::sha256(preamble) + "\n";
  for (const auto& file : files) text += state_of(file) + " " + file + "\n";
  return text;
}

/// The files that a stamp names.
std::set<std::string> files_of(const std::string& stamp) {
  std::set<std::string> files;
  std::istringstream lines(stamp);
  for (std::string line; std::getline(lines, line);)
    if (const auto at = line.find('/'); at != std::string::npos) files.insert(line.substr(at));
  return files;
}

}  // namespace

TexParts parts_of(const std::string& tex) {
  const auto at = tex.find("\\begin{document}");
  if (at == std::string::npos) return {tex, ""};
  return {tex.substr(0, at), tex.substr(at)};
}

bool precompile(const std::string& preamble, const TexEngine& engine) {
  const fs::path format = engine.folder / "preamble.fmt", stamp_file = engine.folder / "preamble.stamp";
  std::error_code error;
  if (fs::exists(format, error) && fs::exists(stamp_file, error)) {
    const std::string before = sys::read_file(stamp_file);
    if (before == stamp(preamble, files_of(before))) return true;
  }
  fs::remove(stamp_file, error);
  sys::write_file(engine.folder / "preamble.tex", preamble + "\n\\dump\n");
  if (!engine.run({"-ini", "-recorder", "-jobname=preamble", "&pdflatex preamble.tex"}).ok()) return false;
  sys::write_file(stamp_file,
                  stamp(preamble, files_read(sys::read_file(engine.folder / "preamble.fls"), engine.folder)));
  return true;
}

}  // namespace publish
