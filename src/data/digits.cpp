// Draws the digits: a skeleton, shaken; slanted, turned, stretched and warped; traced with a pen of
// varying width. Only + - * / and square roots are used, which IEEE 754 rounds alike everywhere,
// and no library's sine or exponential.
#include "data/digits.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "data/digit_strokes.hpp"
#include "numerics/random.hpp"

namespace data {
namespace {

/// Draws from one image's random stream, by algorithms that do not depend on the standard library.
class Hand {
 public:
  explicit Hand(std::size_t index)
      : engine_(numerics::RandomStream(0).child("digits").child("image", index).engine()) {}

  double between(double low, double high) {
    constexpr double unit = 1.0 / 9007199254740992.0;  // 2^-53
    return low + (high - low) * static_cast<double>(engine_() >> 11) * unit;
  }
  /// About normal, never beyond 3 sigma: the sum of three uniform draws.
  double wobble(double sigma) {
    double sum = between(-1, 1);  // one statement a draw: the order of operands is the compiler's choice
    sum += between(-1, 1);
    sum += between(-1, 1);
    return sigma * sum;
  }

 private:
  numerics::MersenneTwister engine_;
};

/// The first variant is the commonest, each further one rarer.
const Skeleton& choose(const std::vector<Skeleton>& variants, Hand& hand) {
  const double u = hand.between(0, 1);
  return variants[std::min(static_cast<std::size_t>(static_cast<double>(variants.size()) * u * (0.6 + 0.4 * u)),
                           variants.size() - 1)];
}

/// Rotation, slant, stretch and shift from the unit square to pixels.
struct Affine {
  double xx, xy, yx, yy, x0, y0;
  Point operator()(const Point& p) const {
    const double x = p.x - 0.5;
    const double y = p.y - 0.5;
    return {xx * x + xy * y + x0, yx * x + yy * y + y0};
  }
};

Affine random_affine(Hand& hand) {
  const double half_tangent = hand.wobble(0.075);  // of the angle of rotation: sine and cosine without a library
  const double scale = 1 + half_tangent * half_tangent;
  const double cosine = (1 - half_tangent * half_tangent) / scale;
  const double sine = 2 * half_tangent / scale;
  const double height = hand.between(15.0, 21.0);
  const double width = height * hand.between(0.72, 1.08);
  const double slant = 0.12 + hand.wobble(0.20);  // hands lean to the right
  constexpr double centre = (digit_size - 1) / 2.0;
  return {cosine * width,
          -cosine * slant * height - sine * height,
          sine * width,
          -sine * slant * height + cosine * height,
          centre + hand.wobble(1.0),
          centre + hand.wobble(1.0)};
}

/// A smooth field of displacements: a uniform cubic B-spline over a coarse grid of random arrows.
class Warp {
 public:
  explicit Warp(Hand& hand) {
    for (Point& arrow : arrows_) arrow = {hand.wobble(1.4), hand.wobble(1.4)};
  }

  Point operator()(const Point& p) const {
    const auto [column, across] = cell(p.x);
    const auto [row, down] = cell(p.y);
    Point moved = p;
    for (std::size_t i = 0; i < 4; ++i)
      for (std::size_t j = 0; j < 4; ++j) {
        const Point& arrow = arrows_[(row + i) * side + column + j];
        moved.x += down[i] * across[j] * arrow.x;
        moved.y += down[i] * across[j] * arrow.y;
      }
    return moved;
  }

 private:
  static constexpr std::size_t side = 6;  // three cells, and what a cubic needs around them

  struct Cell {
    std::size_t first;
    std::array<double, 4> weights;
  };
  static Cell cell(double pixel) {
    constexpr double cells = side - 3.0;
    const double at = std::clamp(pixel / digit_size, 0.0, 0.999) * cells;
    const double first = std::floor(at);
    const double t = at - first;
    const double s = 1 - t;
    return {static_cast<std::size_t>(first),
            {s * s * s / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * s * s * s - 6 * s * s + 4) / 6, t * t * t / 6}};
  }

