// A run's jobs: their values in order, and how far the run is.
#include "experiment/run.hpp"

#include <vector>

#include "catch.hpp"
#include "support/experiments.hpp"

namespace run_test {

namespace {

/// What a run of these parts says of its progress, as shares of the whole.
std::vector<double> shares(int parts) {
  experiment::Run run = support::serial_run();
  std::vector<double> told;
  run.progress = [&](double done, double total) { told.push_back(done / total); };
  run.parts = parts;
  const std::vector<int> few{1, 2}, many{1, 2, 3, 4};
  run.each(few, [](int i) { return i; });
  run.table(many, 2, [](int i, int column, experiment::Progress& progress) {
    progress.advance(0.5);
    return i * column;
  });
  return told;
}

}  // namespace

TEST_CASE("progress goes on from one part of a run to the next, and ends with the last") {
  const auto told = shares(2);
  REQUIRE(told.size() == 2 + 16);
  CHECK(told[0] == 0.25);
  CHECK(told[1] == 0.5);
  CHECK(told[2] == Approx(0.5 + 0.5 / 16));
  for (std::size_t i = 1; i < told.size(); ++i) CHECK(told[i] >= told[i - 1]);
  CHECK(told.back() == Approx(1));
}

TEST_CASE("a table's values stand by row, and each job knows its column") {
  experiment::Run run = support::serial_run();
  const auto values = run.table(std::vector<int>{10, 20}, 3, [](int row, int column) { return row + column; });
  CHECK(values == std::vector<std::vector<int>>{{10, 11, 12}, {20, 21, 22}});
}

}  // namespace run_test
