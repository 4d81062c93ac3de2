// CIFAR-10, binary version (A. Krizhevsky, 2009): records of one label and 3 x 32 x 32 pixels,
// colour by colour.
#pragma once

#include <filesystem>
#include <utility>
#include <vector>

#include "data/gzip.hpp"

namespace data {

struct CifarImages {
  Bytes pixels;  // 3072 an image
  Bytes labels;
};

inline constexpr std::size_t cifar_pixels = 3 * 32 * 32;
inline constexpr std::size_t cifar_batch_images = 10000;

/// Adds one batch file's content to `images`. Throws DataError, naming `file`, unless it holds
/// exactly `count` images.
void append_cifar_batch(CifarImages& images, const Bytes& content, const std::filesystem::path& file,
                        std::size_t count = cifar_batch_images);

/// The five training batches: from the published archive (one path), or unpacked (five paths).
CifarImages read_cifar(const std::vector<std::filesystem::path>& files, std::size_t batch_images = cifar_batch_images);

}  // namespace data