  std::array<Point, side * side> arrows_;
};

Skeleton shaken(const Skeleton& skeleton, Hand& hand) {
  Skeleton result = skeleton;
  for (Stroke& stroke : result)
    for (PenPoint& point : stroke) {
      point.x += hand.wobble(0.034);
      point.y += hand.wobble(0.034);
    }
  return result;
}

/// The shift along one axis that brings low..high onto the paper, a margin left free.
double shift_onto_paper(double low, double high) {
  constexpr double margin = 2;
  constexpr double end = digit_size - 1 - margin;
  if (high - low > end - margin) return (margin + end - low - high) / 2;
  return std::max(margin - low, 0.0) + std::min(end - high, 0.0);
}

using Lines = std::vector<std::vector<Point>>;

/// A hand that nears the edge of its box keeps within it: no stroke is cut off.
void keep_on_paper(Lines& lines) {
  Point low{digit_size, digit_size};
  Point high{0, 0};
  for (const auto& line : lines)
    for (const Point& p : line) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y)};
    }
  const Point shift{shift_onto_paper(low.x, high.x), shift_onto_paper(low.y, high.y)};
  for (auto& line : lines)
    for (Point& p : line) p = {p.x + shift.x, p.y + shift.y};
}

double distance_to_segment(const Point& p, const Point& a, const Point& b) {
  const double dx = b.x - a.x;
  const double dy = b.y - a.y;
  const double length2 = dx * dx + dy * dy;
  const double along = (p.x - a.x) * dx + (p.y - a.y) * dy;
  const double t = length2 > 0 ? std::clamp(along / length2, 0.0, 1.0) : 0.0;
  const double x = p.x - a.x - t * dx;
  const double y = p.y - a.y - t * dy;
  return std::sqrt(x * x + y * y);
}

/// Ink by pixel, 0..1.
class Paper {
 public:
  /// One straight piece of a stroke. Its edge fades over a little more than a pixel, as a scanned
  /// pen stroke's does.
  void draw(const Point& a, const Point& b, double half_width) {
    constexpr double fade = 1.3;
    const double reach = half_width + fade / 2;
    const auto first = [&](double u, double v) {
      return std::max(0, static_cast<int>(std::floor(std::min(u, v) - reach)));
    };
    const auto last = [&](double u, double v) {
      return std::min(digit_size - 1, static_cast<int>(std::ceil(std::max(u, v) + reach)));
    };
    for (int y = first(a.y, b.y); y <= last(a.y, b.y); ++y)
      for (int x = first(a.x, b.x); x <= last(a.x, b.x); ++x) {
        const double depth = (reach - distance_to_segment({double(x), double(y)}, a, b)) / fade;
        double& pixel = ink_[static_cast<std::size_t>(y * digit_size + x)];
        pixel = std::max(pixel, std::clamp(depth, 0.0, 1.0));
      }
  }

  std::vector<std::uint8_t> pixels(double darkness) const {
    std::vector<std::uint8_t> grey;
    grey.reserve(ink_.size());
    for (const double ink : ink_) grey.push_back(static_cast<std::uint8_t>(255 * darkness * ink + 0.5));
    return grey;
  }

 private:
  std::array<double, digit_size * digit_size> ink_{};
};

}  // namespace

std::vector<std::uint8_t> draw_digit(std::size_t index) {
  Hand hand(index);
  const Skeleton skeleton = shaken(choose(skeletons(static_cast<int>(index % 10)), hand), hand);
  const Affine affine = random_affine(hand);
  const Warp warp(hand);
  const double half_width = hand.between(0.75, 1.65);
  const double pressure = hand.wobble(0.14);  // how much the line swells from a stroke's beginning to its end
  const double darkness = hand.between(0.8, 1.0);

  Lines lines;
  for (const Stroke& stroke : skeleton) {
    lines.push_back(trace(stroke, 6));
    for (Point& point : lines.back()) point = warp(affine(point));
  }
  keep_on_paper(lines);

  Paper paper;
  for (const auto& line : lines)
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
      const double along = static_cast<double>(i) / static_cast<double>(line.size() - 1);
      paper.draw(line[i], line[i + 1], half_width * (1 + pressure * (2 * along - 1)));
    }
  return paper.pixels(darkness);
}

Dataset digits(std::size_t count) {
  std::vector<std::uint8_t> pixels;
  std::vector<std::uint8_t> labels;
  pixels.reserve(count * digit_size * digit_size);
  for (std::size_t i = 0; i < count; ++i) {
    const auto image = draw_digit(i);
    pixels.insert(pixels.end(), image.begin(), image.end());
    labels.push_back(static_cast<std::uint8_t>(i % 10));
  }
  return make_dataset("digits", "generated digits", pixels, std::move(labels));
}

}  // namespace data
