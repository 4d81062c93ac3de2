// The marks of a panel on paper, and what of their data is out of sight.
// See paint.hpp.
#include "plot/layout/paint.hpp"

#include <algorithm>

#include "plot/layout/axis.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

void paint_crosses(PanelContext& context, const std::vector<double>& at, double y, Ink ink, const std::string& series) {
  if (at.empty()) return;
  std::vector<PathStep> steps;
  for (const double x : at) append(steps, outline(Marker::cross, {x, y}, 5));
  stroke(context.items, std::move(steps), {ink, marker_line_width, Dash::solid, 1}, series);
}

enum class Pointers { none, at_end, at_both_ends };

void paint_unseen(PanelContext& context, const ProjectedSeries& projected, const SeriesView& series, Pointers which) {
  const Box& box = context.frame.box;
  std::vector<PathStep> steps;
  for (const Pointer& p : projected.pointers) {
    if (which == Pointers::none || (p.at_start && which == Pointers::at_end)) continue;
    const double x = std::clamp(p.tip.x, box.left + pointer_size / 2, box.right - pointer_size / 2);
    append(steps, pointer({x, p.tip.y}, p.up, pointer_size));
  }
  if (!steps.empty()) fill(context.items, std::move(steps), {series.ink, 1}, series.name);
  paint_crosses(context, projected.not_finite, infinite_strip_middle(context.plan, context.style), series.ink,
                series.name);
  paint_crosses(context, projected.not_positive, zero_strip_middle(context.plan, context.style), series.ink,
                series.name);
}

/// Which of a series' pointers say something about its data: none of a theory's or a reference's. Over a map both axes
/// are places, and a curve may well come from elsewhere. A bar shows at its own end that it goes on.
Pointers pointers_of(const SeriesView& series, bool landscape) {
  if (series.bars) return Pointers::none;
  if (series.role != Role::measured) return Pointers::none;
  if (series.joined) return landscape ? Pointers::at_end : Pointers::at_both_ends;
  return landscape ? Pointers::none : Pointers::at_end;
}

}  // namespace

void paint_marks(PanelContext& context) {
  for (std::size_t m = 0; m < context.marks().size(); ++m) {
    std::visit([&](const auto& mark) { paint(mark, context.projected[m], context); }, context.marks()[m]);
    context.shown.resize(context.items.size(), m);
  }
}

void paint_unseen(PanelContext& context) {
  const bool landscape = is_landscape(*context.plan.panel);
  for (std::size_t m = 0; m < context.marks().size(); ++m) {
    if (const auto series = series_of(context.marks()[m]))
      paint_unseen(context, context.projected[m], *series, pointers_of(*series, landscape));
    context.shown.resize(context.items.size(), m);
  }
}

}  // namespace plot
