// Bytes as text (RFC 4648, section 4).
#pragma once

#include <openssl/evp.h>

#include <string>

namespace publish {

inline std::string base64(const unsigned char* begin, const unsigned char* end) {
  const auto size = static_cast<std::size_t>(end - begin);
  std::string text((size + 2) / 3 * 4 + 1, '\0');
  text.resize(static_cast<std::size_t>(
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), begin, static_cast<int>(size))));
  return text;
}

inline std::string base64(const std::string& bytes) {
  const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data());
  return base64(begin, begin + bytes.size());
}

/// The bytes that the text stands for, spaces and lines aside; empty where it is not such a text.
inline std::string from_base64(const std::string& text) {
  std::string plain;
  for (const char c : text)
    if (c != ' ' && c != '\n' && c != '\r' && c != '\t') plain += c;
  if (plain.empty() || plain.size() % 4 != 0) return "";
  std::string bytes(plain.size() / 4 * 3, '\0');
  const int size =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data()),
                      reinterpret_cast<const unsigned char*>(plain.data()), static_cast<int>(plain.size()));
  if (size < 0) return "";
  bytes.resize(static_cast<std::size_t>(size) - (plain.ends_with("==") ? 2 : plain.ends_with('=') ? 1 : 0));
  return bytes;
}

}  // namespace publish
