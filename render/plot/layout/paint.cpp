// The marks of a panel on paper, and what of their data is out of sight.
// See paint.hpp.
#include "plot/layout/paint.hpp"

#include <algorithm>

#include "plot/layout/axis.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

void paint_crosses(Canvas& canvas, const std::vector<double>& at, double y, Ink ink, const std::string& series) {
  if (at.empty()) return;
  std::vector<PathStep> steps;
  for (const double x : at) append(steps, outline(Marker::cross, {x, y}, 5));
  stroke(canvas.items, std::move(steps), {ink, marker_line_width, Dash::solid, 1}, series);
}

enum class Pointers { none, at_end, at_both_ends };

void paint_unseen(Canvas& canvas, const Trace& trace, const SeriesView& series, Pointers which) {
  const Box& box = canvas.frame.box;
  std::vector<PathStep> steps;
  for (const Pointer& p : trace.pointers) {
    if (which == Pointers::none || (p.at_start && which == Pointers::at_end)) continue;
    const double x = std::clamp(p.tip.x, box.left + pointer_size / 2, box.right - pointer_size / 2);
    append(steps, pointer({x, p.tip.y}, p.up, pointer_size));
  }
  if (!steps.empty()) fill(canvas.items, std::move(steps), {series.ink, 1}, series.name);
  paint_crosses(canvas, trace.not_finite, infinite_strip_middle(canvas.plan, canvas.style), series.ink, series.name);
  paint_crosses(canvas, trace.not_positive, zero_strip_middle(canvas.plan, canvas.style), series.ink, series.name);
}

/// Which of a series' pointers say something about its data: none of a theory's or a reference's. Over a map both axes
/// are places, and a curve may well come from elsewhere.
Pointers pointers_of(const SeriesView& series, bool landscape) {
  if (series.role != Role::measured) return Pointers::none;
  if (series.joined) return landscape ? Pointers::at_end : Pointers::at_both_ends;
  return landscape ? Pointers::none : Pointers::at_end;
}

}  // namespace

void paint_marks(Canvas& canvas) {
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    std::visit([&](const auto& mark) { paint(mark, canvas.traces[m], canvas); }, canvas.marks()[m]);
    canvas.shown.resize(canvas.items.size(), m);
  }
}

void paint_unseen(Canvas& canvas) {
  const bool landscape = is_landscape(*canvas.plan.panel);
  for (std::size_t m = 0; m < canvas.marks().size(); ++m) {
    if (const auto series = series_of(canvas.marks()[m]))
      paint_unseen(canvas, canvas.traces[m], *series, pointers_of(*series, landscape));
    canvas.shown.resize(canvas.items.size(), m);
  }
}

}  // namespace plot
