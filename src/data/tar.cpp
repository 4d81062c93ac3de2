// Walks a tar archive, 512 bytes at a time.
#include "data/tar.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "data/error.hpp"

namespace data {
namespace {

using View = std::span<const std::uint8_t>;

constexpr std::size_t block = 512;

std::string text_field(View header, std::size_t at, std::size_t size) {
  const auto field = header.subspan(at, size);
  return {field.begin(), std::find(field.begin(), field.end(), std::uint8_t{0})};
}

std::optional<std::size_t> octal_field(View header, std::size_t at, std::size_t size) {
  std::size_t value = 0;
  bool any = false;
  for (const std::uint8_t c : header.subspan(at, size)) {
    if (c >= '0' && c <= '7') {
      value = value * 8 + (c - '0');
      any = true;
    } else if (any) {
      break;
    } else if (c != ' ') {
      return std::nullopt;
    }
  }
  return any ? std::optional(value) : std::nullopt;
}

/// The sum of the header's bytes, its own field counted as spaces.
bool checksum_holds(View header) {
  std::size_t sum = 0;
  for (std::size_t i = 0; i < block; ++i) sum += i >= 148 && i < 156 ? std::size_t{' '} : header[i];
  return octal_field(header, 148, 8) == sum;
}

}  // namespace

std::vector<TarEntry> list_tar(View archive, const std::filesystem::path& file) {
  std::vector<TarEntry> entries;
  std::size_t at = 0;
  while (at + block <= archive.size()) {
    const View header = archive.subspan(at, block);
    if (std::all_of(header.begin(), header.end(), [](std::uint8_t byte) { return byte == 0; })) return entries;
    const auto size = octal_field(header, 124, 12);
    if (!checksum_holds(header) || !size)
      throw DataError(Fault::damaged, file, fmt::format("is not a tar archive, or damaged, at byte {}", at));
    if (*size > archive.size() - at - block)
      throw DataError(Fault::damaged, file,
                      fmt::format("is truncated: the archive ends within '{}'", text_field(header, 0, 100)));
    const std::uint8_t kind = header[156];
    if (kind == '0' || kind == 0) entries.push_back({text_field(header, 0, 100), archive.subspan(at + block, *size)});
    at += block + (*size + block - 1) / block * block;
  }
  throw DataError(Fault::damaged, file, "is truncated: the archive has no end mark");
}

}  // namespace data
