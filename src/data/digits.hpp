// `digits`, the built-in data set: handwriting-like digits, drawn from stroke skeletons, the same
// on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "data/dataset.hpp"

namespace data {

inline constexpr int digit_size = 28;  // pixels on a side, as MNIST

/// Image number `index` of the endless sequence that the data set is the beginning of; its class is
/// index mod 10.
std::vector<std::uint8_t> draw_digit(std::size_t index);

/// The first `count` images, the classes taking turns. `count` is at least 1.
Dataset digits(std::size_t count = 12000);

}  // namespace data
