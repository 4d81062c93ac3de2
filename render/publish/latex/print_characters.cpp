// report.latex declares characters, and says in comments which the encodings of its
// fonts have.
#include "publish/latex/print_characters.hpp"

#include <fmt/format.h>

#include <regex>
#include <sstream>
#include <string_view>

#include "manuscript/markdown/lines.hpp"
#include "manuscript/unicode.hpp"
#include "publish/latex/accents.hpp"
#include "system/files.hpp"

namespace publish {
namespace {

constexpr std::size_t context_bytes = 30;  // before and behind a character

char32_t code_of(const std::string& hexadecimal) { return static_cast<char32_t>(std::stoul(hexadecimal, nullptr, 16)); }

/// "00A0-00B7 0192"
void add_ranges(const std::string& ranges, Characters& characters) {
  std::istringstream words(ranges);
  for (std::string word; words >> word;) {
    const auto dash = word.find('-');
    const char32_t first = code_of(word), last = dash == std::string::npos ? first : code_of(word.substr(dash + 1));
    for (char32_t c = first; c <= last; ++c) characters.insert(c);
  }
}

std::string name_of(char32_t character) {
  return fmt::format("{} (U+{:04X})", manuscript::encode(manuscript::visible(character)),
                     static_cast<unsigned>(character));
}

std::string hint_for(char32_t character) {
  if (character >= 0x300 && character <= 0x36F)
    return "an accent by itself: write the letter with its accent as one character (NFC)";
  return "print has the Latin letters of Europe, single Greek letters, and signs; the other "
         "formats have all";
}

/// Calls `found` with each character that is not printable and where it stands.
template <typename Found>
void each_unprintable(std::string_view text, const Characters& printable, Found found) {
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      ++at;
      continue;
    }
    const auto c = manuscript::decode(text, at);
    if (c.valid && !printable.contains(c.value)) found(c.value, at, c.bytes);
    at += c.bytes;
  }
}

/// The text with letters blanked out that are set as accents over others, byte for byte.
std::string without_accented(std::string text) {
  for (std::size_t at = 0; at < text.size();) {
    const bool is_plain = static_cast<unsigned char>(text[at]) < 0x80 &&
                          (at + 1 >= text.size() || static_cast<unsigned char>(text[at + 1]) < 0x80);
    const std::size_t bytes = is_plain ? 0 : accented_letter(text, at);
    for (std::size_t k = at; k < at + bytes; ++k) text[k] = ' ';
    at += std::max<std::size_t>(bytes, is_plain ? 1 : manuscript::decode(text, at).bytes);
  }
  return text;
}

/// The text with its comments blanked out, byte for byte.
std::string without_comments(std::string text, const std::string& comment) {
  for (auto at = text.find("<!--"); at != std::string::npos; at = text.find("<!--", at)) {
    const auto end = std::min(text.find("-->", at), text.size());
    std::fill(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
  }
  if (comment.empty()) return text;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    const auto first = text.find_first_not_of(" \t", at);
    if (first < end && text.compare(first, comment.size(), comment) == 0)
      std::fill(text.begin() + static_cast<std::ptrdiff_t>(at), text.begin() + static_cast<std::ptrdiff_t>(end), ' ');
    at = end + 1;
  }
  return text;
}

std::size_t at_border(const std::string& text, std::size_t at) {
  while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  return at;
}

std::string around(const std::string& tex, std::size_t at, std::size_t bytes) {
  const auto line = tex.rfind('\n', at);
  const std::size_t first =
      at_border(tex, std::max(line == std::string::npos ? 0 : line + 1, at > context_bytes ? at - context_bytes : 0));
  const std::size_t last = at_border(tex, std::min({tex.find('\n', at), at + bytes + context_bytes, tex.size()}));
  return tex.substr(first, last - first);
}

}  // namespace

Characters print_characters(const std::filesystem::path& theme) {
  static const std::regex declaration(
      R"(\\(?:reportsymbol|reportlines|reportblock|reportletter|DeclareUnicodeCharacter)\{([0-9A-F]+)\})");
  const std::string ranges = "% characters: ";
  Characters characters;
  std::istringstream lines(sys::read_file(theme / "report.latex"));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(ranges)) add_ranges(line.substr(ranges.size()), characters);
    if (line.starts_with('%')) continue;
    for (std::sregex_iterator found(line.begin(), line.end(), declaration), end; found != end; ++found)
      characters.insert(code_of((*found)[1]));
  }
  return characters;
}

std::vector<manuscript::Diagnostic> unprintable_characters(const manuscript::Source& source,
                                                           const Characters& printable, const std::string& comment) {
  const manuscript::Lines lines(source);
  std::vector<manuscript::Diagnostic> errors;
  Characters told;
  each_unprintable(without_accented(without_comments(lines.text(), comment)), printable,
                   [&](char32_t character, std::size_t at, std::size_t bytes) {
                     if (!told.insert(character).second) return;
                     const int line = lines.line_at(at);
                     errors.push_back(lines.error(lines.place(line, at - lines.start(line), bytes),
                                                  fmt::format("print has no character {}", name_of(character)),
                                                  hint_for(character)));
                   });
  return errors;
}

std::vector<Unprintable> unprintable_in(const std::string& tex, const Characters& printable) {
  std::vector<Unprintable> list;
  Characters told;
  each_unprintable(tex, printable, [&](char32_t character, std::size_t at, std::size_t bytes) {
    if (told.insert(character).second)
      list.push_back({character, fmt::format("{}; near: {}", name_of(character), around(tex, at, bytes))});
  });
  return list;
}

}  // namespace publish
