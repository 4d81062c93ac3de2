// EPUB 3.3: the contents are XHTML of their own (nav.xhtml), older readers take toc.ncx, and both repeat the headings.
#include "publish/book/epub.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <string_view>
#include <utility>

#include "publish/archive.hpp"
#include "publish/book/file_names.hpp"
#include "publish/elements.hpp"
#include "publish/page/page_mathematics.hpp"
#include "text/parts.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace {

using text::with_parts_changed;
constexpr auto npos = std::string::npos;
const std::string no_break_space = "\u00a0";
const std::string formula_begins = "<span class=\"formula\" data-text=\"",
                  said_begins = "<span class=\"said\" data-text=\"";

/// Each formula that knows its own text as that text, its spaces as given.
std::string with_formulas_as_text(const std::string& page, const std::string& space = " ") {
  std::string text;
  std::size_t done = 0;
  for (std::size_t at = page.find(formula_begins); at != npos; at = page.find(formula_begins, done)) {
    const std::size_t first = at + formula_begins.size(), last = page.find('"', first),
                      end = page.find("</span>", first);
    if (end == npos || last > end) break;
    std::string formula = page.substr(first, last - first);
    text::replace_all(formula, " ", space);
    text.append(page, done, at - done).append(formula);
    done = end + std::string_view("</span>").size();
  }
  return text.append(page, done);
}

/// Formulas with what is read aloud of them as their alternative text. The spans that told it are gone where nothing
/// else needs them.
std::string with_spoken_formulas(const std::string& page) {
  const std::string math = "<math ", math_ends = "</math>", span_ends = "</span>";
  std::string text;
  std::size_t done = 0;
  while (true) {
    const std::size_t formula = page.find(formula_begins, done), said = page.find(said_begins, done);
    const std::size_t at = std::min(formula, said);
    if (at == npos) break;
    const std::size_t first = at + (at == said ? said_begins : formula_begins).size(), last = page.find('"', first),
                      begin = page.find(math, first), end = page.find(math_ends, first);
    if (begin == npos || end == npos || begin > end) break;
    text.append(page, done, at - done);
    if (at == formula) text.append(page, at, begin - at);
    text.append(math).append("alttext=\"").append(page, first, last - first).append("\" ");
    done = end + math_ends.size();
    text.append(page, begin + math.size(), done - begin - math.size());
    if (at == said && page.compare(done, span_ends.size(), span_ends) == 0) done += span_ends.size();
  }
  return text.append(page, done);
}

/// The words of a piece of XHTML, its entities kept.
std::string plain(const std::string& fragment) {
  const std::string text = with_formulas_as_text(fragment);
  std::string words;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') in_tag = true;
    if (!in_tag) words += c;
    if (c == '>') in_tag = false;
  }
  return std::regex_replace(words, std::regex("\\s+"), " ");
}

/// The words of every element that begins so, as plain text in which formulas stay together.
std::vector<std::string> texts_of(const std::string& page, const std::string& begin, const std::string& end) {
  std::vector<std::string> texts;
  for (std::size_t at = page.find(begin); at != npos; at = page.find(begin, at + 1)) {
    const std::size_t first = page.find('>', at) + 1, last = page.find(end, first);
    if (last == npos) break;
    texts.push_back(
        elements::unescaped(plain(with_formulas_as_text(page.substr(first, last - first), no_break_space))));
  }
  return texts;
}

/// The first heading's words; empty when there is none.
std::string heading_of(const std::string& page) {
  static const std::regex heading("<h[1-6][^>]*>");
  std::smatch found;
  if (!std::regex_search(page, found, heading)) return "";
  const std::string level = found.str().substr(2, 1);
  const std::size_t first = static_cast<std::size_t>(found.position() + found.length());
  const std::size_t last = page.find("</h" + level + ">", first);
  return last == npos ? "" : plain(page.substr(first, last - first));
}

/// What contents say of each place: "text/ch001.xhtml#a" -> "1 Learning with η".
std::map<std::string, std::string> labels_of(const std::string& nav) {
  std::map<std::string, std::string> labels;
  const std::string begin = "<a href=\"";
  for (std::size_t at = nav.find(begin); at != npos; at = nav.find(begin, at + 1)) {
    const std::size_t first = at + begin.size(), quote = nav.find('"', first), open = nav.find('>', first),
                      end = nav.find("</a>", first);
    if (end == npos || quote > end || open > end) break;
    labels.emplace(nav.substr(first, quote - first), plain(nav.substr(open + 1, end - open - 1)));
  }
  return labels;
}

