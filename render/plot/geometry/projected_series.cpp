// A series of data points on paper: what is seen of it, and what stands for what cannot be seen.
// See projected_series.hpp.
#include "plot/geometry/projected_series.hpp"

#include <cmath>
#include <limits>
#include <optional>

#include "plot/geometry/clip.hpp"
#include "plot/geometry/decimate.hpp"
#include "plot/geometry/fair_sample.hpp"
#include "plot/geometry/occupied_cells.hpp"

namespace plot {

namespace {

/// Marks in a strip or at a frame stand at least this far apart.
constexpr double mark_distance = 5;

/// Marks along a strip: each far enough from the one before, and no place marked twice.
class Row {
 public:
  bool take(double x) {
    if (std::abs(x - last_) < mark_distance || !taken_.take(x)) return false;
    last_ = x;
    return true;
  }

 private:
  OccupiedCells taken_{1};
  double last_ = -std::numeric_limits<double>::infinity();
};

/// Runs of consecutive points that both axes can show; the others go to the strips.
std::vector<Polyline> runs_on_paper(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame,
                                    bool nan_is_missing, ProjectedSeries& projected) {
  const ScaleKind x_kind = frame.x.domain.kind, y_kind = frame.y.domain.kind;
  const std::size_t n = std::min(x.size(), y.size());
  std::vector<Polyline> runs;
  Row bad, zeros;
  // A point without an x of its own stands where the series was last seen.
  double last_x = frame.box.right;
  bool open = false;
  for (std::size_t i = 0; i < n; ++i) {
    const bool has_x = can_show(x_kind, x[i]), has_y = can_show(y_kind, y[i]);
    const double at = has_x ? frame.x(x[i]) : last_x;
    if (has_x) last_x = std::clamp(at, frame.box.left, frame.box.right);
    if (has_x && has_y) {
      if (!open) {
        std::size_t end = i + 1;
        while (end < n && can_show(x_kind, x[end]) && can_show(y_kind, y[end])) ++end;
        runs.emplace_back().reserve(end - i);
      }
      open = true;
      runs.back().push_back({at, frame.y(y[i])});
      continue;
    }
    open = false;
    if (nan_is_missing && (std::isnan(x[i]) || std::isnan(y[i]))) continue;
    if (at < frame.box.left || at > frame.box.right) continue;
    if (has_x && std::isfinite(y[i])) {
      if (zeros.take(at)) projected.not_positive.push_back(at);
    } else if (bad.take(at)) {
      projected.not_finite.push_back(at);
    }
  }
  return runs;
}

bool at_top_or_bottom(const Box& box, PaperPoint p) { return p.y == box.top || p.y == box.bottom; }

Pointer pointer_at(const Box& box, PaperPoint p) { return {p, p.y == box.top, false}; }

/// Cuts the beating of a divergent series between far above and far below after its last visible
/// point.
void cut_beating(std::vector<Polyline>& runs, const Box& box) {
  for (std::size_t r = runs.size(); r-- > 0;) {
    Polyline& run = runs[r];
    for (std::size_t i = run.size(); i-- > 0;) {
      if (!box.contains(run[i])) continue;
      int beats = 0;
      for (std::size_t k = i + 1; k + 1 < run.size(); ++k) {
        const bool across =
            (run[k].y < box.top && run[k + 1].y > box.bottom) || (run[k].y > box.bottom && run[k + 1].y < box.top);
        beats += across ? 1 : 0;
      }
      if (beats < 3) return;
      run.resize(i + 2);
      runs.resize(r + 1);
      return;
    }
  }
}

bool one_way(const std::vector<Polyline>& runs) {
  int direction = 0;
  std::optional<double> before;
  for (const Polyline& run : runs) {
    for (const PaperPoint p : run) {
      const int step = !before || p.x == *before ? 0 : (p.x > *before ? 1 : -1);
      if (step * direction < 0) return false;
      if (step != 0) direction = step;
      before = p.x;
    }
  }
  return true;
}

/// Clips every run; remembers whether the series is cut at its two ends.
void clip_runs(const std::vector<Polyline>& runs, const Box& box, ProjectedSeries& projected) {
  const Polyline* first = nullptr;
  const Polyline* last = nullptr;
  for (const Polyline& run : runs) {
    std::vector<Polyline> parts = clip_polyline(box, run);
    if (parts.empty()) continue;
    if (!first) first = &run;
    last = &run;
    for (Polyline& part : parts) projected.parts.push_back(std::move(part));
  }
  if (!last) {
    if (runs.empty()) return;
    const PaperPoint end = runs.back().back();
    if (end.x >= box.left && end.x <= box.right) projected.pointers.push_back(pointer_at(box, box.nearest(end)));
    return;
  }
  const PaperPoint start = projected.parts.front().front(), end = projected.parts.back().back();
  if (!box.contains(last->back()) && at_top_or_bottom(box, end)) projected.pointers.push_back(pointer_at(box, end));
  // A trajectory may come from anywhere; a function of x is cut at both ends alike.
  if (one_way(runs) && !box.contains(first->front()) && at_top_or_bottom(box, start))
    projected.pointers.push_back({start, start.y == box.top, true});
}

/// The visible points, or a fair sample of them.
void keep_vertices(const std::vector<Polyline>& runs, const Box& box, std::size_t most, ProjectedSeries& projected) {
  Polyline& kept = projected.vertices;
  for (const Polyline& run : runs)
    for (const PaperPoint p : run)
      if (box.contains(p)) kept.push_back(p);
  projected.visible = kept.size();
  if (kept.size() <= most) return;
  const std::vector<bool> stays = fair_sample(kept, box, most);
  std::size_t n = 0;
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (stays[i]) kept[n++] = kept[i];
  kept.resize(n);
}

}  // namespace

Frame frame_on(const Box& box, const Domain& x, const Domain& y) {
  return {box, lay(x, box.left, box.right), lay(y, box.bottom, box.top)};
}

bool DrawnPoints::take(PaperPoint p) {
  if (all_) return true;
  if (next_ == projected_.vertices.size()) return false;
  const PaperPoint kept = projected_.vertices[next_];
  if (p.x != kept.x || p.y != kept.y) return false;
  ++next_;
  return true;
}

PaperPoint right_end(const ProjectedSeries& projected) {
  PaperPoint end = projected.parts.front().front();
  for (const Polyline& part : projected.parts)
    for (const PaperPoint p : {part.front(), part.back()})
      if (p.x >= end.x) end = p;
  return end;
}

ProjectedSeries project_line(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame,
                             std::size_t most_vertices, bool nan_is_missing) {
  ProjectedSeries projected;
  std::vector<Polyline> runs = runs_on_paper(x, y, frame, nan_is_missing, projected);
  cut_beating(runs, frame.box);
  clip_runs(runs, frame.box, projected);
  if (most_vertices > 0) keep_vertices(runs, frame.box, most_vertices, projected);
  for (Polyline& part : projected.parts)
    if (static_cast<double>(part.size()) > 4 * frame.box.width()) part = decimate(part);
  // A line that jumps to and fro has hardly two points in a row in one column.
  projected.parts = thinned(std::move(projected.parts), frame.box);
  return projected;
}

Polyline spaced(const Polyline& vertices, double gap, double start) {
  Polyline chosen;
  if (vertices.empty()) return chosen;
  const double from = vertices.front().x;
  double next = start * gap;
  for (const PaperPoint p : vertices) {
    const double along = std::abs(p.x - from);
    if (along < next) continue;
    chosen.push_back(p);
    next += gap * (1 + std::floor((along - next) / gap));
  }
  return chosen;
}

ProjectedSeries project_points(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame,
                               std::size_t most, bool nan_is_missing) {
  ProjectedSeries projected;
  const std::vector<Polyline> runs = runs_on_paper(x, y, frame, nan_is_missing, projected);
  keep_vertices(runs, frame.box, most, projected);
  OccupiedCells taken(mark_distance);
  for (const Polyline& run : runs) {
    for (const PaperPoint p : run) {
      if (frame.box.contains(p) || p.x < frame.box.left || p.x > frame.box.right) continue;
      const Pointer pointer = pointer_at(frame.box, frame.box.nearest(p));
      if (taken.take(p.x, pointer.tip.y)) projected.pointers.push_back(pointer);
    }
  }
  return projected;
}

}  // namespace plot
