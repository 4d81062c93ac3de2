// Random orders.
#pragma once

#include <boost/random/uniform_int_distribution.hpp>
#include <cstdint>
#include <utility>
#include <vector>

#include "numerics/mersenne_twister.hpp"

namespace numerics {

/// Fisher and Yates; the result of std::shuffle depends on the standard library.
inline void shuffle(std::vector<std::uint32_t>& order, MersenneTwister& engine) {
  for (std::size_t i = order.size(); i > 1; --i) {
    boost::random::uniform_int_distribution<std::size_t> pick(0, i - 1);
    std::swap(order[i - 1], order[pick(engine)]);
  }
}

}  // namespace numerics
