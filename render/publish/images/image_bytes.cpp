// PNG: the W3C's recommendation, third edition. JPEG: ITU-T T.81, annex B. GIF89a, section 18. WebP: Google's container
// specification. EXIF: CIPA DC-008, 4.5 and 4.6.
#include "publish/images/image_bytes.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace publish {
namespace {

using Bytes = std::string_view;
constexpr auto npos = Bytes::npos;

constexpr Bytes png_signature = "\x89PNG\r\n\x1a\n";
constexpr std::size_t beginning = 4096;  // of an SVG picture, in which its first element stands

std::size_t byte(Bytes bytes, std::size_t at) { return at < bytes.size() ? static_cast<unsigned char>(bytes[at]) : 0; }

std::size_t big_endian(Bytes bytes, std::size_t at, std::size_t count) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < count; ++i) value = value << 8 | byte(bytes, at + i);
  return value;
}

std::size_t little_endian(Bytes bytes, std::size_t at, std::size_t count) {
  std::size_t value = 0;
  for (std::size_t i = count; i-- > 0;) value = value << 8 | byte(bytes, at + i);
  return value;
}

// ---------------------------------------------------------------------------------------------------------------
// blocks

/// A part of a file with a name: a chunk of PNG or WebP, a segment of JPEG.
struct Block {
  Bytes name, content, whole;
};

constexpr std::size_t png_frame = 12;  // length, name and checksum

/// The chunk of PNG at `at`; none where the file is cut off or its bytes are not those that were written.
std::optional<Block> png_chunk(Bytes bytes, std::size_t at) {
  if (at > bytes.size() || bytes.size() - at < png_frame) return std::nullopt;
  const std::size_t length = big_endian(bytes, at, 4);
  if (length > bytes.size() - at - png_frame) return std::nullopt;
  const Bytes named = bytes.substr(at + 4, length + 4);
  if (crc32_z(0, reinterpret_cast<const Bytef*>(named.data()), named.size()) != big_endian(bytes, at + 8 + length, 4))
    return std::nullopt;
  return Block{named.substr(0, 4), named.substr(4), bytes.substr(at, length + png_frame)};
}

std::optional<Block> webp_chunk(Bytes bytes, std::size_t at) {
  if (at > bytes.size() || bytes.size() - at < 8) return std::nullopt;
  const std::size_t length = little_endian(bytes, at + 4, 4);
  if (length > bytes.size() - at - 8) return std::nullopt;
  return Block{bytes.substr(at, 4), bytes.substr(at + 8, length), bytes.substr(at, 8 + length + length % 2)};
}

/// The segment of JPEG at `at`, of those before the picture's own data.
std::optional<Block> jpeg_segment(Bytes bytes, std::size_t at) {
  if (byte(bytes, at) != 0xFF || at + 4 > bytes.size()) return std::nullopt;
  const std::size_t length = big_endian(bytes, at + 2, 2);
  if (length < 2 || length > bytes.size() - at - 2) return std::nullopt;
  return Block{bytes.substr(at + 1, 1), bytes.substr(at + 4, length - 2), bytes.substr(at, length + 2)};
}

/// The first block that `wanted` takes.
template <typename Read, typename Wanted>
std::optional<Block> find_block(Bytes bytes, std::size_t at, Read read, Wanted wanted) {
  for (auto block = read(bytes, at); block; block = read(bytes, at)) {
    if (wanted(*block)) return block;
    at += block->whole.size();
  }
  return std::nullopt;
}

std::optional<Block> png_chunk_of(Bytes bytes, Bytes name) {
  return find_block(bytes, png_signature.size(), png_chunk, [&](const Block& block) { return block.name == name; });
}

std::optional<Block> webp_chunk_of(Bytes bytes, Bytes name) {
  return find_block(bytes, 12, webp_chunk, [&](const Block& block) { return block.name == name; });
}

// -----------------------------------------------------------------------------------------------------------------
// EXIF

constexpr Bytes exif_name("Exif\0\0", 6);

Bytes exif_of(Bytes bytes) {
  std::optional<Block> block;
  switch (kind_of(bytes)) {
    case ImageKind::png:
      block = png_chunk_of(bytes, "eXIf");
      break;
    case ImageKind::webp:
      block = webp_chunk_of(bytes, "EXIF");
      break;
    case ImageKind::jpeg:
      block = find_block(bytes, 2, jpeg_segment,
                         [](const Block& b) { return b.name == "\xE1" && b.content.starts_with(exif_name); });
      break;
    default:
      break;
  }
  if (!block) return {};
  return block->content.starts_with(exif_name) ? block->content.substr(exif_name.size()) : block->content;
}

