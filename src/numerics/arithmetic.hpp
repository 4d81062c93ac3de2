// What the processor makes of the operations that are not the same on all: part of every result's
// key, so that a result of another arithmetic is never taken for this one's.
#pragma once

#include <string>

namespace numerics {

/// "fused-0123456789abcdef" or "rounded-...": whether products of matrices round once or twice for
/// each multiply-add (kernels.hpp), and a hash of the bits of a probe: products and activations in
/// both precisions, subnormal numbers, and the rounding functions of the mathematics that the
/// program is linked with. Equal texts mean equal arithmetic.
const std::string& arithmetic();

}  // namespace numerics
