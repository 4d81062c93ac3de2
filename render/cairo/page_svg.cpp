// SVG written by hand: Cairo's draws every letter and knows neither series nor variables.
// Paths are relative and rounded against the pen's true place, so that errors do not add up; long ones lose the points
// and digits that nobody could see.
#include "cairo/page_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "cairo/circles.hpp"
#include "cairo/palette.hpp"
#include "cairo/style.hpp"

namespace cairo {
namespace {

using plot::PaperPoint;

/// XML has no control characters and no U+FFFE and U+FFFF, not even escaped: a sign stands for them. A carriage return
/// is read back only when it is escaped (XML 1.0, section 2.11).
std::string escaped(std::string_view text) {
  constexpr std::string_view no_character = "\uFFFD";
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (text.compare(i, 3, "\xEF\xBF\xBE") == 0 || text.compare(i, 3, "\xEF\xBF\xBF") == 0) {
      out += no_character;
      i += 2;
      continue;
    }
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') {
      out += no_character;
      continue;
    }
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// Hundredths as the shortest decimal: 1250 -> "12.5", -7 -> "-.07".
std::string decimal(long hundredths) {
  const long size = std::abs(hundredths), whole = size / 100, rest = size % 100;
  std::string text = hundredths < 0 ? "-" : "";
  if (whole != 0 || rest == 0) text += std::to_string(whole);
  if (rest != 0) text += rest % 10 == 0 ? fmt::format(".{}", rest / 10) : fmt::format(".{:02}", rest);
  return text;
}

long hundredths(double value) { return std::lround(value * 100); }
std::string number(double value) { return decimal(hundredths(value)); }

/// A path's data. The pen stands on whole multiples of `grain` hundredths.
class PathWriter {
 public:
  explicit PathWriter(long grain = 1) : grain_(grain) {}
  std::string data;

  void operator()(const plot::MoveTo& s) {
    command('m');
    pair(checked(s.to));
    go(s.to);
    start_x_ = x_;
    start_y_ = y_;
  }
  void operator()(const plot::LineTo& s) {
    const PaperPoint p = checked(s.to);
    const long dx = on_grain(p.x) - x_, dy = on_grain(p.y) - y_;
    // A step below the grain is none; the next is measured from where the pen stands.
    if (dx == 0 && dy == 0) return;
    if (dy == 0) {
      command('h');
      value(dx);
    } else if (dx == 0) {
      command('v');
      value(dy);
    } else {
      command('l');
      pair(p);
    }
    go(p);
  }
  void operator()(const plot::CurveTo& s) {
    command('c');
    pair(checked(s.control1));
    pair(checked(s.control2));
    pair(checked(s.to));
    go(s.to);
  }
  void operator()(const plot::ClosePath&) {
    data += 'z';
    last_ = 'z';
    x_ = start_x_;
    y_ = start_y_;
  }

 private:
  long grain_;
  long on_grain(double value) const { return std::lround(value * 100 / static_cast<double>(grain_)) * grain_; }
  long x_ = 0, y_ = 0, start_x_ = 0, start_y_ = 0;
  char last_ = 0;
  bool first_ = true;

