// Decoding by the table of well-formed sequences.
#include "document/utf8.hpp"

namespace document {

CodePoint code_point_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(at);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || at + length > text.size()) return {lead, 1, false};
  char32_t value = lead & (0x7F >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(at + i) & 0xC0) != 0x80) return {lead, 1, false};
    value = value << 6 | (byte(at + i) & 0x3F);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  if (overlong || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {lead, 1, false};
  return {value, length, true};
}

int count_code_points(std::string_view text) {
  int count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) at += code_point_at(text, at).length;
  return count;
}

int display_width(char32_t c) {
  struct Range {
    char32_t first, last;
  };
  static constexpr Range none[] = {{0x300, 0x36F}, {0x1AB0, 0x1AFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFEFF, 0xFEFF}};
  static constexpr Range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},  {0xAC00, 0xD7A3},  {0xF900, 0xFAFF},
                                   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},  {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
  for (const auto& r : none)
    if (c >= r.first && c <= r.last) return 0;
  for (const auto& r : wide)
    if (c >= r.first && c <= r.last) return 2;
  return 1;
}

}  // namespace document
