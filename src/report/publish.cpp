// Pandoc reads the chapters once a format. The theme's filter learns of figures, values and claims from a JSON table.
#include "report/publish.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

#include "report/content_policy.hpp"
#include "report/files.hpp"
#include "report/hash.hpp"
#include "report/latex.hpp"
#include "report/page_mathematics.hpp"
#include "report/print_characters.hpp"
#include "report/process.hpp"
#include "report/replace_all.hpp"
#include "report/runner.hpp"
#include "report/web_fonts.hpp"
#include "report/zip_times.hpp"

namespace report {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

std::string stem_of(const PublishedFigure& figure) {
  const auto colon = figure.id.find(':');
  return colon == std::string::npos ? figure.id : figure.id.substr(colon + 1);
}

/// "2026-01-31" as "31 January 2026".
std::string long_date(const std::string& day) {
  static const char* months[] = {"January", "February", "March", "April", "May", "June", "July",
                                 "August", "September", "October", "November", "December"};
  if (day.size() != 10) return day;
  const int month = std::atoi(day.substr(5, 2).c_str());
  if (month < 1 || month > 12) return day;
  return fmt::format("{} {} {}", std::atoi(day.substr(8, 2).c_str()), months[month - 1], day.substr(0, 4));
}

/// One format in the making: its folder, and the table that the filter reads.
class Workbench {
 public:
  Workbench(const Publication& publication, std::string format)
      : publication_(publication), format_(std::move(format)), folder_(fs::absolute(publication.work) / format_) {
    fs::create_directories(folder_);
  }

  const fs::path& folder() const { return folder_; }

  /// Formats without a script hold no values to be read.
  template <typename Picture>
  void write_table(Picture picture) const {
    write_table(picture, [](const PublishedFigure&) { return ""; });
  }

  /// Writes the table. `picture` puts a figure's file in place and gives the name under which the filter uses it;
  /// `reading` gives what the filter puts where the page's script finds the figure's values.
  template <typename Picture, typename Reading>
  void write_table(Picture picture, Reading reading) const {
    Json table{{"format", format_}, {"folder", folder_.string()}, {"date", publication_.date},
               {"long_date", long_date(publication_.date)},
               {"figures", Json::array()}, {"values", Json::array()}, {"claims", Json::array()}, {"pictures", Json::object()}};
    if (!publication_.bibliography.empty()) table["bibliography"] = publication_.bibliography.string();
    for (const auto& [name, file] : publication_.pictures) table["pictures"][name] = file.string();
    for (const auto& f : publication_.figures)
      table["figures"].push_back({{"id", f.id}, {"caption", f.caption}, {"alt", f.alt}, {"title", f.title},
                                  {"picture", picture(f)}, {"width", f.width_mm}, {"height", f.height_mm},
                                  {"csv", f.csv_href}, {"json", f.json_href}, {"png", f.png_href},
                                  {"facts", f.facts}, {"rerun", f.rerun}, {"reading", reading(f)}});
    for (const auto& v : publication_.values)
      table["values"].push_back({{"expression", v.expression}, {"format", v.format}, {"text", v.text}});
    for (const auto& c : publication_.claims)
      table["claims"].push_back({{"condition", c.condition}, {"numbers", c.numbers}, {"holds", c.holds}, {"place", c.place},
                                 {"figure", c.figure}});
    write_file(table_file(), table.dump(-1, ' ', false, Json::error_handler_t::replace));
  }

