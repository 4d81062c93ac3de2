// Ticks: where they stand and what they say.
#include "plot/geometry/tick.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "catch.hpp"

namespace tick_test {

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
  CHECK(labels(choose_ticks(linear(-1.6, 1.3), 7)) == Texts{"−1.5", "−1.0", "−0.5", "0", "0.5", "1.0"});
  CHECK(labels(choose_ticks(linear(0.72, 1.06), 5)) == Texts{"0.8", "0.9", "1.0"});
}

TEST_CASE("a linear tick stands at the double nearest to its decimal number") {
  const auto ticks = choose_ticks(linear(0, 1), 11);
  REQUIRE(ticks.size() == 11);
  CHECK(ticks[3].at == 0.3);
  CHECK(ticks[7].at == 0.7);
}

TEST_CASE("long linear numbers have one power of ten") {
  CHECK(labels(choose_ticks(linear(0, 3e7), 4)) == Texts{"0", "$1×10^{7}$", "$2×10^{7}$", "$3×10^{7}$"});
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
        CHECK(std::is_sorted(ticks.begin(), ticks.end(), [](const Tick& a, const Tick& b) { return a.at < b.at; }));
        for (const Tick& t : ticks) CHECK((t.at >= domain.low && t.at <= domain.high));
        Texts texts = labels(ticks);
        CHECK(std::adjacent_find(texts.begin(), texts.end()) == texts.end());
      }
    }
  }
}

TEST_CASE("log labels stand at every decade, or every 2nd, 5th, 10th ... so that at most seven remain") {
  CHECK(labels(choose_ticks(decades(-4.1, 1.2), 7)) ==
        Texts{"$10^{−4}$", "$10^{−3}$", "$10^{−2}$", "$10^{−1}$", "$10^{0}$", "$10^{1}$"});
  CHECK(labels(choose_ticks(decades(-6, 4), 7)) ==
        Texts{"$10^{−6}$", "$10^{−4}$", "$10^{−2}$", "$10^{0}$", "$10^{2}$", "$10^{4}$"});
  CHECK(labels(choose_ticks(decades(-45, 30), 7)) == Texts{"$10^{−40}$", "$10^{−20}$", "$10^{0}$", "$10^{20}$"});
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

TEST_CASE("an axis that counts has whole ticks only, however short it is") {
  const auto counted = [](double low, double high, int most) {
    return labels(choose_ticks({ScaleKind::linear, false, low, high, true}, most));
  };
  CHECK(counted(0, 2, 7) == Texts{"0", "1", "2"});
  CHECK(counted(0, 1, 7) == Texts{"0", "1"});
  CHECK(counted(1, 3, 7) == Texts{"1", "2", "3"});
  CHECK(counted(0.5, 1.5, 7) == Texts{"1"});
  CHECK(counted(0, 700, 5) == Texts{"0", "200", "400", "600"});
  for (const double first : {0.0, 1.0, 17.0})
    for (double count = 0; count < 40; ++count)
      for (int most = 2; most <= 7; ++most)
        for (const Tick& t : choose_ticks({ScaleKind::linear, false, first - 0.04, first + count + 0.04, true}, most)) {
          INFO(first << " " << count << " " << most);
          REQUIRE(t.at == std::round(t.at));
        }
  CHECK(labels(choose_ticks({ScaleKind::log, false, -0.3, 0.5, true}, 7)) == Texts{"1", "2", "3"});
  for (const Tick& t : choose_ticks({ScaleKind::log, false, -1.2, 2.3, true}, 7)) {
    const double value = std::pow(10, t.at);
    CHECK(value == Approx(std::round(value)));
  }
}

TEST_CASE("ticks of one axis share their decimals, or are counted from one of them") {
  CHECK(labels(choose_ticks(linear(0.9999988, 1.0000001), 4)) == Texts{"0.9999990", "0.9999995", "1.0000000"});
  CHECK(labels(choose_ticks(linear(0.99999905, 0.9999998), 5)) ==
        Texts{"0.9999992", "0.9999994", "0.9999996", "0.9999998"});
  CHECK(labels(choose_ticks(linear(1 - 2.2e-12, 1 + 2.2e-12), 5)) ==
        Texts{"−$2×10^{−12}$", "−$10^{−12}$", "1", "+$10^{−12}$", "+$2×10^{−12}$"});
  CHECK(labels(choose_ticks(linear(1e12 - 1.2, 1e12 + 1.2), 5)) == Texts{"−1", "−0.5", "$10^{12}$", "+0.5", "+1"});
  CHECK(labels(given_ticks(linear(0, 3), {0, 0.5, 1, 2.25})) == Texts{"0", "0.50", "1.00", "2.25"});
  for (const double centre : {1.0, -0.3, 77.7, 0.0123, 5432.1})
    for (double width = 10; width > 1e-13; width *= 0.37) {
      const Domain domain = linear(centre - width * std::abs(centre) / 2, centre + width * std::abs(centre) / 2);
      std::vector<std::size_t> decimals;
      bool plain = true;
      for (const std::string& label : labels(choose_ticks(domain, 5))) {
        plain = plain && label.find('$') == std::string::npos && label.find('+') == std::string::npos;
        if (label != "0") decimals.push_back(label.find('.') == std::string::npos ? 0 : label.size() - label.find('.'));
      }
      INFO(centre << " " << width);
      if (plain) CHECK(std::adjacent_find(decimals.begin(), decimals.end(), std::not_equal_to<>()) == decimals.end());
    }
}

TEST_CASE("no half of a log axis is without a label") {
  CHECK(labels(choose_ticks(decades(std::log10(0.91), std::log10(1.1)), 5)) == Texts{"0.95", "1.00", "1.05", "1.10"});
  CHECK(labels(choose_ticks(decades(std::log10(2.1), std::log10(7.0)), 4)).size() >= 2);
  for (double low = -9; low < 9; low += 0.0731)
    for (const double width : {1e-6, 1e-4, 0.003, 0.04, 0.1, 0.25, 0.48, 0.54, 0.7, 0.95,
                               1.0,  1.3,  1.7,   1.99, 2.0, 2.6,  3.4,  5.7,  9.9, 31.0})
      for (int most = 3; most <= 7; ++most) {
        const Domain domain = decades(low, low + width);
        const auto ticks = choose_ticks(domain, most);
        const auto number = std::count_if(ticks.begin(), ticks.end(), [](const Tick& t) { return t.major(); });
        const auto first = std::find_if(ticks.begin(), ticks.end(), [](const Tick& t) { return t.major(); });
        const auto last = std::find_if(ticks.rbegin(), ticks.rend(), [](const Tick& t) { return t.major(); });
        INFO(low << " " << width << " " << most << ": " << number);
        REQUIRE(number >= 2);
        REQUIRE(number <= std::max(most, 5));
        REQUIRE(first->at - domain.low <= 0.501 * width);
        REQUIRE(domain.high - last->at <= 0.501 * width);
      }
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

}  // namespace tick_test
