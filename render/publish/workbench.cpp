// See workbench.hpp.
#include "publish/workbench.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <sstream>

#include "publish/errors.hpp"
#include "publish/images/image_bytes.hpp"
#include "publish/lua_table.hpp"
#include "publish/publish.hpp"
#include "publish/words.hpp"
#include "system/files.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

/// A file's name as Pandoc takes it for nothing but a name: it reads some of its arguments as addresses, and cuts
/// others at colons.
std::string plain_name(const fs::path& file, std::size_t number) {
  const std::string name = file.filename().string();
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; };
  if (!name.starts_with('-') && name.size() < 100 && std::all_of(name.begin(), name.end(), is_plain)) return name;
  return fmt::format("{}{}", number, file.extension() == ".md" ? ".md" : "");
}

/// Pandoc's message without its own machinery: where the filter lies, and Lua's stack. What the theme's filter
/// refuses stands in a line of its own (messages.lua).
[[noreturn]] void fail(const sys::ProcessResult& finished) {
  constexpr std::string_view refused = "REFUSED\t", not_in_units = "UNITS\t";
  std::istringstream stream(finished.errors);
  std::string message;
  std::vector<std::string> refusals;
  bool warning = false;  // its further lines are indented
  for (std::string line; std::getline(stream, line);) {
    if (line.rfind("stack traceback", 0) == 0) break;
    if (line.starts_with(not_in_units)) throw NotInUnits(line.substr(not_in_units.size()));
    if (line.starts_with(refused)) {
      refusals.push_back(line.substr(refused.size()));
      continue;
    }
    warning = line.rfind("[WARNING]", 0) == 0 || (warning && line.rfind("  ", 0) == 0);
    if (warning || line.empty() || line.rfind("Error running filter", 0) == 0) continue;
    message += (message.empty() ? "" : "\n") + line;
  }
  if (!refusals.empty()) throw RefusedText(message, std::move(refusals));
  throw Error(message.empty() ? "pandoc " + sys::ending(finished) : message);
}

void collect_warnings(const std::string& errors, std::vector<std::string>& warnings) {
  std::istringstream stream(errors);
  bool ours = false;
  for (std::string line; std::getline(stream, line);) {
    if (line.rfind("[WARNING] ", 0) == 0) {
      // A page without a title is the author's affair.
      ours = line.find("nonempty <title>") == std::string::npos;
      if (ours) warnings.push_back(line.substr(10));
    } else if (ours && line.rfind("  ", 0) == 0 && !warnings.empty()) {
      warnings.back() += " " + line.substr(2);
    } else {
      ours = false;
    }
  }
}

}  // namespace

Workbench::Workbench(const Publication& publication, std::string format, const std::string& folder)
    : publication_(publication),
      words_(words_of(publication.theme, language_of(publication.metadata))),
      format_(std::move(format)),
      folder_(fs::absolute(publication.work) / (folder.empty() ? format_ : folder)) {
  fs::create_directories(folder_ / "pictures");
  fs::remove_all(folder_ / "sources");
  fs::create_directory(folder_ / "sources");
  for (const auto& chapter : publication.chapters)
    chapters_.push_back(linked(chapter, plain_name(chapter, chapters_.size() + 1)));
  if (!publication.bibliography.empty()) bibliography_ = linked(publication.bibliography, "references.bib");
  if (!publication.citation_style.empty()) style_ = linked(publication.citation_style, "style.csl");
  linked(publication.theme, "theme");
}

nlohmann::json Workbench::table(const FigurePart& picture, const FigurePart& reading, const FigurePart& live) const {
  nlohmann::json table = filter_table(publication_, words_, format_, picture, reading, live);
  table["folder"] = folder_.string();
  table["pictures"] = nlohmann::json::object();
  if (!bibliography_.empty()) table["bibliography"] = bibliography_;
  if (!style_.empty()) table["citation_style"] = style_;
  for (const auto& [name, file] : pictures())
    table["pictures"][name] = {{"file", file.string()}, {"width", natural_width_mm(sys::read_file(file))}};
  return table;
}

void Workbench::write_table(const nlohmann::json& table) const {
  sys::write_file(table_file(), "return " + lua_table(table) + "\n");
}

std::string Workbench::pandoc(const std::vector<std::string>& options, std::vector<std::string>& warnings) const {
  return pandoc(options, chapters_, warnings);
}

