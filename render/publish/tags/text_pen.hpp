// Where the text of a page goes on, to see where words end: TeX moves the pen and writes no spaces.
#pragma once

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

class QPDFObjectHandle;

namespace publish::tags {

/// Widths of the glyphs of a document's simple fonts (ISO 32000-1, 9.2.4), each font read once.
class GlyphWidths {
 public:
  /// How far the shown codes move the pen, in thousandths of the font's size.
  double of(const QPDFObjectHandle& font, const std::string& codes);

 private:
  struct Widths {
    int first = 0;
    std::vector<double> widths;
  };
  std::map<std::pair<int, int>, Widths> fonts_;  // by a font's object
};

class TextPen {
 public:
  enum class Gap { none, word, line };

  void begin() { matrix_ = line_ = {1, 0, 0, 1, 0, 0}; }                              // BT
  void set_size(double size) { size_ = size; }                                        // Tf
  void set_matrix(const std::array<double, 6>& matrix) { matrix_ = line_ = matrix; }  // Tm
  void move(double x, double y);                                                      // Td
  void shift(double thousandths);  // what TJ takes back or, below zero, adds
  void show(double thousandths);

  /// What lies between the last glyph and one shown here: less than a space, a word's end, or a line's.
  Gap gap() const;

 private:
  double scale() const { return matrix_[0] == 0 ? 1 : matrix_[0]; }

  std::array<double, 6> matrix_{1, 0, 0, 1, 0, 0}, line_{1, 0, 0, 1, 0, 0};
  double size_ = 0;
  double end_x_ = 0, end_y_ = 0, end_size_ = 0;  // of the last glyph
  bool has_shown_ = false;
};

}  // namespace publish::tags
