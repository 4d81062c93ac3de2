// What this core's arithmetic units can do at most: chains of fused multiply-adds, enough of them to fill the
// pipelines.
#include "peak.hpp"

#include <algorithm>
#include <array>
#include <ctime>

namespace bench {
namespace {

constexpr int chains = 12;          // two units with a latency of four or five cycles each
constexpr long rounds = 1'000'000;  // milliseconds: the clock of a virtual machine jumps by tenths of one

double cpu_seconds() {
  std::timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

#if defined(__x86_64__)
#define BENCH_CHAINS(SET, BYTES)                                                                \
  template <class Scalar>                                                                       \
  __attribute__((target(SET))) double run_##BYTES() {                                           \
    typedef Scalar Vector __attribute__((vector_size(BYTES)));                                  \
    const Vector x = Vector{} + Scalar(0.999), y = Vector{} + Scalar(0.001);                    \
    Vector a = x, b = y, c = x, d = y, e = x, f = y, g = x, h = y, i = x, j = y, k = x, l = y;  \
    for (long n = 0; n < rounds; ++n) {                                                         \
      a = a * x + y, b = b * x + y, c = c * x + y, d = d * x + y, e = e * x + y, f = f * x + y; \
      g = g * x + y, h = h * x + y, i = i * x + y, j = j * x + y, k = k * x + y, l = l * x + y; \
      asm volatile("" : "+x"(a), "+x"(b), "+x"(c), "+x"(d), "+x"(e), "+x"(f));                  \
      asm volatile("" : "+x"(g), "+x"(h), "+x"(i), "+x"(j), "+x"(k), "+x"(l));                  \
    }                                                                                           \
    const Vector sum = a + b + c + d + e + f + g + h + i + j + k + l;                           \
    return static_cast<double>(sum[0]);                                                         \
  }
BENCH_CHAINS("avx2,fma", 32)
BENCH_CHAINS("avx512f", 64)
#endif

}  // namespace

template <class Scalar>
double peak() {
#if defined(__x86_64__)
  const bool wide = __builtin_cpu_supports("avx512f");
  const double operations = 2.0 * chains * rounds * (wide ? 64 : 32) / sizeof(Scalar);
  std::array<double, 21> seconds{};
  for (double& attempt : seconds) {
    const double begun = cpu_seconds();
    volatile double sink = wide ? run_64<Scalar>() : run_32<Scalar>();
    (void)sink;
    attempt = cpu_seconds() - begun;
  }
  std::nth_element(seconds.begin(), seconds.begin() + 10, seconds.end());
  return operations / seconds[10];
#else
  return 0;
#endif
}

template double peak<float>();
template double peak<double>();

}  // namespace bench
