// What values of the text print: formats, uncertainties, units, languages.
#include "text/quantity.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "catch.hpp"

namespace quantity_test {

namespace {

const std::string gap = "\u00A0";  // between a number and what belongs to it

std::string shown(double value, const char* format, const char* unit = "", const char* language = "en") {
  return text::plain(text::quantity(value, text::number_format(format), unit), text::number_marks(language));
}

/// With plain blanks.
std::string spaced(std::string text) {
  for (std::size_t at; (at = text.find(gap)) != std::string::npos;) text.replace(at, gap.size(), " ");
  return text;
}

std::string uncertain(double value, double error, const char* format = "", const char* unit = "",
                      const char* language = "en") {
  return spaced(
      text::plain(text::quantity(value, error, text::number_format(format), unit), text::number_marks(language)));
}

std::string in_formula(double value, const char* format, const char* unit = "", const char* language = "en") {
  return text::formula(text::quantity(value, text::number_format(format), unit), text::number_marks(language));
}

}  // namespace

TEST_CASE("numbers are printed in the format that the text asks for") {
  CHECK(shown(31.47, ".1f") == "31.5");
  CHECK(shown(6905, "d") == "6905");
  CHECK(shown(0.1, "") == "0.1");
  CHECK(shown(1234567, ".3g") == "1.23 × 10⁶");
  CHECK(shown(1234567, ".3") == "1.23 × 10⁶");
  CHECK(shown(2.7e-5, ".1e") == "2.7 × 10⁻⁵");
  CHECK(shown(2.7, "e") == "2.7 × 10⁰");
  CHECK(shown(2, ".3~e") == "2 × 10⁰");
  CHECK(shown(3e-5, "") == "3 × 10⁻⁵");
  CHECK(shown(3e-5, "f") == "0.00003");
  CHECK(shown(-0.5, ".2f") == "−0.50");
  CHECK(shown(2.5, ".3~f") == "2.5");
  CHECK(shown(-INFINITY, "") == "−∞");
  CHECK(shown(-0.001, ".1f") == "0.0");
  CHECK(shown(INFINITY, ".1f") == "∞");
  CHECK(shown(INFINITY, ".1%") == "∞%");
}

TEST_CASE("thousands are separated where the format says so") {
  CHECK(shown(1234567.5, ",") == "1,234,567.5");
  CHECK(shown(1234, ",") == "1,234");
  CHECK(shown(999, ",") == "999");
  CHECK(shown(-60000, ",d") == "−60,000");
  CHECK(shown(1234.5678, ",.1f") == "1,234.6");
  CHECK(shown(60000, "") == "60000");
}

TEST_CASE("r rounds to significant digits, which it writes out") {
  CHECK(shown(1234567, ".3r") == "1230000");
  CHECK(shown(2, ".3r") == "2.00");
  CHECK(shown(2, ".3~r") == "2");
  CHECK(shown(0.0000123456, ".2r") == "0.000012");
  CHECK(shown(9.996, ".3r") == "10.0");
  CHECK(shown(0, ".2r") == "0.0");
}

TEST_CASE("s writes a prefix of the SI, as d3-format does") {
  // The numbers are those of d3-format's own tests (test/format-type-s-test.js).
  CHECK(shown(0, ".2s") == "0.0");
  CHECK(shown(1500, ".2s") == "1.5k");
  CHECK(shown(1500, "s") == "1.5k");
  CHECK(shown(145500000, ".3s") == "146M");
  CHECK(shown(145999999.999999347, ".4s") == "146.0M");
  CHECK(shown(1e26, ".3s") == "100Y");
  CHECK(shown(0.000001, ".3~s") == "1µ");
  CHECK(shown(0.0009995, ".4s") == "999.5µ");
  CHECK(shown(999.5, ".3s") == "1.00k");
  CHECK(shown(1500, ".3~s", "Hz") == "1.5" + gap + "kHz");
  CHECK(shown(0.0421, ".3~s", "m") == "42.1" + gap + "mm");
  CHECK(shown(-1.5e-9, "s", "F") == "−1.5" + gap + "nF");
}

TEST_CASE("per cent are moved digits and no product") {
  CHECK(shown(0.07, "%") == "7%");
  CHECK(shown(0.123456, ".1%") == "12.3%");
  CHECK(shown(0.5, ".0%") == "50%");
  CHECK(shown(1.5, ".0%") == "150%");
  CHECK(shown(0.00001234, ".2p") == "0.0012%");
  CHECK(shown(0.2, ".3p") == "20.0%");
  CHECK(shown(-0.0001, ".1%") == "0.0%");
  CHECK(shown(0.07, ".0%", "", "de") == "7" + gap + "%");
  CHECK(shown(0.07, ".0%", "", "tr") == "%7");
  CHECK(in_formula(0.07, ".1%", "", "fr") == "7{,}0\\,\\%");
}

TEST_CASE("a plus stands before what is above zero") {
  CHECK(shown(3.2, "+.1f") == "+3.2");
  CHECK(shown(-3.2, "+.1f") == "−3.2");
  CHECK(shown(0.01, "+.1f") == "0.0");
  CHECK(in_formula(3, "+") == "+3");
}

TEST_CASE("a unit stands behind its number, and no line ends between them") {
  CHECK(shown(20, "", "m/s") == "20" + gap + "m/s");
  CHECK(shown(20, "", "°C") == "20" + gap + "°C");
  CHECK(shown(20, "", "°") == "20°");
  CHECK(shown(20, "", "%") == "20%");
  CHECK(shown(20, "", "%", "de") == "20" + gap + "%");
  CHECK(shown(3e-5, "", "kg") == "3 × 10⁻⁵" + gap + "kg");
  CHECK(in_formula(1.5, "", "kg m") == "1.5\\,\\text{kg m}");
  CHECK(in_formula(1.5, "", "a_b") == "1.5\\,\\text{a\\_b}");
  const auto pieces = text::pieces(text::quantity(3e-5, {}, "kg"), {});
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].is_formula);
  CHECK(pieces[0].content == "3 \\times 10^{-5}");
  CHECK(pieces[1].content == gap + "kg");
}

