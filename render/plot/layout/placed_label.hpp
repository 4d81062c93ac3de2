// Where a panel's labels were put, by what each is the label of: one drawing of a figure tells the next.
#pragma once

#include <cstddef>
#include <vector>

#include "plot/figure.hpp"

namespace plot {

/// Which label of a panel is meant, whatever it says: the same in drawings of a figure with other values.
struct LabelRole {
  std::size_t kind = 0;     // of its mark, its place in the variant
  std::size_t ordinal = 0;  // of the mark among those of its kind in the panel
  double part = 0;          // 0: the mark's name; contours: the level; otherwise a pointer's (pointer_part)
  bool operator==(const LabelRole&) const = default;
};

/// The values at the ends of a curve that leaves the panel.
constexpr double pointer_part(bool at_start) { return at_start ? 1 : 2; }

/// Whether it is a level's, of which there may be several: one on each curve.
bool is_of_level(const std::vector<Mark>& marks, const LabelRole& role);

LabelRole role_of(const std::vector<Mark>& marks, std::size_t mark, double part = 0);

enum class LabelGround { panel, margin, legend };

struct PlacedLabel {
  LabelRole role;
  LabelGround ground = LabelGround::panel;
  PaperPoint at;  // of its first baseline the start, or the end where it is aligned there; of a level its middle
};

}  // namespace plot
