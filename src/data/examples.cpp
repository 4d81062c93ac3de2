// See examples.hpp.
#include "data/examples.hpp"

#include <algorithm>
#include <cmath>

namespace data {

numerics::Examples<float> regression_examples(const Dataset& dataset, int count) {
  const Eigen::Index columns = std::min<Eigen::Index>(count, dataset.images.cols());
  const numerics::Moments m = moments(dataset);
  numerics::Examples<float> examples{(dataset.images.leftCols(columns).array() - static_cast<float>(m.mean)) /
                                         static_cast<float>(std::sqrt(m.variance)),
                                     numerics::Matrix<float>::Zero(dataset.classes, columns)};
  for (Eigen::Index j = 0; j < columns; ++j) examples.targets(dataset.labels[static_cast<std::size_t>(j)], j) = 1;
  return examples;
}

}  // namespace data
