// SHA-256 (FIPS 180-4) of bytes in memory, in pieces or at once.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sys {

class Sha256 {
 public:
  Sha256();
  Sha256& add(std::span<const std::uint8_t> bytes);
  std::string hex();  // of all that was added; ends the computation

 private:
  struct Free {
    void operator()(void* context) const;
  };
  std::unique_ptr<void, Free> context_;
};

std::string sha256(std::span<const std::uint8_t> bytes);
std::string sha256(std::string_view bytes);

/// HMAC-SHA256 (RFC 2104) in hexadecimal digits: who does not know the secret cannot make it.
std::string hmac_sha256(std::string_view secret, std::string_view bytes);

}  // namespace sys
