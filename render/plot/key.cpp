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
  const Mark* mark;    // none: a remark
  const Mark* sample;  // or none
  std::string text;
  PaperPoint at;
  bool is_first;
};

struct KeyPlan {
  std::vector<KeyLine> lines;
  double height = 0;
};

std::string series_of(const Mark& mark) {
  if (const auto* line = std::get_if<Line>(&mark)) return line->series;
  if (const auto* points = std::get_if<Points>(&mark)) return points->series;
  return {};
}

/// What an entry shows a sample of: the mark, or the series that a note names. Other notes, and remarks, are no more
/// than their words.
const Mark* sampled(const Panel& panel, const Mark& mark) {
  const auto* note = std::get_if<Note>(&mark);
  if (!note) return &mark;
  const auto named = std::find_if(panel.marks.begin(), panel.marks.end(), [note](const Mark& other) {
    return !note->series.empty() && series_of(other) == note->series;
  });
  return named == panel.marks.end() ? nullptr : &*named;
}

std::string words_in_key(const Mark& mark) {
  const auto* note = std::get_if<Note>(&mark);
  return note && !note->in_key.empty() ? note->in_key : label_of(mark);
}

/// Entries from left to right as in a paragraph; one that is too wide for a row of its own goes on below.
class KeySetter {
 public:
  KeySetter(double width, const Style& style, const Measure& measure)
      : width_(width), style_(style), measure_(measure), y_(key_gap + ink_above * style.tick_text) {}

  void add(const Mark* mark, const Mark* sample, std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    const double indent = sample ? sample_width + sample_gap : 0;
    const auto lines = break_lines(text, width_ - indent, style_.tick_text, measure_);
    double widest = 0;
    for (const std::string& line : lines) widest = std::max(widest, set_label(line, style_.tick_text, measure_).width);
    if (x_ > 0 && (x_ + indent + widest > width_ || lines.size() > 1)) {
      x_ = 0;
      y_ += style_.line_spacing;
    }
    for (const std::string& line : lines) {
      if (&line != &lines.front()) y_ += style_.line_spacing;
      plan_.lines.push_back({mark, sample, line, {x_ + indent, y_}, &line == &lines.front()});
    }
    x_ = lines.size() > 1 ? width_ : x_ + indent + widest + entry_gap;
  }

  KeyPlan result() && {
    plan_.height = plan_.lines.empty() ? 0 : y_ + descender * style_.tick_text;
    return std::move(plan_);
  }

 private:
  double width_;
  const Style& style_;
  const Measure& measure_;
  KeyPlan plan_;
  double x_ = 0, y_;
};

KeyPlan plan_key(const PanelPlan& plan, double width, const Style& style, const Measure& measure) {
  KeySetter key(width, style, measure);
  for (const std::size_t m : plan.key) {
    const Mark& mark = plan.panel->marks[m];
    key.add(&mark, sampled(*plan.panel, mark), words_in_key(mark));
  }
  if (!plan.remark.empty()) key.add(nullptr, nullptr, plan.remark);
  return std::move(key).result();
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
                         std::nullopt,
                         FillStyle{region.ink, region.opacity},
                         {}});
  }
  void operator()(const SlopeGuide&) const {
    const double h = 3;
    items.push_back(Path{{MoveTo{{left.x + 1, left.y + h}}, LineTo{{left.x + sample_width - 1, left.y + h}},
                          LineTo{{left.x + sample_width - 1, left.y - h}}, ClosePath{}},
                         StrokeStyle{Ink::foreground, 0.6, Dash::solid, 1},
                         std::nullopt,
                         {}});
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
  Ink operator()(const M&) const {
    return Ink::foreground;
  }
};

}  // namespace

std::string label_of(const Mark& mark) {
  return std::visit(
      [](const auto& m) -> std::string {
        if constexpr (requires { m.text; })
          return m.text;
        else if constexpr (
            requires { m.label; } && !requires { m.grid; })
          return m.label;  // a map's is its colour bar's
        else
          return {};
      },
      mark);
}

double key_height(const PanelPlan& plan, double width, const Style& style, const Measure& measure) {
  return plan_key(plan, width, style, measure).height;
}

void draw_key(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items) {
  for (const KeyLine& line : plan_key(plan, plan.key_width, style, measure).lines) {
    const PaperPoint at{plan.key_left + line.at.x, plan.key_top + line.at.y};
    if (line.sample && line.is_first)
      std::visit(Sample{{at.x - sample_width - sample_gap, at.y - cap_height * style.tick_text / 2}, items},
                 *line.sample);
    const Ink ink = line.mark ? std::visit(InkOfLabel{}, *line.mark) : Ink::muted;
    TextItem text = write(set_label(line.text, style.tick_text, measure), at, text_ink(ink));
    if (line.mark) text.series = series_of(*line.mark);
    items.emplace_back(std::move(text));
  }
}

}  // namespace plot
