// The list in the scratch folder has the form of sha256sum's; lines are added at its end, and a line without an end
// counts for nothing.
#include "engine/made_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "system/checksum.hpp"
#include "system/file_sums.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t digest_length = 64;
constexpr const char* manifest_name = "manifest.json";

/// A name that leads to a file below the output folder; a list that somebody edited may hold others.
bool is_below(const std::string& name) {
  const fs::path path = name;
  return !name.empty() && path.is_relative() &&
         std::none_of(path.begin(), path.end(), [](const fs::path& part) { return part == ".."; });
}

bool is_there(const fs::path& file) {
  std::error_code error;
  return fs::exists(fs::symlink_status(file, error));
}

void add_all(const Json& list, std::map<std::string, std::string>& files) {
  if (!list.is_object()) return;
  for (const auto& [name, checksum] : list.items())
    if (is_below(name) && checksum.is_string()) files[name] = checksum.get<std::string>();
}

/// Manifests of before there was a list in them say it in their parts.
void add_parts(const Json& manifest, std::map<std::string, std::string>& files) {
  for (const auto& [id, entry] : figure_entries(manifest)) add_all(entry->value("files", Json::object()), files);
  const Json documents = manifest.value("documents", Json::object());
  for (const auto& entry : documents) add_all({{entry.value("file", ""), entry.value("sha256", "")}}, files);
  if (manifest.contains("claims")) add_all({{"claims.json", manifest["claims"].value("sha256", "")}}, files);
}

bool is_list_of_figures(const Json& json) {
  return json.is_array() && !json.empty() && std::all_of(json.begin(), json.end(), [](const Json& figure) {
           return figure.is_object() && figure.value("figure", Json()).is_string() &&
                  figure["figure"].get<std::string>().starts_with("fig:") &&
                  figure.value("dataset", Json()).is_string();
         });
}

/// Checks of before there was a list say which figures they showed.
void add_check(const fs::path& output, std::map<std::string, std::string>& files) {
  std::error_code error;
  const fs::path folder = output / "check";
  if (!fs::is_regular_file(folder / "check.json", error)) return;
  const Json check = Json::parse(sys::read_file(folder / "check.json"), nullptr, false);
  if (!check.is_object() || !is_list_of_figures(check.value("figures", Json()))) return;
  const Json& figures = check["figures"];
  std::vector<fs::path> names{"check.json", "index.html", "junit.xml"};
  for (const auto& figure : figures)
    for (const char* kind : {"before", "now", "difference"})
      for (const char* extension : {".json", ".png"})
        names.push_back(fs::path(kind) / figure["dataset"].get<std::string>() /
                        (figure["figure"].get<std::string>().substr(4) + extension));
  for (const auto& name : names)
    if (is_below(name.string()) && fs::is_regular_file(folder / name, error))
      files[("check" / name).string()] = sys::sha256_of_file(folder / name);
}

void add_lines(const std::string& text, std::map<std::string, std::string>& files) {
  std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
  for (std::string line; std::getline(lines, line);)
    if (line.size() > digest_length + 2 && is_below(line.substr(digest_length + 2)))
      files[line.substr(digest_length + 2)] = line.substr(0, digest_length);
}

std::string as_lines(const std::map<std::string, std::string>& files) {
  std::string text;
  for (const auto& [name, checksum] : files) text += checksum + "  " + name + "\n";
  return text;
}

/// What the program leaves in its scratch folder; by one of these it knows it again.
bool is_scratch(const fs::path& folder) {
  return is_there(folder / "made") || is_there(folder / "sums.json") || is_there(folder / "tools.json") ||
         is_there(folder / "slurm") || fs::is_empty(folder);
}

}  // namespace

void MadeFiles::load() {
  if (std::exchange(loaded_, true)) return;
  const Json manifest = read_manifest(settings_);
  if (!manifest.contains("files") && !is_there(list_file())) {
    add_parts(manifest, files_);
    add_check(settings_.output, files_);
  }
  add_all(manifest.value("files", Json::object()), files_);
  if (is_there(list_file())) add_lines(sys::read_file(list_file()), files_);
  // It cannot list itself. One that is damaged is on the other list.
  if (!manifest.empty()) files_.emplace(manifest_name, "");
}

const std::map<std::string, std::string>& MadeFiles::all() {
  load();
  return files_;
}

void MadeFiles::must_be_ours(const std::vector<std::string>& names) {
  std::error_code error;
  std::string text;
  for (const auto& name : names)
    if (is_there(settings_.output / name) && (load(), !files_.contains(name)))
      text += fmt::format("{}{} is there already, and no report made it", text.empty() ? "" : "\n",
                          (settings_.output / name).string());
  if (const fs::path scratch = settings_.scratch(); fs::is_directory(scratch, error) && !is_scratch(scratch))
    text += fmt::format("{}the folder {}, where a report is prepared, is there already and holds other files",
                        text.empty() ? "" : "\n", scratch.string());
  if (!text.empty())
    throw sys::FileError(
        text + "\nmove it away, or give the report another folder with --output; nothing was computed or written");
}

