// Composites: room for words, and levels of a heat map's colours.
#include "catch.hpp"
#include "plot/composites/levels.hpp"
#include "plot/composites/room.hpp"

namespace composites_test {

using namespace plot;

namespace {

/// A plane of 21 x 21 samples over the unit square.
Grid plane() {
  Grid grid;
  for (int i = 0; i <= 20; ++i) {
    grid.x.push_back(i / 20.0);
    grid.y.push_back(i / 20.0);
  }
  grid.z.resize(21 * 21);
  return grid;
}

}  // namespace

TEST_CASE("the roomiest place lies in the middle of the wanted region") {
  const Grid grid = plane();
  std::vector<int> regions;  // 1 left of x = 0.6, 2 right of it
  for (std::size_t j = 0; j < 21; ++j)
    for (std::size_t i = 0; i < 21; ++i) regions.push_back(i <= 12 ? 1 : 2);
  const auto left = roomiest(grid, regions, [](int region) { return region == 1; });
  const auto right = roomiest(grid, regions, [](int region) { return region == 2; });
  REQUIRE(left);
  REQUIRE(right);
  CHECK(left->x == Approx(0.325).margin(0.03));
  CHECK(right->x == Approx(0.8).margin(0.06));
  CHECK_FALSE(roomiest(grid, regions, [](int region) { return region == 3; }));
}

TEST_CASE("levels around zero are even, and only as many as the values need") {
  const auto levels = symmetric_levels(0.3, -0.1, 0.12);  // steps of 0.05
  CHECK(levels.front() == Approx(-0.1));
  CHECK(levels.back() == Approx(0.15));
  CHECK(levels[1] - levels[0] == Approx(0.05));
  CHECK(symmetric_levels(0.3, -1, 1).size() == 17);
  CHECK(symmetric_levels(100, -500, 0).front() == -20);
}

}  // namespace composites_test