// ------------------------------------------------------------------------------------------------------------------
// JPEG

/// Frames of all ways of coding; C4, C8 and CC are other segments.
bool is_frame(const Block& block) {
  const std::size_t marker = byte(block.name, 0);
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

PixelSize jpeg_size(Bytes bytes) {
  const auto frame = find_block(bytes, 2, jpeg_segment, is_frame);
  if (!frame) return {};
  return {static_cast<unsigned>(big_endian(frame->content, 3, 2)),
          static_cast<unsigned>(big_endian(frame->content, 1, 2))};
}

// -----------------------------------------------------------------------------------------------------------
// resolution

constexpr double mm_per_inch = 25.4;

/// Pixels a millimetre, across; 0 where the picture does not say.
double png_resolution(Bytes bytes) {
  const auto chunk = png_chunk_of(bytes, "pHYs");
  return chunk && byte(chunk->content, 8) == 1 ? static_cast<double>(big_endian(chunk->content, 0, 4)) / 1000 : 0;
}

double jpeg_resolution(Bytes bytes) {
  const auto header = find_block(bytes, 2, jpeg_segment,
                                 [](const Block& b) { return b.name == "\xE0" && b.content.starts_with("JFIF"); });
  if (!header) return 0;
  const std::size_t unit = byte(header->content, 7);
  const auto density = static_cast<double>(big_endian(header->content, 8, 2));
  return unit == 1 ? density / mm_per_inch : unit == 2 ? density / 10 : 0;
}

// -------------------------------------------------------------------------------------------------------------------
// SVG

constexpr std::array loading_elements{Bytes("image"), Bytes("use"), Bytes("feImage")};

/// The value of the attribute `href`, in whichever namespace, of the tag whose text this is.
Bytes href_of(Bytes tag) {
  for (std::size_t at = tag.find("href"); at != npos; at = tag.find("href", at + 1)) {
    const std::size_t sign = tag.find_first_not_of(" \t\r\n", at + 4);
    if (sign == npos || tag[sign] != '=') continue;
    const std::size_t quote = tag.find_first_not_of(" \t\r\n", sign + 1);
    if (quote == npos || (tag[quote] != '"' && tag[quote] != '\'')) continue;
    const std::size_t end = tag.find(tag[quote], quote + 1);
    if (end != npos) return tag.substr(quote + 1, end - quote - 1);
  }
  return {};
}

/// Browsers load nothing for a picture, and what cannot be loaded is left out without a word.
ImageFault svg_fault(Bytes bytes) {
  for (std::size_t at = bytes.find('<'); at != npos; at = bytes.find('<', at + 1)) {
    if (bytes.substr(at).starts_with("<!--")) {
      at = std::min(bytes.find("-->", at), bytes.size() - 1);
      continue;
    }
    const std::size_t end = bytes.find_first_of(" \t\r\n/>", at + 1);
    if (end == npos) break;
    Bytes name = bytes.substr(at + 1, end - at - 1);
    name.remove_prefix(std::min(name.find(':') + 1, name.size()));  // its namespace, if it names one
    if (name == "switch") return {};  // what follows is offered in several forms, for each program one
    if (name == "foreignObject")
      return {"holds HTML (<foreignObject>), which browsers alone can show",
              "write its text as SVG's own <text>, or save it as PDF or PNG"};
    if (std::find(loading_elements.begin(), loading_elements.end(), name) == loading_elements.end()) continue;
    const Bytes address = href_of(bytes.substr(end, std::min(bytes.find('>', end), bytes.size()) - end));
    if (!address.empty() && address.front() != '#' && !address.starts_with("data:"))
      return {fmt::format("loads '{}', and a picture must stand alone", address),
              "embed what it loads, as drawing programs offer"};
  }
  return {};
}

// -------------------------------------------------------------------------------------------------------------------
// GIF

/// The end of the table of colours whose flags are at `flags`, and which begins at `at`.
std::size_t after_colours(Bytes bytes, std::size_t flags, std::size_t at) {
  return byte(bytes, flags) & 0x80 ? at + (std::size_t{6} << (byte(bytes, flags) & 7)) : at;
}

/// The end of the sub-blocks at `at`; beyond the file's where it is cut off.
std::size_t after_sub_blocks(Bytes bytes, std::size_t at) {
  while (at < bytes.size() && byte(bytes, at) != 0) at += 1 + byte(bytes, at);
  return at + 1;
}

/// Without its trailer, an animation that was cut off between two pictures could not be told from a whole one.
bool is_whole_gif(Bytes bytes) {
  bool has_picture = false;
  std::size_t at = after_colours(bytes, 10, 13);
  while (at < bytes.size() && bytes[at] != ';') {
    if (bytes[at] == '!') {
      at = after_sub_blocks(bytes, at + 2);
    } else if (bytes[at] == ',') {
      at = after_sub_blocks(bytes, after_colours(bytes, at + 9, at + 10) + 1);
      has_picture = true;
    } else {
      return has_picture;
    }
  }
  return has_picture && at < bytes.size();
}

bool is_whole(Bytes bytes) {
  switch (kind_of(bytes)) {
    case ImageKind::png:
      return png_chunk_of(bytes, "IEND").has_value();
    case ImageKind::jpeg:
      return bytes.rfind("\xFF\xD9") != npos && pixel_size(bytes) != PixelSize{};
    case ImageKind::gif:
      return is_whole_gif(bytes);
    case ImageKind::webp:
      return little_endian(bytes, 4, 4) + 8 <= bytes.size();
    default:
      return true;
  }
}

}  // namespace

