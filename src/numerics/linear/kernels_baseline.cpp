// The inner loops for any processor of the architecture (CMakeLists.txt gives this file its compiler flags).
#define NUMERICS_INSTRUCTION_SET baseline
#define NUMERICS_VECTOR_BYTES 16
#define NUMERICS_TILE_VECTORS 2
#include "numerics/linear/kernels_body.hpp"
