// The inner loops for AVX-512 (CMakeLists.txt gives this file its compiler flags).
#define NUMERICS_INSTRUCTION_SET avx512
#if defined(__AVX512F__) && defined(__AVX512DQ__) && defined(__AVX512VL__)
#define NUMERICS_VECTOR_BYTES 64
#define NUMERICS_TILE_VECTORS 4
#include "numerics/linear/kernels_body.hpp"
#else
#include "numerics/linear/kernels_absent.hpp"
#endif
