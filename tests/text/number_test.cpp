// One way to print a number: in C++ here, and in the page's script.
#include "text/number.hpp"

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <limits>
#include <random>
#include <sstream>

#include "catch.hpp"
#include "places.hpp"
#include "support/scratch_folder.hpp"
#include "text/number_marks.hpp"

namespace number_test {

using text::exact;
using text::formula;
using text::markdown;
using text::number_marks;
using text::NumberMarks;
using text::plain;
using text::rounded;

TEST_CASE("numbers are written out from a ten-thousandth to a million, others have a power of ten") {
  CHECK(plain(exact(0.001)) == "0.001");
  CHECK(plain(exact(1e-4)) == "0.0001");
  CHECK(plain(exact(9e-5)) == "9 × 10⁻⁵");
  CHECK(plain(exact(3e-5)) == "3 × 10⁻⁵");
  CHECK(plain(exact(-2.5e-12)) == "−2.5 × 10⁻¹²");
  CHECK(plain(exact(1e-9)) == "10⁻⁹");
  CHECK(plain(exact(-1e-9)) == "−10⁻⁹");
  CHECK(plain(exact(60000)) == "60000");
  CHECK(plain(exact(999999)) == "999999");
  CHECK(plain(exact(1e6)) == "10⁶");
  CHECK(plain(exact(2.5e6)) == "2.5 × 10⁶");
  CHECK(plain(exact(1234567)) == "1234567");  // a count: all its digits are said
  CHECK(plain(exact(0.1)) == "0.1");
  CHECK(plain(exact(0.1 + 0.2)) == "0.30000000000000004");
  CHECK(plain(exact(-0.5)) == "−0.5");
  CHECK(plain(exact(0)) == "0");
  CHECK(plain(exact(-0.0)) == "0");
  CHECK(plain(exact(5e-324)) == "5 × 10⁻³²⁴");
  CHECK(plain(exact(1.7976931348623157e308)) == "1.7976931348623157 × 10³⁰⁸");
}

TEST_CASE("a rounded number has no digit that it does not know") {
  CHECK(plain(rounded(0.123456, 3)) == "0.123");
  CHECK(plain(rounded(0.1, 4)) == "0.1");
  CHECK(plain(rounded(12345, 3)) == "1.23 × 10⁴");
  CHECK(plain(rounded(20000, 3)) == "20000");
  CHECK(plain(rounded(999.96, 4)) == "1000");
  CHECK(plain(rounded(99.996, 4)) == "100");
  CHECK(plain(rounded(0.00009999, 2)) == "0.0001");
  CHECK(plain(rounded(9.996e5, 3)) == "10⁶");
  CHECK(plain(rounded(2.71828e-7, 3)) == "2.72 × 10⁻⁷");
}

TEST_CASE("what cannot be counted is said") {
  CHECK(plain(exact(INFINITY)) == "∞");
  CHECK(plain(rounded(-INFINITY, 3)) == "−∞");
  CHECK(plain(exact(NAN)) == "NaN");
  CHECK(formula(exact(-INFINITY)) == "-\\infty");
}

TEST_CASE("a number that was printed keeps its digits") {
  CHECK(plain(text::of_printed("2.70e-05")) == "2.70 × 10⁻⁵");
  CHECK(plain(text::of_printed("1.00e+06")) == "1.00 × 10⁶");
  CHECK(plain(text::of_printed("1e-09")) == "10⁻⁹");
  CHECK(plain(text::of_printed("-31.50")) == "−31.50");
  CHECK(plain(text::of_printed("-0.0")) == "0.0");
  CHECK(plain(text::of_printed("6905")) == "6905");
}

TEST_CASE("Markdown and formulas set the same number") {
  CHECK(markdown(exact(3e-5)) == "$3 \\times 10^{-5}$");
  CHECK(markdown(exact(-0.5)) == "−0.5");
  CHECK(formula(exact(3e-5)) == "3 \\times 10^{-5}");
  CHECK(formula(exact(-0.5)) == "-0.5");
  CHECK(formula(exact(1e-9)) == "10^{-9}");
}

TEST_CASE("a plain text's powers of ten are found again") {
  const auto pieces = text::pieces("2.7 × 10⁻⁵ <= 0.0001 and −10¹² < 1");
  REQUIRE(pieces.size() == 4);
  CHECK((pieces[0].is_formula && pieces[0].content == "2.7 \\times 10^{-5}"));
  CHECK((!pieces[1].is_formula && pieces[1].content == " <= 0.0001 and "));
  CHECK((pieces[2].is_formula && pieces[2].content == "-10^{12}"));
  CHECK((!pieces[3].is_formula && pieces[3].content == " < 1"));
  CHECK(text::pieces("").empty());
  CHECK(text::pieces("no power of 10").size() == 1);
}

namespace {

std::string output_of(const std::string& command) {
  std::string out;
  std::FILE* pipe = popen(command.c_str(), "r");
  char buffer[4096];
  for (std::size_t n; pipe && (n = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, n);
  if (pipe) pclose(pipe);
  return out;
}

/// Numbers of every size, ties among them.
std::vector<double> many_numbers() {
  std::vector<double> numbers{0,      1,   -1,  0.5,   1e-4,   9.9995e-5, 12345,   12355,  123450,
                              999950, 1e6, 1e5, 1.5e5, 2.5e-7, 100050,    0.99995, 5e-324, 1e308};
  std::mt19937 random(1);
  for (int i = 0; i < 2000; ++i) {
    const double mantissa = static_cast<double>(random() % 100000) / 10000;
    numbers.push_back((i % 2 ? 1 : -1) * mantissa * std::pow(10.0, static_cast<int>(random() % 24) - 12));
  }
  for (int i = 0; i < 200; ++i) numbers.push_back(static_cast<double>(random() % 1000000));
  return numbers;
}

}  // namespace

TEST_CASE("the page's script prints numbers as the program does, with either decimal sign") {
  if (output_of("node --version 2>&1").find('v') != 0) {
    WARN("there is no node to run the page's script");
    return;
  }
  const support::ScratchFolder folder;
  for (const char* language : {"en", "de"}) {
    const NumberMarks marks = number_marks(language);
    {
      std::ifstream theme(source_folder() / "render/theme/reading.js");
      std::stringstream whole;
      whole << theme.rdbuf();
      const std::string script = whole.str();
      const auto function = [&](const std::string& head) {
        const std::size_t begin = script.find(head);
        REQUIRE(begin != std::string::npos);
        return script.substr(begin, script.find("\n}\n", begin) + 3 - begin);
      };
      std::ofstream out(folder / "numbers.js");
      out << "const words = {decimal_sign: \"" << marks.decimal << "\"};\n"
          << function("function rounded(") << function("function shown(") << "for (const x of [";
      for (const double x : many_numbers()) {
        char printed[40];
        std::snprintf(printed, sizeof printed, "%.17g,", x);
        out << printed;
      }
      // Raised digits instead of the script's mark-up.
      out << "]) console.log(shown(x).replace(/\\^\\(([^)]*)\\)/, (_, p) => [...p].map((c) => \"⁰¹²³⁴⁵⁶⁷⁸⁹\"[c] ?? "
             "\"⁻\").join(\"\")));\n";
    }
    std::stringstream lines(output_of("node " + (folder / "numbers.js").string() + " 2>&1"));
    std::string line;
    for (const double x : many_numbers()) {
      REQUIRE(std::getline(lines, line));
      INFO(language << " " << x);
      CHECK(line == plain(rounded(x, 4), marks));
    }
  }
}

}  // namespace number_test
