// See mersenne_twister.hpp.
#include "numerics/mersenne_twister.hpp"

#include <algorithm>
#include <cstring>

namespace numerics {
namespace {

// Integers have one result on every processor; where one lacks these vectors the compiler makes them of shorter ones.
typedef std::uint64_t Four __attribute__((vector_size(32)));

constexpr std::size_t words = MersenneTwister::words, half = words / 2;
constexpr std::uint64_t upper = 0xffffffff80000000, matrix = 0xb5026f5aa96619e9;

/// Four words of the next state and the numbers that they give; `far` stands half of the state further on.
inline void advance_four(std::uint64_t* state, const std::uint64_t* far, std::uint64_t* numbers) {
  Four here, next, other;
  std::memcpy(&here, state, sizeof here);
  std::memcpy(&next, state + 1, sizeof next);
  std::memcpy(&other, far, sizeof other);
  const Four mixed = (here & upper) | (next & ~upper);
  Four x = other ^ (mixed >> 1) ^ (-(mixed & 1) & matrix);
  std::memcpy(state, &x, sizeof x);
  x ^= (x >> 29) & 0x5555555555555555;
  x ^= (x << 17) & 0x71d67fffeda60000;
  x ^= (x << 37) & 0xfff7eee000000000;
  x ^= x >> 43;
  std::memcpy(numbers, &x, sizeof x);
}

}  // namespace

MersenneTwister::MersenneTwister(std::span<const std::uint64_t, words> state) {
  std::ranges::copy(state, state_.begin());
  state_[words] = state_[0];
}

void MersenneTwister::advance() {
  std::uint64_t* state = state_.data();
  for (std::size_t i = 0; i < half; i += 4) advance_four(state + i, state + i + half, numbers_.data() + i);
  state[words] = state[0];
  for (std::size_t i = half; i < words; i += 4) advance_four(state + i, state + i - half, numbers_.data() + i);
  next_ = 0;
}

}  // namespace numerics
