// See deflate.hpp.
#include "publish/deflate.hpp"

#include <zlib.h>

#include <new>

namespace publish {
namespace {

constexpr int gzip_header = 16;  // added to the window's bits

std::string compressed(const std::string& bytes, int level, int window) {
  z_stream stream{};
  if (deflateInit2(&stream, level, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK) throw std::bad_alloc();
  std::string packed(deflateBound(&stream, static_cast<uLong>(bytes.size())), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));  // zlib only reads
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  deflate(&stream, Z_FINISH);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

}  // namespace

std::string deflated(const std::string& bytes) { return compressed(bytes, Z_DEFAULT_COMPRESSION, -MAX_WBITS); }

std::string gzipped(const std::string& bytes) { return compressed(bytes, Z_BEST_COMPRESSION, MAX_WBITS + gzip_header); }

}  // namespace publish
