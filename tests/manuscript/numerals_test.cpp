// Numbers in the words of claims.
#include "manuscript/numerals.hpp"

#include "catch.hpp"

namespace numerals_test {

using manuscript::numerals;
using manuscript::unclaimed_numeral;

namespace {

std::vector<double> values(const char* text) {
  std::vector<double> all;
  for (const auto& n : numerals(text)) all.push_back(n.value);
  return all;
}

using Numbers = std::vector<double>;

}  // namespace

TEST_CASE("numbers are found in digits, in words and in formulas") {
  CHECK(values("loses ten decades within 17 layers") == Numbers{10, 17});
  CHECK(values("stands at $0.905$ after a hundred") == Numbers{0.905, 100});
  CHECK(values("$\\sqrt{2} \\approx 1.41$, $3.4 \\cdot 10^{38}$, $10^6$ and $-1$")[0] == 1.41);
  CHECK(values("$3.4 \\cdot 10^{38}$")[0] == Approx(3.4e38));
  CHECK(values("$3.4 \\times 10^{38}$")[0] == Approx(3.4e38));
  CHECK(values("below 3 × 10⁻⁵ in 12 steps")[0] == Approx(3e-5));
  CHECK(values("below 3 × 10⁻⁵ in 12 steps").size() == 2);
  CHECK(values("$10^6$") == Numbers{1e6});
  CHECK(values("$-1$ to $0$") == Numbers{-1, 0});
}

TEST_CASE(
    "formulas without a number at their end, values, references and one or two are not numbers that a claim states") {
  CHECK(values("tanh with $U(\\pm n^{-1/2})$ is flat").empty());
  CHECK(values("one of the two, from layer `bowl: steps(1)`{.value format=\".3f\"} on").empty());
  CHECK(values("as @fig:bowl-2 and [text](page3.html) have it").empty());
}

TEST_CASE("numbers of the text have its language's marks, and those of conditions have points") {
  const auto german = text::number_marks("de"), english = text::number_marks("en");
  CHECK(unclaimed_numeral("es fällt um 0,5 auf 1.234", "x: y < 0.5 and z = 1234", german).empty());
  CHECK(unclaimed_numeral("es fällt um $0{,}5$", "x: y < 0.5", german).empty());
  CHECK(unclaimed_numeral("es fällt um 0,6", "x: y < 0.5", german) == "0.6");
  CHECK(unclaimed_numeral("in 12,000 steps, 3 of them", "x: y < 12000 and z = 3", english).empty());
  CHECK(unclaimed_numeral("layers 10, 20 and 30", "x: y(10) < y(20) + y(30)", english).empty());
  CHECK(unclaimed_numeral("at 100", "100 < x:y", english).empty());
}

TEST_CASE("a number of the text that the condition does not name is told") {
  CHECK(unclaimed_numeral("within seventeen layers", "depth: net.decades(17) >= 10").empty());
  CHECK(unclaimed_numeral("within sixteen layers", "depth: net.decades(17) >= 10") == "sixteen");
  CHECK(unclaimed_numeral("$3 \\cdot 10^{-8}$", "depth: x ~ 3e-8 within 0.1").empty());
  CHECK(unclaimed_numeral("$3 \\cdot 10^{-7}$", "depth: x ~ 3e-8 within 0.1") == "3 \\cdot 10^{-7}");
  CHECK(unclaimed_numeral("$10^{38}$", "depth: x < 10^38").empty());
  CHECK(unclaimed_numeral("at $-0.9$", "bowl: abs(x + 0.9) < 1e-9").empty());
}

}  // namespace numerals_test
