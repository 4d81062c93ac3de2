// What one drawing of a figure leaves to the next, which shows other values.
// See kept_layout.hpp.
#include "plot/layout/kept_layout.hpp"

#include <algorithm>
#include <cmath>

#include "plot/layout/drawn.hpp"

namespace plot {

namespace {

/// A level has a label on each of its curves; those that are drawn stand for those that they are near.
bool stands_for(const PlacedLabel& now, const PlacedLabel& before, bool has_many) {
  if (!(now.role == before.role)) return false;
  return !has_many || std::hypot(now.at.x - before.at.x, now.at.y - before.at.y) <= kept_reach;
}

KeptPanel kept_of(const DrawnPanel& drawn, const KeptPanel& before) {
  const PanelPlan& plan = drawn.plan;
  KeptPanel kept{.left = plan.left_room,
                 .right = plan.right_room,
                 .above = plan.title_height,
                 .legend = plan.legend_height,
                 .strips = plan.strips};
  for (PlacedLabel label : drawn.placed) {
    label.at = {label.at.x - plan.box.left, label.at.y - plan.box.top};
    kept.labels.push_back(label);
  }
  const std::size_t drawn_now = kept.labels.size();
  for (const PlacedLabel& old : before.labels) {
    const auto end = kept.labels.begin() + static_cast<std::ptrdiff_t>(drawn_now);
    const bool has_many = is_of_level(plan.panel->marks, old.role);
    if (std::none_of(kept.labels.begin(), end, [&](const PlacedLabel& now) { return stands_for(now, old, has_many); }))
      kept.labels.push_back(old);
  }
  return kept;
}

}  // namespace

std::optional<PaperPoint> KeptPanel::last(const LabelRole& role, LabelGround ground) const {
  for (const PlacedLabel& label : labels)
    if (label.role == role && label.ground == ground) return label.at;
  return std::nullopt;
}

KeptLayout kept_of(const Figure& figure, const DrawnFigure& drawn, const KeptLayout& before) {
  KeptLayout kept{std::vector<KeptPanel>(figure.panels.size()), before.pace};
  for (const DrawnPanel& panel : drawn.panels) {
    const auto place = static_cast<std::size_t>(panel.plan.panel - figure.panels.data());
    kept.panels.at(place) = kept_of(panel, place < before.panels.size() ? before.panels[place] : KeptPanel{});
    kept.is_settled = kept.is_settled && panel.is_settled;
  }
  return kept;
}

}  // namespace plot
