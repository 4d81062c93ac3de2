// Code points by Unicode, "Mathematical Alphanumeric Symbols"; \mathbf and \boldsymbol as in
// LaTeX's amsmath and bm. See tex_letters.hpp.
#include "publish/latex/tex_letters.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace publish {
namespace {

using std::string_view;

constexpr char32_t bold_latin = 0x1D400, slanted_latin = 0x1D468, bold_greek = 0x1D6A8, slanted_greek = 0x1D71C;
constexpr int latin_count = 52, greek_count = 58, first_small_greek = 26;

std::string utf8(char32_t c) {
  if (c < 0x80) return {static_cast<char>(c)};
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x800) return {static_cast<char>(0xC0 | (c >> 6)), tail(0)};
  if (c < 0x10000) return {static_cast<char>(0xE0 | (c >> 12)), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | (c >> 18)), tail(12), tail(6), tail(0)};
}

/// The code point that a text of four bytes is; those of bold letters all have four.
std::optional<char32_t> wide_character(string_view text) {
  if (text.size() != 4 || (static_cast<unsigned char>(text[0]) & 0xF8) != 0xF0) return std::nullopt;
  char32_t c = static_cast<unsigned char>(text[0]) & 0x07;
  for (std::size_t i = 1; i < 4; ++i) c = c << 6 | (static_cast<unsigned char>(text[i]) & 0x3F);
  return c;
}

/// A letter's number: Latin from 0, Greek (with nabla, partial and the variants) behind.
std::optional<int> bold_letter(string_view text) {
  const auto c = wide_character(text);
  if (!c) return std::nullopt;
  const auto within = [&](char32_t first, int count, int offset) -> std::optional<int> {
    if (*c < first || *c >= first + static_cast<char32_t>(count)) return std::nullopt;
    return static_cast<int>(*c - first) + offset;
  };
  for (const auto first : {bold_latin, slanted_latin})
    if (const auto letter = within(first, latin_count, 0)) return letter;
  for (const auto first : {bold_greek, slanted_greek})
    if (const auto letter = within(first, greek_count, latin_count)) return letter;
  return std::nullopt;
}

std::optional<int> greek_command(string_view name) {
  // In Unicode's order, which is that of the alphabet, with places that TeX has no command for.
  static constexpr std::array<string_view, greek_count> names{
      "",           "",        "Gamma",   "Delta",    "",         "",      "",        "Theta",  "",      "",
      "Lambda",     "",        "",        "Xi",       "",         "Pi",    "",        "",       "Sigma", "",
      "Upsilon",    "Phi",     "",        "Psi",      "Omega",    "nabla", "alpha",   "beta",   "gamma", "delta",
      "varepsilon", "zeta",    "eta",     "theta",    "iota",     "kappa", "lambda",  "mu",     "nu",    "xi",
      "omicron",    "pi",      "rho",     "varsigma", "sigma",    "tau",   "upsilon", "varphi", "chi",   "psi",
      "omega",      "partial", "epsilon", "vartheta", "varkappa", "phi",   "varrho",  "varpi"};
  const auto at = std::find(names.begin(), names.end(), name);
  if (name.empty() || at == names.end()) return std::nullopt;
  return latin_count + static_cast<int>(at - names.begin());
}

enum class Style { none, upright, slanted };

/// Walks through TeX, and notes the letters that stand in the argument of a bold command.
class TexWalk {
 public:
  explicit TexWalk(BoldLetters& letters) : letters_(letters) {}

  void walk(string_view tex, Style style, int depth = 0) {
    constexpr int deepest = 100;  // a chapter must not exhaust the stack
    if (depth > deepest) return;
    while (!tex.empty()) {
      const auto [symbol, size] = next(tex);
      tex.remove_prefix(size);
      if (symbol.size() > 1 && symbol[0] == '\\')
        tex.remove_prefix(command(symbol.substr(1), tex, style, depth));
      else if (style != Style::none && symbol.size() == 1)
        add(latin(symbol[0]), style);
    }
  }

 private:
  /// The next command or character, and how many bytes it takes.
  static std::pair<string_view, std::size_t> next(string_view tex) {
    if (tex[0] != '\\' || tex.size() == 1) return {tex.substr(0, 1), 1};
    std::size_t end = 1;
    while (end < tex.size() && is_letter(tex[end])) ++end;
    end = std::max<std::size_t>(end, 2);
    return {tex.substr(0, end), end};
  }

