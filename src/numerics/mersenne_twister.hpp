// The Mersenne twister of 64 bits, Matsumoto and Nishimura 1998, Nishimura 2000, with the numbers of Boost's and the
// standard library's mt19937_64, but made by the vector: half of the time of a random matrix was theirs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

namespace numerics {

/// An engine for Boost's distributions.
class MersenneTwister {
 public:
  using result_type = std::uint64_t;
  static constexpr std::size_t words = 312;

  /// Begins at this state. Not all of it may be zero.
  explicit MersenneTwister(std::span<const std::uint64_t, words> state);

  static constexpr result_type(min)() { return 0; }
  static constexpr result_type(max)() { return std::numeric_limits<result_type>::max(); }

  result_type operator()() {
    if (next_ == words) advance();
    return numbers_[next_++];
  }

  /// The numbers that come next, one at least; they stay to come until they are skipped.
  std::span<const std::uint64_t> next_words() {
    if (next_ == words) advance();
    return std::span(numbers_).subspan(next_);
  }
  void skip(std::size_t count) { next_ += count; }

 private:
  void advance();

  std::array<std::uint64_t, words + 1> state_;  // the first word once more at the end
  std::array<std::uint64_t, words> numbers_;
  std::size_t next_ = words;
};

}  // namespace numerics