  void command(char name) {
    // Pairs after a move are lines, so that a second move has to be said.
    if (name == last_ && name != 'm') return;
    data += name;
    last_ = name;
    first_ = true;
  }
  void value(long v) {
    if (!first_ && v >= 0) data += ' ';
    first_ = false;
    data += decimal(v);
  }
  void pair(PaperPoint p) {
    value(on_grain(p.x) - x_);
    value(on_grain(p.y) - y_);
  }
  void go(PaperPoint p) {
    x_ = on_grain(p.x);
    y_ = on_grain(p.y);
  }
};

std::string_view ink_name(plot::Ink ink) { return palette(Theme::light)[static_cast<std::size_t>(ink)].name; }

std::string opacity(const char* property, double value) {
  check_opacity(value);
  return value >= 1 ? "" : fmt::format(";{}:{:.3g}", property, value);
}

std::string dashes(plot::Dash dash) {
  std::string list;
  for (const double length : dash_lengths(dash)) list += (list.empty() ? "" : " ") + number(length);
  return list.empty() ? "" : ";stroke-dasharray:" + list;
}

/// A shade that its ramp does not have is refused, as everywhere.
std::string fill_variable(const plot::FillStyle& fill) {
  if (!fill.shade) return fmt::format("--ink-{}", ink_name(fill.ink));
  shade_color(*fill.shade, Theme::light);
  return "--" + shade_name(*fill.shade);
}

std::string style_of(const plot::Path& path) {
  std::string style =
      path.fill ? fmt::format("fill:var({}){}", fill_variable(*path.fill), opacity("fill-opacity", path.fill->opacity))
                : std::string("fill:none");
  if (path.fill && path.even_odd) style += ";fill-rule:evenodd";
  if (path.stroke) {
    check_width(path.stroke->width);
    style +=
        fmt::format(";stroke:var(--ink-{});stroke-width:{}{}{}", ink_name(path.stroke->ink), number(path.stroke->width),
                    opacity("stroke-opacity", path.stroke->opacity), dashes(path.stroke->dash));
  }
  return style;
}

/// Filled circles of one size are dots of a round pen, a tenth as long to write.
std::string dots(const std::vector<Circle>& circles, const plot::FillStyle& fill) {
  PathWriter writer;
  for (const Circle& c : circles) {
    writer(plot::MoveTo{c.centre});
    writer.data += "h0";
  }
  return fmt::format("<path style=\"fill:none;stroke:var({}){};stroke-width:{};stroke-linecap:round\" d=\"{}\"/>\n",
                     fill_variable(fill), opacity("stroke-opacity", fill.opacity), number(circles.front().diameter),
                     writer.data);
}

double distance_from_chord(PaperPoint p, PaperPoint a, PaperPoint b) {
  const double dx = b.x - a.x, dy = b.y - a.y, length = std::hypot(dx, dy);
  if (length == 0) return std::hypot(p.x - a.x, p.y - a.y);
  const double along = std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / (length * length), 0.0, 1.0);
  return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

/// Marks the corners that a run of straight lines needs to stay within `tolerance` points (Douglas and Peucker 1973).
void keep_corners(const std::vector<PaperPoint>& points, double tolerance, std::vector<bool>& kept) {
  std::vector<std::pair<std::size_t, std::size_t>> open{{0, points.size() - 1}};
  kept.front() = kept.back() = true;
  while (!open.empty()) {
    const auto [first, last] = open.back();
    open.pop_back();
    std::size_t farthest_corner = first;
    double most = tolerance;
    for (std::size_t i = first + 1; i < last; ++i) {
      const double d = distance_from_chord(points[i], points[first], points[last]);
      if (d > most) {
        most = d;
        farthest_corner = i;
      }
    }
    if (farthest_corner == first) continue;
    kept[farthest_corner] = true;
    open.emplace_back(first, farthest_corner);
    open.emplace_back(farthest_corner, last);
  }
}

constexpr std::size_t long_path = 30;  // steps from which a path is a curve and no tick
constexpr double invisible = 0.03;     // points; a 30th of a pixel of a page at double size

/// The path without the corners of its lines that nobody could see.
std::vector<plot::PathStep> simplified(const std::vector<plot::PathStep>& steps) {
  std::vector<plot::PathStep> out;
  std::vector<PaperPoint> run;
  const auto end_run = [&] {
    if (run.size() > 1) {
      std::vector<bool> kept(run.size(), false);
      keep_corners(run, invisible, kept);
      for (std::size_t i = 1; i < run.size(); ++i)
        if (kept[i]) out.push_back(plot::LineTo{run[i]});
    }
    run.clear();
  };
  for (const auto& step : steps) {
    if (const auto* line = std::get_if<plot::LineTo>(&step); line && !run.empty()) {
      run.push_back(checked(line->to));
      continue;
    }
    end_run();
    out.push_back(step);
    if (const auto* move = std::get_if<plot::MoveTo>(&step)) run = {checked(move->to)};
  }
  end_run();
  return out;
}

std::string element(const plot::Path& path) {
  if (const auto circles = dots_of(path); !circles.empty()) return dots(circles, *path.fill);
  const bool is_long = path.steps.size() > long_path;
  PathWriter writer(is_long ? 10 : 1);
  for (const auto& step : is_long ? simplified(path.steps) : path.steps) std::visit(writer, step);
  return fmt::format("<path style=\"{}\" d=\"{}\"/>\n", style_of(path), writer.data);
}

/// The regular face is a drawing's own.
std::string class_of(plot::Face face) {
  switch (face) {
    case plot::Face::italic:
      return " class=\"i\"";
    case plot::Face::bold:
      return " class=\"b\"";
    case plot::Face::math:
      return " class=\"m\"";
    case plot::Face::regular:
      break;
  }
  return "";
}

/// The size that the text's own element gives.
double size_of(const plot::TextItem& item) { return item.runs.empty() ? 0 : item.runs.front().size; }

/// Each run says of its place and size only what the text or the run before it did not.
std::string runs(const plot::TextItem& item) {
  std::string out;
  const std::string size_of_text = number(size_of(item));
  std::string height = "0";
  for (const auto& run : item.runs) {
    const PaperPoint offset = checked(run.offset);
    out += "<tspan" + class_of(run.face);
    if (const std::string x = number(offset.x); &run != &item.runs.front() || x != "0")
      out += fmt::format(" x=\"{}\"", x);
    if (const std::string y = number(offset.y); y != height) {
      out += fmt::format(" y=\"{}\"", y);
      height = y;
    }
    if (const std::string size = number(run.size); size != size_of_text) out += fmt::format(" font-size=\"{}\"", size);
    out += fmt::format(">{}</tspan>", escaped(run.text));
  }
  return out;
}

std::string element(const plot::TextItem& item) {
  const PaperPoint origin = checked(item.origin);
  if (!std::isfinite(item.angle))
    throw std::invalid_argument("a text of a scene is turned by an angle that is not finite");
  std::string transform = fmt::format("translate({} {})", number(origin.x), number(origin.y));
  if (item.angle != 0) transform += fmt::format("rotate({:.4g})", -item.angle * 180 / std::numbers::pi);
  const std::string size = number(size_of(item)), letters = runs(item);
  std::string out;
  // All halos lie below all letters: a rim of a run would cut into the one before.
  if (item.halo)
    out += fmt::format(
        "<text class=\"halo\" transform=\"{}\" font-size=\"{}\" "
        "style=\"stroke:var(--ink-background);stroke-width:{}\">{}</text>\n",
        transform, size, number(halo_width), letters);
  return out + fmt::format("<text transform=\"{}\" font-size=\"{}\" style=\"fill:var(--text-{})\">{}</text>\n",
                           transform, size, ink_name(item.ink), letters);
}

const std::string& series_of(const plot::Item& item) {
  return std::visit([](const auto& i) -> const std::string& { return i.series; }, item);
}

/// Everything drawn, neighbours of one series in one group.
std::string groups(const plot::Scene& scene) {
  std::string out, open;
  for (const auto& item : scene.items) {
    if (series_of(item) != open) {
      if (!open.empty()) out += "</g>\n";
      open = series_of(item);
      if (!open.empty()) out += fmt::format("<g data-series=\"{}\">\n", escaped(open));
    }
    out += std::visit([](const auto& i) { return element(i); }, item);
  }
  return open.empty() ? out : out + "</g>\n";
}

}  // namespace

std::string write_page_svg(const plot::Scene& scene, const std::string& id_prefix, const std::string& title,
                           const std::string& description) {
  const auto is_allowed = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
  if (!std::all_of(id_prefix.begin(), id_prefix.end(), is_allowed))
    throw std::invalid_argument(fmt::format("'{}' cannot begin the ids of a drawing", id_prefix));
  std::string names = fmt::format("<title id=\"{}title\">{}</title>", id_prefix, escaped(title));
  std::string labelled = id_prefix + "title";
  if (!description.empty()) {
    names += fmt::format("<desc id=\"{}desc\">{}</desc>", id_prefix, escaped(description));
    labelled += " " + id_prefix + "desc";
  }
  const std::string width = number(scene.width), height = number(scene.height);
  return fmt::format(
      "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"drawing\" width=\"{0}pt\" height=\"{1}pt\" viewBox=\"0 0 {0} "
      "{1}\" role=\"img\" "
      "aria-labelledby=\"{2}\">\n{3}\n{4}</svg>\n",
      width, height, labelled, names, groups(scene));
}

}  // namespace cairo
