// Bytes as text (RFC 4648, section 4).
#pragma once

#include <openssl/evp.h>

#include <string>

namespace report {

inline std::string base64(const unsigned char* begin, const unsigned char* end) {
  const auto size = static_cast<std::size_t>(end - begin);
  std::string text((size + 2) / 3 * 4 + 1, '\0');
  text.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), begin, static_cast<int>(size))));
  return text;
}

}  // namespace report
