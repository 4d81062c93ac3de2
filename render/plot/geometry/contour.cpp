// Level curves of a sampled function: marching squares, crossings joined to polylines.
// Lorensen and Cline, Computer Graphics 21 (1987) 163, in two dimensions; saddles by the cell's
// mean.
#include "plot/geometry/contour.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <unordered_map>
#include <utility>

namespace plot {

namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

/// Grid edges are numbered: 2 * node for the edge to the right of a node, 2 * node + 1 for the one
/// above. A curve crosses an edge at most once, and links it to at most one other edge in each
/// adjacent cell.
struct Crossing {
  PaperPoint at;
  std::size_t links[2] = {none, none};
  bool taken = false;

  void link(std::size_t edge) { (links[0] == none ? links[0] : links[1]) = edge; }
};

class Tracer {
 public:
  Tracer(const Grid& samples, double at_level)
      : grid(samples), level(at_level), nx(samples.x.size()), ny(samples.y.size()) {}

  std::vector<LevelCurve> run() {
    for (std::size_t j = 0; j + 1 < ny; ++j)
      for (std::size_t i = 0; i + 1 < nx; ++i) visit(i, j);
    std::vector<LevelCurve> curves;
    // Open curves first, from their ends; what is left is closed.
    for (const std::size_t edge : order)
      if (crossings.at(edge).links[1] == none && !crossings.at(edge).taken) curves.push_back(follow(edge));
    for (const std::size_t edge : order)
      if (!crossings.at(edge).taken) curves.push_back(follow(edge));
    return curves;
  }

 private:
  double z(std::size_t i, std::size_t j) const { return grid.z[j * nx + i]; }

  void visit(std::size_t i, std::size_t j) {
    const double a = z(i, j), b = z(i + 1, j), c = z(i + 1, j + 1), d = z(i, j + 1);
    const bool A = a >= level, B = b >= level, C = c >= level, D = d >= level;
    if (A == B && B == C && C == D) return;  // nearly all are such, and nothing else need be known of them
    if (!std::isfinite(a) || !std::isfinite(b) || !std::isfinite(c) || !std::isfinite(d)) return;
    const std::size_t bottom = 2 * (j * nx + i), left = bottom + 1;
    const std::size_t right = 2 * (j * nx + i + 1) + 1, top = 2 * ((j + 1) * nx + i);
    if (A != B && B != C && C != D) {
      const bool middle = a / 4 + b / 4 + c / 4 + d / 4 >= level;
      // The corner that differs from the middle is cut off.
      if (A == middle) {
        join(bottom, right), join(left, top);
      } else {
        join(bottom, left), join(right, top);
      }
      return;
    }
    std::size_t found[2];
    int n = 0;
    if (A != B) found[n++] = bottom;
    if (B != C) found[n++] = right;
    if (C != D) found[n++] = top;
    if (D != A) found[n++] = left;
    if (n == 2) join(found[0], found[1]);
  }

  void join(std::size_t first, std::size_t second) {
    crossing(first).link(second);
    crossing(second).link(first);
  }

  Crossing& crossing(std::size_t edge) {
    const auto [found, fresh] = crossings.try_emplace(edge);
    if (fresh) {
      order.push_back(edge);
      found->second.at = locate(edge);
    }
    return found->second;
  }

  PaperPoint locate(std::size_t edge) const {
    const std::size_t node = edge / 2, i = node % nx, j = node / nx;
    const std::size_t i2 = edge % 2 == 0 ? i + 1 : i, j2 = edge % 2 == 0 ? j : j + 1;
    const double from = z(i, j), to = z(i2, j2);
    // Halves, for samples so large that their difference overflows.
    const double t = std::clamp((level / 2 - from / 2) / (to / 2 - from / 2), 0.0, 1.0);
    return {grid.x[i] + t * (grid.x[i2] - grid.x[i]), grid.y[j] + t * (grid.y[j2] - grid.y[j])};
  }

  LevelCurve follow(std::size_t start) {
    LevelCurve curve;
    std::size_t edge = start;
    while (edge != none) {
      Crossing& here = crossings.at(edge);
      here.taken = true;
      curve.points.push_back(here.at);
      std::size_t next = none;
      for (const std::size_t link : here.links) {
        if (link != none && !crossings.at(link).taken) {
          next = link;
          break;
        }
      }
      if (next == none && curve.points.size() > 2) curve.closed = here.links[0] == start || here.links[1] == start;
      edge = next;
    }
    if (curve.closed) curve.points.push_back(curve.points.front());
    return curve;
  }

  const Grid& grid;
  double level;
  std::size_t nx, ny;
  std::unordered_map<std::size_t, Crossing> crossings;
  std::vector<std::size_t> order;  // of discovery, so that the curves' order is the same everywhere
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
  for (std::size_t j = 0; j < grid.y.size(); ++j) {
    if (!can_show(frame.y.domain.kind, grid.y[j])) continue;
    paper.y.push_back(frame.y(grid.y[j]));
    for (const std::size_t i : columns) paper.z.push_back(grid.z[j * grid.x.size() + i]);
  }
  return paper;
}

std::vector<LevelCurve> level_curves(const Grid& grid, double level) {
  if (grid.z.size() != grid.x.size() * grid.y.size() || !std::isfinite(level)) return {};
  return Tracer(grid, level).run();
}

}  // namespace plot
