// Pandoc reads the chapters once a format. The theme's filter learns of figures, values and claims from a table of Lua.
#include "publish/publish.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <sstream>
#include <string_view>

#include "manuscript/markdown/latex_commands.hpp"
#include "manuscript/pandoc_text.hpp"
#include "manuscript/unicode.hpp"
#include "publish/archive.hpp"
#include "publish/epub.hpp"
#include "publish/images/image_bytes.hpp"
#include "publish/latex/accents.hpp"
#include "publish/latex/latex.hpp"
#include "publish/latex/print_characters.hpp"
#include "publish/lua_table.hpp"
#include "publish/page/content_policy.hpp"
#include "publish/page/page_mathematics.hpp"
#include "publish/page/web_fonts.hpp"
#include "publish/word_looks.hpp"
#include "publish/words.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"
#include "system/process.hpp"
#include "text/number.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

/// As the filter sets them.
Json pieces(const std::vector<text::TextPiece>& all) {
  Json list = Json::array();
  for (const auto& piece : all) list.push_back({{piece.is_formula ? "formula" : "words", piece.content}});
  return list;
}

/// Of a plain text the powers of ten are mathematics.
Json pieces(const std::string& plain) { return pieces(text::pieces(plain)); }

/// A table as the filter makes one of it: numbers in pieces, other cells as texts.
Json table_of(const DocumentTable& made) {
  Json table{{"id", made.id}, {"caption", made.caption}, {"columns", Json::array()}, {"rows", Json::array()}};
  for (const auto& c : made.columns)
    table["columns"].push_back(
        {{"header", c.header}, {"is_markdown", c.is_markdown}, {"unit", c.unit}, {"align", c.align}});
  for (const auto& row : made.rows) {
    Json& cells = table["rows"].emplace_back(Json::array());
    for (const auto& cell : row)
      cells.push_back(cell.is_number && !cell.text.empty() ? pieces(cell.text) : Json(cell.text));
  }
  return table;
}

/// A short caption as the filter sets it: words, and formulas between its dollars.
Json short_pieces(const std::string& text) {
  Json list = Json::array();
  std::size_t at = 0;
  const auto words = [&](std::size_t end) {
    if (end > at) list.push_back({{"words", text.substr(at, end - at)}});
  };
  for (const auto& [begin, end] : manuscript::formulas_in(text)) {
    words(begin);
    list.push_back({{"formula", text.substr(begin + 1, end - begin - 2)}});
    at = end;
  }
  words(text.size());
  return list;
}

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

/// What a figure was made of, in a line.
std::string settings(const DocumentFigure& figure) {
  std::string line;
  for (const auto& [name, value] : figure.facts) line += (line.empty() ? "" : "; ") + name + " " + value;
  return line + ".";
}

std::string stem_of(const DocumentFigure& figure) {
  const auto colon = figure.id.find(':');
  return colon == std::string::npos ? figure.id : figure.id.substr(colon + 1);
}

/// "2026-01-31" as "31 January 2026".
std::string long_date(const std::string& day, const text::Words& words) {
  if (day.size() != 10) return day;
  const int month = std::atoi(day.substr(5, 2).c_str()), number = std::atoi(day.substr(8, 2).c_str());
  std::istringstream months(words["months"]);
  std::string name;
  for (int i = 0; i < month; ++i) months >> name;
  if (!months || month < 1) return day;
  return words.say({"date",
                    {{"day", number == 1 ? words["first_day"] : std::to_string(number)},
                     {"month", name},
                     {"year", day.substr(0, 4)}}});
}

/// A file's name as Pandoc takes it for nothing but a name: it reads some of its arguments as addresses, and cuts
/// others at colons.
std::string plain_name(const fs::path& file, std::size_t number) {
  const std::string name = file.filename().string();
  const auto is_plain = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_' || c == '.'; };
  if (!name.starts_with('-') && name.size() < 100 && std::all_of(name.begin(), name.end(), is_plain)) return name;
  return fmt::format("{}{}", number, file.extension() == ".md" ? ".md" : "");
}

/// One format in the making: its folder, and the table that the filter reads. Pandoc runs in the folder and finds all
/// that it reads there, through links: folders of authors may have any name.
class Workbench {
 public:
  /// `folder` where it is not called like the format.
  Workbench(const Publication& publication, std::string format, const std::string& folder = "")
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

  const fs::path& folder() const { return folder_; }
  const text::Words& words() const { return words_; }

