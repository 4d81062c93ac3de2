// Level curves with their level written on the line, in a gap, turned with it and upright.
// See contours.hpp.
#include "plot/marks/contours.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <optional>

#include "plot/geometry/clip.hpp"
#include "plot/geometry/contour.hpp"
#include "plot/geometry/tick.hpp"
#include "plot/layout/autoscale.hpp"
#include "plot/layout/label_placement.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/layout/panel_context.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/marks/brush.hpp"
#include "plot/text/text.hpp"

namespace plot {

namespace {

constexpr double gap_at_ends = 2;  // of a label, to the line that goes on
/// Places worse than this are none: the label would cover data, another label, or stand on a sharp
/// bend.
constexpr double acceptable = 18;

/// A piece of a level curve that is seen on paper.
struct VisibleCurve {
  std::size_t level = 0;  // which of the mark's
  Polyline points;
};

/// All pieces of the level curves, level by level.
std::vector<VisibleCurve> visible_curves(const Contours& contours, const Frame& frame) {
  const Grid grid = on_paper(contours.grid, frame);
  std::vector<VisibleCurve> visible;
  const auto curves = level_curves(grid, contours.levels);
  for (std::size_t level = 0; level < curves.size(); ++level)
    for (const LevelCurve& curve : curves[level])
      for (Polyline& part : clip_polyline(frame.box, curve.points))
        if (part.size() > 1) visible.push_back({level, std::move(part)});
  return visible;
}

/// A polyline by its arc length.
class Measured {
 public:
  explicit Measured(const Polyline& points) : points_(points), lengths_(points.size(), 0) {
    for (std::size_t i = 1; i < points.size(); ++i)
      lengths_[i] = lengths_[i - 1] + std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
  }
  double length() const { return lengths_.back(); }

  PaperPoint at(double s) const {
    const std::size_t i = segment(s);
    const double d = lengths_[i + 1] - lengths_[i];
    const double t = d > 0 ? (s - lengths_[i]) / d : 0;
    const PaperPoint a = points_[i], b = points_[i + 1];
    return {a.x + t * (b.x - a.x), a.y + t * (b.y - a.y)};
  }

  Polyline between(double from, double to) const {
    Polyline part{at(from)};
    for (std::size_t i = 0; i < points_.size(); ++i)
      if (lengths_[i] > from && lengths_[i] < to) part.push_back(points_[i]);
    part.push_back(at(to));
    return part;
  }