TEST_CASE("a value and its uncertainty are rounded as the Particle Data Group does it") {
  // Its own examples: 0.827 ± 0.119 becomes 0.83 ± 0.12, and 0.827 ± 0.367 becomes 0.8 ± 0.4.
  CHECK(uncertain(0.827, 0.119) == "0.83 ± 0.12");
  CHECK(uncertain(0.827, 0.367) == "0.8 ± 0.4");
  CHECK(uncertain(1.2345, 0.0354) == "1.234 ± 0.035");
  CHECK(uncertain(1.2345, 0.0355) == "1.23 ± 0.04");
  CHECK(uncertain(1.2345, 0.0949) == "1.23 ± 0.09");
  CHECK(uncertain(1.2345, 0.0951) == "1.23 ± 0.10");
  CHECK(uncertain(1.2345, 0.0999) == "1.23 ± 0.10");
  CHECK(uncertain(2020, 40) == "2020 ± 40");
  CHECK(uncertain(12345, 678) == "12300 ± 700");
  CHECK(uncertain(-3, 12.3) == "−3 ± 12");
  CHECK(uncertain(0.04, 12.3) == "0 ± 12");
  CHECK(uncertain(-0.04, 12.3) == "0 ± 12");
  CHECK(uncertain(6, 70) == "10 ± 70");
  CHECK(uncertain(0, 0.5) == "0.0 ± 0.5");
  CHECK(uncertain(9.97, 0.4) == "10.0 ± 0.4");
  CHECK(uncertain(3, 0) == "3 ± 0");
}

