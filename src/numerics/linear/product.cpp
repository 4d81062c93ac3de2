// Products handed to the processor's kernels, with room to work in that each thread keeps.
#include "numerics/linear/product.hpp"

#include <cassert>
#include <memory>

#include "numerics/linear/kernels.hpp"
#include "numerics/networks/activation.hpp"

namespace numerics {
namespace {

/// At least `count` numbers, aligned to a cache line. They stay with the thread, so that products need no memory.
template <class Scalar>
Scalar* room(std::size_t count) {
  constexpr std::size_t line = 64;
  thread_local Vector<Scalar> kept;
  const auto needed = static_cast<Eigen::Index>(count + line / sizeof(Scalar));
  if (kept.size() < needed) kept.resize(needed);
  void* place = kept.data();
  std::size_t space = static_cast<std::size_t>(kept.size()) * sizeof(Scalar);
  return static_cast<Scalar*>(std::align(line, count * sizeof(Scalar), place, space));
}

template <class Scalar>
Product<Scalar> product_of(const Operand<Scalar>& a, const Operand<Scalar>& b, Target<Scalar>& c) {
  assert(a.columns == b.rows && a.columns > 0 && c.rows() == a.rows && c.cols() == b.columns);
  Product<Scalar> product;
  product.m = a.rows;
  product.n = b.columns;
  product.k = a.columns;
  product.a = a.entries;
  product.a_row = a.row;
  product.a_column = a.column;
  product.b = b.entries;
  product.b_row = b.row;
  product.b_column = b.column;
  product.c = c.data();
  product.c_column = c.outerStride();
  return product;
}

template <class Scalar>
void run(Product<Scalar>& product) {
  const Kernels<Scalar>& fastest = kernels<Scalar>();
  product.scratch = room<Scalar>(fastest.scratch(product));
  fastest.multiply(product);
}

template <class Scalar>
void activate(Product<Scalar>& product, Activation phi, const Vector<Scalar>& bias) {
  assert(bias.size() == product.m);
  product.finish = Finish::activate;
  product.activation = phi;
  product.bias = bias.data();
  run(product);
  if (phi == Activation::gelu)
    activate_gelu<Scalar>(
        {phi, product.m, product.n, nullptr, product.c, product.c_column, product.slopes, product.slopes_column});
}

}  // namespace

template <class Scalar>
void multiply(const Operand<Scalar>& a, const Operand<Scalar>& b, Target<Scalar> c) {
  auto product = product_of(a, b, c);
  run(product);
}

template <class Scalar>
void multiply_times(const Operand<Scalar>& a, const Operand<Scalar>& b, Batch<Scalar> factors, Target<Scalar> c) {
  auto product = product_of(a, b, c);
  product.finish = Finish::times;
  product.factors = factors.data();
  product.factors_column = factors.outerStride();
  run(product);
}

template <class Scalar>
void multiply_add(Scalar factor, const Operand<Scalar>& a, const Operand<Scalar>& b, Target<Scalar> c,
                  Scalar* row_sums) {
  auto product = product_of(a, b, c);
  product.finish = Finish::add;
  product.factor = factor;
  assert(row_sums == nullptr || a.row == 1);
  product.row_sums = row_sums;
  run(product);
}

template <class Scalar>
void multiply_activate(Activation phi, const Operand<Scalar>& a, const Operand<Scalar>& b, const Vector<Scalar>& bias,
                       Target<Scalar> c) {
  auto product = product_of(a, b, c);
  activate(product, phi, bias);
}

template <class Scalar>
void multiply_activate(Activation phi, const Operand<Scalar>& a, const Operand<Scalar>& b, const Vector<Scalar>& bias,
                       Target<Scalar> c, Target<Scalar> slopes) {
  auto product = product_of(a, b, c);
  product.slopes = slopes.data();
  product.slopes_column = slopes.outerStride();
  activate(product, phi, bias);
}

#define NUMERICS_INSTANTIATE(Scalar)                                                                                 \
  template void multiply(const Operand<Scalar>&, const Operand<Scalar>&, Target<Scalar>);                            \
  template void multiply_times(const Operand<Scalar>&, const Operand<Scalar>&, Batch<Scalar>, Target<Scalar>);       \
  template void multiply_add(Scalar, const Operand<Scalar>&, const Operand<Scalar>&, Target<Scalar>, Scalar*);       \
  template void multiply_activate(Activation, const Operand<Scalar>&, const Operand<Scalar>&, const Vector<Scalar>&, \
                                  Target<Scalar>);                                                                   \
  template void multiply_activate(Activation, const Operand<Scalar>&, const Operand<Scalar>&, const Vector<Scalar>&, \
                                  Target<Scalar>, Target<Scalar>)

NUMERICS_INSTANTIATE(float);
NUMERICS_INSTANTIATE(double);

}  // namespace numerics
