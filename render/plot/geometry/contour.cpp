// Level curves of a sampled function: marching squares, crossings joined to polylines.
// Lorensen and Cline, Computer Graphics 21 (1987) 163, in two dimensions; saddles by the cell's
// mean.
#include "plot/geometry/contour.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

namespace plot {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Where a curve crosses an edge of the grid, which it does at most once. It links it to at most one other crossing in
/// each of the two cells at that edge.
struct Crossing {
  PaperPoint at;
  std::size_t links[2] = {none, none};
  bool taken = false;

  void link(std::size_t other) { (links[0] == none ? links[0] : links[1]) = other; }
};

/// The samples of a row of the grid; none says anything where one is not a number.
struct RowExtent {
  double low = std::numeric_limits<double>::infinity(), high = -low;
  bool has_nan = false;

  void include(double z) {
    low = z < low ? z : low;
    high = z > high ? z : high;
    has_nan |= std::isnan(z);
  }
  void include(const RowExtent& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    has_nan |= other.has_nan;
  }
  bool is_below(double level) const { return high < level && !has_nan; }
  bool is_above(double level) const { return low >= level && !has_nan; }
};

/// In four parts, of which none waits for the others.
RowExtent extent_of(std::span<const double> row) {
  RowExtent parts[4];
  std::size_t i = 0;
  for (; i + 4 <= row.size(); i += 4)
    for (std::size_t k = 0; k < 4; ++k) parts[k].include(row[i + k]);
  for (; i < row.size(); ++i) parts[0].include(row[i]);
  for (std::size_t k = 1; k < 4; ++k) parts[0].include(parts[k]);
  return parts[0];
}

std::vector<RowExtent> row_extents(const Grid& grid) {
  std::vector<RowExtent> rows;
  const std::size_t nx = grid.x.size();
  for (std::size_t j = 0; j < grid.y.size(); ++j) rows.push_back(extent_of({grid.z.data() + j * nx, nx}));
  return rows;
}

/// The crossings of a row of edges, or none.
class EdgeRow {
 public:
  explicit EdgeRow(std::size_t count) : crossings(count, none) {}
  std::size_t& operator[](std::size_t edge) {
    is_clear = false;
    return crossings[edge];
  }
  void clear() {
    if (!is_clear) std::fill(crossings.begin(), crossings.end(), none);
    is_clear = true;
  }

 private:
  std::vector<std::size_t> crossings;
  bool is_clear = true;
};

class Tracer {
 public:
  Tracer(const Grid& samples, const std::vector<RowExtent>& row_extents, double at_level)
      : grid(samples),
        rows(row_extents),
        level(at_level),
        nx(samples.x.size()),
        ny(samples.y.size()),
        below(nx),
        above(nx),
        beside(nx) {}

  std::vector<LevelCurve> run() {
    for (std::size_t j = 0; j + 1 < ny; ++j) visit_row(j);
    std::vector<LevelCurve> curves;
    // Open curves first, from their ends; what is left is closed.
    for (std::size_t k = 0; k < crossings.size(); ++k)
      if (crossings[k].links[1] == none && !crossings[k].taken) curves.push_back(follow(k));
    for (std::size_t k = 0; k < crossings.size(); ++k)
      if (!crossings[k].taken) curves.push_back(follow(k));
    return curves;
  }

 private:
  double z(std::size_t i, std::size_t j) const { return grid.z[j * nx + i]; }

  /// The crossings of the edges below, above and beside the cells of a row.
  void visit_row(std::size_t j) {
    std::swap(below, above);
    above.clear();
    // Nearly all rows lie on one side, and no edge of theirs is crossed.
    if (rows[j].is_below(level) && rows[j + 1].is_below(level)) return;
    if (rows[j].is_above(level) && rows[j + 1].is_above(level)) return;
    beside.clear();
    for (std::size_t i = 0; i + 1 < nx; ++i) visit(i, j);
  }

