// A labelled set of images in memory, as the experiments see it.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <vector>

namespace data {

struct Dataset {
  std::string name;    // "mnist", as written in a directive
  std::string title;   // "MNIST", as written in a caption
  std::string sha256;  // of the decoded content (pixels, then labels of the training set), in hexadecimal
  int classes = 10;
  Eigen::MatrixXf images;            // pixels x examples, 0..1
  std::vector<std::uint8_t> labels;  // one an example
};

}  // namespace data
