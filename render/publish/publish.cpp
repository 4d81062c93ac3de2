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
#include <set>
#include <sstream>
#include <string_view>
#include <tuple>

#include "manuscript/markdown/latex_commands.hpp"
#include "manuscript/pandoc_text.hpp"
#include "manuscript/unicode.hpp"
#include "publish/archive.hpp"
#include "publish/base64.hpp"
#include "publish/book/epub.hpp"
#include "publish/deflate.hpp"
#include "publish/images/image_bytes.hpp"
#include "publish/latex/accents.hpp"
#include "publish/latex/latex.hpp"
#include "publish/latex/print_characters.hpp"
#include "publish/lua_table.hpp"
#include "publish/page/content_policy.hpp"
#include "publish/page/kept_part.hpp"
#include "publish/page/live_module.hpp"
#include "publish/page/page_mathematics.hpp"
#include "publish/page/page_signs.hpp"
#include "publish/page/page_units.hpp"
#include "publish/page/web_fonts.hpp"
#include "publish/word/looks.hpp"
#include "publish/words.hpp"
#include "publish/workbench.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"
#include "system/process.hpp"
#include "text/number.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

void append(std::vector<std::string>& list, const std::vector<std::string>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

std::string stem_of(const DocumentFigure& figure) {
  const auto colon = figure.id.find(':');
  return colon == std::string::npos ? figure.id : figure.id.substr(colon + 1);
}

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
  constexpr std::string_view use = "words.";
  const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
  const text::Words words = words_of(publication.theme, language_of(publication.metadata));
  Json used = Json::object();
  for (const auto& script : scripts)
    for (auto at = script.find(use); at != std::string::npos; at = script.find(use, at + 1)) {
      const auto begin = script.begin() + static_cast<std::ptrdiff_t>(at + use.size());
      const std::string key(begin, std::find_if_not(begin, script.end(), is_letter));
      if (!key.empty() && (at == 0 || !is_letter(script[at - 1]))) used[key] = words[key];
    }
  return "<script type=\"application/json\" id=\"words\">" + used.dump() + "</script>";
}

bool has_live_figures(const Publication& publication) {
  return std::any_of(publication.figures.begin(), publication.figures.end(),
                     [](const DocumentFigure& figure) { return !figure.live.empty(); });
}

bool needs_live_module(const Publication& publication) {
  return std::any_of(publication.figures.begin(), publication.figures.end(),
                     [](const DocumentFigure& figure) { return figure.runs_in_page; });
}

/// The words of drawings, for the module of live figures: lines of "key: words".
std::string words_of_drawings(const Publication& publication) {
  const text::Words all = words_of(publication.theme, language_of(publication.metadata));
  std::string words;
  for (const auto& [key, said] : all.all()) words += key + ": " + said + "\n";
  return words;
}

/// Of the page as Pandoc wrote it, what stands in it for marks, its scripts and styles, and what its live figures may
/// come to say.
PageSigns signs_of(const std::string& page, const std::vector<std::string>& others, const Publication& publication) {
  PageSigns signs;
  add_signs(page, signs);
  for (const auto& other : others) add_signs(other, signs);
  for (const DocumentFigure& figure : publication.figures)
    for (const std::string* part : {&figure.inline_svg, &figure.reading, &figure.live, &figure.frames})
      add_signs(*part, signs);
  if (!needs_live_module(publication)) return signs;
  add_signs(words_of_drawings(publication), signs);
  const PageSigns& live = publication.live_signs;
  signs.text.insert(live.text.begin(), live.text.end());
  signs.mathematics.insert(live.mathematics.begin(), live.mathematics.end());
  return signs;
}

