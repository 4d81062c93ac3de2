// Sums after Neumaier 1974 (Kahan's, with larger terms too); the variance by the corrected two-pass algorithm of Chan,
// Golub and LeVeque 1983.
#include "numerics/sample_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

namespace numerics {
namespace {

class CompensatedSum {
 public:
  void add(double term) {
    const double next = sum_ + term;
    lost_ += std::abs(sum_) >= std::abs(term) ? (sum_ - next) + term : (term - next) + sum_;
    sum_ = next;
  }
  double value() const { return sum_ + lost_; }

 private:
  double sum_ = 0, lost_ = 0;
};

/// The power of two that brings sizes to where sums and squares of them stay in range; 1 where they do anyway, so that
/// small terms beside large ones are not lost.
double scale_for(double largest) {
  constexpr int most = 400;
  const int power = largest > 0 ? std::ilogb(largest) : 0;
  return std::abs(power) <= most ? 1 : std::ldexp(1, -std::clamp(power, -1000, 1000));
}

/// sum f(x) over the values that are not missing.
template <typename Term>
double sum_over(std::span<const double> values, Term term) {
  CompensatedSum sum;
  for (const double value : values)
    if (!std::isnan(value)) sum.add(term(value));
  return sum.value();
}

}  // namespace

SampleStatistics sample_statistics(std::span<const double> values) {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  SampleStatistics s{0, 0, 0, nan, nan, nan, nan, nan, nan, nan};
  for (const double value : values) {
    if (std::isnan(value)) {
      ++s.missing;
      continue;
    }
    if (s.n++ == 0) s.first = s.min = s.max = value;
    s.min = std::min(s.min, value);
    s.max = std::max(s.max, value);
    s.last = value;
  }
  if (s.n == 0) return s;
  const double n = static_cast<double>(s.n);
  const double scale = scale_for(std::max(std::abs(s.min), std::abs(s.max)));
  const double sum = sum_over(values, [&](double x) { return scale * x; });
  const double mean = std::clamp(sum / n, scale * s.min, scale * s.max);  // of equal values, the value
  s.sum = sum / scale;
  s.mean = mean / scale;
  if (s.n == 1) return s;

  const double left = sum_over(values, [&](double x) { return scale * x - mean; });  // 0, were the mean exact
  const double squares = sum_over(values, [&](double x) { return (scale * x - mean) * (scale * x - mean); });
  s.sd = std::sqrt(std::max(0.0, squares - left * left / n) / (n - 1)) / scale;
  s.se = s.sd / std::sqrt(n);
  return s;
}

std::vector<double> present(std::span<const double> values) {
  std::vector<double> chosen;
  chosen.reserve(values.size());
  std::copy_if(values.begin(), values.end(), std::back_inserter(chosen), [](double x) { return !std::isnan(x); });
  return chosen;
}

}  // namespace numerics