std::string mended_ncx(const std::string& ncx, const std::map<std::string, std::string>& labels,
                       const std::string& title) {
  std::string mended =
      with_parts_changed(ncx, "<docTitle>\n    <text>", "</text>", [&](const std::string&) { return title; });
  return with_parts_changed(mended, "<navPoint", "</navPoint", [&](const std::string& point) {
    const std::string begin = "<content src=\"";
    const std::size_t source = point.find(begin);
    const std::size_t end = source == npos ? npos : point.find('"', source + begin.size());
    if (end == npos) return point;
    const std::string place = point.substr(source + begin.size(), end - source - begin.size());
    const auto label = labels.find(place);
    const std::string words = label != labels.end() ? label->second : place.ends_with("title_page.xhtml") ? title : "";
    const std::size_t first = point.find("<text>");
    if (words.empty() || first == npos || first > source) return point;
    return point.substr(0, first + 6) + words + point.substr(point.find("</text>", first));
  });
}

std::string with_title(const std::string& page, const std::string& title) {
  if (title.empty()) return page;
  return with_parts_changed(page, "<title>", "</title>", [&](const std::string&) { return title; });
}

/// Where the element ends whose content begins at `from`, elements of the same name within it left behind.
std::size_t end_of_element(const std::string& page, const std::string& name, std::size_t from) {
  const std::string begins = "<" + name, ends = "</" + name + ">";
  for (int open = 1; open > 0;) {
    const std::size_t end = page.find(ends, from), inner = page.find(begins, from);
    if (end == npos) return npos;
    open += inner < end ? 1 : -1;
    from = std::min(inner, end) + (inner < end ? begins.size() : 0);
    if (open > 0 && from == end) from += ends.size();
  }
  return from;
}

/// Notes that stand in a list, of which an entry cannot be a note: what it holds is.
std::string with_notes_in_entries(std::string page) {
  static const std::regex entry("<li id=\"([^\"]+)\" epub:type=\"footnote\">");
  for (std::smatch found; std::regex_search(page, found, entry);) {
    const auto at = static_cast<std::size_t>(found.position()), length = static_cast<std::size_t>(found.length());
    const std::string aside = "<li><aside id=\"" + found[1].str() + "\" epub:type=\"footnote\">";
    const std::size_t end = end_of_element(page, "li", at + length);
    if (end == npos) break;
    page.insert(end, "</aside>");
    page.replace(at, length, aside);
  }
  return page;
}

/// What EPUB calls a thing is said to assistive technology as well (DPUB-ARIA), where Pandoc has not.
std::string with_roles(std::string page) {
  page = with_notes_in_entries(std::move(page));
  for (const char* type : {"noteref", "footnote"}) {
    const std::string epub_type = " epub:type=\"" + std::string(type) + "\"";
    const std::string role = " role=\"doc-" + std::string(type) + "\"";
    text::replace_all(page, role, "");
    text::replace_all(page, epub_type, role + epub_type);
  }
  text::replace_all(page, "<nav epub:type=\"toc\"", "<nav role=\"doc-toc\" epub:type=\"toc\"");
  return page;
}

/// What the book offers to readers who cannot see it, or not well (schema.org, EPUB Accessibility 1.1).
struct Accessibility {
  bool has_pictures = false, has_formulas = false;

  void read(const std::string& page) {
    has_pictures = has_pictures || page.find("<img ") != npos;
    has_formulas = has_formulas || page.find("<math ") != npos;
  }

  std::string metadata(const text::Words& words) const {
    std::string lines;
    const auto add = [&lines](const char* property, const std::string& value) {
      lines += "    <meta property=\"schema:" + std::string(property) + "\">" + value + "</meta>\n";
    };
    add("accessMode", "textual");
    if (has_pictures) add("accessMode", "visual");
    add("accessModeSufficient", "textual");
    for (const char* feature : {"structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability"})
      add("accessibilityFeature", feature);
    if (has_pictures) add("accessibilityFeature", "alternativeText");
    if (has_formulas) {
      add("accessibilityFeature", "MathML");
      add("accessibilityFeature", "describedMath");
    }
    add("accessibilityHazard", "none");
    add("accessibilitySummary", words["accessibility"]);
    return lines;
  }
};

std::string with_accessibility(std::string package, const std::string& metadata) {
  text::replace_all(package, "  </metadata>", metadata + "  </metadata>");
  static const std::regex language("<dc:language>([^<]+)</dc:language>");
  std::smatch found;
  if (std::regex_search(package, found, language) && package.find("xml:lang") == npos) {
    const std::string attribute = "<package xml:lang=\"" + found[1].str() + "\" ";
    text::replace_all(package, "<package ", attribute);
  }
  return package;
}

std::string in_attribute(std::string text) {
  text::replace_all(text, "\"", "&quot;");
  return text;
}

std::string mended_package(const std::string& package, const std::string& title, const text::Words& words) {
  std::string mended = with_parts_changed(package, "<dc:title id=\"epub-title-1\">", "</dc:title>",
                                          [&](const std::string&) { return title; });
  text::replace_all(mended, "type=\"cover\" title=\"Cover\"", "type=\"cover\" title=\"" + words["cover"] + "\"");
  return with_parts_changed(mended, "<reference type=\"toc\" title=\"", "\" href",
                            [&](const std::string&) { return in_attribute(title); });
}

