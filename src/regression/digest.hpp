// A list of numbers as a reference keeps it: short ones whole, long ones by what every number still counts in.
#pragma once

#include <string>
#include <vector>

#include "experiment/allowed.hpp"
#include "regression/readable_json.hpp"

namespace regression {

/// Up to this many numbers are kept as they are.
inline constexpr std::size_t longest_whole = 64;

/// A short list is an array. Of a longer one: {"count", "from", "step"} when it is evenly spaced; else {"count",
/// "each", "sample", "size"}: of each so many numbers the first, and the mean of their sizes |v|, so that no number can
/// change unnoticed. Sizes, since signed numbers could cancel and leave nothing but rounding errors. With `quantiles`
/// the quantiles of the finite ones in steps of 5 %. Numbers that are not finite are counted in "others".
Json digest(const std::vector<double>& numbers, int digits, bool quantiles);

/// Digits that show every difference which the tolerance does not allow, and one more.
int digits_for(const experiment::Allowed& allowed);

/// Where two digests differ most, as a multiple of what is allowed.
struct Deviation {
  double excess = 0;     // deviation over what is allowed; more than 1 is a difference
  double deviation = 0;  // |now - reference|
  double now = 0, reference = 0;
  std::size_t index = 0;  // of the number, in the list that was digested
  std::string place;      // "[37]", "[32..47], mean size", "median"
  std::string allowed;    // in words
  bool exceeds() const { return !(excess <= 1); }
};

struct Comparison {
  std::string broken;  // why the two cannot be compared number by number: other lengths
  Deviation worst;
};

/// Compares number by number, or by the tolerance's statistics. Throws std::exception for what is not a digest.
Comparison compare(const Json& now, const Json& reference, const experiment::Allowed& allowed);

}  // namespace regression
