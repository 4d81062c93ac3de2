// The measured limit of this core's arithmetic, to which everything else is compared.
#pragma once

namespace bench {

/// Floating-point operations a second of the best of some tenths of a second; 0 where it is not known how to measure.
template <class Scalar>
double peak();

}  // namespace bench
