// Pandoc's MathML in one form, whichever Pandoc wrote it: 2.17, 3.1, 3.7 and 3.10 differ in
// functions, primes, signs and alphabets. What letters and parentheses are meant is said by the TeX
// that Pandoc leaves in each formula.
#pragma once

#include <string>

#include "publish/elements.hpp"

namespace publish {

/// The TeX that a formula was made from, or nothing when it does not say.
std::string tex_of(const elements::Element& math);

/// The formula with functions as operators of letters, primes and signs as tokens in their row, and
/// letters of other alphabets as characters of their own: \mathbf upright, \boldsymbol and \bm
/// slanted but for capital Greek letters.
void normalise(elements::Element& math);

}  // namespace publish
