// The inner loops of networks, compiled once for each instruction set: products of matrices, finished while they are
// in registers and in the innermost cache (Goto and van de Geijn 2008), and whole layers of activations.
#pragma once

#include <cstddef>

#include "numerics/networks/network.hpp"

namespace numerics {

enum class InstructionSet { baseline, avx2, avx512 };

/// What becomes of the entries of A B: stored in C, times an entry of another matrix, added to C times a factor, or
/// activated as a layer's phi(A B + bias).
enum class Finish { store, times, add, activate };

/// A is m x k, B is k x n. Their entries (i, j) stand at i * row + j * column; one of the two steps is 1. C and the
/// matrices of its shape have columns without gaps.
template <class Scalar>
struct Product {
  std::ptrdiff_t m = 0, n = 0, k = 0;
  const Scalar* a = nullptr;
  std::ptrdiff_t a_row = 1, a_column = 0;
  const Scalar* b = nullptr;
  std::ptrdiff_t b_row = 1, b_column = 0;
  Scalar* c = nullptr;
  std::ptrdiff_t c_column = 0;

  Finish finish = Finish::store;
  Scalar factor = 1;                // add: C += factor A B
  const Scalar* factors = nullptr;  // times: C = A B o factors
  std::ptrdiff_t factors_column = 0;
  Activation activation = Activation::linear;  // activate; GELU is left to the caller, who finds z in C
  const Scalar* bias = nullptr;
  Scalar* slopes = nullptr;  // activate: receives phi'(z), unless it is null
  std::ptrdiff_t slopes_column = 0;
  Scalar* row_sums = nullptr;  // receives the sums of A's rows, unless it is null

  Scalar* scratch = nullptr;  // Kernels::scratch(product) numbers, aligned to 64 bytes
};

/// A layer: columns of `a` become phi(a + bias), and `slopes`, unless it is null, receives phi'.
template <class Scalar>
struct Layer {
  Activation activation = Activation::linear;
  std::ptrdiff_t rows = 0, columns = 0;
  const Scalar* bias = nullptr;
  Scalar* a = nullptr;
  std::ptrdiff_t a_column = 0;
  Scalar* slopes = nullptr;
  std::ptrdiff_t slopes_column = 0;
};

template <class Scalar>
struct Kernels {
  /// Each entry is one chain of fused multiply-adds in the order of k. So its bits depend neither on how the product is
  /// cut into tiles nor on the width of the vectors.
  void (*multiply)(const Product<Scalar>&);
  std::size_t (*scratch)(const Product<Scalar>&);
  void (*activate)(const Layer<Scalar>&);
};

/// Null where this program or this processor lacks the instruction set. The baseline has no fused multiply-add on x86
/// and rounds twice there; all others give the same bits.
template <class Scalar>
const Kernels<Scalar>* kernels(InstructionSet);

/// Those that this processor runs fastest.
template <class Scalar>
const Kernels<Scalar>& kernels();

}  // namespace numerics
