// Vectors of one instruction set, by the compiler's vector extension; included by files compiled for that set only.
// Nothing here may call an inline function of a library: the linker keeps one copy of each, and could keep the one that
// older processors cannot run. Our own are in an unnamed namespace for the same reason.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#if defined(__AVX2__)
#include <immintrin.h>
#endif

namespace numerics::NUMERICS_INSTRUCTION_SET {
namespace {

using Index = std::ptrdiff_t;

template <class S>
struct VectorOf;
template <>
struct VectorOf<float> {
  typedef float type __attribute__((vector_size(NUMERICS_VECTOR_BYTES)));
  typedef float unaligned __attribute__((vector_size(NUMERICS_VECTOR_BYTES), aligned(4), may_alias));
  typedef std::int32_t bits __attribute__((vector_size(NUMERICS_VECTOR_BYTES)));
};
template <>
struct VectorOf<double> {
  typedef double type __attribute__((vector_size(NUMERICS_VECTOR_BYTES)));
  typedef double unaligned __attribute__((vector_size(NUMERICS_VECTOR_BYTES), aligned(8), may_alias));
  typedef std::int64_t bits __attribute__((vector_size(NUMERICS_VECTOR_BYTES)));
};
template <class S>
using V = typename VectorOf<S>::type;
template <class S>
using Bits = typename VectorOf<S>::bits;
template <class S>
constexpr Index lanes = NUMERICS_VECTOR_BYTES / sizeof(S);

template <class S>
inline V<S> load(const S* p) {
  return *reinterpret_cast<const typename VectorOf<S>::unaligned*>(p);
}
template <class S>
inline void store(S* p, V<S> v) {
  *reinterpret_cast<typename VectorOf<S>::unaligned*>(p) = v;
}
/// One number in every lane; subtracting the zero costs nothing and keeps the sign of -0.
template <class S>
inline V<S> every(S x) {
  return x - V<S>{};
}
template <class S>
inline V<S> magnitude(V<S> x) {
  return (V<S>)((Bits<S>)x & ~(Bits<S>)every<S>(S(-0.0)));
}

/// a b + c, rounded once; the first `count` lanes of a load (0 in the others) or of a store.
#if defined(__AVX512F__)
inline V<float> fma(V<float> a, V<float> b, V<float> c) { return _mm512_fmadd_ps(a, b, c); }
inline V<double> fma(V<double> a, V<double> b, V<double> c) { return _mm512_fmadd_pd(a, b, c); }
inline V<float> load_part(const float* p, Index count) {
  return _mm512_maskz_loadu_ps(static_cast<__mmask16>((1u << count) - 1), p);
}
inline V<double> load_part(const double* p, Index count) {
  return _mm512_maskz_loadu_pd(static_cast<__mmask8>((1u << count) - 1), p);
}
inline void store_part(float* p, V<float> v, Index count) {
  _mm512_mask_storeu_ps(p, static_cast<__mmask16>((1u << count) - 1), v);
}
inline void store_part(double* p, V<double> v, Index count) {
  _mm512_mask_storeu_pd(p, static_cast<__mmask8>((1u << count) - 1), v);
}
#elif defined(__AVX2__) && defined(__FMA__)
inline V<float> fma(V<float> a, V<float> b, V<float> c) { return _mm256_fmadd_ps(a, b, c); }
inline V<double> fma(V<double> a, V<double> b, V<double> c) { return _mm256_fmadd_pd(a, b, c); }
inline __m256i first_lanes(Index count, float) {
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(static_cast<int>(count)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}
inline __m256i first_lanes(Index count, double) {
  return _mm256_cmpgt_epi64(_mm256_set1_epi64x(count), _mm256_setr_epi64x(0, 1, 2, 3));
}
inline V<float> load_part(const float* p, Index count) { return _mm256_maskload_ps(p, first_lanes(count, 0.f)); }
inline V<double> load_part(const double* p, Index count) { return _mm256_maskload_pd(p, first_lanes(count, 0.0)); }
inline void store_part(float* p, V<float> v, Index count) { _mm256_maskstore_ps(p, first_lanes(count, 0.f), v); }
inline void store_part(double* p, V<double> v, Index count) { _mm256_maskstore_pd(p, first_lanes(count, 0.0), v); }
#else
template <class Vector>
inline Vector fma(Vector a, Vector b, Vector c) {
  return a * b + c;
}
template <class S>
inline V<S> load_part(const S* p, Index count) {
  V<S> v{};
  for (Index i = 0; i < count; ++i) v[i] = p[i];
  return v;
}
template <class S, class Vector>
inline void store_part(S* p, Vector v, Index count) {
  for (Index i = 0; i < count; ++i) p[i] = v[i];
}
#endif

/// One step of a transposition: the pairs of blocks of `width` lanes that stand off the diagonal change places.
template <class S, std::size_t width, std::size_t... lane>
inline void exchange(V<S>& upper, V<S>& lower, std::index_sequence<lane...>) {
  constexpr std::size_t n = sizeof...(lane);
  const V<S> u = upper, l = lower;
  upper = __builtin_shufflevector(u, l, ((lane & width) == 0 ? lane : n + lane - width)...);
  lower = __builtin_shufflevector(u, l, ((lane & width) == 0 ? lane + width : n + lane)...);
}
template <class S, std::size_t width>
inline void exchange_all(V<S>* rows) {
  constexpr std::size_t n = static_cast<std::size_t>(lanes<S>);
  if constexpr (width < n) {
#pragma GCC unroll 16
    for (std::size_t i = 0; i < n; ++i)
      if ((i & width) == 0) exchange<S, width>(rows[i], rows[i + width], std::make_index_sequence<n>());
    exchange_all<S, 2 * width>(rows);
  }
}
/// A square block of as many rows as a vector has lanes.
template <class S>
inline void transpose(V<S>* rows) {
  exchange_all<S, 1>(rows);
}

}  // namespace
}  // namespace numerics::NUMERICS_INSTRUCTION_SET
