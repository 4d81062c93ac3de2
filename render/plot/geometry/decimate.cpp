// Thinning of lines that hold more points than paper can show. The extremes stay, exactly.
// Minimum and maximum of each column of paper: the core of M4, Jugel et al., PVLDB 7 (2014) 797.
#include "plot/geometry/decimate.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace plot {

namespace {

/// A point takes some 14 bytes in a file.
constexpr std::size_t most_points = 20000;

/// The lowest and highest of what was met.
struct Ends {
  std::size_t lowest = 0, highest = 0;
  bool empty = true;

  void include(std::size_t i, const Polyline& points, double PaperPoint::*along) {
    if (empty || points[i].*along < points[lowest].*along) lowest = i;
    if (empty || points[i].*along > points[highest].*along) highest = i;
    empty = false;
  }
};

/// The lines of paper, 1 point wide, that a coordinate falls into; one beyond the last for a box's far side.
std::size_t index(double at, double from, std::size_t count) {
  return std::min(count - 1, static_cast<std::size_t>(std::max(0.0, at - from)));
}

std::size_t points_in(const std::vector<Polyline>& lines) {
  std::size_t count = 0;
  for (const Polyline& line : lines) count += line.size();
  return count;
}

/// Paper in cells, inked by lines.
class Paper {
 public:
  Paper(const Box& box, double cell)
      : box_(box),
        cell_(cell),
        columns_(1 + static_cast<std::size_t>(box.width() / cell)),
        inked_(columns_ * (1 + static_cast<std::size_t>(box.height() / cell)), 0) {}

  /// Inks a segment; true if any of it fell on clean paper.
  bool ink(PaperPoint from, PaperPoint to) {
    const int steps = 1 + static_cast<int>(std::max(std::abs(to.x - from.x), std::abs(to.y - from.y)) / cell_);
    bool is_new = false;
    for (int k = 0; k <= steps; ++k) {
      const double t = static_cast<double>(k) / steps;
      const double x = (from.x + t * (to.x - from.x) - box_.left) / cell_;
      const double y = (from.y + t * (to.y - from.y) - box_.top) / cell_;
      char& cell =
          inked_[std::min(inked_.size() - 1, static_cast<std::size_t>(std::max(0.0, y)) * columns_ +
                                                 std::min(columns_ - 1, static_cast<std::size_t>(std::max(0.0, x))))];
      is_new = is_new || cell == 0;
      cell = 1;
    }
    return is_new;
  }

 private:
  const Box& box_;
  double cell_;
  std::size_t columns_;
  std::vector<char> inked_;
};

/// The segments of lines that fall on clean paper, or begin or end at a point that must stay.
std::vector<Polyline> without_hidden(const std::vector<Polyline>& lines, const std::vector<bool>& stays, Paper paper) {
  std::vector<Polyline> kept;
  std::size_t first = 0;  // of this line among all points
  for (const Polyline& line : lines) {
    bool joined = false;
    for (std::size_t i = 0; i + 1 < line.size() || i == 0; ++i) {
      const std::size_t next = std::min(i + 1, line.size() - 1);
      const bool is_new = paper.ink(line[i], line[next]);
      const bool is_kept = is_new || stays[first + i] || stays[first + next];
      if (is_kept && !joined) kept.push_back({line[i]});
      if (is_kept && next != i) kept.back().push_back(line[next]);
      joined = is_kept;
    }
    first += line.size();
  }
  return kept;
}

/// The extremes of all lines together, and their very ends.
std::vector<bool> points_that_stay(const std::vector<Polyline>& lines, const Box& box) {
  Polyline all;
  all.reserve(points_in(lines));
  for (const Polyline& line : lines) all.insert(all.end(), line.begin(), line.end());
  std::vector<bool> stays = extremes(all, box);
  if (!stays.empty()) stays.front() = stays.back() = true;
  return stays;
}

}  // namespace

Polyline decimate(const Polyline& line, double column) {
  if (line.size() < 3) return line;
  Polyline kept{line.front()};
  const std::size_t last = line.size() - 1;
  for (std::size_t begin = 1; begin < last;) {
    const double cell = std::floor(line[begin].x / column);
    std::size_t lowest = begin, highest = begin, end = begin + 1;
    for (; end < last && std::floor(line[end].x / column) == cell; ++end) {
      if (line[end].y < line[lowest].y) lowest = end;
      if (line[end].y > line[highest].y) highest = end;
    }
    const auto [first, second] = std::minmax(lowest, highest);
    kept.push_back(line[first]);
    if (second != first) kept.push_back(line[second]);
    begin = end;
  }
  kept.push_back(line[last]);
  return kept;
}

std::vector<bool> extremes(const Polyline& points, const Box& box) {
  std::vector<Ends> columns(static_cast<std::size_t>(std::max(0.0, box.width())) + 1);
  std::vector<Ends> rows(static_cast<std::size_t>(std::max(0.0, box.height())) + 1);
  for (std::size_t i = 0; i < points.size(); ++i) {
    columns[index(points[i].x, box.left, columns.size())].include(i, points, &PaperPoint::y);
    rows[index(points[i].y, box.top, rows.size())].include(i, points, &PaperPoint::x);
  }
  std::vector<bool> extreme(points.size(), false);
  for (const auto* ends : {&columns, &rows})
    for (const Ends& e : *ends)
      if (!e.empty) extreme[e.lowest] = extreme[e.highest] = true;
  return extreme;
}

std::vector<Polyline> thinned(std::vector<Polyline> lines, const Box& box) {
  for (double cell = 1; points_in(lines) > most_points && cell < 16; cell *= 1.4)
    lines = without_hidden(lines, points_that_stay(lines, box), Paper(box, cell));
  return lines;
}

}  // namespace plot
