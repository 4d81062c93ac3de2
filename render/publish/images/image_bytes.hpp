// What the bytes of a picture say of themselves, as far as a report depends on it. Nothing is decoded here.
#pragma once

#include <string>
#include <string_view>

namespace publish {

enum class ImageKind { none, png, jpeg, gif, webp, svg, pdf };

/// The kind of picture that the bytes begin.
ImageKind kind_of(std::string_view bytes);

/// The kind's usual extension, "png"; empty for none.
std::string extension_of(ImageKind kind);

struct PixelSize {
  unsigned width = 0, height = 0;
  bool operator==(const PixelSize&) const = default;
};

/// The size of what pixels are made of, before it is turned; zero where it is not to be found.
PixelSize pixel_size(std::string_view bytes);

/// The width at which a picture made of pixels is shown where nothing else is said, in millimetres: by the resolution
/// that it names, else 96 pixels an inch. 0 where it is not to be found.
double natural_width_mm(std::string_view bytes);

/// The EXIF orientation, 1 to 8 (CIPA DC-008, 4.6.4.A): 1 is upright, 6 lies on its left side.
int orientation_of(std::string_view bytes);

/// The picture without the block that holds its orientation. Of PNG only.
std::string without_exif(std::string_view png);

/// Where the first frame of an animated WebP stands on its canvas.
struct WebpFrame {
  PixelSize canvas, size;
  unsigned x = 0, y = 0;
  bool is_animated = false;
};
WebpFrame first_frame(std::string_view webp);

/// Why a picture cannot be shown as its author sees it, as the end of a sentence that begins with its name, and what
/// would help; empty when nothing speaks against it.
struct ImageFault {
  std::string what, hint;
  explicit operator bool() const { return !what.empty(); }
};
ImageFault fault_of(std::string_view bytes);

}  // namespace publish
