// A run's jobs: their values in order, and how far the run is.
#include "experiment/run.hpp"

#include <map>
#include <string>
#include <vector>

#include "catch.hpp"
#include "experiment/stored_json.hpp"
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

/// Keeps values as the engine does, by their names, and does jobs of even numbers alone where it is told to.
class Kept : public experiment::KeptJobs {
 public:
  bool leaves_odd_ones = false;
  std::map<std::pair<int, std::size_t>, experiment::Json> values;
  std::vector<experiment::JobName> names;
  int done = 0;

  experiment::JobFate take(experiment::JobName& job,
                           const std::function<void(experiment::StoredReader&)>& read) override {
    names.push_back(job);
    if (const auto at = values.find({job.call, job.index}); at != values.end()) {
      read(*experiment::reader_of(at->second));
      return experiment::JobFate::known;
    }
    return leaves_odd_ones && job.index % 2 == 1 ? experiment::JobFate::elsewhere : experiment::JobFate::here;
  }
  void keep(const experiment::JobName& job, experiment::StoredWriter& value) override {
    ++done;
    values[{job.call, job.index}] = experiment::taken_from(value);
  }
};

struct Item {
  int depth = 0;
  std::vector<double> rates;
  std::string name;
};

/// What the only job of a loop says that it depends on.
template <class Job>
std::string reads_of(const Item& item, const Job& job, std::uint64_t seed = 1) {
  experiment::Run run = support::serial_run();
  run.random = numerics::RandomStream(seed);
  Kept kept;
  run.kept = &kept;
  run.each(std::vector<Item>{item}, job);
  return kept.names.front().depends_on;
}

}  // namespace

TEST_CASE("values of jobs are taken where they are kept, and kept where they are not") {
  Kept kept;
  for (int round = 0; round < 2; ++round) {
    experiment::Run run = support::serial_run();
    run.kept = &kept;
    const auto table = run.table(std::vector<int>{10, 20}, 3, [](int row, int column) { return row + column; });
    CHECK(table == std::vector<std::vector<int>>{{10, 11, 12}, {20, 21, 22}});
    CHECK(kept.done == 6);
  }
}

TEST_CASE("a run leaves at the loop that has jobs elsewhere, after it did its own") {
  Kept kept;
  kept.leaves_odd_ones = true;
  experiment::Run run = support::serial_run();
  run.kept = &kept;
  const auto twice = [](int i) { return 2 * i; };
  CHECK_THROWS_AS(run.each(std::vector<int>{1, 2, 3}, twice), experiment::JobsElsewhere);
  CHECK(kept.done == 2);
  kept.values[{0, 1}] = 4;  // somebody did it
  experiment::Run again = support::serial_run();
  again.kept = &kept;
  CHECK(again.each(std::vector<int>{1, 2, 3}, twice) == std::vector<int>{2, 4, 6});
}

TEST_CASE("a job that captures nothing says what it reads") {
  const Item item{3, {0.5, 1}, "tanh"};
  const auto job = [](const Item& i, const experiment::Run&) { return i.depth; };
  const auto other = [](const Item& i, const experiment::Run&) { return i.depth + 1; };
  CHECK_FALSE(reads_of(item, job).empty());
  CHECK(reads_of(item, job) == reads_of(Item{item}, job));
  CHECK(reads_of(item, job) != reads_of(Item{3, {0.5, 2}, "tanh"}, job));
  CHECK(reads_of(item, job) != reads_of(item, other));
}

TEST_CASE("a job that captures something depends on the whole run") {
  const Item item{3, {0.5, 1}, "tanh"};
  int width = 7;  // a constant would be part of the code, and no capture
  CHECK(reads_of(item, [&](const Item& i) { return i.depth * width; }).empty());
  int (*const chosen)(const Item&) = [](const Item& i) { return i.depth; };  // which one, nobody can say
  CHECK(reads_of(item, chosen).empty());
}

TEST_CASE("a job gets the run where it asks for it, and its progress") {
  experiment::Run run = support::serial_run();
  run.seed = 5;
  const std::vector<int> items{1, 2};
  CHECK(run.each(items, [](int i, const experiment::Run& its) { return i + static_cast<int>(its.seed); }) ==
        std::vector<int>{6, 7});
  CHECK(run.table(items, 1, [](int i, int column, const experiment::Run& its, experiment::Progress& progress) {
    progress.advance(0.5);
    return i + column + static_cast<int>(its.seed);
  }) == std::vector<std::vector<int>>{{6}, {7}});
}

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
