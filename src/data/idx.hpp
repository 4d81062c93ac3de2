// IDX, the array format of MNIST and Fashion-MNIST (described with the original MNIST release,
// LeCun et al.): two zero bytes, the element type, the number of dimensions, each dimension as a
// big-endian 32-bit number, the elements.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

#include "data/gzip.hpp"

namespace data {

struct IdxArray {
  std::vector<std::size_t> dimensions;
  Bytes values;  // the last dimension runs fastest
};

/// What an array's header announces; nothing behind the header is unpacked. Throws DataError.
std::vector<std::size_t> read_dimensions(const Bytes& raw, std::size_t dimensions, const std::filesystem::path& file);

/// Decodes an array of unsigned bytes with that many dimensions, plain or gzipped. Throws
/// DataError, naming `file`, unless the content is exactly what its header announces.
IdxArray decode_idx(const Bytes& raw, std::size_t dimensions, const std::filesystem::path& file);

/// Images (3 dimensions: count, rows, columns) and labels (1 dimension), read from disk.
IdxArray read_idx_images(const std::filesystem::path& file);
IdxArray read_idx_labels(const std::filesystem::path& file, int classes = 10);

/// Throws unless every label is below `classes`.
void require_labels(const Bytes& labels, int classes, const std::filesystem::path& file);

}  // namespace data
