// EPUB 3.3: the contents are XHTML of their own (nav.xhtml), older readers take toc.ncx, and both repeat the headings.
#include "publish/book/epub.hpp"

#include <algorithm>
#include <map>
#include <regex>
#include <string_view>
#include <utility>

#include "publish/archive.hpp"
#include "publish/book/file_names.hpp"
#include "publish/page/page_mathematics.hpp"
#include "text/parts.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace {

using text::with_parts_changed;
constexpr auto npos = std::string::npos;
const std::string formula_begins = "<span class=\"formula\" data-text=\"",
                  said_begins = "<span class=\"said\" data-text=\"";

/// Each formula that knows its own text as that text.
std::string with_formulas_as_text(const std::string& page) {
  std::string text;
  std::size_t done = 0;
  for (std::size_t at = page.find(formula_begins); at != npos; at = page.find(formula_begins, done)) {
    const std::size_t first = at + formula_begins.size(), last = page.find('"', first),
                      end = page.find("</span>", first);
    if (end == npos || last > end) break;
    text.append(page, done, at - done).append(page, first, last - first);
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

std::string mended_package(const std::string& package, const std::string& title) {
  std::string mended = with_parts_changed(package, "<dc:title id=\"epub-title-1\">", "</dc:title>",
                                          [&](const std::string&) { return title; });
  return with_parts_changed(mended, "<reference type=\"toc\" title=\"", "\" href", [&](std::string) {
    std::string attribute = title;
    text::replace_all(attribute, "\"", "&quot;");
    return attribute;
  });
}

/// Landmarks, which Pandoc names in English, and the contents, which it calls by the document's title, in the
/// document's words.
std::string with_words(std::string contents, const text::Words& words) {
  text::replace_all(contents, "epub:type=\"titlepage\">Title Page<",
                    "epub:type=\"titlepage\">" + words["title_page"] + "<");
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

std::string mended_epub(const std::string& epub, const std::string& day, const text::Words& words,
                        std::map<std::string, std::string> pictures) {
  std::string title;
  std::map<std::string, std::string> labels;
  Accessibility accessibility;
  BookFiles files(std::move(pictures));
  with_entries(epub, day, [&](const std::string& name, const std::string& content) {
    if (name.ends_with("/title_page.xhtml")) title = heading_of(content);
    if (name.ends_with("/nav.xhtml")) labels = labels_of(content);
    if (name.ends_with(".xhtml")) accessibility.read(content);
    files.read(name, content);
    return content;
  });
  const auto mended = [&](const std::string& name, const std::string& content) {
    if (name.ends_with("/toc.ncx")) return mended_ncx(content, labels, title);
    if (name.ends_with("/content.opf"))
      return with_accessibility(mended_package(content, title), accessibility.metadata(words));
    if (name.ends_with("/nav.xhtml"))
      return with_title(with_roles(with_words(with_formulas_as_text(content), words)), title);
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
        return is_text ? files.with_names(mended(name, content)) : content;
      },
      [&](const std::string& name) { return files.name_of(name); });
}

}  // namespace publish
