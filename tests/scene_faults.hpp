// What is wrong with a picture, found on its scene: text on text, on a frame or on data, text cut or of a wrong size.
// A scene is the same in light and dark, so that what holds of it holds of both.
//
// Data are the strokes and outlines of lines, points, arrows, rules and slope guides, the pointers and crosses that
// stand for what a panel cannot show, and the leaders of labels. Level curves with numbers are the ground of a plane: a
// text may stand on them if it has a halo, which hides them around its letters. A level's own label stands in a gap of
// its line. Tints (bands, regions, heat maps) are ground for every text.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <vector>

#include "plot/layout/drawn.hpp"
#include "plot/marks/any_mark.hpp"

namespace scene_faults {

/// An upright or turned rectangle by its corners, in order round it.
using Quad = std::array<plot::PaperPoint, 4>;

struct Text {
  std::string words;
  Quad quad;
  double size = 0;        // of its largest run: scripts are smaller by their nature
  bool is_label = false;  // of a mark; the others are of axes and titles
  bool halo = false;
  std::size_t layer = 0;
};

/// A stroke, or the outline of a filled shape: two points or more.
struct Ink {
  plot::Polyline outline;
  double reach = 0;  // half of the stroke's width
  bool ground = false;
  std::string name;
  std::size_t layer = 0;
};

/// What lies on paper. Every panel and every inset is a layer; an inset's paper hides the layer that it stands in.
struct Parts {
  std::vector<Text> texts;
  std::vector<Ink> frame;  // axes, ticks, sides of colour bars and insets
  std::vector<Ink> data;
  struct Cover {
    std::size_t hidden, layer;
    Quad quad;
  };
  std::vector<Cover> covers;
  std::size_t layers = 0;
  double width = 0, height = 0;
};

inline Quad quad_of(const plot::Box& b) {
  return {plot::PaperPoint{b.left, b.top}, {b.right, b.top}, {b.right, b.bottom}, {b.left, b.bottom}};
}

/// What the ink of a text covers at least: capitals above the baseline, most descenders below it.
inline Text text_of(const plot::TextItem& item, const plot::Measure& measure, bool is_label, std::size_t layer) {
  Text text;
  text.is_label = is_label;
  text.halo = item.halo;
  text.layer = layer;
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
      for (const auto& c : a)
        a_low = std::min(a_low, nx * c.x + ny * c.y), a_high = std::max(a_high, nx * c.x + ny * c.y);
      for (const auto& c : b)
        b_low = std::min(b_low, nx * c.x + ny * c.y), b_high = std::max(b_high, nx * c.x + ny * c.y);
      least = std::min(least, std::min(a_high - b_low, b_high - a_low));
    }
  };
  try_axes_of(a);
  try_axes_of(b);
  return least;
}

/// How deep an ink lies in a rectangle; a stroke may have any course, so that it is tried piece by piece.
inline double depth_in(const Quad& quad, const Ink& ink) {
  if (ink.outline.size() == 2 || ink.reach == 0) return depth(quad, ink.outline) + ink.reach;
  double deepest = -1e9;
  for (std::size_t i = 0; i + 1 < ink.outline.size(); ++i)
    deepest = std::max(deepest, depth(quad, std::array{ink.outline[i], ink.outline[i + 1]}) + ink.reach);
  return deepest;
}

/// A path's pieces: each stroke between two points, each filled outline as a whole.
inline void add_path(const plot::Path& path, const std::string& name, bool ground, std::size_t layer,
                     std::vector<Ink>& into) {
  const double reach = path.stroke ? path.stroke->width / 2 : 0;
  plot::Polyline outline;
  bool curved = false;
  const auto finish = [&] {
    // Outlines of markers and pointers are convex, or nearly: what their corners span is what they cover.
    if (path.fill || curved) {
      if (outline.size() > 1) into.push_back({outline, 0, ground, name, layer});
    } else {
      for (std::size_t i = 0; i + 1 < outline.size(); ++i)
        into.push_back({{outline[i], outline[i + 1]}, reach, ground, name, layer});
    }
    outline.clear();
    curved = false;
  };
  for (const plot::PathStep& step : path.steps) {
    if (const auto* m = std::get_if<plot::MoveTo>(&step)) {
      finish();
      outline.push_back(m->to);
    }
    if (const auto* l = std::get_if<plot::LineTo>(&step)) outline.push_back(l->to);
    if (const auto* c = std::get_if<plot::CurveTo>(&step)) outline.push_back(c->to), curved = true;
    if (std::holds_alternative<plot::ClosePath>(step) && !outline.empty()) outline.push_back(outline.front());
  }
  finish();
}

inline void add_texts(const std::vector<plot::Item>& items, bool is_label, const plot::Measure& measure,
                      std::size_t layer, Parts& parts) {
  for (const plot::Item& item : items)
    if (const auto* text = std::get_if<plot::TextItem>(&item))
      parts.texts.push_back(text_of(*text, measure, is_label, layer));
}

inline void add_paths(const std::vector<plot::Item>& items, const std::string& name, std::size_t layer,
                      std::vector<Ink>& into) {
  for (const plot::Item& item : items)
    if (const auto* path = std::get_if<plot::Path>(&item)) add_path(*path, name, false, layer, into);
}

