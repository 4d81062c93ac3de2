// What the fuzz targets share: a target is a function of bytes that stops the program when a promise is broken.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "document/diagnostic.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fuzz {

inline std::string text_of(const std::uint8_t* data, std::size_t size) { return {reinterpret_cast<const char*>(data), size}; }

inline void require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", promise);
  std::abort();
}

/// An error must name a place of the text that it is about, so that its line can be shown; 0 means the file as a whole.
inline void require_place(const document::Diagnostic& error, std::string_view text) {
  int lines = 1;
  for (const char c : text) lines += c == '\n';
  require(!error.message.empty(), "an error says what is wrong");
  require(error.place.line >= 0 && error.place.line <= lines, "an error's line is one of the text's");
  require(error.place.line == 0 || error.place.column >= 1, "an error's column counts from 1");
  require(error.place.length >= 0, "an error's length is none below 0");
  require(!document::render(error, true).empty(), "an error can be shown");
}

}  // namespace fuzz
