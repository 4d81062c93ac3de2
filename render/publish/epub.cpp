// EPUB 3.3: the contents are XHTML of their own (nav.xhtml), older readers take toc.ncx, and both repeat the headings.
#include "publish/epub.hpp"

#include <map>
#include <regex>
#include <string_view>

#include "publish/archive.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace {

constexpr auto npos = std::string::npos;
const std::string formula_begins = "<span class=\"formula\" data-text=\"";

/// Replaces what lies between two marks, from `from` on, by what `change` makes of it.
template <typename Change>
std::string with_parts_changed(const std::string& text, const std::string& begin, const std::string& end,
                               Change change) {
  std::string changed;
  std::size_t done = 0;
  for (std::size_t at = text.find(begin); at != npos; at = text.find(begin, done)) {
    const std::size_t first = at + begin.size(), last = text.find(end, first);
    if (last == npos) break;
    changed.append(text, done, first - done).append(change(text.substr(first, last - first)));
    done = last;
  }
  return changed.append(text, done);
}

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

std::string mended_package(const std::string& package, const std::string& title) {
  std::string mended = with_parts_changed(package, "<dc:title id=\"epub-title-1\">", "</dc:title>",
                                          [&](const std::string&) { return title; });
  return with_parts_changed(mended, "<reference type=\"toc\" title=\"", "\" href", [&](std::string) {
    std::string attribute = title;
    text::replace_all(attribute, "\"", "&quot;");
    return attribute;
  });
}

/// Landmarks, which Pandoc names in English, in the document's words.
std::string with_words(std::string contents, const text::Words& words) {
  text::replace_all(contents, "epub:type=\"titlepage\">Title Page<",
                    "epub:type=\"titlepage\">" + words["title_page"] + "<");
  text::replace_all(contents, "epub:type=\"toc\">Table of Contents<", "epub:type=\"toc\">" + words["contents"] + "<");
  return contents;
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

std::string mended_epub(const std::string& epub, const std::string& day, const text::Words& words) {
  std::string title;
  std::map<std::string, std::string> labels;
  with_entries(epub, day, [&](const std::string& name, const std::string& content) {
    if (name.ends_with("/title_page.xhtml")) title = heading_of(content);
    if (name.ends_with("/nav.xhtml")) labels = labels_of(content);
    return content;
  });
  return with_entries(epub, day, [&](const std::string& name, const std::string& content) {
    if (name.ends_with("/toc.ncx")) return mended_ncx(content, labels, title);
    if (name.ends_with("/content.opf")) return mended_package(content, title);
    if (name.ends_with("/nav.xhtml")) return with_title(with_words(with_formulas_as_text(content), words), title);
    if (!name.ends_with(".xhtml")) return content;
    const std::string heading = heading_of(content);
    return with_title(with_sound_addresses(without_old_roles(content)), heading.empty() ? title : heading);
  });
}

}  // namespace publish
