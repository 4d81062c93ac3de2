// Labels of marks: at line ends in the margin, beside what they name inside the panel, notes.
// See labels.hpp.
#include "plot/layout/labels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <optional>

#include "plot/geometry/tick.hpp"
#include "plot/layout/labeller.hpp"
#include "plot/layout/spread_labels.hpp"
#include "plot/marks/any_mark.hpp"
#include "plot/text/text.hpp"

namespace plot {

namespace {

constexpr double pointer_value_size = 7;
/// A label in the margin stays where it was while the end of its line is no higher or lower by more than this.
constexpr double margin_reach = 16;

/// Two digits: a reader wants the size of what is out of sight.
double rounded_for_reading(double value) { return std::strtod(fmt::format("{:.1e}", value).c_str(), nullptr); }

struct MarginLabel {
  std::size_t mark;
  PaperPoint end;
};

/// The heights that labels in the margin may take, as middles: the panel's, or more where they are
/// many.
std::pair<double, double> margin_range(const PanelContext& context, std::size_t labels) {
  double low = context.plan.room.top, high = context.plan.room.bottom;
  const double needed = direct_label_gap * static_cast<double>(labels - 1);
  if (needed > high - low) {
    const double reach = (needed - (high - low)) / 2;
    const double edge = context.style.text * 0.8;
    low = std::max(context.page.top + edge, low - reach);
    high = std::min(context.page.bottom - edge, std::max(high + reach, low + needed));
    low = std::max(context.page.top + edge, std::min(low, high - needed));
  }
  return {low, high};
}

/// Of a label's middle in the margin, when the figure was drawn before.
std::optional<double> last_height(const PanelContext& context, std::size_t mark) {
  if (!context.plan.kept) return std::nullopt;
  const auto last = context.plan.kept->last(role_of(context.marks(), mark), LabelGround::margin);
  if (!last) return std::nullopt;
  return context.plan.box.top + last->y - cap_height * context.style.text / 2;
}

/// As far on the way to a height as a label comes from one drawing to the next.
double paced_height(PanelContext& context, std::size_t mark, double height) {
  const auto last = last_height(context, mark);
  if (!last || std::abs(height - *last) <= context.plan.pace) return height;
  context.is_settled = false;
  return std::clamp(height, *last - context.plan.pace, *last + context.plan.pace);
}

/// The height of a line's end, or as near to it as a label has to come that stood elsewhere before.
double wanted_height(const PanelContext& context, const MarginLabel& label) {
  const double height = last_height(context, label.mark).value_or(label.end.y);
  return std::clamp(height, label.end.y - margin_reach, label.end.y + margin_reach);
}

void leader(Labeller& labeller, PaperPoint from, PaperPoint to, Ink ink, const std::string& series) {
  const StrokeStyle stroke{ink, leader_width, Dash::solid, 0.8};
  labeller.items.push_back(Path{{MoveTo{from}, LineTo{to}}, stroke, std::nullopt, series});
}

void label_margin(Labeller& labeller) {
  PanelContext& context = labeller.context;
  std::vector<MarginLabel> labels;
  for (const std::size_t m : context.plan.margin_labels)
    if (!context.projected[m].parts.empty()) labels.push_back({m, right_end(context.projected[m])});
  if (labels.empty()) return;

  // More labels than the page is high: the last place says how many are missing.
  const auto [low, high] = margin_range(context, labels.size());
  const std::size_t most = 1 + static_cast<std::size_t>(std::max(0.0, (high - low) / direct_label_gap + 1e-6));
  const std::size_t kept = labels.size() <= most ? labels.size() : most - 1;
  std::vector<double> wanted;
  for (std::size_t i = 0; i < kept; ++i) wanted.push_back(wanted_height(context, labels[i]));
  if (kept < labels.size()) wanted.push_back(high);
  std::vector<double> heights = spread_labels(wanted, direct_label_gap, low, high);
  for (std::size_t i = 0; i < kept; ++i) heights[i] = paced_height(context, labels[i].mark, heights[i]);

  const double x = context.plan.box.right + direct_label_offset;
  // Labels are aligned, whether or not a marker stands before them.
  double indent = 0;
  for (const MarginLabel& label : labels)
    indent = std::max(indent, label_indent(*series_of(context.marks()[label.mark])));
  for (std::size_t i = 0; i < kept; ++i) {
    const SeriesView series = *series_of(context.marks()[labels[i].mark]);
    const PaperPoint end = labels[i].end;
    const SetLabel label = labeller.set(series.label, labeller.size());
    TextItem item = write(label, {x + indent, heights[i] + cap_height * labeller.size() / 2}, text_ink(series.ink));
    item.series = series.name;
    context.placed.push_back({role_of(context.marks(), labels[i].mark), LabelGround::margin, item.origin});
    const bool moved = std::abs(heights[i] - end.y) > 2 || x - end.x > bare_label_distance;
    if (moved)
      leader(labeller, {end.x + 1.5, end.y}, {x - 1.5 + indent - label_indent(series), heights[i]}, series.ink,
             series.name);
    if (label_indent(series) > 0)
      labeller.items.push_back(marker_item(series.marker, {x + series.marker_size / 2, heights[i]}, series.marker_size,
                                           series.marker_filled, series.ink, series.name));
    labeller.items.emplace_back(std::move(item));
  }
  if (kept < labels.size()) {
    const SetLabel more =
        labeller.set(context.style.words->say({"and_more", {{"count", std::to_string(labels.size() - kept)}}}), 7);
    const double more_x = std::min(x, context.page.right - more.width);
    labeller.items.emplace_back(write(more, {more_x, heights.back() + cap_height * 7 / 2}, Ink::muted));
  }
}

bool has_place(const PanelContext& context, std::size_t mark) {
  const auto holds = [mark](const std::vector<std::size_t>& marks) {
    return std::find(marks.begin(), marks.end(), mark) != marks.end();
  };
  return holds(context.plan.margin_labels) || holds(context.plan.legend);
}

/// The value where a series begins or ends, if the axis can show it.
std::optional<double> value_beyond(const SeriesView& series, ScaleKind y, bool at_start) {
  const std::size_t n = series.size();
  for (std::size_t i = 0; i < n; ++i)
    if (const double value = series.y[at_start ? i : n - 1 - i]; can_show(y, value)) return value;
  return std::nullopt;
}

/// Where a curve leaves the panel, what it goes to, if there is room; over a landscape no axis is a value.
void label_pointers(Labeller& labeller) {
  const PanelContext& context = labeller.context;
  if (is_landscape(*context.plan.panel)) return;
  const Box within = context.frame.box.grown(-0.5);
  for (std::size_t m = 0; m < context.marks().size(); ++m) {
    const auto series = series_of(context.marks()[m]);
    if (!series || !series->joined || series->role != Role::measured) continue;
    for (const Pointer& pointer : context.projected[m].pointers) {
      const auto value = value_beyond(*series, context.frame.y.domain.kind, pointer.at_start);
      if (!value) continue;
      const LabelBlock label =
          labeller.block(in_language(number_label(rounded_for_reading(*value)), *context.style.words), within.width(),
                         pointer_value_size);
      const LabelPlacement place = find_placement({pointer.tip}, label.size, 5, within, context.ink_map,
                                                  labeller.last_place(m, pointer_part(pointer.at_start)));
      if (place.is_free)
        labeller.put(m, label, place.origin, Anchor::left, {pointer_value_size, series->ink, series->name},
                     pointer_part(pointer.at_start));
    }
  }
}

/// The labels of marks that have no place yet.
void label_marks(Labeller& labeller, Freedom freedom) {
  const PanelContext& context = labeller.context;
  for (std::size_t m = 0; m < context.marks().size(); ++m) {
    const MarkLabel label = label_of(context.marks()[m]);
    if (label.text.empty() || label.freedom != freedom || has_place(context, m)) continue;
    std::visit([&](const auto& mark) { place_label(mark, m, labeller); }, context.marks()[m]);
  }
}

}  // namespace

std::vector<Item> place_labels(PanelContext& context) {
  Labeller labeller{context};
  // What has one place goes first, what can stand anywhere last.
  label_marks(labeller, Freedom::at_its_place);
  label_margin(labeller);
  for (const Freedom freedom :
       {Freedom::at_its_shape, Freedom::along_its_data, Freedom::along_a_line, Freedom::in_an_area})
    label_marks(labeller, freedom);
  label_pointers(labeller);
  std::sort(context.unplaced.begin(), context.unplaced.end());
  return std::move(labeller.items);
}

}  // namespace plot
