// A data set as a regression sees it.
#include "data/examples.hpp"

#include "catch.hpp"
#include "data/digits.hpp"

namespace examples_test {

TEST_CASE("a regression sees images of mean 0 and variance 1 over the data set, and one-hot labels") {
  const data::Dataset digits = data::digits(300);
  const auto all = data::regression_examples(digits, 1000);
  REQUIRE(all.inputs.cols() == 300);
  CHECK(all.inputs.cast<double>().mean() == Approx(0).margin(1e-5));
  CHECK(all.inputs.cast<double>().squaredNorm() / static_cast<double>(all.inputs.size()) == Approx(1).epsilon(1e-4));
  const auto front = data::regression_examples(digits, 7);
  REQUIRE(front.inputs.cols() == 7);
  CHECK(front.inputs == all.inputs.leftCols(7));
  CHECK(front.targets.colwise().sum().isApproxToConstant(1));
  for (int j = 0; j < 7; ++j) CHECK(front.targets(digits.labels[static_cast<std::size_t>(j)], j) == 1);
}

}  // namespace examples_test
