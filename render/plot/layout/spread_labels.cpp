// Labels in a column that push each other apart.
// See spread_labels.hpp.
#include "plot/layout/spread_labels.hpp"

#include <algorithm>
#include <numeric>

namespace plot {

namespace {

/// Neighbours that ended up touching, moved as one.
struct Block {
  double sum = 0;
  std::size_t count = 0;
  double mean() const { return sum / static_cast<double>(count); }
};

}  // namespace

std::vector<double> spread_labels(const std::vector<double>& wanted, double gap, double low, double high) {
  const std::size_t n = wanted.size();
  if (n == 0) return {};
  if (n > 1) gap = std::min(gap, (high - low) / static_cast<double>(n - 1));

  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wanted[a] < wanted[b]; });

  // Subtracting i * gap turns "at least gap apart" into "ascending".
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < n; ++i) {
    Block block{wanted[order[i]] - static_cast<double>(i) * gap, 1};
    while (!blocks.empty() && blocks.back().mean() >= block.mean()) {
      block.sum += blocks.back().sum;
      block.count += blocks.back().count;
      blocks.pop_back();
    }
    blocks.push_back(block);
  }

  std::vector<double> placed(n);
  std::size_t i = 0;
  const double highest = std::max(low, high - static_cast<double>(n - 1) * gap);
  for (const Block& block : blocks) {
    for (std::size_t k = 0; k < block.count; ++k, ++i)
      placed[order[i]] = std::clamp(block.mean(), low, highest) + static_cast<double>(i) * gap;
  }
  return placed;
}

}  // namespace plot
