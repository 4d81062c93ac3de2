// What browsers do: HTML Living Standard, 15.3 (bullets, quotation marks); MathML Core, 2.2 and appendix C (italic
// letters); HarfBuzz's normalisation (Unicode 15, annex 15).
#include "publish/page/page_signs.hpp"

#include <cmark.h>
#include <glib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "manuscript/unicode.hpp"

namespace publish {
namespace {

using std::string_view;

/// With the one sign that shows a letter and the accent behind it.
void add_code_points(string_view text, Signs& signs) {
  std::array<bool, 0x80> ascii{};
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto byte = static_cast<unsigned char>(text[at]); byte < ascii.size()) {
      ascii[byte] = true;
      before = byte;
      ++at;
      continue;
    }
    const auto point = manuscript::decode(text, at);
    const char32_t c = point.valid ? point.value : U'\uFFFD';
    if (gunichar whole = 0; g_unichar_compose(before, c, &whole)) signs.insert(whole);
    signs.insert(c);
    before = c;
    at += point.bytes;
  }
  for (std::size_t c = 0; c < ascii.size(); ++c)
    if (ascii[c]) signs.insert(static_cast<char32_t>(c));
}

/// What stands for a sign by name or number, "&hellip;": its names are CommonMark's too.
std::string references_in(string_view html) {
  std::set<std::string> references;
  const auto is_part = [](char c) { return c == '#' || std::isalnum(static_cast<unsigned char>(c)); };
  for (auto at = html.find('&'); at != string_view::npos; at = html.find('&', at + 1)) {
    const auto end = std::find_if_not(html.begin() + static_cast<std::ptrdiff_t>(at) + 1, html.end(), is_part);
    references.emplace(html.begin() + static_cast<std::ptrdiff_t>(at), end);
  }
  std::string list;
  for (const auto& reference : references) list += reference + "; ";
  return list;
}

void add_text(string_view html, Signs& signs) {
  add_code_points(html, signs);
  const std::string references = references_in(html);
  if (references.empty()) return;
  const std::unique_ptr<char, void (*)(void*)> read(
      cmark_markdown_to_html(references.data(), references.size(), CMARK_OPT_DEFAULT), std::free);
  add_code_points(read.get(), signs);
}

/// The end of what begins at `from`, behind the closing tag; `from` itself where it has no end.
std::size_t end_of(string_view html, std::size_t from, string_view closing) {
  const auto end = html.find(closing, from);
  return end == string_view::npos ? from : end + closing.size();
}

Signs signs_of(std::u32string_view text) { return {text.begin(), text.end()}; }

/// What texts are made of, and what browsers draw by themselves: hyphens, quotation marks, bullets, the ends of what is
/// cut off, the signs of what opens.
const Signs& usual_text() {
  static const Signs usual = [] {
    Signs signs = signs_of(U"\u00A0\u2009\u202F§°±·×−‐‑–—‘’‚“”„‹›«»…•◦▪▸▾◂′″€");
    for (char32_t c = ' '; c <= '~'; ++c) signs.insert(c);
    return signs;
  }();
  return usual;
}

/// Digits change with every run, roots have a sign that nobody writes, and ASCII's signs are not mathematics'.
const Signs& usual_mathematics() {
  static const Signs usual = signs_of(U" 0123456789()+,.=−′″‴∗√");
  return usual;
}

/// The mathematical italic form of a letter in a formula, 0 if there is none.
char32_t italic(char32_t c) {
  const auto from = [c](char32_t first, char32_t last, char32_t form) {
    return c >= first && c <= last ? form + (c - first) : 0;
  };
  static constexpr std::pair<char32_t, char32_t> others[] = {
      {'h', 0x210E},    {0x131, 0x1D6A4}, {0x237, 0x1D6A5}, {0x3F4, 0x1D6F3}, {0x2207, 0x1D6FB}, {0x2202, 0x1D715},
      {0x3F5, 0x1D716}, {0x3D1, 0x1D717}, {0x3F0, 0x1D718}, {0x3D5, 0x1D719}, {0x3F1, 0x1D71A},  {0x3D6, 0x1D71B}};
  for (const auto& [letter, form] : others)
    if (c == letter) return form;
  for (const char32_t form :
       {from('A', 'Z', 0x1D434), from('a', 'z', 0x1D44E), from(0x391, 0x3A9, 0x1D6E2), from(0x3B1, 0x3C9, 0x1D6FC)})
    if (form != 0) return form;
  return 0;
}

/// With brackets as they stand in text from right to left, and accented letters taken apart.
void add_equivalents(Signs& signs) {
  for (const char32_t c : Signs(signs)) {
    gunichar other = 0, mark = 0;
    if (g_unichar_get_mirror_char(c, &other)) signs.insert(other);
    if (g_unichar_decompose(c, &other, &mark)) signs.insert({other, mark == 0 ? other : mark});
  }
}

/// What the element shows whose tag is given: a letter that is a variable's whole name is shown in italics. Chromium
/// takes its height from the upright letter.
void add_formula_text(string_view tag, string_view text, Signs& signs) {
  Signs own;
  add_text(text, own);
  const bool is_variable = tag == "<mi>" && own.size() == 1;
  const char32_t form = is_variable ? italic(*own.begin()) : 0;
  if (form != 0) own.insert(form);
  signs.merge(own);
}

/// Of a piece that is all of formulas, or of text in the mathematics font.
void add_formula(string_view html, Signs& signs) {
  for (std::size_t tag = html.find('<'); tag != string_view::npos;) {
    const auto begin = html.find('>', tag);
    if (begin == string_view::npos) return;
    const auto end = html.find('<', begin);
    add_formula_text(html.substr(tag, begin + 1 - tag), html.substr(begin + 1, end - begin - 1), signs);
    tag = end;
  }
}

}  // namespace

void add_signs(string_view html, PageSigns& signs) {
  for (const string_view style : {"small-caps", "uppercase", "capitalize"})
    signs.has_capitals |= html.find(style) != string_view::npos;
  std::size_t done = 0;
  for (auto at = html.find('<'); at != string_view::npos; at = html.find('<', at + 1)) {
    const string_view here = html.substr(at);
    const bool is_formula = here.starts_with("<math ") || here.starts_with("<math>");
    if (!is_formula && !here.starts_with("<tspan class=\"m\"")) continue;
    const auto end = end_of(html, at, is_formula ? "</math>" : "</tspan>");
    if (end == at) continue;
    const string_view part = html.substr(at, end - at);
    // What the mathematics font lacks, a drawing takes from the text's.
    if (!is_formula) add_text(part, signs.text);
    add_formula(part, signs.mathematics);
    add_text(html.substr(done, at - done), signs.text);
    done = end;
    at = end - 1;
  }
  add_text(html.substr(done), signs.text);
}

PageSigns as_shown(const PageSigns& signs) {
  PageSigns shown = signs;
  shown.text.insert(usual_text().begin(), usual_text().end());
  shown.mathematics.insert(usual_mathematics().begin(), usual_mathematics().end());
  if (signs.has_capitals)
    for (const char32_t c : signs.text) shown.text.insert(g_unichar_toupper(c));
  for (Signs* all : {&shown.text, &shown.mathematics}) add_equivalents(*all);
  return shown;
}

}  // namespace publish
