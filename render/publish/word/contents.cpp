// The field TOC (ECMA-376 part 1, 17.16.5.68) and its paragraphs. See contents.hpp.
#include "publish/word/contents.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

#include "publish/elements.hpp"

namespace publish {
namespace {

using elements::Element;
using std::string;
using std::string_view;

struct Heading {
  int level = 1;
  string place;  // the name of its bookmark
  std::vector<Element> words;
};

/// What of a heading's paragraph an entry repeats: no marks of notes, no places, and links without where they lead.
void add_words(const Element& node, std::vector<Element>& words) {
  for (const Element& child : node.children) {
    if (child.is("w:hyperlink")) {
      add_words(child, words);
    } else if (child.is("m:oMath")) {
      words.push_back(child);
    } else if (child.is("w:r")) {
      const auto holds = [&](const char* name) {
        return std::any_of(child.children.begin(), child.children.end(), [&](const Element& e) { return e.is(name); });
      };
      if (holds("w:footnoteReference")) continue;
      words.push_back(child);
      for (Element& part : words.back().children)
        if (part.is("w:tab")) {  // behind the number
          part = elements::token("w:t", "\u2002");
          part.set("xml:space", "preserve");
        }
    }
  }
}

/// The name of the bookmark that begins right before a paragraph at `at`.
string place_before(const string& document, std::size_t at) {
  const string start = "<w:bookmarkStart ", name = "w:name=\"";
  const auto from = document.rfind(start, at);
  if (from == string::npos || document.find('>', from) + 1 != at) return "";
  const auto begin = document.find(name, from);
  return begin > at
             ? ""
             : document.substr(begin + name.size(), document.find('"', begin + name.size()) - begin - name.size());
}

std::vector<Heading> headings_of(const string& document, int levels) {
  const string style = "<w:pStyle w:val=\"Heading", begin = "<w:p>", end = "</w:p>";
  std::vector<Heading> headings;
  for (auto at = document.find(style); at != string::npos; at = document.find(style, at + 1)) {
    const int level = document[at + style.size()] - '0';
    const auto from = document.rfind(begin, at), to = document.find(end, at);
    if (level < 1 || level > levels || from == string::npos || to == string::npos) continue;
    const auto paragraph = elements::read(string_view(document).substr(from, to + end.size() - from));
    Heading heading{level, place_before(document, from), {}};
    if (paragraph) add_words(*paragraph, heading.words);
    if (!heading.words.empty() && !heading.place.empty()) headings.push_back(std::move(heading));
  }
  return headings;
}

string entry_of(const Heading& heading) {
  string words;
  for (const Element& run : heading.words) words += elements::written(run);
  return "<w:hyperlink w:anchor=\"" + heading.place + "\" w:history=\"1\">" + words + "</w:hyperlink>";
}

}  // namespace

string with_contents(const string& document) {
  const string field = "<w:instrText xml:space=\"preserve\">TOC \\o &quot;1-";
  const string middle = "<w:fldChar w:fldCharType=\"separate\" />", last = "<w:fldChar w:fldCharType=\"end\" />";
  const auto at = document.find(field);
  if (at == string::npos) return document;
  const auto from = document.rfind("<w:p>", at), separate = document.find(middle, at), to = document.find("</w:p>", at);
  if (from == string::npos || separate > to || document.find(last, separate) > to) return document;
  const auto headings = headings_of(document, document[at + field.size()] - '0');
  if (headings.empty()) return document;
  const auto first = from + string_view("<w:p>").size();
  string entries;
  for (const Heading& heading : headings) {
    entries += "<w:p><w:pPr><w:pStyle w:val=\"TOC" + std::to_string(heading.level) + "\"/></w:pPr>";
    if (&heading == &headings.front()) entries += document.substr(first, separate + middle.size() - first) + "</w:r>";
    entries += entry_of(heading);
    if (&heading == &headings.back()) entries += "<w:r>" + last + "</w:r>";
    entries += "</w:p>";
  }
  return document.substr(0, from) + entries + document.substr(to + string_view("</w:p>").size());
}

}  // namespace publish
