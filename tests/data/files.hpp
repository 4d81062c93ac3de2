// What the tests of this room share: a temporary folder, and small files to put there.
#pragma once

#include <zlib.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <numeric>
#include <stdexcept>
#include <string>
#include <vector>

#include "catch.hpp"
#include "data/error.hpp"
#include "support/scratch_folder.hpp"

namespace files {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

struct Folder {
  support::ScratchFolder scratch;
  const fs::path path = scratch.path();

  fs::path put(const fs::path& name, const Bytes& content) const {
    fs::create_directories((path / name).parent_path());
    std::ofstream out(path / name, std::ios::binary);
    out.write(reinterpret_cast<const char*>(content.data()), static_cast<std::streamsize>(content.size()));
    return path / name;
  }
};

inline Bytes gzip(const Bytes& content) {
  z_stream stream{};
  deflateInit2(&stream, 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  Bytes packed(deflateBound(&stream, content.size()) + 64);
  stream.next_in = const_cast<Bytef*>(content.data());
  stream.avail_in = static_cast<uInt>(content.size());
  stream.next_out = packed.data();
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

inline Bytes idx(std::uint8_t type, const std::vector<std::uint32_t>& dimensions, const Bytes& values) {
  Bytes file{0, 0, type, static_cast<std::uint8_t>(dimensions.size())};
  for (const std::uint32_t size : dimensions)
    for (const int shift : {24, 16, 8, 0}) file.push_back(static_cast<std::uint8_t>(size >> shift));
  file.insert(file.end(), values.begin(), values.end());
  return file;
}

/// One file in ustar form.
inline Bytes tar_member(const std::string& name, const Bytes& content) {
  Bytes member(512);
  const auto write = [&](std::size_t at, const std::string& text) {
    std::copy(text.begin(), text.end(), member.begin() + static_cast<std::ptrdiff_t>(at));
  };
  char octal[12];
  std::snprintf(octal, sizeof octal, "%011zo", content.size());
  write(0, name);
  write(124, octal);
  write(148, "        ");
  write(156, "0");
  write(257, "ustar");
  std::snprintf(octal, sizeof octal, "%06o", std::accumulate(member.begin(), member.end(), 0u));
  write(148, std::string(octal) + '\0' + ' ');
  member.insert(member.end(), content.begin(), content.end());
  member.resize((member.size() + 511) / 512 * 512);
  return member;
}

/// Runs `action`, which must throw a DataError of that kind whose message holds every one of the
/// parts.
template <typename Action>
void require_fault(Action action, data::Fault fault, const std::vector<std::string>& parts) {
  try {
    action();
  } catch (const data::DataError& error) {
    const std::string message = error.what();
    CAPTURE(message);
    CHECK(error.fault == fault);
    for (const std::string& part : parts) {
      CAPTURE(part);
      CHECK(message.find(part) != std::string::npos);
    }
    return;
  }
  FAIL("no DataError was thrown");
}

}  // namespace files