  /// Pandoc's output for the options given, which come after those that all formats share.
  std::string pandoc(const std::vector<std::string>& options, std::vector<std::string>& warnings) const {
    Command command;
    command.arguments = common_arguments();
    command.arguments.insert(command.arguments.end(), options.begin(), options.end());
    for (const auto& chapter : publication_.chapters) command.arguments.push_back(chapter.string());
    command.environment = {{"REPORT_PUBLICATION", table_file().string()}, {"LC_ALL", "C.UTF-8"},
                           {"SOURCE_DATE_EPOCH", std::to_string(epoch_of_day(publication_.date))}};
    command.interrupted = publication_.interrupted;
    command.timeout = publication_.patience;
    command.confinement = confinement();
    Finished finished;
    try {
      finished = run(command);
    } catch (const NoProgram&) {
      throw MissingTool("pandoc is missing: install the Debian package pandoc");
    }
    if (finished.interrupted) throw Interrupted{};
    if (finished.timed_out) throw PublishError(fmt::format("pandoc did not finish within {}", std::chrono::duration_cast<std::chrono::seconds>(publication_.patience)));
    if (finished.status != 0) fail(readable(finished));
    collect_warnings(finished.errors, warnings);
    return std::move(finished.output);
  }

 private:
  fs::path table_file() const { return folder_ / "publication.json"; }

  /// Chapters may be links into the project, which the kernel sees by where they lead.
  Confinement confinement() const {
    Confinement limits{publication_.chapters, {folder_}};
    limits.readable.insert(limits.readable.end(), {publication_.metadata, publication_.bibliography, publication_.theme});
    for (const auto& [name, file] : publication_.pictures) limits.readable.push_back(file);
    return limits;
  }

  std::vector<std::string> common_arguments() const {
    std::vector<std::string> list{"pandoc", "--from=markdown", "--standalone", "--wrap=preserve",
                                  "--lua-filter=" + (publication_.theme / "report.lua").string()};
    if (!publication_.metadata.empty() && fs::exists(publication_.metadata))
      list.push_back("--metadata-file=" + publication_.metadata.string());
    if (!publication_.bibliography.empty()) {
      list.push_back("--citeproc");
      list.push_back("--bibliography=" + publication_.bibliography.string());
      list.push_back("--metadata=link-citations:true");
    }
    std::string folders;
    std::set<fs::path> seen;
    for (const auto& chapter : publication_.chapters)
      if (const fs::path parent = fs::absolute(chapter).parent_path(); seen.insert(parent).second)
        folders += parent.string() + ":";
    list.push_back("--resource-path=" + folders + folder_.string());
    return list;
  }

  /// The theme's filter says what it refuses in a sentence (untrusted.lua).
  [[noreturn]] static void fail(const std::string& message) {
    static const std::regex refusal("' holds (\\\\\\S+|\\^\\^), which chapters may not use");
    std::smatch match;
    if (std::regex_search(message, match, refusal)) throw RefusedLatex(message, match[1]);
    throw PublishError(message);
  }

  /// Pandoc's message without its own machinery: where the filter lies, and Lua's stack.
  static std::string readable(const Finished& finished) {
    std::istringstream stream(finished.errors);
    std::string message;
    bool warning = false;  // its further lines are indented
    for (std::string line; std::getline(stream, line);) {
      if (line.rfind("stack traceback", 0) == 0) break;
      warning = line.rfind("[WARNING]", 0) == 0 || (warning && line.rfind("  ", 0) == 0);
      if (warning || line.empty() || line.rfind("Error running filter", 0) == 0) continue;
      message += (message.empty() ? "" : "\n") + line;
    }
    return message.empty() ? "pandoc " + ending(finished) : message;
  }

