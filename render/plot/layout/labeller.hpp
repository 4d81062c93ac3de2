// Puts labels of one panel where nothing else is.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plot/layout/label_placement.hpp"
#include "plot/layout/panel_context.hpp"

namespace plot {

constexpr double mark_label_size = 7;  // points, of labels that stand on a mark

/// A label broken into lines, and what these need.
struct LabelBlock {
  std::vector<SetLabel> lines;
  LabelSize size;

  /// What it inks when its lines are aligned at a place, the first one's baseline there.
  Box ink(PaperPoint at, Anchor anchor) const;
};

struct LabelLooks {
  double size = 8;
  Ink ink = Ink::foreground;
  std::string series = {};
  bool halo = true;
};

struct Labeller {
  PanelContext& context;
  std::vector<Item> items = {};

  double size() const { return context.style.text; }
  SetLabel set(const std::string& text, double at_size) const { return set_label(text, at_size, context.measure); }
  LabelBlock block(const std::string& text, double width, double at_size) const;

  /// The label of a mark in the best free place beside one of the anchors. Where there is none, the mark is left to the
  /// legend.
  void beside(std::size_t mark, const std::string& text, const std::vector<PaperPoint>& anchors,
              const LabelLooks& looks);

  /// A label whose first baseline starts at one of the origins, the least covered of the free ones.
  void at_one_of(std::size_t mark, const std::string& text, const std::vector<PaperPoint>& origins, const Box& within,
                 const LabelLooks& looks);

  /// The label of a series beside one of its points, or where it leaves the panel; what cannot be seen in the panel but
  /// for a cross in a strip is named in the legend.
  void along(std::size_t mark, const SeriesView& series, std::vector<PaperPoint> anchors);

  /// The same for a series of single points, the last ones first.
  void along_points(std::size_t mark, const SeriesView& series);

  /// Where a label stood in the panel when the figure was drawn before.
  std::optional<PaperPoint> last_place(std::size_t mark, double part = 0) const;

  void leave_to_legend(std::size_t mark) { context.unplaced.push_back(mark); }

  /// `part` of the mark's labels (placed_label.hpp).
  void put(std::size_t mark, const LabelBlock& block, PaperPoint origin, Anchor anchor, const LabelLooks& looks,
           double part = 0);
};

}  // namespace plot