void MadeFiles::expect(const std::map<std::string, std::string>& files) {
  load();
  std::map<std::string, std::string> added;
  for (const auto& [name, checksum] : files)
    if (const auto known = files_.find(name); known == files_.end() || known->second != checksum)
      added[name] = files_[name] = checksum;
  if (added.empty()) return;
  // An unfinished line, which a build left that was killed, ends here.
  sys::append_to_file(list_file(), "\n" + as_lines(added));
}

bool MadeFiles::remove(const std::string& name, const Json& checksum, sys::FileSums& sums) {
  if (!all().contains(name)) return true;
  const fs::path file = settings_.output / name;
  std::error_code error;
  const bool is_as_made = Json(sums.sha256(file)) == checksum;
  if (is_as_made) fs::remove(file, error);
  forget(name);
  return is_as_made || !fs::exists(file, error);
}

void MadeFiles::forget(const std::string& name) {
  load();
  files_.erase(name);
}

Json MadeFiles::listed(const Json& manifest) {
  if (!loaded_ && manifest.contains("files")) return manifest["files"];
  load();
  Json list = Json::object();
  for (const auto& [name, checksum] : files_)
    if (name != manifest_name) list[name] = checksum;
  return list;
}

void MadeFiles::save_list() {
  if (loaded_ || !is_there(list_file())) sys::write_file(list_file(), as_lines(all()));
}

void MadeFiles::save() {
  load();
  Json manifest = read_manifest(settings_);
  if (manifest.empty())
    manifest = {{"generator", fmt::format("literate-report {}", REPORT_VERSION)}, {"figures", Json::object()}};
  manifest["files"] = listed(manifest);
  const std::string bytes = manifest.dump(1) + "\n";
  expect({{manifest_name, sys::sha256(bytes)}});
  sys::write_file(settings_.output / manifest_name, bytes);
  save_list();
}

namespace {

void remove_empty_folders(const std::set<fs::path>& folders) {
  // The longest first, so that what lies in a folder goes before it.
  std::vector<fs::path> deepest(folders.begin(), folders.end());
  std::sort(deepest.begin(), deepest.end(),
            [](const auto& a, const auto& b) { return a.string().size() > b.string().size(); });
  std::error_code error;
  for (const auto& folder : deepest)
    if (fs::is_directory(fs::symlink_status(folder, error)) && fs::is_empty(folder, error)) fs::remove(folder, error);
}

/// What is left in the output folder, and in those of its folders in which something was made.
void name_the_rest(const fs::path& output, const std::set<fs::path>& folders, const std::set<std::string>& named,
                   std::vector<std::string>& left) {
  std::set<std::string> names;
  std::set<fs::path> looked_into(folders);
  looked_into.insert(output);
  for (const auto& folder : looked_into) {
    std::error_code error;
    for (const auto& item : fs::directory_iterator(folder, error)) {
      const std::string name = item.path().lexically_relative(output).string();
      if (!looked_into.contains(item.path()) && !named.contains(name) && name != ".lock")
        names.insert(item.is_directory(error) ? name + "/" : name);
    }
  }
  left.insert(left.end(), names.begin(), names.end());
}

void remove_made(const fs::path& output, const std::map<std::string, std::string>& files, bool is_manifest,
                 std::set<fs::path>& folders, std::set<std::string>& named, Cleaned& cleaned) {
  for (const auto& [name, checksum] : files) {
    const fs::path file = output / name;
    for (fs::path folder = file.parent_path(); folder != output; folder = folder.parent_path()) folders.insert(folder);
    std::error_code error;
    const auto status = fs::symlink_status(file, error);
    if (!fs::exists(status)) continue;
    const bool as_made = fs::is_regular_file(status) &&
                         (name == manifest_name && is_manifest ? true : sys::sha256_of_file(file) == checksum);
    if (as_made) {
      if (!fs::remove(file, error) || error)
        throw sys::FileError(fmt::format("cannot remove {}: {}", file.string(), error.message()));
      ++cleaned.removed;
    } else {
      cleaned.left.push_back(name + ", which was changed since it was made");
      named.insert(name);
    }
  }
}

}  // namespace

void remove_leftovers_in(const fs::path& output) {
  for (const char* folder : {"", "data", "figures", "tex", "tex/figures", "tex/pictures"})
    sys::remove_leftovers(output / folder);
}

Cleaned clean_output(const Settings& settings) {
  Cleaned cleaned;
  std::error_code error;
  const fs::path output = settings.output;
  if (!fs::is_directory(output, error)) return cleaned;
  std::set<fs::path> folders;
  std::set<std::string> named;
  MadeFiles made(settings);
  const bool has_scratch = is_there(settings.scratch()) && is_scratch(settings.scratch());
  cleaned.was_ours = !made.all().empty() || has_scratch;
  if (!cleaned.was_ours) {
    name_the_rest(output, folders, named, cleaned.left);
    return cleaned;
  }
  const sys::FolderLock lock(output);
  remove_leftovers_in(output);
  remove_made(output, made.all(), !read_manifest(settings).empty(), folders, named, cleaned);
  if (has_scratch) fs::remove_all(settings.scratch(), error);
  remove_empty_folders(folders);
  name_the_rest(output, folders, named, cleaned.left);
  lock.remove();
  return cleaned;
}

}  // namespace engine
