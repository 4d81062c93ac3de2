// Paths and text with Cairo and Pango.
#include "cairo/paint.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include "cairo/circles.hpp"
#include "cairo/palette.hpp"
#include "cairo/style.hpp"
#include "cairo/text.hpp"

namespace cairo {
namespace {

using plot::PaperPoint;

struct Step {
  cairo_t* cr;
  void operator()(const plot::MoveTo& s) const {
    const auto p = checked(s.to);
    cairo_move_to(cr, p.x, p.y);
  }
  void operator()(const plot::LineTo& s) const {
    const auto p = checked(s.to);
    cairo_line_to(cr, p.x, p.y);
  }
  void operator()(const plot::CurveTo& s) const {
    const auto a = checked(s.control1), b = checked(s.control2), p = checked(s.to);
    cairo_curve_to(cr, a.x, a.y, b.x, b.y, p.x, p.y);
  }
  void operator()(const plot::ClosePath&) const { cairo_close_path(cr); }
};

void set_color(cairo_t* cr, Rgb c, double opacity) {
  check_opacity(opacity);
  if (opacity >= 1)
    cairo_set_source_rgb(cr, c.red / 255.0, c.green / 255.0, c.blue / 255.0);
  else
    cairo_set_source_rgba(cr, c.red / 255.0, c.green / 255.0, c.blue / 255.0, opacity);
}

void set_dash(cairo_t* cr, plot::Dash dash) {
  const auto lengths = dash_lengths(dash);
  cairo_set_dash(cr, lengths.data(), static_cast<int>(lengths.size()), 0);
}

/// So many circles are written as dots.
constexpr std::size_t many = 1000;

bool paint_dots(cairo_t* cr, const plot::Path& path, Theme theme, const Inks& inks) {
  const std::vector<Circle> dots = dots_of(path);
  if (dots.size() < many || path.fill->shade) return false;
  for (const Circle& dot : dots) {
    cairo_move_to(cr, dot.centre.x, dot.centre.y);
    cairo_line_to(cr, dot.centre.x, dot.centre.y);
  }
  set_color(cr, line_color(path.fill->ink, theme, inks), path.fill->opacity);
  set_dash(cr, plot::Dash::solid);
  cairo_set_line_width(cr, dots.front().diameter);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke(cr);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
  return true;
}

void paint_item(cairo_t* cr, const plot::Path& path, Theme theme, const Inks& inks) {
  cairo_new_path(cr);
  if (paint_dots(cr, path, theme, inks)) return;
  for (const auto& step : path.steps) std::visit(Step{cr}, step);
  if (path.fill) {
    const Rgb color =
        path.fill->shade ? shade_color(*path.fill->shade, theme) : line_color(path.fill->ink, theme, inks);
    set_color(cr, color, path.fill->opacity);
    cairo_set_fill_rule(cr, path.even_odd ? CAIRO_FILL_RULE_EVEN_ODD : CAIRO_FILL_RULE_WINDING);
    path.stroke ? cairo_fill_preserve(cr) : cairo_fill(cr);
  }
  if (path.stroke) {
    check_width(path.stroke->width);
    set_color(cr, line_color(path.stroke->ink, theme, inks), path.stroke->opacity);
    cairo_set_line_width(cr, path.stroke->width);
    set_dash(cr, path.stroke->dash);
    cairo_stroke(cr);
  }
}

void paint_item(cairo_t* cr, const plot::TextItem& item, Theme theme, const Inks& inks) {
  const PaperPoint origin = checked(item.origin);
  if (!std::isfinite(item.angle))
    throw std::invalid_argument("a text of a scene is turned by an angle that is not finite");
  cairo_save(cr);
  cairo_translate(cr, origin.x, origin.y);
  if (item.angle != 0) cairo_rotate(cr, -item.angle);
  for (const bool halo : {true, false}) {
    if (halo && !item.halo) continue;
    for (const auto& run : item.runs) {
      const PaperPoint offset = checked(run.offset);
      const Layout layout = set_text(run.text, run.face, run.size);
      PangoLayoutLine* line = pango_layout_get_line_readonly(layout.get(), 0);
      cairo_move_to(cr, offset.x, offset.y);
      if (halo) {
        pango_cairo_layout_line_path(cr, line);
        set_color(cr, line_color(plot::Ink::background, theme, inks), 1);
        set_dash(cr, plot::Dash::solid);
        cairo_set_line_width(cr, halo_width);
        cairo_stroke(cr);
      } else {
        set_color(cr, text_color(item.ink, theme, inks), 1);
        pango_cairo_show_layout_line(cr, line);
      }
    }
  }
  cairo_restore(cr);
}

}  // namespace

void paint(cairo_t* cr, const plot::Scene& scene, Theme theme, const Inks& inks) {
  cairo_set_line_join(cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
  for (const auto& item : scene.items) std::visit([&](const auto& i) { paint_item(cr, i, theme, inks); }, item);
  if (cairo_status(cr) != CAIRO_STATUS_SUCCESS)
    throw std::runtime_error(std::string("Cairo: ") + cairo_status_to_string(cairo_status(cr)));
}

}  // namespace cairo