/// Landmarks, which Pandoc names in English, and the contents, which it calls by the document's title, in the
/// document's words.
std::string with_words(std::string contents, const text::Words& words) {
  text::replace_all(contents, "epub:type=\"titlepage\">Title Page<",
                    "epub:type=\"titlepage\">" + words["title_page"] + "<");
  text::replace_all(contents, "epub:type=\"cover\">Cover<", "epub:type=\"cover\">" + words["cover"] + "<");
  text::replace_all(contents, "epub:type=\"toc\">Table of Contents<", "epub:type=\"toc\">" + words["contents"] + "<");
  return with_parts_changed(contents, "<h1 id=\"toc-title\">", "</h1>",
                            [&](const std::string&) { return words["contents"]; });
}

}  // namespace

std::string without_old_roles(std::string page) {
  for (const char* role : {" role=\"doc-endnote\"", " role=\"doc-biblioentry\""}) text::replace_all(page, role, "");
  return page;
}

std::string with_sound_addresses(const std::string& page) {
  return with_parts_changed(page, " href=\"", "\"", [](std::string address) {
    if (address.starts_with('#')) return address;
    static const std::pair<const char*, const char*> unsound[] = {
        {"&lt;", "%3C"}, {"&gt;", "%3E"}, {"<", "%3C"}, {">", "%3E"}, {" ", "%20"}, {"\\", "%5C"},
        {"^", "%5E"},    {"`", "%60"},    {"{", "%7B"}, {"|", "%7C"}, {"}", "%7D"}};
    for (const auto& [character, code] : unsound) text::replace_all(address, character, code);
    return address;
  });
}

std::string cover_name(const Cover& cover) { return "cover." + cover.extension; }

std::string blank_cover() {
  // One white pixel (PNG, third edition, 5.3 and 11.2).
  static constexpr unsigned char bytes[] = {
      0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
      0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00,
      0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8, 0x0f, 0x00, 0x01, 0x01, 0x01, 0x00,
      0x1c, 0xb0, 0x8c, 0x99, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82};
  return {reinterpret_cast<const char*>(bytes), sizeof bytes};
}

std::string mended_epub(const std::string& epub, const Publication& publication, const text::Words& words,
                        std::map<std::string, std::string> pictures) {
  const std::string& day = publication.date;
  std::string title;
  CoverWords cover;
  std::map<std::string, std::string> labels;
  Accessibility accessibility;
  BookFiles files(std::move(pictures));
  with_entries(epub, day, [&](const std::string& name, const std::string& content) {
    if (name.ends_with("/title_page.xhtml")) {
      title = heading_of(content);
      for (const auto& said : texts_of(content, "<h1", "</h1>")) cover.title = said;
      for (const auto& said : texts_of(content, "<p class=\"subtitle\"", "</p>")) cover.subtitle = said;
    }
    if (name.ends_with("/content.opf")) cover.authors = texts_of(content, "<dc:creator", "</dc:creator>");
    if (name.ends_with("/nav.xhtml")) labels = labels_of(content);
    if (name.ends_with(".xhtml")) accessibility.read(content);
    files.read(name, content);
    return content;
  });
  const auto mended = [&](const std::string& name, const std::string& content) {
    if (name.ends_with("/toc.ncx")) return mended_ncx(content, labels, title);
    if (name.ends_with("/content.opf"))
      return with_accessibility(mended_package(content, title, words), accessibility.metadata(words));
    if (name.ends_with("/nav.xhtml"))
      return with_title(with_roles(with_words(with_formulas_as_text(content), words)), title);
    if (name.ends_with("/cover.xhtml")) {
      std::string alt = publication.cover->alt;
      for (const auto& [character, entity] : {std::pair{"&", "&amp;"}, {"<", "&lt;"}})
        text::replace_all(alt, character, entity);
      if (alt.empty()) alt = words["cover"] + ": " + title;
      return with_parts_changed(with_title(content, title), " alt=\"", "\"",
                                [&](const std::string&) { return in_attribute(alt); });
    }
    if (!name.ends_with(".xhtml")) return content;
    const std::string heading = heading_of(content);
    return with_title(
        with_roles(with_spoken_formulas(with_repaired_mathematics(with_sound_addresses(without_old_roles(content))))),
        heading.empty() ? title : heading);
  };
  return with_entries(
      epub, day,
      [&](const std::string& name, const std::string& content) {
        const bool is_text = name.ends_with(".xhtml") || name.ends_with(".ncx") || name.ends_with(".opf");
        if (publication.cover && name == "EPUB/media/" + cover_name(*publication.cover))
          return publication.cover->bytes(cover);
        return is_text ? files.with_names(mended(name, content)) : content;
      },
      [&](const std::string& name) { return files.name_of(name); });
}

}  // namespace publish