  /// Formats without a script hold no values to be read.
  template <typename Picture>
  void write_table(Picture picture) const {
    write_table(picture, [](const DocumentFigure&) { return ""; });
  }

  /// Writes the table. `picture` puts a figure's file in place and gives the name under which the filter uses it;
  /// `reading` gives what the filter puts where the page's script finds the figure's values.
  template <typename Picture, typename Reading>
  void write_table(Picture picture, Reading reading) const {
    Json table{{"format", format_},
               {"folder", folder_.string()},
               {"date", publication_.date},
               {"long_date", speaks_language() ? long_date(publication_.date, words_) : publication_.date},
               {"words", words_.all()},
               {"metadata", publication_.metadata},
               {"text_width", publication_.layout.paper->word_text},
               {"layout", filter_form(publication_.layout)},
               {"figures", Json::array()},
               {"values", Json::array()},
               {"value_blocks", publication_.value_blocks},
               {"claims", Json::array()},
               {"tables", Json::array()},
               {"pictures", Json::object()}};
    if (!bibliography_.empty()) table["bibliography"] = bibliography_;
    if (!style_.empty()) table["citation_style"] = style_;
    for (const auto& [name, file] : pictures())
      table["pictures"][name] = {{"file", file.string()}, {"width", natural_width_mm(sys::read_file(file))}};
    table["links"] = publication_.links.empty() ? Json::object() : Json(publication_.links);
    for (const auto& f : publication_.figures)
      table["figures"].push_back({{"id", f.id},
                                  {"caption", f.caption},
                                  {"short", short_pieces(f.short_caption)},
                                  {"alt", f.alt},
                                  {"title", f.title},
                                  {"picture", picture(f)},
                                  {"width", f.width_mm},
                                  {"height", f.height_mm},
                                  {"csv", f.csv_href},
                                  {"json", f.json_href},
                                  {"png", f.png_href},
                                  {"facts", f.facts},
                                  {"settings", pieces(settings(f))},
                                  {"rerun", f.rerun},
                                  {"reading", reading(f)}});
    for (const auto& v : publication_.values)
      table["values"].push_back({{"class", manuscript::class_of_statement(v.number)},
                                 {"expression", v.expression},
                                 {"command", manuscript::command_of_value(v.number)},
                                 {"pieces", pieces(v.pieces)},
                                 {"formula", v.formula},
                                 {"place", v.place}});
    for (const auto& c : publication_.claims)
      table["claims"].push_back({{"class", manuscript::class_of_statement(c.number)},
                                 {"condition", c.condition},
                                 {"pieces", pieces(c.numbers)},
                                 {"judged", c.is_judged},
                                 {"holds", c.holds},
                                 {"place", c.place},
                                 {"figures", c.figures},
                                 {"values", c.values}});
    for (const auto& t : publication_.tables) table["tables"].push_back(table_of(t));
    sys::write_file(table_file(), "return " + lua_table(table) + "\n");
  }

  /// Pandoc's output for the options given, which come after those that all formats share.
  std::string pandoc(const std::vector<std::string>& options, std::vector<std::string>& warnings) const {
    std::vector<std::string> arguments = common_arguments();
    arguments.insert(arguments.end(), options.begin(), options.end());
    arguments.insert(arguments.end(), chapters_.begin(), chapters_.end());
    sys::ProcessResult finished = call(std::move(arguments));
    collect_warnings(finished.errors, warnings);
    return std::move(finished.output);
  }

  /// Makes Pandoc write a document of its own once more, as the options say. Pictures are found in the folder.
  void rewrite(const std::string& document, std::vector<std::string> options,
               std::vector<std::string>& warnings) const {
    options.insert(options.begin(), {"pandoc", "--resource-path=."});
    options.push_back(document);
    collect_warnings(call(std::move(options)).errors, warnings);
  }

  /// A file that Pandoc brings along.
  std::string file_of_pandoc(const std::string& name) const {
    return call({"pandoc", "--print-default-data-file=" + name}).output;
  }

