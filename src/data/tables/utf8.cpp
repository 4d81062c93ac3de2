// UTF-8 as the Unicode Standard has it (table 3-7): no overlong forms, no surrogates, nothing above U+10FFFF.
#include "data/tables/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>

#include "text/characters.hpp"

namespace data {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return at < bytes.size() ? static_cast<std::uint8_t>(bytes[at]) : std::uint8_t{0};
}

bool is_within(std::uint8_t byte, int least, int most) { return byte >= least && byte <= most; }

/// Bytes of the well-formed sequence at `at`; 0 if there is none.
std::size_t sequence_length(std::string_view bytes, std::size_t at) {
  const std::uint8_t first = byte_at(bytes, at), second = byte_at(bytes, at + 1);
  if (first < 0x80) return 1;
  const auto goes_on = [&](std::size_t distance) { return is_within(byte_at(bytes, at + distance), 0x80, 0xBF); };
  if (is_within(first, 0xC2, 0xDF)) return goes_on(1) ? 2 : 0;
  if (is_within(first, 0xE0, 0xEF)) {
    const bool fits = is_within(second, first == 0xE0 ? 0xA0 : 0x80, first == 0xED ? 0x9F : 0xBF);
    return fits && goes_on(2) ? 3 : 0;
  }
  if (is_within(first, 0xF0, 0xF4)) {
    const bool fits = is_within(second, first == 0xF0 ? 0x90 : 0x80, first == 0xF4 ? 0x8F : 0xBF);
    return fits && goes_on(2) && goes_on(3) ? 4 : 0;
  }
  return 0;
}

/// The first byte that is not UTF-8; npos where all is. Eight bytes of ASCII at a time.
std::size_t first_invalid(std::string_view bytes) {
  for (std::size_t at = 0; at < bytes.size();) {
    std::uint64_t eight = 0;
    if (at + sizeof eight <= bytes.size()) {
      std::memcpy(&eight, bytes.data() + at, sizeof eight);
      if ((eight & 0x8080808080808080u) == 0) {
        at += sizeof eight;
        continue;
      }
    }
    const std::size_t length = sequence_length(bytes, at);
    if (length == 0) return at;
    at += length;
  }
  return std::string_view::npos;
}

/// What a file is that is no text, by its first bytes; empty where they say nothing.
Complaint other_format(std::string_view bytes) {
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return {"the file is UTF-16, not UTF-8", "convert it: iconv -f UTF-16 -t UTF-8 OLD > NEW"};
  if (bytes.starts_with("PK\x03\x04"))
    return {"the file is a ZIP archive, as workbooks of spreadsheets are, not a table in text",
            "export the sheet as CSV in UTF-8"};
  if (bytes.starts_with("\x1F\x8B")) return {"the file is packed with gzip", "unpack it: gunzip FILE.gz"};
  return {};
}

}  // namespace

std::size_t text_begin(std::string_view bytes) { return bytes.starts_with(byte_order_mark) ? 3 : 0; }

int count_code_points(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void append_utf8(std::string& text, char32_t code_point) {
  const auto six_bits = [&](int shift) { return static_cast<char>(0x80 | (code_point >> shift & 0x3F)); };
  if (code_point < 0x80) {
    text += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    text += {static_cast<char>(0xC0 | code_point >> 6), six_bits(0)};
  } else if (code_point < 0x10000) {
    text += {static_cast<char>(0xE0 | code_point >> 12), six_bits(6), six_bits(0)};
  } else {
    text += {static_cast<char>(0xF0 | code_point >> 18), six_bits(12), six_bits(6), six_bits(0)};
  }
}

std::string in_quotes(std::string_view text) {
  constexpr int most_shown = 40;
  std::size_t end = 0;
  for (int shown = 0; end < text.size() && shown < most_shown; ++shown) do
      ++end;
    while (end < text.size() && (text[end] & 0xC0) == 0x80);
  std::string quoted(text.substr(0, end));
  for (char& c : quoted)
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
  return fmt::format("'{}{}'", quoted, end < text.size() ? "..." : "");
}

std::string_view trimmed(std::string_view text) { return text::trimmed(text, " \t"); }

bool is_readable_text(std::string_view bytes, TableErrors& errors) {
  const auto refuse = [&](Complaint complaint) {
    errors.add([&] { return TableError{0, 0, 1, std::move(complaint.message), std::move(complaint.hint)}; });
    return false;
  };
  if (bytes.substr(text_begin(bytes)).find_first_not_of(" \t\r\n") == std::string_view::npos)
    return refuse({"the file is empty", ""});
  // Cells are kept as 32-bit offsets.
  if (bytes.size() >= std::numeric_limits<std::uint32_t>::max()) return refuse({"the file has 4 GiB or more", ""});
  if (Complaint other = other_format(bytes); !other.message.empty()) return refuse(std::move(other));
  const auto refuse_byte = [&](std::size_t at, Complaint complaint) {
    errors.add([&] { return PlaceFinder(bytes).error(at, at + 1, std::move(complaint)); });
    return false;
  };
  if (const std::size_t nul = bytes.find('\0'); nul != std::string_view::npos)
    return refuse_byte(nul, {"a NUL byte: the file is damaged, or is not a text in UTF-8", ""});
  if (const std::size_t invalid = first_invalid(bytes); invalid != std::string_view::npos)
    return refuse_byte(invalid, {fmt::format("byte {:02X} is not UTF-8", byte_at(bytes, invalid)),
                                 "save the file as UTF-8; if it is Latin-1: iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW"});
  return true;
}

}  // namespace data