  static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  static std::optional<int> latin(char c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    return std::nullopt;
  }

  /// Handles a command; how much of what follows was its argument.
  std::size_t command(string_view name, string_view rest, Style style, int depth) {
    static constexpr std::array<string_view, 3> upright{"mathbf", "mathbfup", "symbf"};
    static constexpr std::array<string_view, 5> slanted{"boldsymbol", "bm", "pmb", "mathbold", "mathbfit"};
    static constexpr std::array<string_view, 14> others{"mathrm", "mathcal",      "mathbb", "mathfrak", "mathscr",
                                                        "mathsf", "mathtt",       "mathit", "text",     "textrm",
                                                        "textit", "operatorname", "mbox",   "begin"};
    const auto names = [&](const auto& list) { return std::find(list.begin(), list.end(), name) != list.end(); };
    const bool bold = names(upright) || names(slanted);
    if (!bold && !names(others)) {
      if (style != Style::none) add(greek_command(name), style);
      return 0;
    }
    const auto [argument, size] = argument_of(rest);
    walk(argument, !bold ? Style::none : names(upright) ? Style::upright : Style::slanted, depth + 1);
    return size;
  }

  /// The group or the single token that `tex` begins with, and how many bytes it takes.
  static std::pair<string_view, std::size_t> argument_of(string_view tex) {
    const auto begin = std::min(tex.find_first_not_of(" \n\t"), tex.size());
    if (begin == tex.size()) return {"", begin};
    if (tex[begin] != '{') {
      const auto [symbol, size] = next(tex.substr(begin));
      return {symbol, begin + size};
    }
    int depth = 0;
    for (auto at = begin; at < tex.size(); ++at) {
      if (tex[at] == '\\') {
        ++at;
      } else if (tex[at] == '{') {
        ++depth;
      } else if (tex[at] == '}' && --depth == 0) {
        return {tex.substr(begin + 1, at - begin - 1), at + 1};
      }
    }
    return {tex.substr(begin + 1), tex.size()};
  }

  void add(std::optional<int> letter, Style style) {
    if (letter) letters_.add(*letter, style == Style::slanted);
  }

  BoldLetters& letters_;
};

}  // namespace

std::size_t length_of(string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string in_alphabet(const std::string& text, const std::string& variant) {
  struct Alphabet {
    string_view variant;
    char32_t zero, nabla, partial;
  };
  static constexpr std::array<Alphabet, 7> alphabets{{{"bold", 0x1D7CE, 0x1D6C1, 0x1D6DB},
                                                      {"bold-italic", 0x1D7CE, 0x1D735, 0x1D74F},
                                                      {"double-struck", 0x1D7D8, 0, 0},
                                                      {"sans-serif", 0x1D7E2, 0, 0},
                                                      {"bold-sans-serif", 0x1D7EC, 0x1D76F, 0x1D789},
                                                      {"sans-serif-bold-italic", 0x1D7EC, 0x1D7A9, 0x1D7C3},
                                                      {"monospace", 0x1D7F6, 0, 0}}};
  const auto at = std::find_if(alphabets.begin(), alphabets.end(),
                               [&](const Alphabet& alphabet) { return alphabet.variant == variant; });
  if (at == alphabets.end()) return text;
  if (text == "∇" && at->nabla) return utf8(at->nabla);
  if (text == "∂" && at->partial) return utf8(at->partial);
  std::string digits;
  for (const char c : text)
    digits += c >= '0' && c <= '9' ? utf8(at->zero + static_cast<char32_t>(c - '0')) : std::string(1, c);
  return digits;
}

std::string BoldLetters::meant(const std::string& text) {
  const auto letter = bold_letter(text);
  const auto asked = letter ? asked_.find(*letter) : asked_.end();
  if (asked == asked_.end()) return text;
  const bool greek = *letter >= latin_count;
  const int index = greek ? *letter - latin_count : *letter;
  // LaTeX's capital Greek letters and nabla are upright in either.
  const bool slanted = asked->second.front() && !(greek && index < first_small_greek);
  if (asked->second.size() > 1) asked->second.pop_front();
  const char32_t first = greek ? (slanted ? slanted_greek : bold_greek) : (slanted ? slanted_latin : bold_latin);
  return utf8(first + static_cast<char32_t>(index));
}

BoldLetters bold_letters(const std::string& tex) {
  BoldLetters letters;
  TexWalk(letters).walk(tex, Style::none);
  return letters;
}

}  // namespace publish
