// Bytes to floats, the checksum of a data set, and the two moments of its pixels.
#include "data/dataset.hpp"

#include <array>
#include <stdexcept>
#include <utility>

#include "system/checksum.hpp"

namespace data {

Dataset make_dataset(std::string name, std::string title, std::span<const std::uint8_t> pixels,
                     std::vector<std::uint8_t> labels) {
  if (labels.empty() || pixels.size() % labels.size() != 0)
    throw std::invalid_argument("a data set needs the same number of pixels for every label");
  std::array<float, 256> level{};
  for (std::size_t i = 0; i < level.size(); ++i) level[i] = static_cast<float>(i) / 255.0f;

  Dataset dataset;
  dataset.name = std::move(name);
  dataset.title = std::move(title);
  dataset.sha256 = sys::Sha256().add(pixels).add(labels).hex();
  dataset.images.resize(static_cast<Eigen::Index>(pixels.size() / labels.size()),
                        static_cast<Eigen::Index>(labels.size()));
  float* out = dataset.images.data();
  for (const std::uint8_t pixel : pixels) *out++ = level[pixel];
  dataset.labels = std::move(labels);
  return dataset;
}

numerics::Moments moments(const Dataset& dataset) {
  // One image at a time in float would lose digits over 10^7 pixels: the sums are double.
  double sum = 0;
  double squares = 0;
  for (Eigen::Index i = 0; i < dataset.images.cols(); ++i) {
    const auto image = dataset.images.col(i).cast<double>();
    sum += image.sum();
    squares += image.squaredNorm();
  }
  const double count = static_cast<double>(dataset.images.size());
  const double mean = sum / count;
  return {mean, squares / count - mean * mean};
}

}  // namespace data