ImageKind kind_of(std::string_view bytes) {
  if (bytes.starts_with(png_signature)) return ImageKind::png;
  if (bytes.starts_with("\xFF\xD8\xFF")) return ImageKind::jpeg;
  if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return ImageKind::gif;
  if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP")) return ImageKind::webp;
  if (bytes.starts_with("%PDF-")) return ImageKind::pdf;
  if (bytes.substr(0, beginning).find("<svg") != npos) return ImageKind::svg;
  return ImageKind::none;
}

std::string extension_of(ImageKind kind) {
  constexpr std::array names{"", "png", "jpg", "gif", "webp", "svg", "pdf"};
  return names.at(static_cast<std::size_t>(kind));
}

PixelSize pixel_size(std::string_view bytes) {
  switch (kind_of(bytes)) {
    case ImageKind::png:
      return {static_cast<unsigned>(big_endian(bytes, 16, 4)), static_cast<unsigned>(big_endian(bytes, 20, 4))};
    case ImageKind::gif:
      return {static_cast<unsigned>(little_endian(bytes, 6, 2)), static_cast<unsigned>(little_endian(bytes, 8, 2))};
    case ImageKind::jpeg:
      return jpeg_size(bytes);
    default:
      return {};
  }
}

double natural_width_mm(std::string_view bytes) {
  const ImageKind kind = kind_of(bytes);
  const double resolution = kind == ImageKind::png    ? png_resolution(bytes)
                            : kind == ImageKind::jpeg ? jpeg_resolution(bytes)
                                                      : 0;
  return pixel_size(bytes).width / (resolution > 0 ? resolution : 96 / mm_per_inch);
}

int orientation_of(std::string_view bytes) {
  const Bytes exif = exif_of(bytes);
  const bool is_little = exif.starts_with("II");
  if (!is_little && !exif.starts_with("MM")) return 1;
  const auto number = [&](std::size_t at, std::size_t count) {
    return is_little ? little_endian(exif, at, count) : big_endian(exif, at, count);
  };
  const std::size_t directory = number(4, 4), entries = number(directory, 2);
  for (std::size_t i = 0; i < entries; ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (entry + 12 > exif.size()) return 1;
    if (number(entry, 2) != 0x0112) continue;
    const std::size_t value = number(entry + 8, 2);
    return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
  }
  return 1;
}

std::string without_exif(std::string_view png) {
  std::string kept(png_signature);
  std::size_t at = png_signature.size();
  for (auto chunk = png_chunk(png, at); chunk; chunk = png_chunk(png, at)) {
    if (chunk->name != "eXIf") kept += chunk->whole;
    at += chunk->whole.size();
  }
  return kept;
}

WebpFrame first_frame(std::string_view webp) {
  const auto header = webp_chunk_of(webp, "VP8X"), frame = webp_chunk_of(webp, "ANMF");
  if (!header || !frame) return {};
  const auto number = [](Bytes bytes, std::size_t at) { return static_cast<unsigned>(little_endian(bytes, at, 3)); };
  return {{number(header->content, 4) + 1, number(header->content, 7) + 1},
          {number(frame->content, 6) + 1, number(frame->content, 9) + 1},
          2 * number(frame->content, 0),
          2 * number(frame->content, 3),
          true};
}

ImageFault fault_of(std::string_view bytes) {
  if (!is_whole(bytes))
    return {"is damaged: the file is cut off, or its bytes are not those that were written", "save or copy it anew"};
  return kind_of(bytes) == ImageKind::svg ? svg_fault(bytes) : ImageFault{};
}

}  // namespace publish