std::string Workbench::pandoc(const std::vector<std::string>& options, const std::vector<std::string>& sources,
                              std::vector<std::string>& warnings, bool sets_citations) const {
  std::vector<std::string> arguments = common_arguments(sets_citations);
  arguments.insert(arguments.end(), options.begin(), options.end());
  arguments.insert(arguments.end(), sources.begin(), sources.end());
  sys::ProcessResult finished = call(std::move(arguments));
  collect_warnings(finished.errors, warnings);
  return std::move(finished.output);
}

void Workbench::rewrite(const std::string& document, std::vector<std::string> options,
                        std::vector<std::string>& warnings) const {
  options.insert(options.begin(), {"pandoc", "--resource-path=."});
  options.push_back(document);
  collect_warnings(call(std::move(options)).errors, warnings);
}

std::string Workbench::print(std::vector<std::string> options) const {
  options.insert(options.begin(), "pandoc");
  return call(std::move(options)).output;
}

sys::ProcessResult Workbench::call(std::vector<std::string> arguments) const {
  sys::Command command;
  command.arguments = std::move(arguments);
  // Pandoc begins with a megabyte for what it keeps, and looks through that 18 times until it has a whole page.
  command.arguments.insert(command.arguments.end(), {"+RTS", "-O64m", "-RTS"});
  command.directory = folder_;
  // Pandoc asks where its user's files are before it does anything. It cannot read them, and without a home it would
  // look for one in the list of users, which it cannot read either.
  command.environment = {{"REPORT_PUBLICATION", table_file().filename().string()},
                         {"HOME", folder_.string()},
                         {"LC_ALL", "C.UTF-8"},
                         {"SOURCE_DATE_EPOCH", std::to_string(epoch_of_day(publication_.date))}};
  command.stop = publication_.stop;
  command.timeout = publication_.timeout;
  command.confinement = confinement();
  sys::ProcessResult finished;
  try {
    finished = run(command);
  } catch (const sys::NoProgram&) {
    throw MissingTool("pandoc is missing: install the Debian package pandoc");
  }
  if (finished.interrupted) throw sys::Interrupted{};
  if (finished.timed_out)
    throw Error(fmt::format("pandoc did not finish within {}",
                            std::chrono::duration_cast<std::chrono::seconds>(publication_.timeout)));
  finished.errors = with_real_names(std::move(finished.errors));
  if (finished.status != 0) fail(finished);
  return finished;
}

std::map<std::string, fs::path> Workbench::pictures() const {
  const auto found = publication_.pictures.find(format_ == "latex" ? "pdf" : format_);
  return found == publication_.pictures.end() ? std::map<std::string, fs::path>{} : found->second;
}

/// Chapters may be links into the project, which the kernel sees by where they lead.
sys::Confinement Workbench::confinement() const {
  sys::Confinement limits{publication_.chapters, {folder_}};
  limits.readable.insert(limits.readable.end(), {publication_.bibliography, publication_.theme});
  if (!style_.empty()) limits.readable.push_back(publication_.citation_style);
  for (const auto& [name, file] : pictures()) limits.readable.push_back(file);
  return limits;
}

std::vector<std::string> Workbench::common_arguments(bool sets_citations) const {
  std::vector<std::string> list{
      "pandoc",           "--from=markdown", "--standalone", "--wrap=preserve", "--lua-filter=sources/theme/report.lua",
      "--resource-path=."};
  if (sets_citations && (!publication_.bibliography.empty() || describes_sources())) list.push_back("--citeproc");
  return list;
}

bool Workbench::describes_sources() const {
  const auto describes = [](const auto& field) { return field["key"] == "references"; };
  return std::any_of(publication_.metadata.begin(), publication_.metadata.end(), describes);
}

/// A link in the folder to a file that lies elsewhere; gives its name from the folder.
std::string Workbench::linked(const fs::path& file, const std::string& name) const {
  const std::string link = "sources/" + name;
  fs::create_symlink(fs::absolute(file), folder_ / link);
  return link;
}

/// Pandoc may read a copy.
std::string Workbench::author_name(std::size_t number) const {
  const fs::path& chapter = publication_.chapters[number];
  return sys::path_at_hand(publication_.chapters_folder.empty() ? chapter
                                                                : publication_.chapters_folder / chapter.filename());
}

/// What Pandoc says of its sources, in the words of their authors.
std::string Workbench::with_real_names(std::string text) const {
  for (std::size_t i = 0; i < chapters_.size(); ++i) text::replace_all(text, chapters_[i], author_name(i));
  if (!bibliography_.empty()) text::replace_all(text, bibliography_, sys::path_at_hand(publication_.bibliography));
  if (!style_.empty()) text::replace_all(text, style_, sys::path_at_hand(publication_.citation_style));
  return text;
}

}  // namespace publish
