// The measured limit of this core's arithmetic, to which everything else is compared.
#pragma once

namespace bench {

/// Floating-point operations a second, the median of some runs of milliseconds; 0 where it is not known how to measure.
template <class Scalar>
double peak();

}  // namespace bench
