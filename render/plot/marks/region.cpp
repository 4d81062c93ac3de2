// A tinted rectangle.
// See region.hpp.
#include "plot/marks/region.hpp"

#include <cmath>

#include "plot/layout/labeller.hpp"
#include "plot/marks/brush.hpp"

namespace plot {

namespace {

/// Where a region's side stands; beyond the domain's own end for what the axis cannot show.
double side_on_paper(const Scale& scale, double value, double otherwise) {
  return can_show(scale.domain.kind, value) ? scale(value) : otherwise;
}

/// The visible part; a side that is infinite, or impossible on a log axis, is the panel's edge.
std::optional<Box> visible_part(const Region& region, const Frame& frame) {
  const double x1 = side_on_paper(frame.x, region.x.first, frame.x.at_low);
  const double x2 = side_on_paper(frame.x, region.x.second, frame.x.at_high);
  const double y1 = side_on_paper(frame.y, region.y.first, frame.y.at_low);
  const double y2 = side_on_paper(frame.y, region.y.second, frame.y.at_high);
  const Box& box = frame.box;
  const Box visible{std::max(std::min(x1, x2), box.left), std::max(std::min(y1, y2), box.top),
                    std::min(std::max(x1, x2), box.right), std::min(std::max(y1, y2), box.bottom)};
  if (visible.width() <= 0 || visible.height() <= 0) return std::nullopt;
  return visible;
}

}  // namespace

std::optional<SeriesView> series_of(const Region&) { return std::nullopt; }

/// It is as large as the panel allows.
void fit_axes(const Region&, Autoscaler&) {}

/// A label may stand on a tint.
void occupy(const Region&, const ProjectedSeries&, const Frame&, InkMap&) {}

void paint(const Region& region, const ProjectedSeries&, PanelContext& context) {
  if (const auto visible = visible_part(region, context.frame))
    fill(context.items, outline_of(*visible), {region.ink, region.opacity});
}

MarkLabel label_of(const Region& region) { return {.text = region.label, .freedom = Freedom::in_an_area}; }

/// In one of its corners, or in its middle.
void place_label(const Region& region, std::size_t index, Labeller& labeller) {
  const auto visible = visible_part(region, labeller.context.frame);
  if (!visible) return;
  const Box& b = *visible;
  const double width = labeller.set(region.label, mark_label_size).width;
  const double above = cap_height * mark_label_size, pad = 3;
  const double left = b.left + pad, right = std::max(left, b.right - pad - width);
  // In a flat region a label is centred; higher ones hold it near their edges.
  const double high = b.top + std::min(pad + above, (b.height() + above) / 2);
  const double low = b.bottom - std::min(pad + 1, (b.height() - above) / 2);
  std::vector<PaperPoint> origins;
  for (const double t : {0.0, 1.0, 0.5, 0.25, 0.75})
    for (const double y : {low, high, (low + high) / 2}) origins.push_back({std::lerp(left, right, t), y});
  const Ink ink = region.ink == Ink::faint || region.ink == Ink::grey ? Ink::muted : region.ink;
  // Without a halo, which would be a hole in the tint.
  labeller.at_one_of(index, region.label, origins, labeller.context.frame.box.grown(2),
                     {mark_label_size, ink, {}, false});
}

void draw_sample(const Region& region, LegendSample& sample) {
  const PaperPoint left = sample.left;
  const double half = 3;
  fill(sample.items, outline_of(Box{left.x, left.y - half, left.x + LegendSample::width, left.y + half}),
       {region.ink, region.opacity});
}

/// It is where its label says.
void add_readout(const Region&, ReadoutParts&) {}

}  // namespace plot
