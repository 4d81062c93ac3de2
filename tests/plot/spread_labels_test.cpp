// Labels that push each other apart.
#include "plot/layout/spread_labels.hpp"

#include <algorithm>
#include <cmath>
#include <random>

#include "catch.hpp"

namespace spread_labels_test {

using namespace plot;

TEST_CASE("labels far enough apart stay where they are wanted") {
  CHECK(spread_labels({30, 10, 50}, 9, 0, 100) == std::vector<double>{30, 10, 50});
}

TEST_CASE("labels wanted at one height share their displacement, in the order given") {
  CHECK(spread_labels({50, 50, 50}, 10, 0, 100) == std::vector<double>{40, 50, 60});
  CHECK(spread_labels({50, 54}, 10, 0, 100) == std::vector<double>{47, 57});
}

TEST_CASE("labels are held inside the range") {
  CHECK(spread_labels({0, 1, 2}, 10, 5, 100) == std::vector<double>{5, 15, 25});
  CHECK(spread_labels({99, 100}, 10, 0, 100) == std::vector<double>{90, 100});
}

TEST_CASE(
    "labels never come nearer than the gap while there is room, nearer evenly where there is "
    "none") {
  std::mt19937 generator(3);
  for (int trial = 0; trial < 500; ++trial) {
    std::vector<double> wanted(1 + generator() % 12);
    for (double& w : wanted) w = static_cast<double>(generator() % 1500) / 10 - 20;
    std::vector<double> placed = spread_labels(wanted, 9, 0, 110);
    const double gap = wanted.size() > 1 ? std::min(9.0, 110.0 / static_cast<double>(wanted.size() - 1)) : 9;
    std::sort(placed.begin(), placed.end());
    CHECK((placed.front() >= -1e-9 && placed.back() <= 110 + 1e-9));
    for (std::size_t i = 1; i < placed.size(); ++i) CHECK(placed[i] - placed[i - 1] >= gap - 1e-9);
  }
}

}  // namespace spread_labels_test
