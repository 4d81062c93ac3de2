// Compression: the bare form that ZIP holds (RFC 1951), and gzip's (RFC 1952). The same bytes give the same bytes.
#pragma once

#include <string>

namespace publish {

std::string deflated(const std::string& bytes);

/// As small as zlib makes it, without a name and a time.
std::string gzipped(const std::string& bytes);

}  // namespace publish
