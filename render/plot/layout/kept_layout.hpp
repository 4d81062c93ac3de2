// What one drawing of a figure leaves to the next, which shows other values: the room that its parts took and the
// places of its labels, so that what need not move does not.
#pragma once

#include <optional>
#include <vector>

#include "plot/layout/autoscale.hpp"
#include "plot/layout/placed_label.hpp"

namespace plot {

/// A label that cannot stay looks this far around its last place, in points, before it goes elsewhere; and from one
/// drawing to the next it goes no farther, so that a reader's eye can follow.
constexpr double kept_reach = 7.5;

struct KeptPanel {
  double left = 0, right = 0, above = 0, legend = 0;  // room beside, over and under the panel, which does not shrink
  Strips strips{};                                    // nor do these go
  std::vector<PlacedLabel> labels{};                  // from the data area's top left corner

  /// Where the label of this role stood last, if that was on this ground.
  std::optional<PaperPoint> last(const LabelRole& role, LabelGround ground) const;
};

struct KeptLayout {
  std::vector<KeptPanel> panels{};  // in the figure's own order; empty: nothing was drawn before
  double pace = kept_reach;         // how far a label may move from one drawing to the next, in points
  bool is_settled = true;           // no label is on its way to a place farther off
};

struct DrawnFigure;
struct Figure;

/// What a drawing leaves, which had `before` from the one before it. Labels that are gone keep their places for when
/// they come back.
KeptLayout kept_of(const Figure& figure, const DrawnFigure& drawn, const KeptLayout& before = {});

}  // namespace plot
