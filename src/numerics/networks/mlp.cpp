// Layer sizes, and the fixed blocking of matrix products.
#include "numerics/networks/mlp.hpp"

namespace numerics {
namespace {

/// Eigen cuts matrix products into blocks by the caches that it finds, and another cut is another order of summation.
/// One assumed cache (that of a common server core) gives the same bits on every machine.
const bool blocking_is_fixed = [] {
  Eigen::setCpuCacheSizes(32 * 1024, 512 * 1024, 16 * 1024 * 1024);
  return true;
}();

}  // namespace

std::vector<int> layer_sizes(int inputs, int width, int depth, int outputs) {
  std::vector<int> sizes(static_cast<std::size_t>(depth) + 1, width);
  sizes.front() = inputs;
  sizes.back() = outputs;
  return sizes;
}

}  // namespace numerics
