// See picture_boxes.hpp.
#include "publish/tags/picture_boxes.hpp"

#include <algorithm>

namespace publish::tags {
namespace {

using Matrix = PictureBoxes::Matrix;

/// First `inner`, then `outer`.
Matrix product(const Matrix& inner, const Matrix& outer) {
  return {inner[0] * outer[0] + inner[1] * outer[2],
          inner[0] * outer[1] + inner[1] * outer[3],
          inner[2] * outer[0] + inner[3] * outer[2],
          inner[2] * outer[1] + inner[3] * outer[3],
          inner[4] * outer[0] + inner[5] * outer[2] + outer[4],
          inner[4] * outer[1] + inner[5] * outer[3] + outer[5]};
}

PictureBox transformed(const std::array<double, 4>& box, const Matrix& m) {
  const auto x = [&](double u, double v) { return m[0] * u + m[2] * v + m[4]; };
  const auto y = [&](double u, double v) { return m[1] * u + m[3] * v + m[5]; };
  const auto [u, v, w, z] = box;
  const auto [left, right] = std::minmax({x(u, v), x(w, v), x(u, z), x(w, z)});
  const auto [bottom, top] = std::minmax({y(u, v), y(w, v), y(u, z), y(w, z)});
  return {left, bottom, right, top};
}

}  // namespace

void PictureBox::add(const PictureBox& other) {
  left = std::min(left, other.left);
  bottom = std::min(bottom, other.bottom);
  right = std::max(right, other.right);
  top = std::max(top, other.top);
}

void PictureBoxes::restore() {
  if (saved_.empty()) return;
  matrix_ = saved_.back();
  saved_.pop_back();
}

void PictureBoxes::transform(const Matrix& inner) { matrix_ = product(inner, matrix_); }

PictureBox PictureBoxes::of(const std::array<double, 4>& box, const Matrix& own) const {
  return transformed(box, product(own, matrix_));
}

}  // namespace publish::tags
