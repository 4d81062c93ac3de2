// Reads files and unpacks gzip streams with zlib; one member a file, and nothing after it.
#include "data/gzip.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <fstream>
#include <memory>
#include <system_error>

#include "data/error.hpp"

namespace data {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t chunk = std::size_t{1} << 20;

void require_regular(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status)) throw DataError(Fault::missing, file, "no such file");
  if (fs::is_directory(status)) throw DataError(Fault::damaged, file, "is a folder; a file is needed here");
  if (!fs::is_regular_file(status)) throw DataError(Fault::damaged, file, "is not a regular file");
}

struct InflateEnd {
  void operator()(z_stream* stream) const {
    inflateEnd(stream);
    delete stream;
  }
};

[[noreturn]] void refuse(const z_stream& stream, int status, const fs::path& file) {
  if (status == Z_BUF_ERROR)
    throw DataError(Fault::damaged, file, "its gzip stream is truncated: the file ends before it does");
  throw DataError(Fault::damaged, file,
                  fmt::format("its gzip stream is damaged ({})", stream.msg ? stream.msg : "unreadable"));
}

/// Unpacks into `out` until the stream ends (true) or `out` holds `limit` bytes (false).
bool inflate_up_to(z_stream& stream, std::size_t limit, Bytes& out, const fs::path& file) {
  // The output grows with the stream: a header that lies about its size costs no memory that the
  // stream does not fill. What is reserved holds any honest file, so that it is not copied as it
  // grows.
  out.reserve(std::min(limit, 64 * chunk));
  while (out.size() < limit) {
    const std::size_t old = out.size();
    const std::size_t room = std::min(limit - old, std::max(chunk, old));
    out.resize(old + room);
    stream.next_out = out.data() + old;
    stream.avail_out = static_cast<uInt>(room);
    const int status = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (status == Z_STREAM_END) return true;
    if (status != Z_OK || (stream.avail_in == 0 && stream.avail_out > 0))
      refuse(stream, status == Z_OK ? Z_BUF_ERROR : status, file);
  }
  return false;
}

/// Whether content follows where the output is full. One spare byte lets zlib reach the stream's
/// trailer.
bool has_more(z_stream& stream, const fs::path& file) {
  std::uint8_t spare = 0;
  stream.next_out = &spare;
  stream.avail_out = 1;
  const int status = inflate(&stream, Z_NO_FLUSH);
  if (stream.avail_out == 0) return true;
  if (status != Z_STREAM_END) refuse(stream, status == Z_OK ? Z_BUF_ERROR : status, file);
  return false;
}

}  // namespace

Bytes read_file(const fs::path& file) {
  require_regular(file);
  std::error_code error;
  const auto size = fs::file_size(file, error);
  if (error) throw DataError(Fault::damaged, file, "cannot be read: " + error.message());
  if (size > largest_file)
    throw DataError(Fault::damaged, file,
                    fmt::format("is {} bytes long; no known data set has a file above {}", size, largest_file));
  Bytes raw(size);
  std::ifstream in(file, std::ios::binary);
  if (!in) throw DataError(Fault::damaged, file, "cannot be opened for reading; check its permissions");
  in.read(reinterpret_cast<char*>(raw.data()), static_cast<std::streamsize>(size));
  if (static_cast<std::size_t>(in.gcount()) != size)
    throw DataError(Fault::damaged, file, fmt::format("only {} of {} bytes could be read", in.gcount(), size));
  return raw;
}

bool is_gzip(const Bytes& raw) { return raw.size() >= 2 && raw[0] == 0x1f && raw[1] == 0x8b; }

Unpacked unpack(const Bytes& raw, std::size_t limit, const fs::path& file) {
  if (!is_gzip(raw)) {
    const std::size_t size = std::min(limit, raw.size());
    return {Bytes(raw.begin(), raw.begin() + static_cast<std::ptrdiff_t>(size)), raw.size() > limit};
  }
  std::unique_ptr<z_stream, InflateEnd> stream(new z_stream{});
  constexpr int gzip_only = 15 + 16;
  if (inflateInit2(stream.get(), gzip_only) != Z_OK) throw std::bad_alloc();
  stream->next_in = const_cast<Bytef*>(raw.data());
  stream->avail_in = static_cast<uInt>(raw.size());

  Unpacked result;
  const bool ended = inflate_up_to(*stream, limit, result.bytes, file);
  result.more = !ended && has_more(*stream, file);
  if (!result.more && stream->avail_in > 0)
    throw DataError(Fault::damaged, file,
                    fmt::format("{} bytes of something else follow its gzip stream", stream->avail_in));
  return result;
}

}  // namespace data