  void visit(std::size_t i, std::size_t j) {
    const double a = z(i, j), b = z(i + 1, j), c = z(i + 1, j + 1), d = z(i, j + 1);
    const bool A = a >= level, B = b >= level, C = c >= level, D = d >= level;
    if (A == B && B == C && C == D) return;  // nearly all are such, and nothing else need be known of them
    if (!std::isfinite(a) || !std::isfinite(b) || !std::isfinite(c) || !std::isfinite(d)) return;
    const auto bottom = [&] { return crossing(below[i], {i, j}, {i + 1, j}); };
    const auto right = [&] { return crossing(beside[i + 1], {i + 1, j}, {i + 1, j + 1}); };
    const auto top = [&] { return crossing(above[i], {i, j + 1}, {i + 1, j + 1}); };
    const auto left = [&] { return crossing(beside[i], {i, j}, {i, j + 1}); };
    if (A != B && B != C && C != D) {
      const bool middle = a / 4 + b / 4 + c / 4 + d / 4 >= level;
      // The corner that differs from the middle is cut off.
      const std::size_t first = bottom();
      if (A == middle) {
        join(first, right());
        const std::size_t second = left();
        join(second, top());
      } else {
        join(first, left());
        const std::size_t second = right();
        join(second, top());
      }
      return;
    }
    std::size_t found[2];
    int n = 0;
    if (A != B) found[n++] = bottom();
    if (B != C) found[n++] = right();
    if (C != D) found[n++] = top();
    if (D != A) found[n++] = left();
    if (n == 2) join(found[0], found[1]);
  }

  void join(std::size_t first, std::size_t second) {
    crossings[first].link(second);
    crossings[second].link(first);
  }

  struct Node {
    std::size_t i, j;
  };

  /// The one on the edge between two nodes, which is found now or was in the cell before.
  std::size_t crossing(std::size_t& known, Node from, Node to) {
    if (known == none) {
      known = crossings.size();
      crossings.push_back({locate(from, to)});
    }
    return known;
  }

  PaperPoint locate(Node n, Node m) const {
    const double from = z(n.i, n.j), to = z(m.i, m.j);
    // Halves, for samples so large that their difference overflows.
    const double t = std::clamp((level / 2 - from / 2) / (to / 2 - from / 2), 0.0, 1.0);
    return {grid.x[n.i] + t * (grid.x[m.i] - grid.x[n.i]), grid.y[n.j] + t * (grid.y[m.j] - grid.y[n.j])};
  }

  LevelCurve follow(std::size_t start) {
    LevelCurve curve;
    std::size_t at = start;
    while (at != none) {
      Crossing& here = crossings[at];
      here.taken = true;
      curve.points.push_back(here.at);
      std::size_t next = none;
      for (const std::size_t link : here.links) {
        if (link != none && !crossings[link].taken) {
          next = link;
          break;
        }
      }
      if (next == none && curve.points.size() > 2) curve.closed = here.links[0] == start || here.links[1] == start;
      at = next;
    }
    if (curve.closed) curve.points.push_back(curve.points.front());
    return curve;
  }

  const Grid& grid;
  const std::vector<RowExtent>& rows;
  double level;
  std::size_t nx, ny;
  EdgeRow below, above, beside;     // of the cells of a row
  std::vector<Crossing> crossings;  // in the order of discovery, the same everywhere
};

}  // namespace

Grid on_paper(const Grid& grid, const Frame& frame) {
  Grid paper;
  if (grid.z.size() != grid.x.size() * grid.y.size()) return paper;
  std::vector<std::size_t> columns;
  for (std::size_t i = 0; i < grid.x.size(); ++i) {
    if (!can_show(frame.x.domain.kind, grid.x[i])) continue;
    columns.push_back(i);
    paper.x.push_back(frame.x(grid.x[i]));
  }
  paper.z.reserve(grid.z.size());
  for (std::size_t j = 0; j < grid.y.size(); ++j) {
    if (!can_show(frame.y.domain.kind, grid.y[j])) continue;
    paper.y.push_back(frame.y(grid.y[j]));
    const auto row = grid.z.begin() + static_cast<std::ptrdiff_t>(j * grid.x.size());
    if (columns.size() == grid.x.size()) {  // which is faster by far
      paper.z.insert(paper.z.end(), row, row + static_cast<std::ptrdiff_t>(columns.size()));
    } else {
      for (const std::size_t i : columns) paper.z.push_back(row[static_cast<std::ptrdiff_t>(i)]);
    }
  }
  return paper;
}

std::vector<std::vector<LevelCurve>> level_curves(const Grid& grid, const std::vector<double>& levels) {
  std::vector<std::vector<LevelCurve>> curves(levels.size());
  if (grid.z.size() != grid.x.size() * grid.y.size()) return curves;
  const std::vector<RowExtent> rows = row_extents(grid);
  for (std::size_t k = 0; k < levels.size(); ++k)
    if (std::isfinite(levels[k])) curves[k] = Tracer(grid, rows, levels[k]).run();
  return curves;
}

}  // namespace plot
