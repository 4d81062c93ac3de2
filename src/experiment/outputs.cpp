// See outputs.hpp.
#include "experiment/outputs.hpp"

#include <fmt/format.h>

#include <stdexcept>

namespace experiment {

void require_one_length(const Curve& curve, const OutputInfo& info) {
  const std::size_t n = curve.x.size();
  const auto fits = [n](const std::vector<double>& bound) { return bound.empty() || bound.size() == n; };
  if (curve.y.size() == n && fits(curve.lower) && fits(curve.upper)) return;
  throw std::logic_error(fmt::format("the curve '{}' in '{}' has {} x, {} y, {} lower and {} upper bounds", info.name,
                                     info.panel, n, curve.y.size(), curve.lower.size(), curve.upper.size()));
}

}  // namespace experiment
