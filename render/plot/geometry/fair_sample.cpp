// Points in the order in which Hilbert's curve visits them (Math. Annalen 38, 1891), of which van der Corput's sequence
// takes as many as are wanted: every stretch of the curve keeps its share, and so does every patch of paper. A random
// draw has the right density too, but only on average; its clusters and holes are the draw's, not the sample's.
#include "plot/geometry/fair_sample.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <numeric>

namespace plot {

namespace {

constexpr int bits = 9;  // of a coordinate: cells of about half a point of paper
constexpr std::uint32_t side = 1U << bits;
constexpr int directions = 64;

std::uint32_t cell_of(double at, double from, double width) {
  const double unit = width > 0 ? (at - from) / width : 0;
  return static_cast<std::uint32_t>(std::clamp(unit * side, 0.0, side - 1.0));
}

/// When Hilbert's curve visits a cell.
std::uint32_t visit(std::uint32_t x, std::uint32_t y) {
  std::uint32_t time = 0;
  for (std::uint32_t s = side / 2; s > 0; s /= 2) {
    const bool right = (x & s) != 0, upper = (y & s) != 0;
    time += s * s * ((right ? 3U : 0U) ^ (upper ? 1U : 0U));
    if (upper) continue;
    if (right) {
      x = side - 1 - x;
      y = side - 1 - y;
    }
    std::swap(x, y);
  }
  return time;
}

/// The points' indices along Hilbert's curve; those of one cell in their own order.
std::vector<std::size_t> along_curve(const Polyline& points, const Box& box) {
  std::vector<std::uint32_t> times;
  times.reserve(points.size());
  std::vector<std::size_t> next(side * side + 1, 0);
  for (const PaperPoint p : points) {
    times.push_back(visit(cell_of(p.x, box.left, box.width()), cell_of(p.y, box.top, box.height())));
    ++next[times.back() + 1];
  }
  std::partial_sum(next.begin(), next.end(), next.begin());
  std::vector<std::size_t> order(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) order[next[times[i]]++] = i;
  return order;
}

std::size_t reversed(std::size_t number, int digits) {
  std::size_t out = 0;
  for (int k = 0; k < digits; ++k) out |= ((number >> k) & 1) << (digits - 1 - k);
  return out;
}

/// The first of the points that lie furthest in a direction.
std::size_t furthest(const Polyline& points, double dx, double dy) {
  std::size_t at = 0;
  double most = points[0].x * dx + points[0].y * dy;
  for (std::size_t i = 1; i < points.size(); ++i)
    if (const double along = points[i].x * dx + points[i].y * dy; most < along) {
      most = along;
      at = i;
    }
  return at;
}

void keep_outermost(const Polyline& points, std::vector<bool>& stays) {
  for (int k = 0; k < directions; ++k) {
    const double angle = 2 * std::numbers::pi * k / directions;
    stays[furthest(points, std::cos(angle), std::sin(angle))] = true;
  }
}

}  // namespace

std::vector<bool> fair_sample(const Polyline& points, const Box& box, std::size_t most) {
  if (points.size() <= most) return std::vector<bool>(points.size(), true);
  std::vector<bool> stays(points.size(), false);
  const std::vector<std::size_t> order = along_curve(points, box);
  int digits = 0;
  while ((std::size_t{1} << digits) < points.size()) ++digits;
  std::size_t kept = 0;
  for (std::size_t k = 0; kept < most; ++k) {
    const std::size_t rank = reversed(k, digits);
    if (rank >= points.size()) continue;
    stays[order[rank]] = true;
    ++kept;
  }
  keep_outermost(points, stays);
  return stays;
}

}  // namespace plot
