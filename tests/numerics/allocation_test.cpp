// Training asks for memory once, not step by step: every call of malloc is counted (the linker leads them here).
#include <atomic>
#include <cstdlib>
#include <new>

#include "catch.hpp"
#include "numerics/initialisation.hpp"
#include "numerics/training.hpp"

namespace {
std::atomic<long> allocations = 0;
}

extern "C" {
void* __real_malloc(std::size_t size);
void* __wrap_malloc(std::size_t size) {
  ++allocations;
  return __real_malloc(size);
}
}
void* operator new(std::size_t size) {
  if (void* memory = __wrap_malloc(size)) return memory;
  throw std::bad_alloc();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return __wrap_malloc(size); }
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

using namespace numerics;

TEST_CASE("memory that is asked for is counted") {
  const long before = allocations;
  const Matrix<float> m(100, 100);
  const std::vector<int> v(100);
  CHECK(allocations == before + 2);
}

TEST_CASE("the training loop allocates nothing after its first epoch") {
  // 301 examples: the last batch of an epoch is smaller than the others.
  const Matrix<float> images = Matrix<float>::Constant(20, 301, 0.5f);
  const std::vector<std::uint8_t> labels(301, 1);
  for (const char* name : {"tanh-xavier", "relu-he", "gelu-he"}) {
    INFO(name);
    auto network = in_precision<float>(initialise(*network_kind(name), {20, 33, 33, 10}, RandomStream(1)));
    double done = 0;
    long after_one = 0, at_end = 0;
    train(network, images, labels, {5, 32, 0.01}, RandomStream(2), [&](double share) {
      done += share;
      if (done < 2.5) after_one = allocations;
      at_end = allocations;
    });
    CHECK(done == Approx(6));
    CHECK(after_one > 0);
    CHECK(at_end == after_one);
  }
}
