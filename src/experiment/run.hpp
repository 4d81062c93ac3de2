// What a run is given from outside: data, randomness, and hands to do its jobs. It opens no file, starts no thread and
// reads no clock itself.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "experiment/stored.hpp"
#include "numerics/random.hpp"

namespace data {
struct Dataset;
}

namespace experiment {

/// How far one job is, from 0 to 1.
class Progress {
 public:
  explicit Progress(std::function<void(double)> tell) : tell_(std::move(tell)) {}

  /// Says that this much more of the job is done. Throws when the run is to stop.
  void advance(double share) {
    done_ += share;
    tell_(share);
  }
  double done() const { return done_; }

 private:
  std::function<void(double)> tell_;
  double done_ = 0;
};

struct Run {
  std::string figure;                      // its ID
  std::uint64_t seed = 1;                  // of which `random` is made
  const data::Dataset* dataset = nullptr;  // set when the experiment declares a data set
  numerics::RandomStream random;           // the figure's root stream; jobs derive theirs from it by name
  /// Does the jobs 0 .. count-1, in any order and perhaps at once; each must write only to its own place.
  std::function<void(std::size_t count, const std::function<void(std::size_t)>& job)> for_each;
  /// Says how far a run is: `done` of `total` units of work, all jobs together. Throws when the run is to stop.
  std::function<void(double done, double total)> progress;
  /// How many calls of `each` and `table` the run makes, so that progress goes on from one to the next.
  int parts = 1;
  int part = 0;  // that comes next, counted from 0

  /// job(item) for each item, or job(item, progress) where a job tells how far it is: their values in the items' order.
  /// Jobs are done in any order and perhaps at once, and know nothing of each other; a value can be stored, so that it
  /// may come from another process.
  template <class Items, class Job>
  auto each(const Items& items, const Job& job) {
    using Item = const typename Items::value_type&;
    if constexpr (std::is_invocable_v<const Job&, Item, Progress&>)
      return values(items.size(), [&](std::size_t i, Progress& done) { return job(items[i], done); });
    else
      return values(items.size(), [&](std::size_t i, Progress&) { return job(items[i]); });
  }

  /// job(row, column) for each row and each of 0 .. columns-1, or job(row, column, progress): the values by row, in
  /// order.
  template <class Rows, class Job>
  auto table(const Rows& rows, int columns, const Job& job) {
    using Row = const typename Rows::value_type&;
    const auto wide = static_cast<std::size_t>(columns);
    auto all = values(rows.size() * wide, [&](std::size_t i, Progress& done) {
      Row row = rows[i / wide];
      const int column = static_cast<int>(i % wide);
      if constexpr (std::is_invocable_v<const Job&, Row, int, Progress&>)
        return job(row, column, done);
      else
        return job(row, column);
    });
    std::vector<decltype(all)> by_row(rows.size());
    for (std::size_t i = 0; i < all.size(); ++i) by_row[i / wide].push_back(std::move(all[i]));
    return by_row;
  }

 private:
  template <class Job>
  auto values(std::size_t count, const Job& job) {
    using Value = std::invoke_result_t<const Job&, std::size_t, Progress&>;
    static_assert(requires(StoredWriter & out, const Value& value) { write_stored(out, value); });
    std::vector<Value> values(count);
    std::atomic<double> done = 0;
    const double total = static_cast<double>(count);
    const double before = total * (part++ % parts);
    const auto tell = [&](double share) {
      progress(before + std::min(done.fetch_add(share) + share, total), parts * total);
    };
    for_each(count, [&](std::size_t i) {
      Progress of_job(tell);
      values[i] = job(i, of_job);
      of_job.advance(std::max(0.0, 1 - of_job.done()));
    });
    return values;
  }
};

}  // namespace experiment
