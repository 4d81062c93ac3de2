// FNV-1a, 64 bits (Fowler, Noll, Vo). See result_bits.hpp.
#include "livefigure/result_bits.hpp"

#include <fmt/format.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

namespace livefigure {
namespace {

class Hash {
 public:
  void add(std::uint64_t word) {
    for (int i = 0; i < 8; ++i) byte(static_cast<unsigned char>(word >> 8 * i));
  }
  void add(double x) {
    add(std::bit_cast<std::uint64_t>(std::isnan(x) ? std::numeric_limits<double>::quiet_NaN() : x));
  }
  void add(std::string_view text) {
    add(static_cast<std::uint64_t>(text.size()));
    for (const char c : text) byte(static_cast<unsigned char>(c));
  }
  void add(const std::vector<double>& xs) {
    add(static_cast<std::uint64_t>(xs.size()));
    for (const double x : xs) add(x);
  }
  std::string text() const { return fmt::format("{:016x}", hash_); }

 private:
  void byte(unsigned char b) { hash_ = (hash_ ^ b) * 0x100000001b3; }
  std::uint64_t hash_ = 0xcbf29ce484222325;
};

}  // namespace

std::string bits_of(const experiment::Result& result) {
  Hash hash;
  for (const auto& panel : result.panels)
    for (const auto& s : panel.series) {
      hash.add(panel.title);
      hash.add(s.name);
      for (const auto* column : {&s.x, &s.y, &s.lower, &s.upper}) hash.add(*column);
    }
  for (const auto& [name, value] : result.values) {
    hash.add(name);
    hash.add(value);
  }
  for (const auto& [name, f] : result.functions) {
    hash.add(name);
    hash.add(f.values);
  }
  for (const auto& [name, values] : result.samples) {
    hash.add(name);
    hash.add(values);
  }
  return hash.text();
}

}  // namespace livefigure