 private:
  sys::ProcessResult call(std::vector<std::string> arguments) const {
    sys::Command command;
    command.arguments = std::move(arguments);
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

  std::map<std::string, fs::path> pictures() const {
    const auto found = publication_.pictures.find(format_ == "latex" ? "pdf" : format_);
    return found == publication_.pictures.end() ? std::map<std::string, fs::path>{} : found->second;
  }

  fs::path table_file() const { return folder_ / "publication.lua"; }

  /// Chapters may be links into the project, which the kernel sees by where they lead.
  sys::Confinement confinement() const {
    sys::Confinement limits{publication_.chapters, {folder_}};
    limits.readable.insert(limits.readable.end(), {publication_.bibliography, publication_.theme});
    if (!style_.empty()) limits.readable.push_back(publication_.citation_style);
    for (const auto& [name, file] : pictures()) limits.readable.push_back(file);
    return limits;
  }

  std::vector<std::string> common_arguments() const {
    std::vector<std::string> list{"pandoc",
                                  "--from=markdown",
                                  "--standalone",
                                  "--wrap=preserve",
                                  "--lua-filter=sources/theme/report.lua",
                                  "--resource-path=."};
    if (!publication_.bibliography.empty() || describes_sources()) list.push_back("--citeproc");
    return list;
  }

  /// Whether the words are of the document's language.
  bool speaks_language() const {
    const std::string tag = language_of(publication_.metadata);
    return tag.empty() || has_words(publication_.theme, tag);
  }

  bool describes_sources() const {
    const auto describes = [](const auto& field) { return field["key"] == "references"; };
    return std::any_of(publication_.metadata.begin(), publication_.metadata.end(), describes);
  }

  /// A link in the folder to a file that lies elsewhere; gives its name from the folder.
  std::string linked(const fs::path& file, const std::string& name) const {
    const std::string link = "sources/" + name;
    fs::create_symlink(fs::absolute(file), folder_ / link);
    return link;
  }

  /// The chapter that the author wrote: Pandoc may read a copy.
  fs::path author_file(const fs::path& chapter) const {
    return publication_.chapters_folder.empty() ? chapter : publication_.chapters_folder / chapter.filename();
  }

  /// What Pandoc says of its sources, in the words of their authors.
  std::string with_real_names(std::string text) const {
    for (std::size_t i = 0; i < chapters_.size(); ++i)
      text::replace_all(text, chapters_[i], sys::path_at_hand(author_file(publication_.chapters[i])));
    if (!bibliography_.empty()) text::replace_all(text, bibliography_, sys::path_at_hand(publication_.bibliography));
    if (!style_.empty()) text::replace_all(text, style_, sys::path_at_hand(publication_.citation_style));
    return text;
  }

  /// Pandoc's message without its own machinery: where the filter lies, and Lua's stack. What the theme's filter
  /// refuses stands in a line of its own (messages.lua).
  [[noreturn]] static void fail(const sys::ProcessResult& finished) {
    constexpr std::string_view refused = "REFUSED\t";
    std::istringstream stream(finished.errors);
    std::string message;
    std::vector<std::string> refusals;
    bool warning = false;  // its further lines are indented
    for (std::string line; std::getline(stream, line);) {
      if (line.rfind("stack traceback", 0) == 0) break;
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
  text::Words words_;
  std::string format_;
  fs::path folder_;
  std::vector<std::string> chapters_;  // names from the folder
  std::string bibliography_, style_;
};

/// The levels of the contents that Pandoc is to make, as its options; `usual` is the format's own number, 0 Pandoc's.
std::vector<std::string> contents_options(const Layout& layout, int usual = 0) {
  if (!layout.has_contents) return {};
  const int levels = layout.contents.value_or(usual);
  if (levels == 0) return {"--toc"};
  return {"--toc", fmt::format("--toc-depth={}", levels)};
}

/// A program may die, or be cut off, and leave half a document with an exit status of 0.
void require_end(const std::string& document, const char* end, const char* what) {
  const auto last = document.find_last_not_of(" \n");
  if (last == std::string::npos || !std::string_view(document).substr(0, last + 1).ends_with(end))
    throw Error(fmt::format("pandoc ended well but wrote no whole {}; 'doctor' says which pandoc it is", what));
}

/// The words that the page's scripts use, where they find them.
std::string words_for(const std::vector<std::string>& scripts, const Publication& publication) {
  static const std::regex use(R"(\bwords\.(\w+))");
  const text::Words words = words_of(publication.theme, language_of(publication.metadata));
  Json used = Json::object();
  for (const auto& script : scripts)
    for (std::sregex_iterator at(script.begin(), script.end(), use), end; at != end; ++at) {
      const std::string key = (*at)[1];
      used[key] = words[key];
    }
  return "<script type=\"application/json\" id=\"words\">" + used.dump() + "</script>";
}

/// The page's style and script stand in its head; they are put there after Pandoc, which need not parse them.
std::string with_style_and_script(std::string page, const Publication& publication) {
  const std::string marker = "<!-- style and script of the report -->";
  const auto at = page.find(marker);
  if (at == std::string::npos)
    throw Error("pandoc wrote a page without the report's template; 'doctor' says which pandoc it is");
  const auto theme = [&](const char* name) { return "\n" + sys::read_file(publication.theme / name); };
  // The dark colours have an element of their own: the reader's choice changes when it applies.
  const std::string style = "\n" + web_fonts_css() + theme("report.css").substr(1) + publication.ink_css +
                            page_style(publication.layout, publication.theme.string(), false);
  const std::string dark =
      theme("dark.css") + publication.dark_ink_css + page_style(publication.layout, publication.theme.string(), true);
  const std::string first = theme("theme.js");  // before anything is painted
  const std::vector<std::string> modules{theme("report.js"), theme("reading.js"), theme("preview.js")};
  std::vector<std::string> scripts{first};
  scripts.insert(scripts.end(), modules.begin(), modules.end());
  std::string head = content_policy({style, dark}, scripts) + "<style>" + style +
                     "</style>\n<style id=\"dark\" media=\"screen and (prefers-color-scheme: dark)\">" + dark +
                     "</style>\n" + words_for(scripts, publication) + "\n<script>" + first + "</script>";
  for (const auto& module : modules) head += "\n<script type=\"module\">" + module + "</script>";
  return page.replace(at, marker.size(), head);
}

/// What goes into the page after Pandoc, which would carry a megabyte of drawings and values through for nothing.
using Parts = std::map<std::string, const std::string*>;

/// Keeps a part and gives the mark that stands for it. The hash is in it because a chapter cannot know it.
std::string set_aside(const char* what, const std::string& part, Parts& parts) {
  std::string mark = fmt::format("<!-- {} {} -->", what, sys::sha256(part));
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

Document publish_html(const Publication& publication) {
  const Workbench bench(publication, "html");
  Parts parts;
  bench.write_table(
      [&](const DocumentFigure& f) { return set_aside("drawing", f.inline_svg, parts); },
      [&](const DocumentFigure& f) { return f.reading.empty() ? "" : set_aside("values", f.reading, parts); });
  Document published;
  std::vector<std::string> options{"--to=html5", "--mathml", "--number-sections",
                                   "--template=sources/theme/report.html"};
  append(options, contents_options(publication.layout, 2));
  published.bytes = bench.pandoc(options, published.warnings);
  require_end(published.bytes, "</html>", "page");
  published.bytes = with_sound_addresses(
      without_old_roles(with_formulas_kept(with_repaired_mathematics(std::move(published.bytes)))));
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
  std::vector<std::string> characters;
  for (const auto& one : found) characters.push_back(manuscript::encode(one.character));
  for (const auto& one : found)
    message += (message.empty() ? "" : "\n") + fmt::format("the PDF's fonts have no character {}", one.shown);
  throw RefusedText(message, std::move(characters));
}

/// The report's text for LaTeX, with all that it includes in the bench's folder. Warnings are added.
Typesetting text_for_latex(const Publication& publication, const Workbench& bench, std::vector<std::string>& warnings) {
  Typesetting job;
  job.folder = bench.folder();
  job.date = publication.date;
  job.stop = publication.stop;
  job.timeout = publication.timeout;
  bench.write_table([&](const DocumentFigure& figure) {
    std::string name = "figures/" + stem_of(figure) + ".pdf";
    sys::write_file(bench.folder() / name, sys::read_file(figure.pdf));
    job.included.push_back(name);
    return name;
  });
  std::vector<std::string> options{
      "--to=latex", "--number-sections",
      publication.layout.is_article ? "--top-level-division=section" : "--top-level-division=chapter",
      "--highlight-style=monochrome", "--template=sources/theme/report.latex"};
  append(options, contents_options(publication.layout));
  job.tex = bench.pandoc(options, warnings);
  require_end(job.tex, "\\end{document}", "text for LaTeX");
  job.tex = with_accents(job.tex);
  require_printable(job.tex, publication.theme);
  const auto pictures = included_pictures(job.tex);
  job.included.insert(job.included.end(), pictures.begin(), pictures.end());
  return job;
}

Document publish_pdf(const Publication& publication) {
  const Workbench bench(publication, "latex");
  Document published;
  Typeset result = typeset(text_for_latex(publication, bench, published.warnings));
  published.bytes = std::move(result.pdf);
  append(published.warnings, result.warnings);
  return published;
}

/// What LaTeX compiles by itself. It is set here as well, so that what is handed on is known to compile; the contents
/// lie beside it, so that their pages are right from the first pass on.
Document publish_tex(const Publication& publication) {
  const Workbench bench(publication, "latex", "tex");
  Document published;
  const Typesetting job = text_for_latex(publication, bench, published.warnings);
  append(published.warnings, typeset(job).warnings);
  published.bytes = job.tex;
  for (const auto& name : job.included) published.files[name] = sys::read_file(bench.folder() / name);
  if (publication.layout.has_contents) published.files["report.toc"] = sys::read_file(bench.folder() / "report.toc");
  return published;
}

/// Pandoc's document without the names of files that citeproc has read: where they lie is nobody's affair.
std::string without_paths(const std::string& document) {
  auto json = nlohmann::ordered_json::parse(document, nullptr, false);
  if (!json.is_object() || !json.contains("meta"))
    throw Error("pandoc ended well but wrote no whole document; 'doctor' says which pandoc it is");
  auto& meta = json["meta"];
  if (!meta.contains("bibliography") && !meta.contains("csl")) return document;
  meta.erase("bibliography");
  meta.erase("csl");
  return json.dump() + "\n";
}

/// Pandoc writes a picture's name into the document; one that says where the report lies does not belong there.
void write_table_with_drawings(const Workbench& bench) {
  fs::create_directories(bench.folder() / "pictures");
  bench.write_table([&](const DocumentFigure& figure) {
    std::string name = "report-figures/" + stem_of(figure) + ".png";
    sys::write_file(bench.folder() / name, sys::read_file(fs::path(figure.pdf).replace_extension(".png")));
    return name;
  });
}

/// In two steps, since Pandoc looks for the pictures of a document for Word before it runs a filter: one of those that
/// are not where it looks would be lost.
Document publish_docx(const Publication& publication) {
  const Workbench bench(publication, "docx");
  write_table_with_drawings(bench);
  Document published;
  sys::write_file(bench.folder() / "reference.docx",
                  word_reference(bench.file_of_pandoc("reference.docx"), *publication.layout.paper));
  bench.pandoc({"--to=json", "--output=document.json"}, published.warnings);
  std::vector<std::string> options{
      "--from=json",         "--to=docx", "--standalone", "--number-sections", "--reference-doc=reference.docx",
      "--output=report.docx"};
  append(options, contents_options(publication.layout));
  bench.rewrite("document.json", options, published.warnings);
  published.bytes = finished_docx(sys::read_file(bench.folder() / "report.docx"), publication.date);
  return published;
}

/// The page's rules for parentheses around the numbers of lists, each in a line: the book has the same.
std::string rules_for_parentheses(const fs::path& theme) {
  std::istringstream style(sys::read_file(theme / "report.css"));
  std::string rules;
  for (std::string line; std::getline(style, line);)
    if (line.starts_with(".one-paren.") || line.starts_with(".two-parens."))
      rules += (rules.empty() ? "" : "\n") + line;
  return rules;
}

/// Formats that Pandoc writes by itself, with figures as PNG.
Document publish_plain(const Publication& publication, const std::string& format) {
  const Workbench bench(publication, format);
  write_table_with_drawings(bench);
  const fs::path file = bench.folder() / ("report." + format);
  std::vector<std::string> options{"--to=" + format, "--output=" + file.filename().string()};
  if (format == "epub") {
    options.insert(options.end(),
                   {"--to=epub3", "--mathml", "--number-sections", "--template=sources/theme/report.epub",
                    "--variable=parentheses:" + rules_for_parentheses(publication.theme)});
    append(options, contents_options(publication.layout));
  }
  Document published;
  bench.pandoc(options, published.warnings);
  published.bytes = sys::read_file(file);
  if (format == "json") published.bytes = without_paths(published.bytes);
  if (format == "epub") published.bytes = mended_epub(published.bytes, publication.date, bench.words());
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

Document publish(const Publication& publication, const std::string& format) {
  if (format == "html") return publish_html(publication);
  if (format == "pdf") return publish_pdf(publication);
  if (format == "tex") return publish_tex(publication);
  if (format == "docx") return publish_docx(publication);
  if (format == "epub" || format == "json") return publish_plain(publication, format);
  throw Error("unknown format '" + format + "'");
}

}  // namespace publish
