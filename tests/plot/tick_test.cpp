// Ticks: where they stand and what they say.
#include "plot/tick.hpp"

#include <algorithm>
#include <cmath>

#include "catch.hpp"

using namespace plot;

namespace {

std::vector<std::string> labels(const std::vector<Tick>& ticks) {
  std::vector<std::string> texts;
  for (const Tick& t : ticks)
    if (t.major()) texts.push_back(t.label);
  return texts;
}

Domain linear(double low, double high) { return {ScaleKind::linear, false, low, high}; }
Domain decades(double low, double high) { return {ScaleKind::log, false, low, high}; }

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("linear ticks are multiples of 1, 2 or 5 and share their decimals") {
  CHECK(labels(choose_ticks(linear(0, 20), 5)) == Texts{"0", "5", "10", "15", "20"});
  CHECK(labels(choose_ticks(linear(-1.7, 1.7), 4)) == Texts{"−1", "0", "1"});
  CHECK(labels(choose_ticks(linear(-1.6, 1.3), 7)) ==
        Texts{"−1.5", "−1.0", "−0.5", "0", "0.5", "1.0"});
  CHECK(labels(choose_ticks(linear(0.72, 1.06), 5)) == Texts{"0.8", "0.9", "1.0"});
}

TEST_CASE("a linear tick stands at the double nearest to its decimal number") {
  const auto ticks = choose_ticks(linear(0, 1), 11);
  REQUIRE(ticks.size() == 11);
  CHECK(ticks[3].at == 0.3);
  CHECK(ticks[7].at == 0.7);
}

TEST_CASE("long linear numbers have one power of ten") {
  CHECK(labels(choose_ticks(linear(0, 3e7), 4)) ==
        Texts{"0", "$1×10^{7}$", "$2×10^{7}$", "$3×10^{7}$"});
  CHECK(labels(choose_ticks(linear(-2e-6, 2e-6), 3)) == Texts{"$−2×10^{−6}$", "0", "$2×10^{−6}$"});
}

TEST_CASE(
    "every linear range has two labels at least and hardly more than allowed, inside it and "
    "ascending") {
  for (const double centre : {0.0, 1.0, -3.3e-7, 8e12, 1e300, -1e-290}) {
    for (const double width : {1e-6, 0.013, 0.7, 1.0, 3.0, 9.99, 1e5}) {
      const double size = centre == 0 ? 1 : std::abs(centre);
      const Domain domain = linear(centre - width * size / 2, centre + width * size / 2);
      for (int most = 3; most <= 8; ++most) {
        const auto ticks = choose_ticks(domain, most);
        INFO("centre " << centre << " width " << width << " most " << most);
        // Where the coarser step shows one tick only, the finer one's few too many are better.
        CHECK(ticks.size() <= static_cast<std::size_t>(std::max(most, 5)));
        CHECK(ticks.size() >= 2);
        CHECK(std::is_sorted(ticks.begin(), ticks.end(),
                             [](const Tick& a, const Tick& b) { return a.at < b.at; }));
        for (const Tick& t : ticks) CHECK((t.at >= domain.low && t.at <= domain.high));
        Texts texts = labels(ticks);
        CHECK(std::adjacent_find(texts.begin(), texts.end()) == texts.end());
      }
    }
  }
}

TEST_CASE(
    "log labels stand at every decade, or every 2nd, 5th, 10th ... so that at most seven remain") {
  CHECK(labels(choose_ticks(decades(-4.1, 1.2), 7)) ==
        Texts{"$10^{−4}$", "$10^{−3}$", "$10^{−2}$", "$10^{−1}$", "$10^{0}$", "$10^{1}$"});
  CHECK(labels(choose_ticks(decades(-6, 4), 7)) ==
        Texts{"$10^{−6}$", "$10^{−4}$", "$10^{−2}$", "$10^{0}$", "$10^{2}$", "$10^{4}$"});
  CHECK(labels(choose_ticks(decades(-45, 30), 7)) ==
        Texts{"$10^{−40}$", "$10^{−20}$", "$10^{0}$", "$10^{20}$"});
  for (double low = -330; low < 300; low += 37.3) {
    for (const double width : {7.1, 12.0, 33.0, 75.0, 160.0, 600.0}) {
      const auto texts = labels(choose_ticks(decades(low, low + width), 7));
      INFO(low << " " << width);
      CHECK(texts.size() >= 2);
      CHECK(texts.size() <= 7);
    }
  }
}

TEST_CASE("minor ticks 2 to 9 are there only while at most six decades are visible") {
  const auto few = choose_ticks(decades(0, 6), 7);
  CHECK(few.size() == 7 + 6 * 8);
  const auto many = choose_ticks(decades(0, 7), 8);
  CHECK(many.size() == 8);
}

TEST_CASE("between widely spaced labels the other decades have minor ticks") {
  const auto ticks = choose_ticks(decades(-45, 15), 7);  // every tenth decade
  for (const Tick& t : ticks) CHECK(t.at == std::round(t.at));
  CHECK(std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return !t.major(); }) > 6);
}

TEST_CASE("a log axis of less than two decades is labelled at 1, 2, 5, and a narrow one linearly") {
  CHECK(labels(choose_ticks(decades(std::log10(0.15), std::log10(0.9)), 4)) == Texts{"0.2", "0.5"});
  const auto narrow = choose_ticks(decades(std::log10(2.21), std::log10(2.38)), 5);
  CHECK(labels(narrow) == Texts{"2.25", "2.30", "2.35"});
  CHECK(narrow[1].at == Approx(std::log10(2.3)));
}

TEST_CASE("ticks that are given stand where they are wanted, if visible") {
  CHECK(labels(given_ticks(linear(1, 50), {1, 10, 50, 60})) == Texts{"1", "10", "50"});
  CHECK(labels(given_ticks(decades(-3, 3), {0, -1, 0.5, 100})) == Texts{"0.5", "$10^{2}$"});
}

TEST_CASE("numbers are said shortly") {
  CHECK(number_label(0.03) == "0.03");
  CHECK(number_label(-300) == "−300");
  CHECK(number_label(2e-7) == "$2×10^{−7}$");
  CHECK(number_label(1e-9) == "$10^{−9}$");
  CHECK(number_label(0.1 + 0.2) == "0.3");
}
