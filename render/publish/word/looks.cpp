// Office Open XML, ECMA-376 part 1: pages 17.6, styles 17.7, themes 20.1.6. Lengths are in twentieths of a point, sizes
// of type in halves. What a version of Pandoc's reference document does not have is left as it is.
#include "publish/word/looks.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <regex>
#include <string_view>
#include <utility>

#include "publish/archive.hpp"
#include "publish/word/contents.hpp"
#include "publish/word/formulas.hpp"
#include "text/parts.hpp"
#include "text/replace_all.hpp"

namespace publish {
namespace {

long twips(double mm) { return std::lround(mm / 25.4 * 1440); }

/// The printed page's paper, with its margins above and below. Its captions stand in the margin; Word's stand below the
/// figures, so that the text is wider and between equal margins.
std::string page(const Paper& paper) {
  const double bottom = paper.height - paper.top - paper.text_height, head = 14;
  const long side = twips((paper.width - paper.word_text) / 2);
  return fmt::format(
      "<w:sectPr><w:pgSz w:w=\"{}\" w:h=\"{}\"/><w:pgMar w:top=\"{}\" w:right=\"{}\" w:bottom=\"{}\" w:left=\"{}\" "
      "w:header=\"{}\" w:footer=\"{}\" w:gutter=\"0\"/></w:sectPr>",
      twips(paper.width), twips(paper.height), twips(paper.top), side, twips(bottom), side, twips(head), twips(head));
}

std::string with_page(const std::string& document, const Paper& paper) {
  static const std::regex section("<w:sectPr[^>]*/>|<w:sectPr(?: [^>]*)?>[\\s\\S]*?</w:sectPr>");
  return std::regex_replace(document, section, page(paper));
}

/// Palatino, which Windows and macOS have, as in print.
std::string with_typeface(const std::string& theme) {
  static const std::regex latin("(<a:(?:major|minor)Font>\\s*<a:latin typeface=\")[^\"]*");
  return std::regex_replace(theme, latin, "$1Palatino Linotype");
}

/// Changes the style's text from its name to its end.
template <typename Change>
void change_style(std::string& styles, const std::string& id, Change change) {
  const auto name = styles.find("w:styleId=\"" + id + "\"");
  if (name == std::string::npos) return;
  const auto end = styles.find("</w:style>", name);
  if (end == std::string::npos) return;
  styles.replace(name, end - name, change(styles.substr(name, end - name)));
}

std::string without(const std::string& text, const char* pattern) {
  return std::regex_replace(text, std::regex(pattern), "");
}

std::string with_size(const std::string& style, int half_points) {
  return std::regex_replace(style, std::regex("(<w:szC?s? w:val=\")[0-9]+"), fmt::format("$01{}", half_points));
}

/// Styles that Pandoc's reference document lacks: entries of contents, which Word gives dots and numbers of pages, and
/// equations with their numbers (writers/word.lua).
std::string own_styles(const Paper& paper) {
  std::string styles;
  for (int level = 1; level <= 9; ++level)
    styles += fmt::format(
        "<w:style w:type=\"paragraph\" w:styleId=\"TOC{0}\"><w:name w:val=\"toc {0}\"/><w:basedOn w:val=\"Normal\"/>"
        "<w:next w:val=\"Normal\"/><w:uiPriority w:val=\"39\"/><w:unhideWhenUsed/><w:pPr><w:tabs><w:tab "
        "w:val=\"right\" w:leader=\"dot\" w:pos=\"{1}\"/></w:tabs><w:spacing w:before=\"{2}\" w:after=\"0\"/><w:ind "
        "w:left=\"{3}\"/></w:pPr></w:style>",
        level, twips(paper.word_text), level == 1 ? 80 : 20, (level - 1) * 240);
  for (const auto& [name, place] : {std::pair("Equation", "center"), std::pair("Equation Number", "right")})
    styles += fmt::format(
        "<w:style w:type=\"paragraph\" w:customStyle=\"1\" w:styleId=\"{}\"><w:name w:val=\"{}\"/><w:basedOn "
        "w:val=\"Normal\"/><w:qFormat/><w:pPr><w:spacing w:before=\"60\" w:after=\"60\"/><w:jc "
        "w:val=\"{}\"/></w:pPr></w:style>",
        without(name, " "), name, place);
  return styles;
}

std::string with_styles(std::string styles, const Paper& paper) {
  constexpr int text_size = 21, caption_size = 18;
  constexpr const char* colours = "<w:color [^>]*/>";
  constexpr const char* weights = "<w:b ?/>|<w:bCs ?/>";
  if (const auto defaults = styles.find("</w:rPrDefault>"); defaults != std::string::npos)
    styles.replace(0, defaults, with_size(styles.substr(0, defaults), text_size));
  constexpr int heading_sizes[] = {36, 28, 24};
  for (int level = 1; level <= 9; ++level)
    change_style(styles, fmt::format("Heading{}", level), [&](const std::string& style) {
      const std::string plain = without(without(style, colours), weights);
      return level <= 3 ? with_size(plain, heading_sizes[level - 1]) : plain;
    });
  for (const char* title : {"Title", "Subtitle", "TOCHeading"})
    change_style(styles, title, [&](const std::string& style) { return without(without(style, colours), weights); });
  change_style(styles, "Caption", [&](const std::string& style) {
    return std::regex_replace(style, std::regex("<w:i ?/>(?:\\s*<w:iCs ?/>)?"),
                              fmt::format("<w:sz w:val=\"{0}\"/><w:szCs w:val=\"{0}\"/>", caption_size));
  });
  text::replace_all(styles, "</w:styles>", own_styles(paper) + "</w:styles>");
  return styles;
}

/// A cell, and a note, ends with a paragraph (ECMA-376 part 1, 17.4.65).
std::string with_ended_cells(std::string part) {
  for (const std::string end : {"</w:tc>", "</w:footnote>"})
    text::replace_all(part, "</w:tbl>" + end, "</w:tbl><w:p/>" + end);
  return part;
}

/// Paragraphs of lists, of which Pandoc says first which list it is and then the style: the standard has them the other
/// way round (CT_PPr), and an equation within a list's entry is not indented, since its cell is narrow.
std::string with_sound_paragraphs(const std::string& part) {
  return text::with_parts_changed(part, "<w:pPr>", "</w:pPr>", [](const std::string& properties) {
    const std::string_view list_begins = "<w:numPr>", list_ends = "</w:numPr>", style_begins = "<w:pStyle ";
    const auto list_end = properties.find(list_ends), style = list_end + list_ends.size();
    if (!properties.starts_with(list_begins) || list_end == std::string::npos ||
        properties.compare(style, style_begins.size(), style_begins) != 0)
      return properties;
    const auto style_end = properties.find("/>", style) + 2;
    const std::string list = properties.substr(0, style), name = properties.substr(style, style_end - style);
    const bool is_equation = name.find("\"Equation") != std::string::npos;
    const bool has_bullet = list.find("<w:numId w:val=\"1000\"") == std::string::npos;
    return name + (is_equation && !has_bullet ? "" : list) + properties.substr(style_end);
  });
}

std::string sound_part(const std::string& part) {
  return with_ended_cells(with_sound_paragraphs(with_word_formulas(part)));
}

/// Those of the text's relationships that lead to what the notes embed.
std::string files_of_notes(const std::string& notes, const std::string& relationships) {
  static const std::regex relationship("<Relationship [^>]*/>"), id("[ ]Id=\"([^\"]*)\"");
  std::string found;
  for (auto at = std::sregex_iterator(relationships.begin(), relationships.end(), relationship);
       at != std::sregex_iterator(); ++at) {
    const std::string one = at->str();
    std::smatch name;
    if (std::regex_search(one, name, id) && notes.find("r:embed=\"" + name[1].str() + "\"") != std::string::npos)
      found += one;
  }
  return found;
}

std::string with_files(const std::string& relationships, const std::string& more) {
  if (more.empty()) return relationships;
  // Pandoc writes an empty list as one tag.
  std::string list = std::regex_replace(relationships, std::regex("(<Relationships [^>]*)/>"), "$1></Relationships>");
  const auto end = list.rfind("</Relationships>");
  return end == std::string::npos ? list : list.insert(end, more);
}

/// Styles for texts in other languages, of which Pandoc has written no more than their names (writers/word.lua).
std::string with_languages(std::string styles) {
  const std::string name = "<w:name w:val=\"Language ", end_of_style = "</w:style>";
  for (auto at = styles.find(name); at != std::string::npos; at = styles.find(name, at + 1)) {
    const std::size_t tag = at + name.size(), end = styles.find(end_of_style, at);
    if (end == std::string::npos) break;
    styles.insert(
        end, fmt::format("<w:rPr><w:lang w:val=\"{}\"/></w:rPr>", styles.substr(tag, styles.find('"', tag) - tag)));
  }
  return styles;
}

}  // namespace

std::string word_reference(const std::string& pandocs, const Paper& paper) {
  return with_entries(pandocs, "1980-01-01", [&](const std::string& name, const std::string& content) {
    if (name == "word/document.xml") return with_page(content, paper);
    if (name == "word/styles.xml") return with_styles(content, paper);
    if (name == "word/theme/theme1.xml") return with_typeface(content);
    return content;
  });
}

std::string finished_docx(const std::string& docx, const std::string& day) {
  std::map<std::string, std::string> parts;
  with_entries(docx, day, [&](const std::string& name, const std::string& content) {
    if (name == "word/footnotes.xml" || name == "word/_rels/document.xml.rels") parts[name] = content;
    return content;
  });
  return with_entries(docx, day, [&](const std::string& name, const std::string& content) {
    if (name == "word/styles.xml") return with_languages(content);
    if (name == "word/document.xml") return sound_part(with_contents(content));
    if (name == "word/footnotes.xml") return sound_part(content);
    if (name != "word/_rels/footnotes.xml.rels") return content;
    return with_files(content, files_of_notes(parts["word/footnotes.xml"], parts["word/_rels/document.xml.rels"]));
  });
}

}  // namespace publish
