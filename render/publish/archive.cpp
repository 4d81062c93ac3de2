// Layout after PKWARE's APPNOTE 6.3.10: end record (4.3.16) -> central headers (4.3.12) -> local headers (4.3.7). Times
// stand in both headers of an entry, in the form of MS-DOS (4.4.6).
#include "publish/archive.hpp"

#include <zlib.h>

#include <cstdint>
#include <cstdio>
#include <vector>

#include "publish/deflate.hpp"
#include "publish/errors.hpp"

namespace publish {
namespace {

constexpr std::uint32_t end_signature = 0x06054b50, central_signature = 0x02014b50, local_signature = 0x04034b50;
constexpr std::size_t end_size = 22, central_size = 46, local_size = 30;
constexpr std::size_t method_stored = 0, method_deflated = 8;
constexpr std::size_t largest = 500'000'000;  // of what an entry holds

std::size_t number(const std::string& zip, std::size_t at, std::size_t bytes) {
  if (at > zip.size() || zip.size() - at < bytes) throw Error("pandoc wrote a ZIP archive that is cut off");
  std::size_t value = 0;
  for (std::size_t i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(zip[at + i]);
  return value;
}

std::string bytes_of(std::size_t value, std::size_t bytes) {
  std::string text;
  for (std::size_t i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}

void expect(const std::string& zip, std::size_t at, std::uint32_t signature) {
  if (number(zip, at, 4) != signature) throw Error("pandoc wrote something that is not a ZIP archive");
}

/// Time and date in four bytes: midnight, and the day.
std::string dos_time(const std::string& day) {
  unsigned y = 1980, m = 1, d = 1;
  if (std::sscanf(day.c_str(), "%u-%u-%u", &y, &m, &d) != 3 || y < 1980 || y > 2107) y = 1980, m = 1, d = 1;
  const unsigned date = (y - 1980) << 9 | m << 5 | d;
  return {'\0', '\0', static_cast<char>(date & 0xFF), static_cast<char>(date >> 8)};
}

struct Entry {
  std::string name;
  std::string version_and_flags;  // as the central header has them
  std::string attributes;
  std::size_t method = method_stored, checksum = 0, size = 0;
  std::string packed;
};

Entry entry_at(const std::string& zip, std::size_t at) {
  expect(zip, at, central_signature);
  Entry entry;
  entry.version_and_flags = zip.substr(at + 4, 6);
  entry.version_and_flags[4] = static_cast<char>(entry.version_and_flags[4] & ~8);  // sizes stand before the data
  entry.method = number(zip, at + 10, 2);
  entry.checksum = number(zip, at + 16, 4);
  entry.size = number(zip, at + 24, 4);
  entry.attributes = zip.substr(at + 36, 6);
  entry.name = zip.substr(at + central_size, number(zip, at + 28, 2));
  const std::size_t local = number(zip, at + 42, 4), packed = number(zip, at + 20, 4);
  expect(zip, local, local_signature);
  const std::size_t data = local + local_size + number(zip, local + 26, 2) + number(zip, local + 28, 2);
  if (data > zip.size() || zip.size() - data < packed) throw Error("pandoc wrote a ZIP archive that is cut off");
  entry.packed = zip.substr(data, packed);
  return entry;
}

std::vector<Entry> entries_of(const std::string& zip) {
  std::size_t end = zip.size() < end_size ? std::string::npos : zip.size() - end_size;
  while (end != std::string::npos && end > 0 && number(zip, end, 4) != end_signature) --end;  // a comment may follow it
  expect(zip, end, end_signature);
  std::vector<Entry> entries;
  std::size_t at = number(zip, end + 16, 4);
  for (std::size_t count = number(zip, end + 10, 2); count > 0; --count) {
    entries.push_back(entry_at(zip, at));
    at += central_size + number(zip, at + 28, 2) + number(zip, at + 30, 2) + number(zip, at + 32, 2);
  }
  return entries;
}

Bytef* bytes(std::string& text) { return reinterpret_cast<Bytef*>(text.data()); }
Bytef* bytes(const std::string& text) {
  return reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
}  // zlib only reads

std::string content_of(const Entry& entry) {
  if (entry.method == method_stored) return entry.packed;
  if (entry.method != method_deflated || entry.size > largest)
    throw Error("pandoc wrote a ZIP archive of an unknown kind");
  std::string content(entry.size, '\0');
  z_stream stream{};
  if (inflateInit2(&stream, -MAX_WBITS) != Z_OK) throw std::bad_alloc();
  stream.next_in = bytes(entry.packed);
  stream.avail_in = static_cast<uInt>(entry.packed.size());
  stream.next_out = bytes(content);
  stream.avail_out = static_cast<uInt>(content.size());
  const int status = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  if (status != Z_STREAM_END || stream.avail_out > 0) throw Error("pandoc wrote a ZIP archive that cannot be unpacked");
  return content;
}

void set_content(Entry& entry, const std::string& content) {
  entry.packed = deflated(content);
  entry.method = method_deflated;
  entry.size = content.size();
  entry.checksum = crc32(0, bytes(content), static_cast<uInt>(content.size()));
}

/// What local and central header have in common, from the method to the name's length.
std::string header(const Entry& entry, const std::string& time) {
  return bytes_of(entry.method, 2) + time + bytes_of(entry.checksum, 4) + bytes_of(entry.packed.size(), 4) +
         bytes_of(entry.size, 4) + bytes_of(entry.name.size(), 2);
}

std::string packed(const std::vector<Entry>& entries, const std::string& time) {
  std::string zip, central;
  for (const auto& entry : entries) {
    const std::size_t local = zip.size();
    zip += bytes_of(local_signature, 4) + entry.version_and_flags.substr(2) + header(entry, time) + bytes_of(0, 2) +
           entry.name + entry.packed;
    central += bytes_of(central_signature, 4) + entry.version_and_flags + header(entry, time) + bytes_of(0, 6) +
               entry.attributes + bytes_of(local, 4) + entry.name;
  }
  const std::size_t begin = zip.size();
  zip += central;
  return zip + bytes_of(end_signature, 4) + bytes_of(0, 4) + bytes_of(entries.size(), 2) + bytes_of(entries.size(), 2) +
         bytes_of(central.size(), 4) + bytes_of(begin, 4) + bytes_of(0, 2);
}

}  // namespace

std::string with_entries(const std::string& zip, const std::string& day, const Mend& mend, const Rename& rename) {
  auto entries = entries_of(zip);
  for (auto& entry : entries) {
    if (mend) {
      const std::string content = content_of(entry);
      const std::string mended = mend(entry.name, content);
      if (mended != content) set_content(entry, mended);
    }
    if (rename) entry.name = rename(entry.name);
  }
  return packed(entries, dos_time(day));
}

}  // namespace publish
