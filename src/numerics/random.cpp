// A stream's place in the tree is 128 bits, hashed from its path: FNV-1a over the bytes (Fowler, Noll, Vo) in two
// lanes, each step finished with the mixer of SplitMix64 (Steele, Lea, Flood 2014). It seeds a Mersenne twister.
#include "numerics/random.hpp"

#include <array>
#include <boost/random/seed_seq.hpp>

namespace numerics {
namespace {

constexpr std::uint64_t fnv_prime = 0x100000001b3;
constexpr std::uint64_t golden_gamma = 0x9e3779b97f4a7c15;

std::uint64_t mix(std::uint64_t z) {
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// Takes one word into the state; the lanes see each other, so that they never fall together.
void absorb(std::uint64_t (&state)[2], std::uint64_t word) {
  state[0] = mix((state[0] ^ word) + golden_gamma);
  state[1] = mix((state[1] ^ state[0]) + 2 * golden_gamma);
}

std::uint64_t hash(std::string_view name) {
  std::uint64_t h = 0xcbf29ce484222325;
  for (const char c : name) h = (h ^ static_cast<unsigned char>(c)) * fnv_prime;
  return h;
}

// A name and an index are absorbed behind different marks: child("7") is not child("", 7).
constexpr std::uint64_t name_mark = 1;
constexpr std::uint64_t index_mark = 2;

}  // namespace

RandomStream::RandomStream(std::uint64_t seed) : state_{0x243f6a8885a308d3, 0x13198a2e03707344} {
  absorb(state_, seed);
}

RandomStream RandomStream::child(std::string_view name) const {
  RandomStream stream = *this;
  absorb(stream.state_, name_mark);
  absorb(stream.state_, name.size());
  absorb(stream.state_, hash(name));
  return stream;
}

RandomStream RandomStream::child(std::string_view name, std::uint64_t index) const {
  RandomStream stream = child(name);
  absorb(stream.state_, index_mark);
  absorb(stream.state_, index);
  return stream;
}

MersenneTwister RandomStream::engine() const {
  std::array<std::uint32_t, 4> words{};
  for (std::size_t i = 0; i < 2; ++i) {
    words[2 * i] = static_cast<std::uint32_t>(state_[i]);
    words[2 * i + 1] = static_cast<std::uint32_t>(state_[i] >> 32);
  }
  // The engine's words are made of two numbers of the sequence each, the lower half first.
  std::array<std::uint32_t, 2 * MersenneTwister::words> halves{};
  boost::random::seed_seq(words.begin(), words.end()).generate(halves.begin(), halves.end());
  std::array<std::uint64_t, MersenneTwister::words> state{};
  for (std::size_t i = 0; i < state.size(); ++i) state[i] = halves[2 * i] | std::uint64_t{halves[2 * i + 1]} << 32;
  return MersenneTwister(state);
}

}  // namespace numerics
