// A panel's key: under the panel, what its marks are called whose labels found no free place beside them.
// See key.hpp.
#include "plot/key.hpp"

#include <algorithm>

#include "plot/marker.hpp"
#include "plot/text.hpp"

namespace plot {

namespace {

constexpr double key_gap = 6;  // over the key
constexpr double sample_width = 12, sample_gap = 4, entry_gap = 10;

/// One line of an entry; its baseline starts at `at`, from the key's top left corner.
struct KeyLine {
  std::size_t mark;
  std::string text;
  PaperPoint at;
  bool is_first;
};

struct KeyPlan {
  std::vector<KeyLine> lines;
  double height = 0;
};

/// A note has no sample: it is no more than its words.
double room_for_sample(const Mark& mark) { return std::holds_alternative<Note>(mark) ? 0 : sample_width + sample_gap; }

/// Entries from left to right as in a paragraph; one that is too wide for a row of its own goes on below.
KeyPlan plan_key(const Panel& panel, const std::vector<std::size_t>& marks, double width, const Style& style,
                 const Measure& measure) {
  KeyPlan plan;
  double x = 0, y = key_gap + ink_above * style.tick_text;
  for (const std::size_t m : marks) {
    const Mark& mark = panel.marks[m];
    const double indent = room_for_sample(mark);
    std::string label = label_of(mark);
    std::replace(label.begin(), label.end(), '\n', ' ');
    const auto lines = break_lines(label, width - indent, style.tick_text, measure);
    double widest = 0;
    for (const std::string& line : lines) widest = std::max(widest, set_label(line, style.tick_text, measure).width);
    if (x > 0 && (x + indent + widest > width || lines.size() > 1)) {
      x = 0;
      y += style.line_spacing;
    }
    for (const std::string& line : lines) {
      if (&line != &lines.front()) y += style.line_spacing;
      plan.lines.push_back({m, line, {x + indent, y}, &line == &lines.front()});
    }
    x = lines.size() > 1 ? width : x + indent + widest + entry_gap;
  }
  plan.height = plan.lines.empty() ? 0 : y + descender * style.tick_text;
  return plan;
}

std::vector<PathStep> stroke_steps(PaperPoint left) { return {MoveTo{left}, LineTo{{left.x + sample_width, left.y}}}; }

/// Samples, the middle of their left side given.
struct Sample {
  PaperPoint left;
  std::vector<Item>& items;

  void markers(Marker marker, double size, bool filled, Ink ink, const std::string& series) const {
    if (marker == Marker::none) return;
    items.push_back(marker_item(marker, {left.x + sample_width / 2, left.y}, std::min(size, 6.0), filled, ink, series));
  }
  void operator()(const Line& line) const {
    StrokeStyle stroke = line.stroke;
    stroke.width = std::min(stroke.width, 4.0);
    items.push_back(Path{stroke_steps(left), stroke, std::nullopt, line.series});
    markers(line.marker, line.marker_size, line.marker_filled, line.stroke.ink, line.series);
  }
  void operator()(const Points& points) const {
    markers(points.marker, points.size, points.filled, points.ink, points.series);
  }
  void operator()(const Rule& rule) const { items.push_back(Path{stroke_steps(left), rule.stroke, std::nullopt, {}}); }
  void operator()(const Region& region) const {
    const double h = 3;
    items.push_back(Path{{MoveTo{{left.x, left.y - h}}, LineTo{{left.x + sample_width, left.y - h}},
                          LineTo{{left.x + sample_width, left.y + h}}, LineTo{{left.x, left.y + h}}, ClosePath{}},
                         std::nullopt, FillStyle{region.ink, region.opacity}, {}});
  }
  void operator()(const SlopeGuide&) const {
    const double h = 3;
    items.push_back(Path{{MoveTo{{left.x + 1, left.y + h}}, LineTo{{left.x + sample_width - 1, left.y + h}},
                          LineTo{{left.x + sample_width - 1, left.y - h}}, ClosePath{}},
                         StrokeStyle{Ink::foreground, 0.6, Dash::solid, 1}, std::nullopt, {}});
  }
  template <class M>
  void operator()(const M&) const {}
};

struct InkOfLabel {
  Ink operator()(const Line& line) const { return line.stroke.ink; }
  Ink operator()(const Points& points) const { return points.ink; }
  Ink operator()(const Rule& rule) const { return rule.stroke.ink; }
  Ink operator()(const Note& note) const { return note.ink; }
  template <class M>
  Ink operator()(const M&) const { return Ink::foreground; }
};

std::string series_of(const Mark& mark) {
  if (const auto* line = std::get_if<Line>(&mark)) return line->series;
  if (const auto* points = std::get_if<Points>(&mark)) return points->series;
  return {};
}

}  // namespace

std::string label_of(const Mark& mark) {
  return std::visit([](const auto& m) -> std::string {
    if constexpr (requires { m.text; }) return m.text;
    else if constexpr (requires { m.label; } && !requires { m.grid; }) return m.label;  // a map's is its colour bar's
    else return {};
  }, mark);
}

double key_height(const Panel& panel, const std::vector<std::size_t>& marks, double width, const Style& style,
                  const Measure& measure) {
  return plan_key(panel, marks, width, style, measure).height;
}

void draw_key(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  for (const KeyLine& line : plan_key(*plan.panel, plan.key, plan.key_width, style, measure).lines) {
    const Mark& mark = plan.panel->marks[line.mark];
    const PaperPoint at{plan.key_left + line.at.x, plan.key_top + line.at.y};
    if (line.is_first)
      std::visit(Sample{{at.x - room_for_sample(mark), at.y - cap_height * style.tick_text / 2}, items}, mark);
    TextItem text = write(set_label(line.text, style.tick_text, measure), at, text_ink(std::visit(InkOfLabel{}, mark)));
    text.series = series_of(mark);
    items.emplace_back(std::move(text));
  }
}

}  // namespace plot
