// The area between two curves.
// See band.hpp.
#include "plot/marks/band.hpp"

#include <cmath>
#include <limits>

#include "plot/geometry/clip.hpp"
#include "plot/geometry/decimate.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/panel_context.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

void paint_run(PanelContext& context, const Band& band, Polyline lower, Polyline upper) {
  if (lower.empty()) return;
  if (static_cast<double>(lower.size()) > 4 * context.frame.box.width()) {
    lower = decimate(lower);
    upper = decimate(upper);
  }
  lower.insert(lower.end(), upper.rbegin(), upper.rend());
  const Polyline visible = clip_polygon(context.frame.box, std::move(lower));
  if (visible.size() >= 3) fill(context.items, outline_of(visible), {band.ink, band.opacity}, band.series);
}

}  // namespace

std::optional<SeriesView> series_of(const Band&) { return std::nullopt; }

void fit_axes(const Band& band, Autoscaler& axes) {
  axes.touch_x(band.x);
  axes.pad_y(band.x, band.lower);
  axes.pad_y(band.x, band.upper);
}

/// A label may stand on a tint.
void occupy(const Band&, const ProjectedSeries&, const Frame&, InkMap&) {}

void paint(const Band& band, const ProjectedSeries&, PanelContext& context) {
  const Frame& frame = context.frame;
  const std::size_t n = std::min({band.x.size(), band.lower.size(), band.upper.size()});
  Polyline lower, upper;
  for (std::size_t i = 0; i < n; ++i) {
    if (!can_show(frame.x.domain.kind, band.x[i]) || std::isnan(band.lower[i]) || std::isnan(band.upper[i])) {
      paint_run(context, band, std::move(lower), std::move(upper));
      lower.clear();
      upper.clear();
      continue;
    }
    const double x = frame.x(band.x[i]);
    lower.push_back({x, frame.y.extended(band.lower[i])});
    upper.push_back({x, frame.y.extended(band.upper[i])});
  }
  paint_run(context, band, std::move(lower), std::move(upper));
}

/// The series within it bears the name.
MarkLabel label_of(const Band&) { return {}; }
void place_label(const Band&, std::size_t, Labeller&) {}
void draw_sample(const Band&, LegendSample&) {}

void add_readout(const Band& band, ReadoutParts& readout) {
  readout.bounds.push_back({band.series, band.role, band.x, band.lower, band.upper});
}

}  // namespace plot
