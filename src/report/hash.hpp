// SHA-256 of text, for keys and checksums.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "data/checksum.hpp"

namespace report {

inline std::string sha256(std::string_view bytes) {
  return data::sha256({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

}  // namespace report
