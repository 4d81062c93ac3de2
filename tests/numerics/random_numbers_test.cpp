// Random numbers by the block are those of Boost, one by one.
#include "numerics/random_numbers.hpp"

#include <algorithm>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <cmath>
#include <sstream>
#include <vector>

#include "catch.hpp"
#include "numerics/random.hpp"

namespace random_numbers_test {

using namespace numerics;

namespace {

/// How many numbers of pieces of many lengths are others than those of `distribution`, and whether the engines part.
template <class Draw, class Distribution>
void check_same(const Draw& draw, Distribution distribution) {
  MersenneTwister ours = RandomStream(3).engine(), boosts = ours;
  std::size_t others = 0;
  for (std::size_t length = 0; length < 1500; length += 1 + length / 100) {
    std::vector<double> numbers(length);
    draw(numbers, ours);
    for (const double number : numbers) others += number != distribution(boosts) ? 1 : 0;
    CHECK(ours() == boosts());
  }
  CHECK(others == 0);
}

}  // namespace

TEST_CASE("the engine's numbers are those of Boost's mt19937_64 in the same state") {
  std::vector<std::uint64_t> state(MersenneTwister::words);
  std::uint64_t word = 1;
  for (auto& w : state) w = word = word * 6364136223846793005u + 1442695040888963407u;
  std::stringstream text;
  for (const auto w : state) text << w << ' ';
  boost::random::mt19937_64 boosts;
  text >> boosts;
  MersenneTwister ours(std::span<const std::uint64_t, MersenneTwister::words>(state.data(), state.size()));
  for (int i = 0; i < 10000; ++i) REQUIRE(ours() == boosts());
}

TEST_CASE("words that are to come are not used up by looking at them") {
  MersenneTwister engine = RandomStream(1).engine(), other = engine;
  for (std::size_t taken = 0; taken < 1000; ++taken) {
    const auto words = engine.next_words();
    REQUIRE(!words.empty());
    const std::uint64_t first = words.front();
    REQUIRE(first == other());
    if (taken % 3 == 0)
      engine.skip(1);
    else
      REQUIRE(engine() == first);
  }
}

TEST_CASE("normal numbers have the bits of Boost's, and leave the engine where it does") {
  for (const double deviation : {1.0, 0.3, 1 / 16.0, 2e-5})
    check_same([&](std::vector<double>& numbers, MersenneTwister& engine) { draw_normal(numbers, deviation, engine); },
               boost::random::normal_distribution<double>(0, deviation));
}

TEST_CASE("uniform numbers have the bits of Boost's, and leave the engine where it does") {
  for (const double bound : {1.0, 0.3, 1 / 16.0, 2e-5})
    check_same([&](std::vector<double>& numbers, MersenneTwister& engine) { draw_uniform(numbers, bound, engine); },
               boost::random::uniform_real_distribution<double>(-bound, bound));
}

TEST_CASE("a million normal numbers reach into the tail beyond the ziggurat, and are normal") {
  std::vector<double> numbers(1000000);
  MersenneTwister engine = RandomStream(2).engine();
  draw_normal(numbers, 1, engine);
  // The base's edge of 128 rectangles; beyond it lie 0.06 % of all numbers.
  const auto beyond =
      std::count_if(numbers.begin(), numbers.end(), [](double x) { return std::abs(x) > 3.4426198558966523; });
  const double expected = 1e6 * std::erfc(3.4426198558966523 / std::sqrt(2.0));
  CHECK(std::abs(static_cast<double>(beyond) - expected) < 4 * std::sqrt(expected));
  double fourth = 0;
  for (const double x : numbers) fourth += x * x * x * x / 1e6;
  CHECK(std::abs(fourth - 3) < 4 * std::sqrt(96 / 1e6));  // the variance of x^4 is 96
}

}  // namespace random_numbers_test