  static void collect_warnings(const std::string& errors, std::vector<std::string>& warnings) {
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

  const Publication& publication_;
  std::string format_;
  fs::path folder_;
};

/// A program may die, or be cut off, and leave half a document with an exit status of 0.
void require_end(const std::string& document, const char* end, const char* what) {
  const auto last = document.find_last_not_of(" \n");
  if (last == std::string::npos || !std::string_view(document).substr(0, last + 1).ends_with(end))
    throw PublishError(fmt::format("pandoc ended well but wrote no whole {}; 'doctor' says which pandoc it is", what));
}

/// The page's style and script stand in its head; they are put there after Pandoc, which need not parse them.
std::string with_style_and_script(std::string page, const Publication& publication) {
  const std::string marker = "<!-- style and script of the report -->";
  const auto at = page.find(marker);
  if (at == std::string::npos) throw PublishError("pandoc wrote a page without the report's template; 'doctor' says which pandoc it is");
  const auto theme = [&](const char* name) { return "\n" + read_file(publication.theme / name); };
  // The dark colours have an element of their own: the reader's choice changes when it applies.
  const std::string style = "\n" + web_fonts_css() + theme("report.css").substr(1) + publication.ink_css;
  const std::string dark = theme("dark.css") + publication.dark_ink_css;
  const std::string first = theme("theme.js");  // before anything is painted
  const std::vector<std::string> modules{theme("report.js"), theme("reading.js"), theme("preview.js")};
  std::vector<std::string> scripts{first};
  scripts.insert(scripts.end(), modules.begin(), modules.end());
  std::string head = content_policy({style, dark}, scripts) + "<style>" + style +
                     "</style>\n<style id=\"dark\" media=\"screen and (prefers-color-scheme: dark)\">" + dark + "</style>\n<script>" +
                     first + "</script>";
  for (const auto& module : modules) head += "\n<script type=\"module\">" + module + "</script>";
  return page.replace(at, marker.size(), head);
}

/// Roles of single notes and sources that WAI-ARIA has given up since Pandoc began to write them.
std::string without_old_roles(std::string page) {
  for (const char* role : {" role=\"doc-endnote\"", " role=\"doc-biblioentry\""}) replace_all(page, role, "");
  return page;
}

/// What goes into the page after Pandoc, which would carry a megabyte of drawings and values through for nothing.
using Parts = std::map<std::string, const std::string*>;

/// Keeps a part and gives the mark that stands for it. The hash is in it because a chapter cannot know it.
std::string set_aside(const char* what, const std::string& part, Parts& parts) {
  std::string mark = fmt::format("<!-- {} {} -->", what, sha256(part));
  parts[mark] = &part;
  return mark;
}

std::string with_parts(const std::string& page, const Parts& parts) {
  std::size_t size = page.size();
  for (const auto& [mark, part] : parts) size += part->size();
  std::string whole;
  whole.reserve(size);
  std::size_t done = 0;
  for (auto at = page.find("<!-- "); at != std::string::npos; at = page.find("<!-- ", at + 1)) {
    const auto end = page.find(" -->", at);
    if (end == std::string::npos) break;
    const auto part = parts.find(page.substr(at, end + 4 - at));
    if (part == parts.end()) continue;
    whole.append(page, done, at - done).append(*part->second);
    done = end + 4;
  }
  return whole.append(page, done);
}

Published publish_html(const Publication& publication) {
  const Workbench bench(publication, "html");
  Parts parts;
  bench.write_table([&](const PublishedFigure& f) { return set_aside("drawing", f.inline_svg, parts); },
                    [&](const PublishedFigure& f) { return f.reading.empty() ? "" : set_aside("values", f.reading, parts); });
  Published published;
  published.bytes = bench.pandoc({"--to=html5", "--mathml", "--number-sections", "--toc", "--toc-depth=2",
                                  "--template=" + (publication.theme / "report.html").string()},
                                 published.warnings);
  require_end(published.bytes, "</html>", "page");
  published.bytes = without_old_roles(with_formulas_kept(with_repaired_mathematics(std::move(published.bytes))));
  published.bytes = with_parts(with_style_and_script(std::move(published.bytes), publication), parts);
  return published;
}

/// Names of the pictures that the text includes, so that a changed picture is typeset anew.
std::vector<std::string> included_pictures(const std::string& tex) {
  std::set<std::string> names;
  for (std::size_t at = tex.find("{pictures/"); at != std::string::npos; at = tex.find("{pictures/", at + 1))
    names.insert(tex.substr(at + 1, tex.find('}', at) - at - 1));
  return {names.begin(), names.end()};
}

/// LaTeX would stop at the first character that it cannot set; here all are told. The scan has seen
/// those of the chapters.
void require_printable(const std::string& tex, const fs::path& theme) {
  const auto body = tex.find("\\begin{document}");
  if (body == std::string::npos) return;
  const auto found = unprintable_in(tex.substr(body), print_characters(theme));
  if (found.empty()) return;
  std::string message;
  for (const auto& one : found)
    message += (message.empty() ? "" : "\n") +
               fmt::format("the PDF's fonts have no character {}", one.shown);
  throw PublishError(message);
}

Published publish_pdf(const Publication& publication) {
  const Workbench bench(publication, "latex");
  fs::create_directories(bench.folder() / "pictures");
  Typesetting job;
  job.folder = bench.folder();
  job.date = publication.date;
  job.interrupted = publication.interrupted;
  job.patience = publication.patience;
  bench.write_table([&](const PublishedFigure& figure) {
    std::string name = "figures/" + stem_of(figure) + ".pdf";
    write_file(bench.folder() / name, read_file(figure.pdf));
    job.included.push_back(name);
    return name;
  });
  Published published;
  job.tex = bench.pandoc({"--to=latex", "--number-sections", "--toc", "--top-level-division=chapter", "--highlight-style=monochrome",
                          "--template=" + (publication.theme / "report.latex").string()},
                         published.warnings);
  require_end(job.tex, "\\end{document}", "text for LaTeX");
  require_printable(job.tex, publication.theme);
  const auto pictures = included_pictures(job.tex);
  job.included.insert(job.included.end(), pictures.begin(), pictures.end());
  Typeset result = typeset(job);
  published.bytes = std::move(result.pdf);
  published.warnings.insert(published.warnings.end(), result.warnings.begin(), result.warnings.end());
  return published;
}

/// A book's identifier that is the same for the same title and date, where Pandoc would draw a random one.
std::string identifier(const Publication& publication) {
  std::string text = publication.date;
  for (const auto& chapter : publication.chapters) text += "\n" + read_file(chapter);
  const std::string h = sha256(text);
  return fmt::format("urn:uuid:{}-{}-5{}-8{}-{}", h.substr(0, 8), h.substr(8, 4), h.substr(13, 3), h.substr(17, 3), h.substr(20, 12));
}

/// Formats that Pandoc writes by itself, with figures as PNG.
Published publish_plain(const Publication& publication, const std::string& format) {
  const Workbench bench(publication, format);
  // Pandoc writes a picture's name into the document; one that says where the report lies does not belong there.
  bench.write_table([&](const PublishedFigure& figure) {
    std::string name = "report-figures/" + stem_of(figure) + ".png";
    write_file(bench.folder() / name, read_file(fs::path(figure.pdf).replace_extension(".png")));
    return name;
  });
  const fs::path file = bench.folder() / ("report." + format);
  std::vector<std::string> options{"--to=" + format, "--output=" + file.string()};
  if (format == "epub") {
    options.insert(options.end(), {"--to=epub3", "--mathml", "--toc", "--number-sections", "--metadata=identifier:" + identifier(publication)});
  } else if (format == "docx") {
    options.insert(options.end(), {"--toc", "--number-sections"});
  }
  Published published;
  bench.pandoc(options, published.warnings);
  published.bytes = read_file(file);
  if (format == "json" && !Json::accept(published.bytes))
    throw PublishError("pandoc ended well but wrote no whole document; 'doctor' says which pandoc it is");
  if (format != "json") published.bytes = with_entry_times(std::move(published.bytes), publication.date);
  return published;
}

}  // namespace

long long epoch_of_day(const std::string& day) {
  using namespace std::chrono;
  int y = 2000;
  unsigned m = 1, d = 1;
  if (std::sscanf(day.c_str(), "%d-%u-%u", &y, &m, &d) != 3) return 946684800;  // 2000-01-01
  return sys_days(year(y) / month(m) / d).time_since_epoch().count() * 86400LL;
}

Published publish(const Publication& publication, const std::string& format) {
  if (format == "html") return publish_html(publication);
  if (format == "pdf") return publish_pdf(publication);
  if (format == "epub" || format == "docx" || format == "json") return publish_plain(publication, format);
  throw PublishError("unknown format '" + format + "'");
}

}  // namespace report
