// Labels put on paper: aligned, broken into lines, with the box that they cover.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plot/geometry/box.hpp"
#include "plot/text/label.hpp"

namespace plot {

/// Faint marks still have readable labels.
constexpr Ink text_ink(Ink ink) { return ink == Ink::faint || ink == Ink::background ? Ink::muted : ink; }

/// A label on its baseline that starts at `origin`.
TextItem write(const SetLabel& label, PaperPoint origin, Ink ink, bool halo = false);

/// The same, `origin` being the baseline's left end, middle or right end.
TextItem write(const SetLabel& label, PaperPoint origin, Anchor anchor, Ink ink, bool halo = false);

/// What a label of this width covers on its baseline: capitals above, descenders below.
Box text_box(PaperPoint origin, double width, double size);

/// Breaks a label at spaces outside mathematics so that no line is wider than `width`, where that
/// can be done; a line feed always breaks.
std::vector<std::string> break_lines(std::string_view label, double width, double size, const Measure& measure);

}  // namespace plot