 private:
  std::size_t segment(double s) const {
    const auto after = std::upper_bound(lengths_.begin() + 1, lengths_.end() - 1, s);
    return static_cast<std::size_t>(after - lengths_.begin()) - 1;
  }
  const Polyline& points_;
  std::vector<double> lengths_;
};

struct LabelSpot {
  double middle = 0;  // arc length
  PaperPoint centre;
  double angle = 0;
  Box box;
};

/// Upright: between -90 and 90 degrees.
double upright(double angle) {
  if (angle > std::numbers::pi / 2) return angle - std::numbers::pi;
  if (angle <= -std::numbers::pi / 2) return angle + std::numbers::pi;
  return angle;
}

LabelSpot spot_at(const Measured& curve, double s, double width) {
  const PaperPoint a = curve.at(s - width / 2), b = curve.at(s + width / 2);
  LabelSpot spot{s, {(a.x + b.x) / 2, (a.y + b.y) / 2}, upright(std::atan2(a.y - b.y, b.x - a.x)), {}};
  const double c = std::abs(std::cos(spot.angle)), d = std::abs(std::sin(spot.angle));
  const double w = (width * c + mark_label_size * d) / 2, h = (width * d + mark_label_size * c) / 2;
  spot.box = {spot.centre.x - w, spot.centre.y - h, spot.centre.x + w, spot.centre.y + h};
  return spot;
}

/// Whether a line passes through the letters of a label on its spot.
bool crosses(const Polyline& line, double reach, const LabelSpot& spot, double width) {
  const double c = std::cos(spot.angle), s = std::sin(spot.angle), half = cap_height * mark_label_size / 2;
  const Box letters = Box{-width / 2, -half, width / 2, half}.grown(reach);
  const auto turned = [&](PaperPoint p) {
    const double x = p.x - spot.centre.x, y = p.y - spot.centre.y;
    return PaperPoint{x * c - y * s, x * s + y * c};
  };
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    const PaperPoint a = line[i], b = line[i + 1];
    const Box around{std::min(a.x, b.x), std::min(a.y, b.y), std::max(a.x, b.x), std::max(a.y, b.y)};
    if (spot.box.grown(reach).overlaps(around.grown(0.01)) && clip_segment(letters, turned(a), turned(b))) return true;
  }
  return false;
}

/// Whether another line passes through the label: another level's, or data.
bool is_crossed(const LabelSpot& spot, double width, const std::vector<VisibleCurve>& curves, const VisibleCurve& own,
                const PanelContext& context) {
  for (const VisibleCurve& curve : curves)
    if (&curve != &own && crosses(curve.points, 0.5, spot, width)) return true;
  for (std::size_t m = 0; m < context.projected.size(); ++m) {
    const auto series = series_of(context.marks()[m]);
    for (const Polyline& part : context.projected[m].parts)
      if (series && crosses(part, series->line_width / 2, spot, width)) return true;
  }
  return false;
}

/// How bad a label's spot is; infinitely, where it leaves the panel.
double cost_of(const LabelSpot& spot, const Measured& curve, double span, const PanelContext& context,
               const InkMap& lines) {
  if (!context.frame.box.grown(-1).contains(spot.box)) return std::numeric_limits<double>::infinity();
  const PaperPoint on_line = curve.at(spot.middle);
  const double bend = std::hypot(on_line.x - spot.centre.x, on_line.y - spot.centre.y);
  const double off_middle = std::abs(spot.middle / curve.length() - 0.5);
  // Its own line passes under every label alike; lines beside it make the difference.
  const double crowd = std::max(0.0, lines.under(spot.box) - 1.3 * span / 1.5);
  return 6 * bend + 2 * context.ink_map.under(spot.box.grown(1)) + 0.8 * crowd + 4 * std::abs(std::sin(spot.angle)) +
         3 * off_middle;
}

using IsBad = std::function<bool(const LabelSpot&)>;

std::optional<LabelSpot> best_spot(const Measured& curve, double width, const PanelContext& context,
                                   const InkMap& lines, const IsBad& is_bad) {
  const double span = width + 2 * gap_at_ends;
  std::optional<LabelSpot> best;
  double least = acceptable;
  for (double s = span; s <= curve.length() - span; s += 3) {
    const LabelSpot spot = spot_at(curve, s, span);
    const double cost = cost_of(spot, curve, span, context, lines);
    if (cost < least && !is_bad(spot)) {
      least = cost;
      best = spot;
    }
  }
  return best;
}

/// The spots of a curve that are near a place, the nearest first.
std::vector<LabelSpot> spots_near(PaperPoint place, const Measured& curve, double span) {
  std::vector<LabelSpot> spots;
  for (double s = span; s <= curve.length() - span; s += 1)
    if (distance(curve.at(s), place) <= 2 * kept_reach)
      if (const LabelSpot spot = spot_at(curve, s, span); distance(spot.centre, place) <= kept_reach)
        spots.push_back(spot);
  std::stable_sort(spots.begin(), spots.end(), [place](const LabelSpot& a, const LabelSpot& b) {
    return distance(a.centre, place) < distance(b.centre, place);
  });
  return spots;
}

/// Near its last place; where that is taken, a curve goes without a label until it is free again. None of the last
/// places may be this curve's: then it finds one as at first.
std::optional<LabelSpot> kept_spot(const std::vector<PaperPoint>& last, const Measured& curve, double width,
                                   const PanelContext& context, const InkMap& lines, const IsBad& is_bad) {
  const double span = width + 2 * gap_at_ends;
  bool had_one = false;
  for (const PaperPoint place : last)
    for (const LabelSpot& spot : spots_near(place, curve, span)) {
      had_one = true;
      if (cost_of(spot, curve, span, context, lines) < acceptable && !is_bad(spot)) return spot;
    }
  if (had_one) return std::nullopt;
  return best_spot(curve, width, context, lines, is_bad);
}

/// Where labels of this level stood when the figure was drawn before.
std::vector<PaperPoint> last_places(const LabelRole& role, const PanelContext& context) {
  std::vector<PaperPoint> places;
  if (context.plan.kept)
    for (const PlacedLabel& label : context.plan.kept->labels)
      if (label.role == role) places.push_back({context.plan.box.left + label.at.x, context.plan.box.top + label.at.y});
  return places;
}

std::string name_of(const Contours& contours, std::size_t level, const text::Words& words) {
  if (level < contours.names.size()) return contours.names[level];
  return contours.labelled ? in_language(number_label(contours.levels[level]), words) : "";
}

std::size_t place_among(const std::vector<Mark>& marks, const Contours& contours) {
  const auto at = std::find_if(marks.begin(), marks.end(),
                               [&](const Mark& mark) { return std::get_if<Contours>(&mark) == &contours; });
  return static_cast<std::size_t>(at - marks.begin());
}

TextItem text_on(const SetLabel& label, const LabelSpot& spot, Ink ink) {
  const double c = std::cos(spot.angle), s = std::sin(spot.angle);
  const double along = label.width / 2, up = cap_height * mark_label_size / 2;
  TextItem item = write(label, {spot.centre.x - along * c + up * s, spot.centre.y + along * s + up * c}, ink);
  item.angle = spot.angle;
  return item;
}

}  // namespace

