// Layout after PKWARE's APPNOTE 6.3.10: end record (4.3.16) -> central headers (4.3.12) -> local headers (4.3.7). The times
// stand in both headers of an entry, in the form of MS-DOS (4.4.6), and no checksum covers them.
#include "report/zip_times.hpp"

#include <cstdint>
#include <cstdio>

#include "report/publish.hpp"

namespace report {
namespace {

constexpr std::uint32_t end_signature = 0x06054b50, central_signature = 0x02014b50, local_signature = 0x04034b50;
constexpr std::size_t end_size = 22, central_size = 46, local_size = 30;

std::size_t number(const std::string& zip, std::size_t at, std::size_t bytes) {
  if (at > zip.size() || zip.size() - at < bytes) throw PublishError("pandoc wrote a ZIP archive that is cut off");
  std::size_t value = 0;
  for (std::size_t i = bytes; i-- > 0;) value = value << 8 | static_cast<unsigned char>(zip[at + i]);
  return value;
}

void expect(const std::string& zip, std::size_t at, std::uint32_t signature) {
  if (number(zip, at, 4) != signature) throw PublishError("pandoc wrote something that is no ZIP archive");
}

/// Time and date in four bytes: midnight, and the day.
std::string dos_time(const std::string& day) {
  unsigned y = 1980, m = 1, d = 1;
  if (std::sscanf(day.c_str(), "%u-%u-%u", &y, &m, &d) != 3 || y < 1980 || y > 2107) y = 1980, m = 1, d = 1;
  const unsigned date = (y - 1980) << 9 | m << 5 | d;
  return {'\0', '\0', static_cast<char>(date & 0xFF), static_cast<char>(date >> 8)};
}

}  // namespace

std::string with_entry_times(std::string zip, const std::string& day) {
  std::size_t end = zip.size() < end_size ? std::string::npos : zip.size() - end_size;
  while (end != std::string::npos && end > 0 && number(zip, end, 4) != end_signature) --end;  // a comment may follow it
  expect(zip, end, end_signature);
  const std::string time = dos_time(day);
  std::size_t at = number(zip, end + 16, 4);
  for (std::size_t entries = number(zip, end + 10, 2); entries > 0; --entries) {
    expect(zip, at, central_signature);
    const std::size_t local = number(zip, at + 42, 4);
    const std::size_t next = at + central_size + number(zip, at + 28, 2) + number(zip, at + 30, 2) + number(zip, at + 32, 2);
    expect(zip, local, local_signature);
    number(zip, local, local_size);  // it is there as a whole
    zip.replace(at + 12, time.size(), time);
    zip.replace(local + 10, time.size(), time);
    at = next;
  }
  return zip;
}

}  // namespace report
