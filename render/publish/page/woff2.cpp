// Google's library does the same, but tells on standard error how small each font became. Sections are those of W3C's
// WOFF File Format 2.0; a font's own directory of tables is OpenType's.
#include "publish/page/woff2.hpp"

#include <brotli/encode.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <new>
#include <string_view>
#include <vector>

namespace publish {
namespace {

/// Of the tables that are known by their numbers (section 4.1), those up to what fonts of formulas have.
constexpr std::array<std::string_view, 32> known_tables{"cmap", "head", "hhea", "hmtx", "maxp", "name", "OS/2", "post",
                                                        "cvt ", "fpgm", "glyf", "loca", "prep", "CFF ", "VORG", "EBDT",
                                                        "EBLC", "gasp", "hdmx", "kern", "LTSH", "PCLT", "VDMX", "vhea",
                                                        "vmtx", "BASE", "GDEF", "GPOS", "GSUB", "EBSC", "JSTF", "MATH"};
constexpr unsigned char unknown_table = 63;
constexpr std::size_t header_size = 48, font_header_size = 12, font_record_size = 16;

std::size_t big_endian(std::string_view bytes) {
  std::size_t value = 0;
  for (const char byte : bytes) value = value << 8 | static_cast<unsigned char>(byte);
  return value;
}

void put(std::string& out, std::size_t value, int bytes) {
  while (bytes-- > 0) out += static_cast<char>(value >> (8 * bytes) & 0xFF);
}

/// Seven bits a byte, without leading zeros (UIntBase128).
void put_length(std::string& out, std::size_t value) {
  int groups = 1;
  while (value >> (7 * groups) != 0) ++groups;
  while (groups-- > 0) out += static_cast<char>((value >> (7 * groups) & 0x7F) | (groups > 0 ? 0x80 : 0));
}

std::size_t rounded_up(std::size_t size) { return (size + 3) / 4 * 4; }

struct Table {
  std::string_view tag;
  std::size_t at = 0, size = 0;
};

std::vector<Table> tables_of(std::string_view font) {
  std::vector<Table> tables(big_endian(font.substr(4, 2)));
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const std::string_view record = font.substr(font_header_size + i * font_record_size, font_record_size);
    tables[i] = {record.substr(0, 4), big_endian(record.substr(8, 4)), big_endian(record.substr(12, 4))};
  }
  return tables;
}

void put_entry(std::string& directory, const Table& table) {
  const auto known = std::find(known_tables.begin(), known_tables.end(), table.tag);
  if (known != known_tables.end()) {
    put(directory, static_cast<std::size_t>(known - known_tables.begin()), 1);
  } else {
    put(directory, unknown_table, 1);
    directory += table.tag;
  }
  put_length(directory, table.size);
}

std::string compressed(const std::string& bytes) {
  std::string packed(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
  std::size_t size = packed.size();
  if (!BrotliEncoderCompress(BROTLI_MAX_QUALITY, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_FONT, bytes.size(),
                             reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                             reinterpret_cast<std::uint8_t*>(packed.data())))
    throw std::bad_alloc();
  packed.resize(size);
  return packed;
}

}  // namespace

std::string woff2(std::string font) {
  const std::vector<Table> tables = tables_of(font);
  std::string directory, contents;
  std::size_t font_size = font_header_size + tables.size() * font_record_size;
  for (const Table& table : tables) {
    // A font that was taken apart and put together says so: bit 11 of the head's flags (section 5).
    if (table.tag == "head") font[table.at + 16] = static_cast<char>(font[table.at + 16] | 0x08);
    put_entry(directory, table);
    contents.append(font, table.at, table.size);
    font_size += rounded_up(table.size);
  }
  const std::string packed = compressed(contents);
  const std::size_t size = rounded_up(header_size + directory.size() + packed.size());
  std::string out = "wOF2" + font.substr(0, 4);
  put(out, size, 4);
  put(out, tables.size(), 2);
  put(out, 0, 2);
  put(out, font_size, 4);
  put(out, packed.size(), 4);
  put(out, 1, 4);                 // version 1.0
  out.resize(header_size, '\0');  // no metadata, no private data
  out += directory + packed;
  out.resize(size, '\0');
  return out;
}

}  // namespace publish
