// Random streams: every draw comes from a seed and a path of names, the same on every machine.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "numerics/mersenne_twister.hpp"

namespace numerics {

/// A place in a tree of independent random streams. `RandomStream(7).child("fig:a").child("seed", 3)` names one
/// stream; engines made from the same path give the same numbers. Distributions are Boost's, whose output
/// is fixed by their algorithm and not by the standard library.
class RandomStream {
 public:
  explicit RandomStream(std::uint64_t seed = 0);
  RandomStream child(std::string_view name) const;
  RandomStream child(std::string_view name, std::uint64_t index) const;
  MersenneTwister engine() const;

 private:
  std::uint64_t state_[2];
};

}  // namespace numerics
