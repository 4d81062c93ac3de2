// Canonical decomposition and composition after Unicode Standard Annex 15, by GLib. Characters up to U+017F are those
// that LaTeX's font encoding T1 has, or knows how to build.
#include "publish/latex/accents.hpp"

#include <glib.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "manuscript/unicode.hpp"

namespace publish {
namespace {

constexpr char32_t last_of_t1 = 0x17F, first_mark = 0x300, last_mark = 0x36F, dotless_i = 0x131, dotless_j = 0x237;

/// The command that sets an accent; nothing when there is none.
std::string_view command_of(char32_t mark) {
  switch (mark) {
    case 0x300:
      return "\\`";
    case 0x301:
      return "\\'";
    case 0x302:
      return "\\^";
    case 0x303:
      return "\\~";
    case 0x304:
      return "\\=";
    case 0x306:
      return "\\u";
    case 0x307:
      return "\\.";
    case 0x308:
      return "\\\"";
    case 0x30A:
      return "\\r";
    case 0x30B:
      return "\\H";
    case 0x30C:
      return "\\v";
    case 0x323:
      return "\\d";
    case 0x327:
      return "\\c";
    case 0x328:
      return "\\k";
    case 0x331:
      return "\\b";
    default:
      return {};
  }
}

bool is_mark(char32_t c) { return c >= first_mark && c <= last_mark; }

std::vector<char32_t> decomposed(char32_t c) {
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];
  const gsize count = g_unichar_fully_decompose(c, FALSE, parts, G_UNICHAR_MAX_DECOMPOSITION_LENGTH);
  return {parts, parts + count};
}

/// A letter with its marks, as LaTeX is to see it; empty when it cannot be set.
std::string letter(char32_t base, const std::vector<char32_t>& marks, bool commands) {
  if (base == dotless_i) base = 'i';
  if (base == dotless_j) base = 'j';
  std::vector<char32_t> left;
  for (const char32_t mark : marks) {
    gunichar whole = 0;
    if (g_unichar_compose(base, mark, &whole) && (whole <= last_of_t1 || !commands))
      base = whole;
    else
      left.push_back(mark);
  }
  std::string text = manuscript::encode(base);
  for (const char32_t mark : left) {
    if (!commands) {
      text += manuscript::encode(mark);
      continue;
    }
    const std::string_view command = command_of(mark);
    if (command.empty()) return "";
    text = std::string(command) + "{" + text + "}";
  }
  return text;
}

/// A character with the marks behind it, and what is to be written for it; nothing when it stays as it is.
struct Letter {
  std::size_t bytes = 1;
  std::string set;
};

Letter letter_at(std::string_view text, std::size_t at, bool commands) {
  const auto c = manuscript::decode(text, at);
  std::size_t end = at + c.bytes;
  std::vector<char32_t> marks;
  for (auto next = manuscript::decode(text, end); end < text.size() && next.valid && is_mark(next.value);
       next = manuscript::decode(text, end)) {
    marks.push_back(next.value);
    end += next.bytes;
  }
  const bool stays =
      !c.valid || (marks.empty() && c.value <= last_of_t1) || (c.value < 0x80 && !g_unichar_isalpha(c.value));
  if (stays) return {end - at, ""};
  auto parts = decomposed(c.value);
  parts.insert(parts.end(), marks.begin(), marks.end());
  const char32_t base = parts.front();
  parts.erase(parts.begin());
  const bool is_latin = !parts.empty() && base <= last_of_t1 && is_mark(parts.front());
  return {end - at, is_latin ? letter(base, parts, commands) : ""};
}

class Writer {
 public:
  explicit Writer(std::string_view tex) : tex_(tex) {}

  std::string run() {
    std::size_t line_end = 0;
    while (at_ < tex_.size()) {
      if (at_ >= line_end) {
        line_end = std::min(tex_.find('\n', at_), tex_.size() - 1) + 1;
        look_at_line(tex_.substr(at_, line_end - at_));
      }
      step();
    }
    return std::move(text_);
  }

 private:
  void look_at_line(std::string_view line) {
    if (line.starts_with("\\begin{document}")) in_text_ = true;
    if (line.find("\\begin{verbatim}") != std::string_view::npos) in_verbatim_ = true;
    if (line.find("\\end{verbatim}") != std::string_view::npos) in_verbatim_ = false;
  }

  void step() {
    const Letter letter = letter_at(tex_, at_, in_text_ && !in_verbatim_);
    if (letter.set.empty())
      text_.append(tex_, at_, letter.bytes);
    else
      text_ += letter.set;
    at_ += letter.bytes;
  }

  const std::string_view tex_;
  std::string text_;
  std::size_t at_ = 0;
  bool in_text_ = false, in_verbatim_ = false;
};

}  // namespace

std::string with_accents(const std::string& tex) {
  // Most texts have no letter that needs it.
  const auto lead = [](char c) { return static_cast<unsigned char>(c) >= 0xC6; };  // U+0180 and beyond
  if (std::none_of(tex.begin(), tex.end(), lead)) return tex;
  return Writer(tex).run();
}

std::size_t accented_letter(std::string_view text, std::size_t at) {
  const Letter letter = letter_at(text, at, true);
  return letter.set.empty() ? 0 : letter.bytes;
}

}  // namespace publish
