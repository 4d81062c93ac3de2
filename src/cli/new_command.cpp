// new: a small document that builds, from the generator's template into an empty folder.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "cli/commands.hpp"
#include "system/files.hpp"
#include "text/shell_word.hpp"

namespace cli {
namespace fs = std::filesystem;
namespace {

/// What a file of the template is called in a document: "dot-gitignore" is .gitignore, which in the generator's own
/// folder would hide files from Git, and which those who make packages leave out.
fs::path document_name(const fs::path& name) {
  fs::path result;
  for (const fs::path& part : name) {
    const std::string word = part.string();
    result /= word.starts_with("dot-") ? word.substr(3).replace(0, 1, ".") : word;
  }
  return result;
}

/// The template's files by their names in a document.
std::map<fs::path, fs::path> template_files(const fs::path& folder) {
  std::map<fs::path, fs::path> files;
  for (const auto& item : fs::recursive_directory_iterator(folder))
    if (item.is_regular_file()) files[document_name(item.path().lexically_relative(folder))] = item.path();
  return files;
}

/// Git's own folder is no reason to refuse: a repository may come before what it is for.
void require_empty(const fs::path& folder) {
  std::error_code error;
  const auto status = fs::status(folder, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status)) throw sys::FileError(fmt::format("{} is a file", sys::path_at_hand(folder)));
  std::vector<std::string> names;
  for (fs::directory_iterator item(folder, error), end; !error && item != end; item.increment(error))
    if (item->path().filename() != ".git") names.push_back(item->path().filename().string());
  if (error) throw sys::FileError(fmt::format("cannot look into {}: {}", sys::path_at_hand(folder), error.message()));
  if (!names.empty())
    throw sys::FileError(fmt::format("there is {} already; 'new' writes into an empty folder",
                                     sys::path_at_hand(folder / *std::min_element(names.begin(), names.end()))));
}

/// The commands that come next, as they are typed where this one was.
std::string next_commands(const Options& o, const fs::path& folder) {
  const std::string there = sys::path_at_hand(folder);
  const bool is_here = folder == sys::named_folder(fs::current_path());
  const std::string change =
      is_here ? "" : "  cd " + text::shell_word((there.starts_with('-') ? "./" : "") + there) + "\n";
  const fs::path script = o.settings.root / "build-report.sh";
  return fmt::format("{}  {}\n", change, o.program == "report" ? o.program : text::shell_word(script.string()));
}

}  // namespace

int create(const Options& o) {
  if (o.arguments.size() != 1 || o.arguments.front().empty())
    throw UsageError("'new' takes the folder to write to, as in: new my-report");
  const fs::path folder = sys::named_folder(o.arguments.front());
  require_empty(folder);
  for (const auto& [name, model] : template_files(o.settings.root / "render" / "new-document")) {
    sys::write_file(folder / name, sys::read_file(model));
    fmt::print("{}\n", sys::path_at_hand(folder / name));
  }
  if (!o.quiet) fmt::print(stderr, "\nto build it, type\n\n{}", next_commands(o, folder));
  return all_well;
}

}  // namespace cli
