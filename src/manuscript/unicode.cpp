// Well-formed UTF-8 is table 3-7 of the Unicode Standard; widths follow Unicode Standard Annex 11.
#include "manuscript/unicode.hpp"

#include <algorithm>
#include <iterator>

namespace manuscript {
namespace {

struct Range {
  char32_t first, last;
};

constexpr Range zero_width[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A},
                                {0x064B, 0x065F}, {0x06D6, 0x06DC}, {0x0900, 0x0902}, {0x093C, 0x093C},
                                {0x0941, 0x0948}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x1AB0, 0x1AFF},
                                {0x1DC0, 0x1DFF}, {0x200B, 0x200D}, {0x20D0, 0x20FF}, {0x2060, 0x2060},
                                {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0xE0100, 0xE01EF}};

constexpr Range wide[] = {{0x1100, 0x115F},   {0x231A, 0x231B},   {0x23E9, 0x23EC},   {0x25FD, 0x25FE},
                          {0x2614, 0x2615},   {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},
                          {0x4E00, 0x9FFF},   {0xA000, 0xA4CF},   {0xA960, 0xA97F},   {0xAC00, 0xD7A3},
                          {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
                          {0x16FE0, 0x18CFF}, {0x1AFF0, 0x1B2FF}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF},
                          {0x1F18E, 0x1F18E}, {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F64F},
                          {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x1FA70, 0x1FAFF}, {0x20000, 0x3FFFD}};

// Punctuation, symbols and blanks outside of ASCII; what is not listed counts as a letter.
constexpr Range no_word[] = {{0x00A0, 0x00A9}, {0x00AB, 0x00B1},  {0x00B4, 0x00B4}, {0x00B6, 0x00B8}, {0x00BB, 0x00BB},
                             {0x00BF, 0x00BF}, {0x00D7, 0x00D7},  {0x00F7, 0x00F7}, {0x2000, 0x206F}, {0x20A0, 0x20CF},
                             {0x2190, 0x245F}, {0x2500, 0x2BFF},  {0x3000, 0x3004}, {0x3008, 0x3020}, {0xFF01, 0xFF0F},
                             {0xFF1A, 0xFF20}, {0x1F000, 0x1FAFF}};

// They reorder or hide text, and can make a terminal show another line than the file holds.
constexpr Range deceptive[] = {{0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x2069},
                               {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB}, {0xE0000, 0xE007F}};

template <std::size_t n>
bool in(const Range (&ranges)[n], char32_t value) {
  const auto after = std::upper_bound(std::begin(ranges), std::end(ranges), value,
                                      [](char32_t v, const Range& range) { return v < range.first; });
  return after != std::begin(ranges) && value <= std::prev(after)->last;
}

unsigned byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? static_cast<unsigned char>(text[at]) : 0;
}

}  // namespace

CodePoint decode(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x80) return {first, 1, true};
  const std::size_t bytes = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  const CodePoint invalid{first, 1, false};
  if (first < 0xC2 || first > 0xF4) return invalid;
  char32_t value = first & (0x7Fu >> bytes);
  for (std::size_t k = 1; k < bytes; ++k) {
    const unsigned next = byte_at(text, at + k);
    if ((next & 0xC0) != 0x80) return invalid;
    value = value << 6 | (next & 0x3F);
  }
  const char32_t least = bytes == 2 ? 0x80 : bytes == 3 ? 0x800 : 0x10000;
  if (value < least || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return invalid;
  return {value, bytes, true};
}

std::string encode(char32_t value) {
  const auto tail = [&](int shift) { return static_cast<char>(0x80 | (value >> shift & 0x3F)); };
  if (value < 0x80) return {static_cast<char>(value)};
  if (value < 0x800) return {static_cast<char>(0xC0 | value >> 6), tail(0)};
  if (value < 0x10000) return {static_cast<char>(0xE0 | value >> 12), tail(6), tail(0)};
  return {static_cast<char>(0xF0 | value >> 18), tail(12), tail(6), tail(0)};
}

int count_code_points(std::string_view text) {
  int count = 0;
  for (std::size_t at = 0; at < text.size(); at += decode(text, at).bytes) ++count;
  return count;
}

int display_width(char32_t value) {
  if (value < 0x300) return 1;
  if (in(zero_width, value)) return 0;
  return in(wide, value) ? 2 : 1;
}

bool is_word_character(char32_t value) {
  if (value < 0x80)
    return (value >= '0' && value <= '9') || (value >= 'A' && value <= 'Z') || (value >= 'a' && value <= 'z');
  return value >= 0xA0 && !in(no_word, value);
}

char32_t lower_case(char32_t value) {
  if ((value >= 'A' && value <= 'Z') || (value >= 0xC0 && value <= 0xDE && value != 0xD7)) return value + 32;
  if (value == 0x178) return 0xFF;
  const bool odd_is_capital = (value >= 0x139 && value <= 0x148) || (value >= 0x179 && value <= 0x17E);
  if (odd_is_capital) return value % 2 == 1 ? value + 1 : value;
  if ((value >= 0x100 && value <= 0x177 && value != 0x130 && value != 0x138) ||
      (value >= 0x1E00 && value <= 0x1EFF && !(value >= 0x1E96 && value <= 0x1E9F)))
    return value | 1;
  if (value == 0x386) return 0x3AC;
  if (value >= 0x388 && value <= 0x38A) return value + 37;
  if (value == 0x38C) return 0x3CC;
  if (value == 0x38E || value == 0x38F) return value + 63;
  if (value >= 0x391 && value <= 0x3AB && value != 0x3A2) return value + 32;
  if (value >= 0x400 && value <= 0x40F) return value + 80;
  if (value >= 0x410 && value <= 0x42F) return value + 32;
  if (value >= 0x460 && value <= 0x52F && (value <= 0x481 || value >= 0x48A) && !(value >= 0x4C0 && value <= 0x4CF))
    return value | 1;
  if (value >= 0x531 && value <= 0x556) return value + 48;
  return value;
}

char32_t visible(char32_t value) {
  if (value < 0x20) return 0x2400 + value;
  if (value == 0x7F) return 0x2421;
  if ((value >= 0x80 && value < 0xA0) || in(deceptive, value)) return 0xFFFD;
  return value;
}

std::string visible(std::string_view text) {
  std::string shown;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint c = decode(text, at);
    shown += encode(c.valid ? visible(c.value) : char32_t{0xFFFD});
    at += c.bytes;
  }
  return shown;
}

}  // namespace manuscript
