// Facts about the arithmetic that results are made of: the mathematical functions give the same bits on every processor
// and with every C library. The hashes were taken from musl 1.2.3; 100,000 arguments each tell them from those of
// glibc 2.36 on a processor with fused multiply-adds, all but exp2, expf and logf, which the two libraries share.
#include "numerics/arithmetic.hpp"

#include <bit>
#include <cmath>
#include <complex>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "catch.hpp"

namespace arithmetic_test {

namespace {

constexpr int arguments = 100'000;

/// FNV-1a over the bits of f at numbers without a pattern in (0, 1).
std::string hash_of(const std::function<double(double)>& f) {
  std::uint64_t hash = 0xcbf29ce484222325, state = 1;
  for (int i = 0; i < arguments; ++i) {
    state = state * 6364136223846793005u + 1442695040888963407u;  // Knuth's generator
    const double x = (static_cast<double>(state >> 12) + 0.5) * 0x1p-52;
    hash = (hash ^ std::bit_cast<std::uint64_t>(f(x))) * 0x100000001b3;
  }
  std::string text;
  for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[(hash >> shift) & 15];
  return text;
}

struct Function {
  const char* name;
  std::function<double(double)> f;
  const char* hash;
};

const std::vector<Function>& functions() {
  static const std::vector<Function> all{
      {"acos", [](double x) { return std::acos(2 * x - 1); }, "9ecfd03e8ef2a10a"},
      {"acosh", [](double x) { return std::acosh(1 + 9 * x); }, "39aed77d7e78b834"},
      {"asin", [](double x) { return std::asin(2 * x - 1); }, "9681bb6d4b1c61fd"},
      {"asinh", [](double x) { return std::asinh(20 * x - 10); }, "20a184388dff5443"},
      {"atan", [](double x) { return std::atan(20 * x - 10); }, "0bdb25db976b74a9"},
      {"atan2", [](double x) { return std::atan2(x, 2 * x - 1); }, "65bb5f13c895fe2a"},
      {"atanh", [](double x) { return std::atanh(2 * x - 1); }, "b0e7d4c5b7052a33"},
      {"cabs", [](double x) { return std::abs(std::complex(x, 1 - x)); }, "f8ca845a205eb1e0"},
      {"cbrt", [](double x) { return std::cbrt(20 * x - 10); }, "6697136b6239a77c"},
      {"cos", [](double x) { return std::cos(200 * x - 100); }, "3ad2701c149dd3a7"},
      {"cosh", [](double x) { return std::cosh(20 * x - 10); }, "f17a054c30227632"},
      {"erf", [](double x) { return std::erf(6 * x - 3); }, "ffb6ce3d1938d98f"},
      {"erfc", [](double x) { return std::erfc(20 * x - 5); }, "b88b255567ca2ebd"},
      {"exp", [](double x) { return std::exp(200 * x - 100); }, "bd3c97a70b587b9e"},
      {"exp2", [](double x) { return std::exp2(200 * x - 100); }, "5c3f586c4a62c876"},
      {"expm1", [](double x) { return std::expm1(4 * x - 2); }, "187aa654f669195b"},
      {"hypot", [](double x) { return std::hypot(x, 1 - x * x); }, "e19875c515ad4680"},
      {"lgamma", [](double x) { return std::lgamma(20 * x); }, "f36bba06ddf175c6"},
      {"log", [](double x) { return std::log(20 * x); }, "7fa04221a8169b38"},
      {"log10", [](double x) { return std::log10(20 * x); }, "fc48a345a735ad1a"},
      {"log1p", [](double x) { return std::log1p(4 * x - 0.9); }, "115c7bbee61fd5d0"},
      {"log2", [](double x) { return std::log2(20 * x); }, "707445afca242999"},
      {"pow", [](double x) { return std::pow(20 * x, 30 * x - 15); }, "04316ca8f2ca24c4"},
      {"sin", [](double x) { return std::sin(200 * x - 100); }, "cf18fb73603b0b00"},
      {"sinh", [](double x) { return std::sinh(20 * x - 10); }, "423abf813d3e2cfa"},
      {"tan", [](double x) { return std::tan(200 * x - 100); }, "ada4ec53733b5e26"},
      {"tanh", [](double x) { return std::tanh(6 * x - 3); }, "b849a5fddf1a105e"},
      {"tgamma", [](double x) { return std::tgamma(20 * x); }, "36afe91382999c96"},
      {"expf", [](double x) { return std::exp(static_cast<float>(100 * x - 50)); }, "97d7a5e65f3e37a5"},
      {"logf", [](double x) { return std::log(static_cast<float>(20 * x)); }, "9a8f6684ff3e37a5"},
      {"sinf", [](double x) { return std::sin(static_cast<float>(200 * x - 100)); }, "970b63f03f3e37a5"},
      {"tanhf", [](double x) { return std::tanh(static_cast<float>(6 * x - 3)); }, "565e6093bf3e37a5"},
  };
  return all;
}

}  // namespace

TEST_CASE("mathematical functions have the same bits everywhere") {
  for (const auto& function : functions()) {
    INFO(function.name);
    CHECK(hash_of(function.f) == function.hash);
  }
}

TEST_CASE("the arithmetic of a process is one text, which says how products round") {
  const std::string text = numerics::arithmetic();
  CHECK(text == numerics::arithmetic());
  CHECK((text.starts_with("fused-") || text.starts_with("rounded-")));
  CHECK(text.substr(text.find('-') + 1).size() == 16);
}

}  // namespace arithmetic_test
