// A text with one thing in it changed.
#pragma once

#include <string>

#include "catch.hpp"

namespace support {

/// The text with the first `from`, which must be there, replaced.
inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

}  // namespace support
