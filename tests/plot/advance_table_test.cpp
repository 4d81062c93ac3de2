// Text measured by a table of advances.
#include "plot/text/advance_table.hpp"

#include "catch.hpp"

using namespace plot;

namespace {

constexpr Advance glyphs[] = {{U'A', 778}, {U'V', 722}, {U'f', 333}, {U'i', 291}, {0xFB01, 605}, {0x1D6FC, 590}};
constexpr Kerning pairs[] = {{U'A', U'V', -111}, {U'V', U'A', -130}, {U'V', 0xFB01, -20}};

const AdvanceTable& table() {
  static const FaceAdvances face{726, 281, glyphs, pairs};
  static const AdvanceTable all{face, face, face, face};
  return all;
}

double width(std::string_view text, double size = 1000) { return extent_by(table(), text, Face::regular, size)->width; }

}  // namespace

TEST_CASE("a text is as wide as its letters and what lies between them") {
  CHECK(width("") == 0);
  CHECK(width("A") == 778);
  CHECK(width("AV") == 778 + 722 - 111);
  CHECK(width("AVA") == 778 + 722 + 778 - 111 - 130);
  CHECK(width("\U0001D6FC") == 590);
  // Each is rounded to 1/1024 of a point: 6373.4, 5914.6 and -909.3 of them.
  CHECK(width("AV", 8) == (6373 + 5915 - 909) / 1024.0);
}

TEST_CASE("letters that a face joins count as their ligature, before which it kerns too") {
  CHECK(width("fi") == 605);
  CHECK(width("if") == 291 + 333);
  CHECK(width("ff") == 333 + 333);  // no glyph of the face
  CHECK(width("Vfi") == 722 + 605 - 20);
  std::string_view text = "ffi";  // of these only fi is a glyph of the face
  CHECK(take_glyph(text, table()[0]) == U'f');
  CHECK(take_glyph(text, table()[0]) == 0xFB01);
}

TEST_CASE("ascent and descent are the face's, whatever the text") {
  const auto extent = *extent_by(table(), "A", Face::italic, 10);
  CHECK(extent.ascent == Approx(7.26).margin(0.001));
  CHECK(extent.descent == Approx(2.81).margin(0.001));
}

TEST_CASE("a letter that is not in the table gives no width, and neither does what is no UTF-8") {
  CHECK_FALSE(extent_by(table(), "AB", Face::regular, 8));
  CHECK_FALSE(extent_by(table(), "\xE2\x80", Face::regular, 8));
  CHECK_FALSE(extent_by(table(), "\xFF", Face::regular, 8));
}
