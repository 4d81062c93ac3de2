// The table of one instruction set.
#include "numerics/linear/simd_product.hpp"

namespace numerics::NUMERICS_INSTRUCTION_SET {

template <class Scalar>
const Kernels<Scalar>* compiled() {
  static constexpr Kernels<Scalar> table{multiply<Scalar>, scratch<Scalar>, activate<Scalar>};
  return &table;
}
template const Kernels<float>* compiled();
template const Kernels<double>* compiled();

}  // namespace numerics::NUMERICS_INSTRUCTION_SET
