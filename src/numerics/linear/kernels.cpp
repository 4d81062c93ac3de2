// Which of the compiled instruction sets this processor has.
#include "numerics/linear/kernels.hpp"

namespace numerics {

// Each is defined in a file of its own, which is compiled for that instruction set.
namespace baseline {
template <class Scalar>
const Kernels<Scalar>* compiled();
}
namespace avx2 {
template <class Scalar>
const Kernels<Scalar>* compiled();
}
namespace avx512 {
template <class Scalar>
const Kernels<Scalar>* compiled();
}

namespace {

#if defined(__x86_64__)
bool has_avx2() { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"); }
bool has_avx512() {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#else
bool has_avx2() { return false; }
bool has_avx512() { return false; }
#endif

template <class Scalar>
const Kernels<Scalar>& fastest() {
  for (const InstructionSet set : {InstructionSet::avx512, InstructionSet::avx2})
    if (const auto* found = kernels<Scalar>(set)) return *found;
  return *kernels<Scalar>(InstructionSet::baseline);
}

}  // namespace

template <class Scalar>
const Kernels<Scalar>* kernels(InstructionSet set) {
  switch (set) {
    case InstructionSet::baseline:
      return baseline::compiled<Scalar>();
    case InstructionSet::avx2:
      return has_avx2() ? avx2::compiled<Scalar>() : nullptr;
    case InstructionSet::avx512:
      return has_avx512() ? avx512::compiled<Scalar>() : nullptr;
  }
  return nullptr;
}

template <class Scalar>
const Kernels<Scalar>& kernels() {
  static const Kernels<Scalar>& chosen = fastest<Scalar>();
  return chosen;
}

template const Kernels<float>* kernels(InstructionSet);
template const Kernels<double>* kernels(InstructionSet);
template const Kernels<float>& kernels();
template const Kernels<double>& kernels();

}  // namespace numerics