/// What a mark is called in a fault; empty for tints. A mark of any other kind is data.
inline std::string name_of(const plot::Mark& mark) {
  const bool is_tint = std::holds_alternative<plot::HeatMap>(mark) || std::holds_alternative<plot::Region>(mark) ||
                       std::holds_alternative<plot::Band>(mark);
  if (is_tint) return {};
  const auto series = plot::series_of(mark);
  if (series) return "the series '" + series->name + "'";
  const std::string label = plot::label_of(mark).text;
  return label.empty() ? "a mark without a name" : "the mark '" + label + "'";
}

inline void collect(const plot::DrawnPanel& panel, const plot::Measure& measure, Parts& parts) {
  const std::size_t layer = parts.layers++;
  for (const auto* items : {&panel.strips, &panel.axes, &panel.color_bar, &panel.title, &panel.legend})
    add_texts(*items, false, measure, layer, parts);
  for (const auto* items : {&panel.marks, &panel.labels}) add_texts(*items, true, measure, layer, parts);
  for (const auto* items : {&panel.axes, &panel.color_bar, &panel.inset_paper, &panel.legend})
    add_paths(*items, "a frame", layer, parts.frame);
  for (std::size_t i = 0; i < panel.marks.size(); ++i) {
    const auto* path = std::get_if<plot::Path>(&panel.marks[i]);
    if (!path) continue;
    const plot::Mark& mark = panel.plan.panel->marks[panel.shown[i]];
    const std::string name = name_of(mark);
    const auto* contours = std::get_if<plot::Contours>(&mark);
    if (!name.empty()) add_path(*path, name, contours && contours->names.empty(), layer, parts.data);
  }
  add_paths(panel.labels, "a leader", layer, parts.data);
  for (std::size_t i = 0; i < panel.insets.size(); ++i) {
    std::vector<Ink> paper;
    add_paths({panel.inset_paper[i]}, "an inset", layer, paper);
    const plot::Polyline& p = paper.front().outline;
    parts.covers.push_back({layer, parts.layers, {p[0], p[1], p[2], p[3]}});
    collect(panel.insets[i], measure, parts);
  }
}

/// Whether an ink is under the paper of the inset that the text belongs to.
inline bool is_hidden(const Ink& ink, const Text& text, const Parts& parts) {
  for (const Parts::Cover& cover : parts.covers)
    if (cover.layer == text.layer && cover.hidden == ink.layer) return true;
  return false;
}

inline void check_data(const Text& text, const Parts& parts, double slack, std::vector<std::string>& found) {
  for (const Ink& ink : parts.data) {
    if ((ink.ground && text.halo) || is_hidden(ink, text, parts)) continue;
    if (const double d = depth_in(text.quad, ink); d > slack) {
      found.push_back(fmt::format("\"{}\" lies on {} at ({:.0f}, {:.0f}) by {:.1f} points", text.words, ink.name,
                                  ink.outline.front().x, ink.outline.front().y, d));
      return;
    }
  }
}

/// Every fault as a sentence. `slack` is what boxes may touch by, in points.
inline std::vector<std::string> faults(const plot::DrawnFigure& drawn, const plot::Measure& measure,
                                       double slack = 0.4) {
  Parts parts;
  parts.width = drawn.width;
  parts.height = drawn.height;
  add_texts(drawn.title, false, measure, parts.layers++, parts);
  for (const plot::DrawnPanel& panel : drawn.panels) collect(panel, measure, parts);

  std::vector<std::string> found;
  for (std::size_t i = 0; i < parts.texts.size(); ++i) {
    const Text& text = parts.texts[i];
    // As printed: figures are never scaled. Contours' labels and values at pointers are the smallest, titles the
    // largest.
    if (text.size < 7 || text.size > 9)
      found.push_back(fmt::format("\"{}\" is set in {} points", text.words, text.size));
    for (const plot::PaperPoint p : text.quad)
      if (p.x < -slack || p.y < -slack || p.x > parts.width + slack || p.y > parts.height + slack) {
        found.push_back(fmt::format("\"{}\" is cut by the edge", text.words));
        break;
      }
    for (std::size_t k = i + 1; k < parts.texts.size(); ++k)
      if (const double d = depth(text.quad, parts.texts[k].quad); d > slack)
        found.push_back(fmt::format("\"{}\" lies on \"{}\" by {:.1f} points", text.words, parts.texts[k].words, d));
    check_data(text, parts, slack, found);
    if (!text.is_label) continue;
    for (const Ink& ink : parts.frame)
      if (depth_in(text.quad, ink) - ink.reach > slack) {
        found.push_back(fmt::format("\"{}\" lies on a frame at ({:.0f}, {:.0f})", text.words, ink.outline.front().x,
                                    ink.outline.front().y));
        break;
      }
  }
  for (const Parts::Cover& cover : parts.covers)
    for (const Ink& ink : parts.data)
      if (ink.layer == cover.hidden && !ink.ground && depth_in(cover.quad, ink) > slack) {
        found.push_back(fmt::format("an inset lies on {}", ink.name));
        break;
      }
  return found;
}

inline std::vector<std::string> faults(const plot::Figure& figure, const plot::Measure& measure, double slack = 0.4) {
  return faults(plot::draw(figure, measure), measure, slack);
}

}  // namespace scene_faults
