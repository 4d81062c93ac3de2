// An instruction set for which this program was not compiled.
#include "numerics/linear/kernels.hpp"

namespace numerics::NUMERICS_INSTRUCTION_SET {

template <class Scalar>
const Kernels<Scalar>* compiled() {
  return nullptr;
}
template const Kernels<float>* compiled();
template const Kernels<double>* compiled();

}  // namespace numerics::NUMERICS_INSTRUCTION_SET
