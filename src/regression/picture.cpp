// Colours are compared in CIELAB (CIE 15:2004, D65), where equal distances look about equally large, after a blur that
// forgives edges shifted by parts of a pixel.
// See picture.hpp.
#include "regression/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace regression {
namespace {

using cairo::Picture;
using cairo::Rgb;

/// Distances in CIELAB. One just notices 2.3 side by side; an edge that moved by half a pixel stays below this after
/// the blur, a missing line does not.
constexpr double seen = 12;
/// A picture with less or more than this part of its reference's ink shows something else.
constexpr double least_ink = 0.5, most_ink = 2;

struct Lab {
  double l = 0, a = 0, b = 0;
};

double linear(int channel) {
  const double c = channel / 255.0;
  return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

const std::array<double, 256>& linear_table() {
  static const auto table = [] {
    std::array<double, 256> t{};
    for (int i = 0; i < 256; ++i) t[static_cast<std::size_t>(i)] = linear(i);
    return t;
  }();
  return table;
}

double lab_f(double t) { return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116; }

Lab lab(const Rgb& color) {
  const auto& of = linear_table();
  const double r = of[static_cast<std::size_t>(color.red)], g = of[static_cast<std::size_t>(color.green)],
               b = of[static_cast<std::size_t>(color.blue)];
  const double x = lab_f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const double y = lab_f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const double z = lab_f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const Lab& p, const Lab& q) {
  return std::sqrt((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

using Plane = std::vector<Lab>;

/// One pass of the binomial filter 1 2 1 along one direction.
Plane blurred_along(const Plane& plane, std::size_t width, std::size_t height, bool across) {
  Plane out(plane.size());
  const auto at = [&](std::size_t x, std::size_t y) -> const Lab& { return plane[y * width + x]; };
  for (std::size_t y = 0; y < height; ++y)
    for (std::size_t x = 0; x < width; ++x) {
      const Lab& here = at(x, y);
      const Lab& before = across ? at(x > 0 ? x - 1 : 0, y) : at(x, y > 0 ? y - 1 : 0);
      const Lab& after = across ? at(std::min(x + 1, width - 1), y) : at(x, std::min(y + 1, height - 1));
      out[y * width + x] = {(before.l + 2 * here.l + after.l) / 4, (before.a + 2 * here.a + after.a) / 4,
                            (before.b + 2 * here.b + after.b) / 4};
    }
  return out;
}

Plane blurred(const Picture& picture) {
  Plane plane;
  plane.reserve(picture.pixels.size());
  for (const Rgb& pixel : picture.pixels) plane.push_back(lab(pixel));
  for (int pass = 0; pass < 2; ++pass)
    for (const bool across : {true, false}) plane = blurred_along(plane, picture.width, picture.height, across);
  return plane;
}

/// How much is on the paper, whose colour is that of the corner.
double ink_of(const Picture& picture) {
  if (picture.pixels.empty()) return 0;
  const Lab paper = lab(picture.pixels.front());
  double ink = 0;
  for (const Rgb& pixel : picture.pixels) ink += distance(lab(pixel), paper);
  return ink;
}

std::string missing_ink(const Picture& now, const Picture& reference) {
  const double ink = ink_of(now) / static_cast<double>(std::max<std::size_t>(1, now.pixels.size()));
  const double wanted = ink_of(reference) / static_cast<double>(std::max<std::size_t>(1, reference.pixels.size()));
  if (wanted == 0) return ink == 0 ? "" : "the reference's picture is blank";
  if (ink == 0) return "the picture is blank";
  if (ink < least_ink * wanted)
    return fmt::format("the picture has lost {:.0f} % of its ink", 100 * (1 - ink / wanted));
  if (ink > most_ink * wanted)
    return fmt::format("the picture has {:.1f} times the ink of the reference", ink / wanted);
  return "";
}

/// The picture of now, pale, with differences in orange where there is more ink than before and in blue where there is
/// less.
Picture difference_of(const Picture& now, const Picture& reference, const Plane& a, const Plane& b) {
  Picture picture = now;
  for (std::size_t i = 0; i < picture.pixels.size(); ++i) {
    const Rgb& p = now.pixels[i];
    const int grey = (3 * p.red + 6 * p.green + p.blue) / 10, pale = 255 - (255 - grey) / 4;
    picture.pixels[i] = {pale, pale, pale};
    if (i >= b.size() || distance(a[i], b[i]) <= seen / 2) continue;
    picture.pixels[i] = lab(p).l < lab(reference.pixels[i]).l ? Rgb{213, 94, 0} : Rgb{0, 114, 178};
  }
  return picture;
}

}  // namespace

PictureComparison compare_pictures(const Picture& now, const Picture& reference) {
  PictureComparison c;
  c.missing_ink = missing_ink(now, reference);
  if (now.width != reference.width || now.height != reference.height) {
    c.words = fmt::format("the picture is {} x {} pixels large, the reference {} x {}", now.width, now.height,
                          reference.width, reference.height);
    c.difference = now;
    return c;
  }
  const Plane a = blurred(now), b = blurred(reference);
  std::size_t different = 0;
  double most = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double d = distance(a[i], b[i]);
    different += d > seen;
    most = std::max(most, d);
  }
  if (different > 0)
    c.words = fmt::format("{:.2g} % of the picture looks different, by up to {:.0f} units of CIELAB",
                          100 * static_cast<double>(different) / static_cast<double>(a.size()), most);
  c.difference = difference_of(now, reference, a, b);
  return c;
}

}  // namespace regression
