// Level curves with their level written on the line, in a gap, turned with it and upright.
// See contour_label.hpp.
#include "plot/contour_label.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "plot/clip.hpp"
#include "plot/contour.hpp"
#include "plot/paint.hpp"
#include "plot/text.hpp"
#include "plot/tick.hpp"

namespace plot {

namespace {

constexpr double label_size = 7;
constexpr double gap_at_ends = 2;  // of a label, to the line that goes on
/// Places worse than this are none: the label would cover data, another label, or stand on a sharp
/// bend.
constexpr double acceptable = 18;

/// A polyline by its arc length.
class Measured {
 public:
  explicit Measured(const Polyline& points) : points_(points), lengths_(points.size(), 0) {
    for (std::size_t i = 1; i < points.size(); ++i)
      lengths_[i] = lengths_[i - 1] +
                    std::hypot(points[i].x - points[i - 1].x, points[i].y - points[i - 1].y);
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

struct Spot {
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

Spot spot_at(const Measured& curve, double s, double width) {
  const PaperPoint a = curve.at(s - width / 2), b = curve.at(s + width / 2);
  Spot spot{s, {(a.x + b.x) / 2, (a.y + b.y) / 2}, upright(std::atan2(a.y - b.y, b.x - a.x)), {}};
  const double c = std::abs(std::cos(spot.angle)), d = std::abs(std::sin(spot.angle));
  const double w = (width * c + label_size * d) / 2, h = (width * d + label_size * c) / 2;
  spot.box = {spot.centre.x - w, spot.centre.y - h, spot.centre.x + w, spot.centre.y + h};
  return spot;
}

std::optional<Spot> best_spot(const Measured& curve, double width, const Canvas& canvas,
                              const Occupancy& lines) {
  const double span = width + 2 * gap_at_ends;
  std::optional<Spot> best;
  double least = acceptable;
  for (double s = span; s <= curve.length() - span; s += 3) {
    const Spot spot = spot_at(curve, s, span);
    if (!canvas.frame.box.grown(-1).contains(spot.box)) continue;
    const PaperPoint on_line = curve.at(s);
    const double bend = std::hypot(on_line.x - spot.centre.x, on_line.y - spot.centre.y);
    const double off_middle = std::abs(s / curve.length() - 0.5);
    // Its own line passes under every label alike; lines beside it make the difference.
    const double crowd = std::max(0.0, lines.under(spot.box) - 1.3 * span / 1.5);
    const double cost = 6 * bend + 2 * canvas.occupancy.under(spot.box.grown(1)) + 0.8 * crowd +
                        4 * std::abs(std::sin(spot.angle)) + 3 * off_middle;
    if (cost < least) {
      least = cost;
      best = spot;
    }
  }
  return best;
}

TextItem text_on(const SetLabel& label, const Spot& spot, Ink ink) {
  const double c = std::cos(spot.angle), s = std::sin(spot.angle);
  const double along = label.width / 2, up = cap_height * label_size / 2;
  TextItem item = write(
      label, {spot.centre.x - along * c + up * s, spot.centre.y + along * s + up * c}, ink);
  item.angle = spot.angle;
  return item;
}

}  // namespace

void paint_contours(Canvas& canvas, const Contours& contours) {
  const Grid grid = on_paper(contours.grid, canvas.frame);
  struct Curve {
    double level;
    Polyline points;
  };
  std::vector<Curve> curves;
  Occupancy lines(canvas.frame.box);
  for (const double level : contours.levels) {
    for (const LevelCurve& curve : level_curves(grid, level)) {
      for (Polyline& part : clip_polyline(canvas.frame.box, curve.points)) {
        if (part.size() < 2) continue;
        lines.add(part, 1);
        curves.push_back({level, std::move(part)});
      }
    }
  }
  std::vector<PathStep> steps;
  const auto add = [&](const Polyline& line) {
    const std::vector<PathStep> more = path_through(line);
    steps.insert(steps.end(), more.begin(), more.end());
  };
  std::vector<Item> texts;
  for (const Curve& curve : curves) {
    std::optional<Spot> spot;
    const Measured measured(curve.points);
    const SetLabel label = contours.labelled
                               ? set_label(number_label(curve.level), label_size, canvas.measure)
                               : SetLabel{};
    if (contours.labelled && measured.length() > 2.5 * label.width)
      spot = best_spot(measured, label.width, canvas, lines);
    if (!spot) {
      add(curve.points);
      continue;
    }
    const double half = label.width / 2 + gap_at_ends;
    add(measured.between(0, spot->middle - half));
    add(measured.between(spot->middle + half, measured.length()));
    canvas.occupancy.add(spot->box.grown(6), 4);
    texts.push_back(text_on(label, *spot, text_ink(contours.stroke.ink)));
  }
  if (!steps.empty())
    canvas.items.push_back(Path{std::move(steps), contours.stroke, std::nullopt, {}});
  canvas.items.insert(canvas.items.end(), texts.begin(), texts.end());
}

}  // namespace plot
