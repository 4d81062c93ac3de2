// What is read off a path of points.
#include "numerics/descent/trajectory.hpp"

#include <cmath>

#include "catch.hpp"
#include "numerics/descent/gradient_descent.hpp"

namespace trajectory_test {

using namespace numerics;

TEST_CASE("coordinates and losses stand in the order of a path's points") {
  const std::vector<Point> path{Point{{1, 2}}, Point{{3, -4}}};
  CHECK(coordinates(path, 0) == std::vector<double>{1, 3});
  CHECK(coordinates(path, 1) == std::vector<double>{2, -4});
  CHECK(losses(quadratic(Point{{2, 1}}), path) == std::vector<double>{1 + 2, 9 + 8});
}

TEST_CASE("a rise is a step to a larger loss, and neither to an equal one nor to NaN") {
  CHECK(count_rises({3, 2, 2.5, 2.5, 4, 1}) == 2);
  CHECK(count_rises({1, NAN, 2}) == 0);
  CHECK(count_rises({1}) == 0);
}

TEST_CASE("the longest step is the first of those that are as long to rounding") {
  const LongestStep longest = longest_step({Point{{0, 0}}, Point{{0, 1}}, Point{{3, 5}}, Point{{0, 1}}, Point{{0, 0}}});
  CHECK(longest.length == 5);
  CHECK(longest.before == 1);
  CHECK(longest.landing == Point{{3, 5}});
  // Descent with eta = 1.5 on theta^2 / 2 halves its distance, alternating: its first step is the longest.
  CHECK(longest_step(gradient_descent(quadratic(Point::Ones(1)), Point::Ones(1), 1.5, 20)).length == 1.5);
  CHECK(longest_step({Point{{2, 2}}}).length == 0);
}

}  // namespace trajectory_test
