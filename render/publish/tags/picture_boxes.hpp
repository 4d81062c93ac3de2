// Where a page shows its pictures.
#pragma once

#include <array>
#include <vector>

namespace publish::tags {

/// On a page, in points from its lower left corner.
struct PictureBox {
  double left = 0, bottom = 0, right = 0, top = 0;

  /// Grows to hold the other one as well.
  void add(const PictureBox& other);
};

/// Follows the operators that move what is drawn (ISO 32000-1, 8.4.4).
class PictureBoxes {
 public:
  using Matrix = std::array<double, 6>;

  void save() { saved_.push_back(matrix_); }  // q
  void restore();                             // Q
  void transform(const Matrix& inner);        // cm

  /// Where a picture that is shown here (Do) stands: a drawing with its own box and matrix, or an image, which fills
  /// the square.
  PictureBox of(const std::array<double, 4>& box = {0, 0, 1, 1}, const Matrix& own = {1, 0, 0, 1, 0, 0}) const;

 private:
  Matrix matrix_{1, 0, 0, 1, 0, 0};
  std::vector<Matrix> saved_;
};

}  // namespace publish::tags
