// Many random numbers at once: those that Boost's distributions draw from the same engine, in a third of their time.
// Marsaglia and Tsang's ziggurat (2000) for normal ones.
#pragma once

#include <span>

#include "numerics/mersenne_twister.hpp"

namespace numerics {

/// Fills `numbers` with draws of N(0, deviation^2), and leaves the engine where boost::random::normal_distribution
/// would.
void draw_normal(std::span<double> numbers, double deviation, MersenneTwister& engine);

/// With draws of U(-bound, bound), as boost::random::uniform_real_distribution.
void draw_uniform(std::span<double> numbers, double bound, MersenneTwister& engine);

}  // namespace numerics
