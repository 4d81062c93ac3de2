// A panel's legend: under the panel, what its marks are called whose labels found no free place beside them.
// See legend.hpp.
#include "plot/layout/legend.hpp"

#include <algorithm>

#include "plot/marks/any_mark.hpp"
#include "plot/marks/brush.hpp"
#include "plot/text/text.hpp"

namespace plot {

namespace {

constexpr double legend_gap = 6;  // over the legend
constexpr double sample_gap = 4, entry_gap = 10;

/// One line of an entry; its baseline starts at `at`, from the legend's top left corner.
struct LegendLine {
  const Mark* mark;    // none: a remark
  const Mark* sample;  // or none
  std::string text;
  PaperPoint at;
  bool is_first;
};

struct LegendPlan {
  std::vector<LegendLine> lines;
  double height = 0;
};

std::string series_name(const Mark& mark) {
  const auto series = series_of(mark);
  return series ? series->name : "";
}

/// The mark whose sample stands at an entry: its own, or one that shows the series that its label names. Others, and
/// remarks, are no more than their words.
const Mark* sampled(const Panel& panel, const Mark& mark, const MarkLabel& label) {
  if (!label.sample_of) return &mark;
  const auto named = std::find_if(panel.marks.begin(), panel.marks.end(), [&label](const Mark& other) {
    return !label.sample_of->empty() && series_name(other) == *label.sample_of;
  });
  return named == panel.marks.end() ? nullptr : &*named;
}

/// Entries from left to right as in a paragraph; one that is too wide for a row of its own goes on below.
class LegendSetter {
 public:
  LegendSetter(double width, const Style& style, const Measure& measure)
      : width_(width), style_(style), measure_(measure), y_(legend_gap + ink_above * style.tick_text) {}

  void add(const Mark* mark, const Mark* sample, std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    const double indent = sample ? LegendSample::width + sample_gap : 0;
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

  LegendPlan result() && {
    plan_.height = plan_.lines.empty() ? 0 : y_ + descender * style_.tick_text;
    return std::move(plan_);
  }

 private:
  double width_;
  const Style& style_;
  const Measure& measure_;
  LegendPlan plan_;
  double x_ = 0, y_;
};

LegendPlan plan_legend(const PanelPlan& plan, double width, const Style& style, const Measure& measure) {
  LegendSetter legend(width, style, measure);
  for (const std::size_t m : plan.legend) {
    const Mark& mark = plan.panel->marks[m];
    const MarkLabel label = label_of(mark);
    legend.add(&mark, sampled(*plan.panel, mark, label), label.in_legend.empty() ? label.text : label.in_legend);
  }
  if (!plan.remark.empty()) legend.add(nullptr, nullptr, plan.remark);
  return std::move(legend).result();
}

}  // namespace

double legend_height(const PanelPlan& plan, double width, const Style& style, const Measure& measure) {
  return plan_legend(plan, width, style, measure).height;
}

void draw_legend(const PanelPlan& plan, const Style& style, const Measure& measure, std::vector<Item>& items,
                 std::vector<PlacedLabel>& placed) {
  for (const LegendLine& line : plan_legend(plan, plan.legend_width, style, measure).lines) {
    const PaperPoint at{plan.legend_left + line.at.x, plan.legend_top + line.at.y};
    if (line.sample && line.is_first) {
      LegendSample sample{{at.x - LegendSample::width - sample_gap, at.y - cap_height * style.tick_text / 2}, items};
      std::visit([&](const auto& mark) { draw_sample(mark, sample); }, *line.sample);
    }
    const Ink ink = line.mark ? label_of(*line.mark).ink : Ink::muted;
    TextItem text = write(set_label(line.text, style.tick_text, measure), at, text_ink(ink));
    if (line.mark) {
      text.series = series_name(*line.mark);
      const auto mark = static_cast<std::size_t>(line.mark - plan.panel->marks.data());
      if (line.is_first) placed.push_back({role_of(plan.panel->marks, mark), LabelGround::legend, at});
    }
    items.emplace_back(std::move(text));
  }
}

}  // namespace plot
