// What the labels of live figures are written with is found in the sources.
#include "engine/live_labels.hpp"

#include "catch.hpp"

namespace live_labels_test {

TEST_CASE("labels of live figures may hold what their sources write") {
  const publish::PageSigns signs = engine::signs_of_live_labels();
  for (char32_t c = ' '; c <= '~'; ++c)
    if (c != '*' && c != '-' && c != '\'') CHECK(signs.text.contains(c));
  // "\\eta" and "\\lambda" are in the bowl's labels, raised digits in numbers, the ellipsis in names that are cut off.
  for (const char32_t sign : {U'𝜂', U'𝜆', U'⁵', U'…', U'−'}) CHECK(signs.text.contains(sign));
  for (const char32_t sign : {U'𝜂', U'𝜆', U'∗', U'′'}) CHECK(signs.mathematics.contains(sign));
  CHECK_FALSE(signs.mathematics.contains(U'ℬ'));  // networks alone have script letters, and none of them lives
}

}  // namespace live_labels_test