std::optional<SeriesView> series_of(const Contours&) { return std::nullopt; }

void fit_axes(const Contours& contours, Autoscaler& axes) {
  axes.touch_x(contours.grid.x);
  axes.touch_y(contours.grid.y);
}

/// Curves with names are lines like others; those with numbers are the ground.
void occupy(const Contours& contours, const ProjectedSeries&, const Frame& frame, InkMap& ink_map) {
  if (contours.names.empty()) return;
  for (const VisibleCurve& curve : visible_curves(contours, frame)) ink_map.add(curve.points, 0, 1);
}

void paint(const Contours& contours, const ProjectedSeries&, PanelContext& context) {
  const std::vector<VisibleCurve> curves = visible_curves(contours, context.frame);
  InkMap lines(context.frame.box);
  for (const VisibleCurve& curve : curves) lines.add(curve.points, 1);
  std::vector<PathStep> steps;
  std::vector<Item> texts;
  const std::size_t index = place_among(context.marks(), contours);
  for (const VisibleCurve& curve : curves) {
    const LabelRole role = role_of(context.marks(), index, contours.levels[curve.level]);
    std::optional<LabelSpot> spot;
    const Measured measured(curve.points);
    const SetLabel label =
        set_label(name_of(contours, curve.level, *context.style.words), mark_label_size, context.measure);
    if (label.width > 0 && measured.length() > 2.5 * label.width)
      spot = kept_spot(last_places(role, context), measured, label.width, context, lines,
                       [&](const LabelSpot& at) { return is_crossed(at, label.width, curves, curve, context); });
    if (!spot) {
      append(steps, path_through(curve.points));
      continue;
    }
    const double half = label.width / 2 + gap_at_ends;
    append(steps, path_through(measured.between(0, spot->middle - half)));
    append(steps, path_through(measured.between(spot->middle + half, measured.length())));
    context.ink_map.add(spot->box.grown(6), 4);
    context.placed.push_back({role, LabelGround::panel, spot->centre});
    texts.push_back(text_on(label, *spot, text_ink(contours.stroke.ink)));
  }
  if (!steps.empty()) stroke(context.items, std::move(steps), contours.stroke);
  context.items.insert(context.items.end(), texts.begin(), texts.end());
}

/// Its words stand on its lines.
MarkLabel label_of(const Contours&) { return {}; }
void place_label(const Contours&, std::size_t, Labeller&) {}
void draw_sample(const Contours&, LegendSample&) {}

void add_readout(const Contours&, ReadoutParts&) {}

}  // namespace plot
