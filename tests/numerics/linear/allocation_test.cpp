// Training asks for memory once, not step by step: every call of malloc and operator new is counted (the linker leads
// them here, which goes with the allocators of the sanitizers too).
#include <atomic>
#include <cstdlib>

#include "catch.hpp"
#include "numerics/networks/initialisation.hpp"
#include "numerics/networks/training.hpp"

namespace allocation_test {

namespace {
std::atomic<long> allocations = 0;
}

extern "C" {
void* __real_malloc(std::size_t size);
void* __wrap_malloc(std::size_t size) {
  ++allocations;
  return __real_malloc(size);
}
void* __real__Znwm(std::size_t size);  // operator new
void* __wrap__Znwm(std::size_t size) {
  ++allocations;
  return __real__Znwm(size);
}
}

using namespace numerics;

TEST_CASE("memory that is asked for is counted") {
  const long before = allocations;
  const Matrix<float> m(100, 100);
  const std::vector<int> v(100);
  [[maybe_unused]] static const void* volatile seen = nullptr;
  seen = v.data();                          // or a compiler may leave the vector's memory out
  const long asked = allocations - before;  // before the check, which asks for memory too
  CHECK(asked == 2);
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

}  // namespace allocation_test