/// The page's style and script stand in its head; they are put there after Pandoc, which need not parse them.
std::string with_style_and_script(std::string page, const Publication& publication) {
  const std::string marker = "<!-- style and script of the report -->";
  const auto at = page.find(marker);
  if (at == std::string::npos)
    throw Error("pandoc wrote a page without the report's template; 'doctor' says which pandoc it is");
  const auto theme = [&](const char* name) { return "\n" + sys::read_file(publication.theme / name); };
  const bool is_live = has_live_figures(publication);
  const std::string first = theme("theme.js");  // before anything is painted
  // What makes figures live goes on from what reads them.
  const std::vector<std::string> modules{theme("report.js"), theme("reading.js") + (is_live ? theme("live.js") : ""),
                                         theme("preview.js")};
  std::vector<std::string> scripts{first};
  scripts.insert(scripts.end(), modules.begin(), modules.end());
  const std::string words = words_for(scripts, publication);
  const std::string looks = theme("report.css").substr(1) + (is_live ? theme("live.css") : "") + publication.ink_css +
                            page_style(publication.layout, publication.theme.string(), false);
  // The dark colours have an element of their own: the reader's choice changes when it applies.
  const std::string dark =
      theme("dark.css") + publication.dark_ink_css + page_style(publication.layout, publication.theme.string(), true);
  std::vector<std::string> others = scripts;
  others.insert(others.end(), {words, looks, dark});
  const std::string style = "\n" +
                            web_fonts_css(web_families(publication.layout.typefaces),
                                          signs_of(page, others, publication), publication.store) +
                            looks;
  std::string head = content_policy({style, dark}, scripts, needs_live_module(publication)) + "<style>" + style +
                     "</style>\n<style id=\"dark\" media=\"screen and (prefers-color-scheme: dark)\">" + dark +
                     "</style>\n" + words + "\n<script>" + first + "</script>";
  for (const auto& module : modules) head += "\n<script type=\"module\">" + module + "</script>";
  return page.replace(at, marker.size(), head);
}