TEST_CASE("a power of ten is shared by a value and its uncertainty") {
  CHECK(uncertain(1.234e-5, 4.2e-7) == "(1.23 ± 0.04) × 10⁻⁵");
  CHECK(uncertain(-6.02214e23, 1.5e20) == "(−6.0221 ± 0.0015) × 10²³");
  CHECK(uncertain(123456, 700) == "123500 ± 700");
  CHECK(uncertain(1234567, 7000) == "(1.235 ± 0.007) × 10⁶");
  CHECK(uncertain(2e-6, 3e-5) == "(0.2 ± 3.0) × 10⁻⁵");
  CHECK(uncertain(1.234e-5, 4.2e-7, "", "kg") == "(1.23 ± 0.04) × 10⁻⁵ kg");
  const auto q = text::quantity(1.234e-5, 4.2e-7, {}, "m");
  CHECK(text::formula(q, {}) == "(1.23 \\pm 0.04) \\times 10^{-5}\\,\\text{m}");
  CHECK(text::formula(q, text::number_marks("de")) == "(1{,}23 \\pm 0{,}04) \\times 10^{-5}\\,\\text{m}");
}

TEST_CASE("a format's precision takes the place of the rule for uncertainties") {
  CHECK(uncertain(1.23456, 0.0442, ".2") == "1.235 ± 0.044");
  CHECK(uncertain(1.23456, 0.0442, ".1f") == "1.2 ± 0.0");
  CHECK(uncertain(1234.56, 44.2, "d") == "1235 ± 44");
  CHECK(uncertain(1234.56, 44.2, ",") == "1,230 ± 40");
  CHECK(uncertain(0.1234, 0.0442, "%") == "(12 ± 4)%");
  CHECK(uncertain(0.1234, 0.0442, ".1%") == "(12.3 ± 4.4)%");
  CHECK(uncertain(0.1234, 0.0442, ".1%", "", "de") == "(12,3 ± 4,4) %");
  CHECK(uncertain(12345, 678, "s", "Hz") == "(12.3 ± 0.7) kHz");
  CHECK(uncertain(12346, 678, ".2s", "Hz") == "(12.35 ± 0.68) kHz");
  CHECK(uncertain(12345, 678, "e") == "(1.23 ± 0.07) × 10⁴");
  CHECK(uncertain(12345, 678, ".1e") == "(1.2 ± 0.1) × 10⁴");
  CHECK(uncertain(12.3, 0.4, "", "m") == "(12.3 ± 0.4) m");
  CHECK(uncertain(12.3, 0.4, "+") == "+12.3 ± 0.4");
}

TEST_CASE("what is no uncertainty is told") {
  CHECK_THROWS_AS(text::quantity(1, -0.1, {}), std::domain_error);
  CHECK_THROWS_AS(text::quantity(1, NAN, {}), std::domain_error);
  CHECK_THROWS_AS(text::quantity(1, INFINITY, {}), std::domain_error);
  CHECK_THROWS_AS(text::quantity(INFINITY, 1, {}), std::domain_error);
}

TEST_CASE("any double has a text in any format") {
  const double most = std::numeric_limits<double>::max(), least = std::numeric_limits<double>::denorm_min();
  for (const char* format : {"", "f", ".2f", "e", ".3g", ".4r", "s", ".2s", "%", ".2p", "d", "+,.3~f"})
    for (const double x : {0.0, -0.0, 1.0, -most, most, least, -least, 1e22, 0.1 + 0.2}) {
      CHECK(!shown(x, format).empty());
      for (const double error : {0.0, least, 1.0, most}) CHECK(!uncertain(x, error, format).empty());
    }
}

TEST_CASE("what is no format is refused") {
  for (const char* bad : {"1f", ".f", ".",  ".1x", "{}", ".1f}", ".123f", "%d", ".1d", "x",
                          "$",  "0",  "10", ",,",  "~~", ".2 f", "f.2",   "(",  " ",   "s.3"})
    CHECK_THROWS_AS(text::number_format(bad), std::invalid_argument);
  CHECK(text::number_format("+,.3~s") == text::NumberFormat{true, true, 3, true, 's'});
  CHECK(text::number_format("") == text::NumberFormat{});
}

}  // namespace quantity_test
