// What is taken from Boost's distributions is how they read a random word; a test compares the numbers.
#include "numerics/random_numbers.hpp"

#include <algorithm>
#include <array>
#include <boost/random/normal_distribution.hpp>
#include <cmath>

namespace numerics {
namespace {

/// The ziggurat by the lowest byte of a random word: its first bit is the sign, the others are the rectangle.
struct Ziggurat {
  std::array<double, 256> width, inner;  // with the sign, times the unit of the place; what lies inside is certain

  Ziggurat() {
    const double* edges = boost::random::detail::normal_table<double>::table_x;
    for (std::size_t i = 0; i < 256; ++i) {
      width[i] = (i % 2 == 0 ? -0x1p-56 : 0x1p-56) * edges[i / 2];
      inner[i] = edges[i / 2 + 1];
    }
  }
};

}  // namespace

void draw_normal(std::span<double> numbers, double deviation, MersenneTwister& engine) {
  static const Ziggurat ziggurat;
  // The place in the rectangle is in the bits above; of those Boost leaves one out, for a double has no more.
  constexpr std::uint64_t place_bits = ~(std::uint64_t{1} << 3);
  boost::random::normal_distribution<double> normal(0, deviation);
  for (std::size_t done = 0; done < numbers.size();) {
    const auto words = engine.next_words();
    const std::size_t most = std::min(words.size(), numbers.size() - done);
    double* into = numbers.data() + done;
    std::size_t count = 0;
    // All but one in a hundred need no more than this. Without a branch on the sign, which nobody could foretell.
    for (; count < most; ++count) {
      const std::uint64_t word = words[count];
      const double x =
          static_cast<double>(static_cast<std::int64_t>(word >> 8 & place_bits)) * ziggurat.width[word & 255];
      if (!(std::abs(x) < ziggurat.inner[word & 255])) break;
      into[count] = x * deviation;
    }
    engine.skip(count);
    done += count;
    if (count < most) numbers[done++] = normal(engine);
  }
}

void draw_uniform(std::span<double> numbers, double bound, MersenneTwister& engine) {
  const auto number = [](std::uint64_t half) { return static_cast<double>(static_cast<std::int64_t>(half)); };
  for (std::size_t done = 0; done < numbers.size();) {
    const auto words = engine.next_words();
    const std::size_t most = std::min(words.size(), numbers.size() - done);
    for (std::size_t i = 0; i < most; ++i) {
      // Rounded once, as the conversion of the whole word is, which has a branch on its first bit.
      const double whole = number(words[i] >> 32) * 0x1p32 + number(words[i] & 0xffffffff);
      const double x = whole * 0x1p-64 * (bound - -bound) + -bound;
      numbers[done] = x;
      if (x < bound) ++done;  // another word where rounding has led to the bound itself
    }
    engine.skip(most);
  }
}

}  // namespace numerics