/// Behind the text, what only a reader's touch starts: the module of live figures, and the words of the drawings.
std::string with_live_module(std::string page, const Publication& publication) {
  if (!needs_live_module(publication)) return page;
  std::string quoted = Json(words_of_drawings(publication)).dump();
  text::replace_all(quoted, "</", "<\\/");
  return page.insert(page.rfind("</body>"), "<script type=\"application/json\" id=\"live-words\">" + quoted +
                                                "</script>\n<script type=\"application/gzip\" id=\"live-module\">" +
                                                live_module() + "</script>\n");
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

/// What only a reader's touch unpacks.
std::string packed(const std::string& text, const Publication& publication) {
  return base64(kept_part(publication.store, text, [&] { return gzipped(text); }));
}

/// What can be read off the figures, by their IDs: a third of the page, which only its script reads.
std::map<std::string, std::string> packed_readings(const Publication& publication) {
  std::map<std::string, std::string> readings;
  for (const DocumentFigure& figure : publication.figures)
    if (!figure.reading.empty()) readings[figure.id] = packed(figure.reading, publication);
  return readings;
}

/// What the page's script is told of live figures, by their IDs, with their frames.
std::map<std::string, std::string> live_data(const Publication& publication) {
  std::map<std::string, std::string> data;
  for (const DocumentFigure& figure : publication.figures) {
    std::string& json = data[figure.id] = figure.live;
    if (!figure.frames.empty())
      json.replace(json.rfind('}'), 1, ",\"frames\":\"" + packed(figure.frames, publication) + "\"}");
  }
  return data;
}

/// What Pandoc wrote, as browsers and checkers of HTML want it.
std::string finished_html(std::string html) {
  return with_sound_addresses(
      without_old_roles(with_formulas_light(with_formulas_kept(with_repaired_mathematics(std::move(html))))));
}

Document publish_html(const Publication& publication) {
  const Workbench bench(publication, "html");
  Parts parts;
  const std::map<std::string, std::string> readings = packed_readings(publication), live = live_data(publication);
  const auto table = bench.table(
      [&](const DocumentFigure& f) { return set_aside("drawing", f.inline_svg, parts); },
      [&](const DocumentFigure& f) { return f.reading.empty() ? "" : set_aside("values", readings.at(f.id), parts); },
      [&](const DocumentFigure& f) { return f.live.empty() ? "" : set_aside("live", live.at(f.id), parts); });
  Document published;
  std::vector<std::string> options{"--to=html5", "--mathml", "--number-sections",
                                   "--template=sources/theme/report.html"};
  append(options, contents_options(publication.layout, 2));
  published.bytes = page_in_units(bench, table, options, finished_html, published.warnings);
  require_end(published.bytes, "</html>", "page");
  published.bytes = with_parts(with_style_and_script(std::move(published.bytes), publication), parts);
  published.bytes = with_live_module(std::move(published.bytes), publication);
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

/// What LaTeX reads, and the nodes of the text that the template puts behind it.
std::pair<std::string, std::string> parted_from_structure(const std::string& tex) {
  const std::string_view end = "\\end{document}\n";
  const auto at = tex.rfind(end);
  if (at == std::string::npos) return {tex, ""};
  return {tex.substr(0, at + end.size()), tex.substr(at + end.size())};
}

/// The report's text for LaTeX, with all that it includes in the bench's folder. Warnings are added.
Typesetting text_for_latex(const Publication& publication, const Workbench& bench, std::vector<std::string>& warnings) {
  Typesetting job;
  job.folder = bench.folder();
  job.date = publication.date;
  job.stop = publication.stop;
  job.timeout = publication.timeout;
  bench.write_table(bench.table([&](const DocumentFigure& figure) {
    std::string name = "figures/" + stem_of(figure) + ".pdf";
    sys::write_file(bench.folder() / name, sys::read_file(figure.pdf));
    job.included.push_back(name);
    return name;
  }));
  std::vector<std::string> options{
      "--to=latex", "--number-sections",
      publication.layout.is_article ? "--top-level-division=section" : "--top-level-division=chapter",
      "--highlight-style=monochrome", "--template=sources/theme/report.latex"};
  append(options, contents_options(publication.layout));
  job.tex = bench.pandoc(options, warnings);
  require_end(job.tex, "% end", "text for LaTeX");
  std::tie(job.tex, job.structure) = parted_from_structure(job.tex);
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
void write_table_with_drawings(const Workbench& bench, bool is_book = false) {
  fs::create_directories(bench.folder() / "pictures");
  bench.write_table(bench.table([&](const DocumentFigure& figure) {
    if (is_book && !figure.book_svg.empty()) {
      std::string name = "report-figures/" + stem_of(figure) + ".svg";
      sys::write_file(bench.folder() / name, figure.book_svg);
      return name;
    }
    std::string name = "report-figures/" + stem_of(figure) + ".png";
    sys::write_file(bench.folder() / name, sys::read_file(fs::path(figure.pdf).replace_extension(".png")));
    return name;
  }));
}

/// In two steps, since Pandoc looks for the pictures of a document for Word before it runs a filter: one of those that
/// are not where it looks would be lost.
Document publish_docx(const Publication& publication) {
  const Workbench bench(publication, "docx");
  write_table_with_drawings(bench);
  Document published;
  sys::write_file(bench.folder() / "reference.docx",
                  word_reference(bench.print({"--print-default-data-file=reference.docx"}), *publication.layout.paper));
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

/// What the pictures of a book are called, by what they hold. One of two with the same name keeps the one that Pandoc
/// gives it, and so does one that is called as Pandoc calls them.
std::map<std::string, std::string> names_of_pictures(const Publication& publication) {
  std::map<std::string, std::string> names;
  std::set<std::string> taken;
  const auto add = [&](const std::string& name, std::string content) {
    const bool is_pandocs = name.starts_with("file");
    if (!is_pandocs && taken.insert(name).second) names.emplace(std::move(content), name);
  };
  for (const DocumentFigure& figure : publication.figures)
    if (!figure.book_svg.empty()) add(stem_of(figure) + ".svg", figure.book_svg);
  if (const auto own = publication.pictures.find("epub"); own != publication.pictures.end())
    for (const auto& [name, file] : own->second)
      add(fs::path(name).stem().string() + file.extension().string(), sys::read_file(file));
  return names;
}

/// Formats that Pandoc writes by itself, with figures as SVG in the book, else as PNG.
Document publish_plain(const Publication& publication, const std::string& format) {
  const Workbench bench(publication, format);
  write_table_with_drawings(bench, format == "epub");
  const fs::path file = bench.folder() / ("report." + format);
  std::vector<std::string> options{"--to=" + format, "--output=" + file.filename().string()};
  if (format == "epub") {
    options.insert(options.end(), {"--to=epub3", "--mathml", "--number-sections",
                                   "--template=sources/theme/report.epub", "--css=sources/theme/book.css",
                                   "--variable=parentheses:" + rules_for_parentheses(publication.theme)});
    append(options, contents_options(publication.layout));
    if (publication.cover) {
      const std::string name = cover_name(*publication.cover);
      sys::write_file(bench.folder() / name, blank_cover());
      options.push_back("--epub-cover-image=" + name);
    }
  }
  Document published;
  bench.pandoc(options, published.warnings);
  published.bytes = sys::read_file(file);
  if (format == "json") published.bytes = without_paths(published.bytes);
  if (format == "epub")
    published.bytes = mended_epub(published.bytes, publication, bench.words(), names_of_pictures(publication));
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
