// A scene with every kind of item, and the fonts of the house.
#pragma once

#include <cmath>
#include <string>

#include "cairo/drawing.hpp"
#include "places.hpp"
#include "plot/scene.hpp"
#include "plot/text/label.hpp"

namespace sample {

inline void use_house_fonts() { cairo::use_fonts((source_folder() / "render/theme/fonts.conf").string()); }

inline plot::TextItem text(const std::string& label, plot::PaperPoint origin, plot::Ink ink = plot::Ink::foreground) {
  plot::TextItem item;
  item.origin = origin;
  item.runs = plot::set_label(label, 8, cairo::text_measure()).runs;
  item.ink = ink;
  return item;
}

inline plot::Path line(plot::PaperPoint from, plot::PaperPoint to, plot::StrokeStyle stroke) {
  plot::Path path;
  path.steps = {plot::MoveTo{from}, plot::LineTo{to}};
  path.stroke = stroke;
  return path;
}

/// 144 x 72 points: 192 x 96 CSS pixels.
inline plot::Scene scene() {
  plot::Scene s;
  s.width = 144;
  s.height = 72;
  plot::Path band;
  band.steps = {plot::MoveTo{{10, 20}}, plot::CurveTo{{40, 10}, {80, 60}, {130, 30}}, plot::LineTo{{130, 50}},
                plot::ClosePath{}};
  band.fill = plot::FillStyle{plot::Ink::green, 0.25};
  band.stroke = plot::StrokeStyle{plot::Ink::green, 0.5, plot::Dash::solid, 0.5};
  s.items = {band};
  int row = 0;
  for (const auto dash : {plot::Dash::solid, plot::Dash::dashed, plot::Dash::dotted, plot::Dash::dash_dot}) {
    const double y = 10 + 15.0 * row++;
    s.items.push_back(line({10, y}, {134, y}, {plot::Ink::blue, 1.3, dash, 1}));
  }
  plot::TextItem turned = text("gradient norm $\\|\\delta^{(\\ell)}\\|$", {8, 66}, plot::Ink::vermillion);
  turned.angle = std::acos(-1.0) / 7;
  turned.halo = true;
  s.items.push_back(turned);
  s.items.push_back(text("training loss $10^{-3}$", {50, 66}));
  return s;
}

}  // namespace sample
