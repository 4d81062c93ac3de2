// The inner loops for AVX2 and FMA (CMakeLists.txt gives this file its compiler flags).
#define NUMERICS_INSTRUCTION_SET avx2
#if defined(__AVX2__) && defined(__FMA__)
#define NUMERICS_VECTOR_BYTES 32
#define NUMERICS_TILE_VECTORS 2
#include "numerics/linear/kernels_body.hpp"
#else
#include "numerics/linear/kernels_absent.hpp"
#endif
