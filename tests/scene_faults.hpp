// What is wrong with a picture, found on its scene: text on text, labels on a frame or a marker, text cut or too small.
// A scene is the same in light and dark, so that what holds of it holds of both.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "plot/drawn.hpp"

namespace scene_faults {

/// An upright or turned rectangle by its corners, in order round it.
using Quad = std::array<plot::PaperPoint, 4>;

struct Text {
  std::string words;
  Quad quad;
  double size = 0;       // of its largest run: scripts are smaller by their nature
  bool is_label = false;  // of a mark; the others are of axes and titles
};

struct Stroke {
  plot::PaperPoint from, to;
};

struct Parts {
  std::vector<Text> texts;
  std::vector<Stroke> frame;  // axes, ticks, sides of colour bars and insets
  double width = 0, height = 0;
};

/// What the ink of a text covers at least: capitals above the baseline, most descenders below it.
inline Text text_of(const plot::TextItem& item, const plot::Measure& measure, bool is_label) {
  Text text;
  text.is_label = is_label;
  double left = 1e9, right = -1e9, top = 1e9, bottom = -1e9;
  for (const plot::TextRun& run : item.runs) {
    text.words += run.text;
    text.size = std::max(text.size, run.size);
    left = std::min(left, run.offset.x);
    right = std::max(right, run.offset.x + measure(run.text, run.face, run.size).width);
    top = std::min(top, run.offset.y - 0.7 * run.size);
    bottom = std::max(bottom, run.offset.y + 0.2 * run.size);
  }
  const auto turned = [&](double x, double y) {
    const double c = std::cos(item.angle), s = std::sin(item.angle);
    return plot::PaperPoint{item.origin.x + x * c + y * s, item.origin.y - x * s + y * c};
  };
  text.quad = {turned(left, top), turned(right, top), turned(right, bottom), turned(left, bottom)};
  return text;
}

/// How deep two convex outlines lie in each other, by the axis that parts them best; 0 or less: they are apart.
template <class A, class B>
double depth(const A& a, const B& b) {
  double least = 1e9;
  const auto try_axes_of = [&](const auto& outline) {
    for (std::size_t i = 0; i < outline.size(); ++i) {
      const plot::PaperPoint p = outline[i], q = outline[(i + 1) % outline.size()];
      const double length = std::hypot(q.x - p.x, q.y - p.y);
      if (length == 0) continue;
      const double nx = (p.y - q.y) / length, ny = (q.x - p.x) / length;
      double a_low = 1e9, a_high = -1e9, b_low = 1e9, b_high = -1e9;
      for (const auto& c : a) a_low = std::min(a_low, nx * c.x + ny * c.y), a_high = std::max(a_high, nx * c.x + ny * c.y);
      for (const auto& c : b) b_low = std::min(b_low, nx * c.x + ny * c.y), b_high = std::max(b_high, nx * c.x + ny * c.y);
      least = std::min(least, std::min(a_high - b_low, b_high - a_low));
    }
  };
  try_axes_of(a);
  try_axes_of(b);
  return least;
}

inline void collect(const std::vector<plot::Item>& items, bool is_label, const plot::Measure& measure, Parts& parts) {
  for (const plot::Item& item : items)
    if (const auto* text = std::get_if<plot::TextItem>(&item)) parts.texts.push_back(text_of(*text, measure, is_label));
}

inline void collect_strokes(const std::vector<plot::Item>& items, Parts& parts) {
  for (const plot::Item& item : items) {
    const auto* path = std::get_if<plot::Path>(&item);
    if (!path) continue;
    plot::PaperPoint start, at;
    for (const plot::PathStep& step : path->steps) {
      if (const auto* m = std::get_if<plot::MoveTo>(&step)) start = at = m->to;
      if (const auto* l = std::get_if<plot::LineTo>(&step)) parts.frame.push_back({at, l->to}), at = l->to;
      if (std::holds_alternative<plot::ClosePath>(step)) parts.frame.push_back({at, start}), at = start;
    }
  }
}

inline void collect(const plot::DrawnPanel& panel, const plot::Measure& measure, Parts& parts) {
  for (const auto* items : {&panel.strips, &panel.axes, &panel.color_bar, &panel.title}) collect(*items, false, measure, parts);
  for (const auto* items : {&panel.marks, &panel.labels}) collect(*items, true, measure, parts);
  for (const auto* items : {&panel.axes, &panel.color_bar, &panel.inset_paper}) collect_strokes(*items, parts);
  for (const plot::DrawnPanel& inset : panel.insets) collect(inset, measure, parts);
}

/// Every fault as a sentence. `slack` is what boxes may touch by, in points.
inline std::vector<std::string> faults(const plot::Figure& figure, const plot::Measure& measure, double slack = 0.4) {
  const plot::DrawnFigure drawn = plot::draw(figure, measure);
  Parts parts;
  parts.width = drawn.width;
  parts.height = drawn.height;
  collect(drawn.title, false, measure, parts);
  for (const plot::DrawnPanel& panel : drawn.panels) collect(panel, measure, parts);

  std::vector<std::string> found;
  for (std::size_t i = 0; i < parts.texts.size(); ++i) {
    const Text& text = parts.texts[i];
    if (text.size < 7) found.push_back(fmt::format("\"{}\" is set in {} points", text.words, text.size));
    for (const plot::PaperPoint p : text.quad)
      if (p.x < -slack || p.y < -slack || p.x > parts.width + slack || p.y > parts.height + slack) {
        found.push_back(fmt::format("\"{}\" is cut by the edge", text.words));
        break;
      }
    for (std::size_t k = i + 1; k < parts.texts.size(); ++k)
      if (const double d = depth(text.quad, parts.texts[k].quad); d > slack)
        found.push_back(fmt::format("\"{}\" lies on \"{}\" by {:.1f} points", text.words, parts.texts[k].words, d));
    if (!text.is_label) continue;
    for (const Stroke& stroke : parts.frame)
      if (depth(text.quad, std::array{stroke.from, stroke.to}) > slack) {
        found.push_back(fmt::format("\"{}\" lies on a frame at ({:.0f}, {:.0f})", text.words, stroke.from.x, stroke.from.y));
        break;
      }
  }
  return found;
}

}  // namespace scene_faults
