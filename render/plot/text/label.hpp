// Label mathematics: "error $\\|\\delta^{(\\ell)}\\|$" set as runs of text with true sub- and superscripts.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "plot/scene.hpp"

namespace plot {

/// What a string measures in a face and size, in points; ascent and descent are the face's.
struct TextExtent {
  double width = 0;
  double ascent = 0;
  double descent = 0;
};

/// Measures text. Given from outside (Pango in the product), so that layout needs no font library.
using Measure = std::function<TextExtent(std::string_view text, Face face, double size)>;

/// A label set on its baseline: runs with offsets from the origin, and its extent.
struct SetLabel {
  std::vector<TextRun> runs;
  double width = 0;
  double ascent = 0;
  double descent = 0;
};

/// Sets a label. Inside $...$ a small part of TeX is known: Greek letters, \ell, \nabla, \partial, \|, \cdot, \times,
/// \pm, \le, \ge, \approx, \to, \infty, \sqrt (as a sign), \hat, \mathcal, \mathrm, \max and other names of
/// functions, _{}, ^{}, spaces. Throws std::invalid_argument with the column of what it does not know.
SetLabel set_label(std::string_view label, double size, const Measure& measure);

/// The label as plain Unicode text, for alternative texts and data files: "error ‖δ^(ℓ)‖".
std::string plain_text(std::string_view label);

}  // namespace plot
