#include "publish/tags/text_pen.hpp"

#include <algorithm>
#include <cmath>

#include "publish/tags/qpdf.hpp"

namespace publish::tags {
namespace {

// In ems: more than any kern, less than the narrowest space of a tight line; and what is no sub- or superscript.
constexpr double narrowest_space = 0.14, another_line = 0.6;

}  // namespace

double GlyphWidths::of(const QPDFObjectHandle& given, const std::string& codes) {
  QPDFObjectHandle font = given;
  const auto object = font.getObjGen();
  const auto [found, is_new] = fonts_.try_emplace({object.getObj(), object.getGen()});
  Widths& known = found->second;
  if (is_new && font.isDictionary() && font.getKey("/Widths").isArray()) {
    known.first = font.getKey("/FirstChar").isInteger() ? static_cast<int>(font.getKey("/FirstChar").getIntValue()) : 0;
    for (auto& width : font.getKey("/Widths").getArrayAsVector()) known.widths.push_back(width.getNumericValue());
  }
  double sum = 0;
  for (const char code : codes) {
    const int at = static_cast<unsigned char>(code) - known.first;
    if (at >= 0 && at < static_cast<int>(known.widths.size())) sum += known.widths[static_cast<std::size_t>(at)];
  }
  return sum;
}

void TextPen::move(double x, double y) {
  line_[4] += x * line_[0] + y * line_[2];
  line_[5] += x * line_[1] + y * line_[3];
  matrix_ = line_;
}

void TextPen::shift(double thousandths) { matrix_[4] -= thousandths / 1000 * size_ * scale(); }

void TextPen::show(double thousandths) {
  matrix_[4] += thousandths / 1000 * size_ * scale();
  end_x_ = matrix_[4];
  end_y_ = matrix_[5];
  end_size_ = size_;
  has_shown_ = true;
}

TextPen::Gap TextPen::gap() const {
  if (!has_shown_) return Gap::none;
  const double em = std::max(size_, end_size_);
  if (std::abs(matrix_[5] - end_y_) > another_line * em) return Gap::line;
  return matrix_[4] - end_x_ > narrowest_space * em ? Gap::word : Gap::none;
}

}  // namespace publish::tags
