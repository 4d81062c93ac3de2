// A probe, not a declaration: what is computed here is computed by the same code as results are.
// The hash is FNV-1a.
#include "numerics/arithmetic.hpp"

#include <array>
#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <limits>
#include <vector>

#include "numerics/linear/kernels.hpp"

namespace numerics {
namespace {

class Probe {
 public:
  void add(double x) { add_bytes(std::bit_cast<std::uint64_t>(x), 8); }
  void add(float x) { add_bytes(std::bit_cast<std::uint32_t>(x), 4); }

  std::string hex() const {
    std::string text;
    for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(hash_ >> shift) & 15];
    return text;
  }

 private:
  void add_bytes(std::uint64_t bits, int bytes) {
    for (int i = 0; i < bytes; ++i) hash_ = (hash_ ^ ((bits >> (8 * i)) & 0xff)) * 0x100000001b3;
  }

  std::uint64_t hash_ = 0xcbf29ce484222325;
};

/// Numbers without a pattern in their bits: fractional parts of multiples of the golden ratio, in
/// (-2, 2).
template <class Scalar>
std::vector<Scalar> spread_out(std::size_t count) {
  std::vector<Scalar> numbers(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double multiple = static_cast<double>(i + 1) * 0.6180339887498949;
    numbers[i] = static_cast<Scalar>(4 * (multiple - std::floor(multiple)) - 2);
  }
  return numbers;
}

/// C = A B of matrices that are stored by columns.
template <class Scalar>
std::vector<Scalar> product(const std::vector<Scalar>& a, const std::vector<Scalar>& b, std::ptrdiff_t m,
                            std::ptrdiff_t n, std::ptrdiff_t k) {
  std::vector<Scalar> c(static_cast<std::size_t>(m * n));
  Product<Scalar> task;
  task.m = m, task.n = n, task.k = k;
  task.a = a.data(), task.a_row = 1, task.a_column = m;
  task.b = b.data(), task.b_row = 1, task.b_column = k;
  task.c = c.data(), task.c_column = m;
  struct alignas(64) Line {
    std::array<std::byte, 64> bytes;
  };
  std::vector<Line> scratch(kernels<Scalar>().scratch(task) * sizeof(Scalar) / sizeof(Line) + 1);
  task.scratch = reinterpret_cast<Scalar*>(scratch.data());
  kernels<Scalar>().multiply(task);
  return c;
}

template <class Scalar>
void probe_kernels(Probe& probe) {
  constexpr std::ptrdiff_t m = 19, n = 11, k = 23;  // none fills vectors or tiles
  for (const Scalar entry : product(spread_out<Scalar>(m * k), spread_out<Scalar>(k * n), m, n, k)) probe.add(entry);
  for (const Activation activation : {Activation::sigmoid, Activation::tanh, Activation::swish}) {
    auto values = spread_out<Scalar>(67);
    std::vector<Scalar> slopes(values.size());
    const std::vector<Scalar> bias(values.size(), Scalar(0.25));
    Layer<Scalar> layer;
    layer.activation = activation;
    layer.rows = layer.a_column = layer.slopes_column = static_cast<std::ptrdiff_t>(values.size());
    layer.columns = 1;
    layer.bias = bias.data(), layer.a = values.data(), layer.slopes = slopes.data();
    kernels<Scalar>().activate(layer);
    for (std::size_t i = 0; i < values.size(); ++i) probe.add(values[i]), probe.add(slopes[i]);
  }
}

void probe_functions(Probe& probe) {
  for (const double x : spread_out<double>(64)) {
    const double positive = std::abs(x) + 0x1p-20, wide = 20 * x;
    for (const double y : {std::exp(wide),
                           std::expm1(x),
                           std::exp2(wide),
                           std::log(positive),
                           std::log10(positive),
                           std::log1p(positive),
                           std::pow(positive, wide),
                           std::sin(wide),
                           std::cos(wide),
                           std::tan(wide),
                           std::sinh(x),
                           std::cosh(x),
                           std::tanh(x),
                           std::asin(x / 2),
                           std::acos(x / 2),
                           std::atan(wide),
                           std::atan2(x, positive - 1),
                           std::hypot(x, positive),
                           std::cbrt(wide),
                           std::erf(x),
                           std::erfc(wide),
                           std::lgamma(positive),
                           std::abs(std::complex(x, positive))})
      probe.add(y);
    const float y = static_cast<float>(x);
    for (const float z : {std::exp(y), std::tanh(y), std::log(std::abs(y)), std::sin(y)}) probe.add(z);
  }
}

/// Some libraries turn off subnormal numbers for the whole process when they are loaded.
void probe_subnormal_numbers(Probe& probe) {
  volatile double smallest = std::numeric_limits<double>::min();
  volatile float smallest_single = std::numeric_limits<float>::min();
  probe.add(smallest / 3);
  probe.add(smallest_single / 3);
}

/// x x - round(x x): what a fused multiply-add keeps and two roundings lose.
bool is_fused() {
  const double x = 1 + 0x1p-40;
  return product<double>({-(x * x), x}, {1, x}, 1, 1, 2).front() != 0;
}

std::string probed() {
  Probe probe;
  probe_kernels<float>(probe);
  probe_kernels<double>(probe);
  probe_functions(probe);
  probe_subnormal_numbers(probe);
  return (is_fused() ? "fused-" : "rounded-") + probe.hex();
}

}  // namespace

const std::string& arithmetic() {
  static const std::string text = probed();
  return text;
}

}  // namespace numerics
