// The marks of a panel on paper, and what of their data is out of sight.
#pragma once

#include "plot/layout/panel_context.hpp"

namespace plot {

/// Paints the marks in their order, without their labels; contours with theirs, for the line leaves
/// a gap there.
void paint_marks(PanelContext& context);

/// Pointers at the frame and crosses in the strips, for what is out of sight.
void paint_unseen(PanelContext& context);

}  // namespace plot
