// A labelled set of images in memory, as the experiments see it.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "numerics/statistics.hpp"

namespace data {

struct Dataset {
  std::string name;    // "mnist", as written in a directive
  std::string title;   // "MNIST", as written in a caption
  std::string sha256;  // of the decoded content (pixels, then labels of the training set), in hexadecimal
  int classes = 10;
  Eigen::MatrixXf images;            // pixels x examples, 0..1
  std::vector<std::uint8_t> labels;  // one an example
};

/// A data set from its bytes: `pixels` image by image, 0..255, divided by 255; nothing is centred
/// or rescaled.
Dataset make_dataset(std::string name, std::string title, std::span<const std::uint8_t> pixels,
                     std::vector<std::uint8_t> labels);

/// Mean and variance over all pixels of all images, for experiments that want centred inputs.
numerics::Moments moments(const Dataset& dataset);

}  // namespace data
