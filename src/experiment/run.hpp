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
#ifdef __cpp_rtti
#include <typeinfo>
#endif
#include <utility>
#include <vector>

#include "experiment/kept_jobs.hpp"
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
  int part = 0;              // that comes next, counted from 0
  KeptJobs* kept = nullptr;  // values of jobs that were done before, or are done by others; null: there are none

  /// job(item) for each item, or job(item, progress) where a job tells how far it is: their values in the items' order.
  /// Jobs are done in any order and perhaps at once, and know nothing of each other; a value can be stored, so that it
  /// may come from another process.
  ///
  /// A job that captures nothing depends on its item alone, and on the run's seed, figure and data set, which it gets
  /// as `const Run&` where it asks for them: job(item, run), job(item, run, progress). What it gave is then good for
  /// every run with such an item, whatever the other parameters are.
  template <class Items, class Job>
  auto each(const Items& items, const Job& job) {
    using Item = typename Items::value_type;
    return values<Job>(
        items.size(), [&](std::size_t i, Progress& done) { return do_job<const Item&>(job, done, items[i]); },
        [&](std::size_t i) { return reads_of<Job, Item>(items[i]); });
  }

  /// job(row, column) for each row and each of 0 .. columns-1, with the same arguments behind them: the values by row,
  /// in order.
  template <class Rows, class Job>
  auto table(const Rows& rows, int columns, const Job& job) {
    using Row = typename Rows::value_type;
    const auto wide = static_cast<std::size_t>(columns);
    const auto column = [&](std::size_t i) { return static_cast<int>(i % wide); };
    auto all = values<Job>(
        rows.size() * wide,
        [&](std::size_t i, Progress& done) { return do_job<const Row&, int>(job, done, rows[i / wide], column(i)); },
        [&](std::size_t i) { return reads_of<Job, Row, int>(rows[i / wide], column(i)); });
    std::vector<decltype(all)> by_row(rows.size());
    for (std::size_t i = 0; i < all.size(); ++i) by_row[i / wide].push_back(std::move(all[i]));
    return by_row;
  }

 private:
  template <class... Of, class Job>
  auto do_job(const Job& job, Progress& of_job, Of... of) const {
    if constexpr (std::is_invocable_v<const Job&, Of..., const Run&, Progress&>)
      return job(of..., *this, of_job);
    else if constexpr (std::is_invocable_v<const Job&, Of..., Progress&>)
      return job(of..., of_job);
    else if constexpr (std::is_invocable_v<const Job&, Of..., const Run&>)
      return job(of..., *this);
    else
      return job(of...);
  }

  /// Of a job that captures nothing: which it is, and its items. The compiler vouches for it; nobody else need say so.
  template <class Job, class... Of>
  static std::string reads_of(const Of&... of) {
    if constexpr (std::is_empty_v<Job> && (is_storable<Of>() && ...)) {
      StoredWriter out;
      out.begin_list();
#ifdef __cpp_rtti
      out.text(typeid(Job).name());
#endif
      (write_stored(out, of), ...);
      out.end_list();
      return text_of(out);
    } else {
      return {};
    }
  }

  template <class Job, class Do, class Reads>
  auto values(std::size_t count, const Do& job, const Reads& reads) {
    using Value = std::invoke_result_t<const Do&, std::size_t, Progress&>;
    static_assert(is_storable<Value>(), "a job's value is a number, a text, an enum, a list, or a struct of such");
    std::vector<Value> values(count);
    std::atomic<double> done = 0;
    std::atomic<bool> whole = true;
    const double total = static_cast<double>(count);
    const int number = part++;
    const double before = total * (number % parts);
    const auto tell = [&](double share) {
      progress(before + std::min(done.fetch_add(share) + share, total), parts * total);
    };
    for_each(count, [&](std::size_t i) {
      Progress of_job(tell);
      if (!kept) {
        values[i] = job(i, of_job);
      } else {
        JobName name{number, i, count, reads(i)};
        const JobFate fate = kept->take(name, [&](StoredReader& in) { read_stored(in, values[i]); });
        if (fate == JobFate::elsewhere) {
          whole = false;
          return;
        }
        if (fate == JobFate::here) {
          values[i] = job(i, of_job);
          StoredWriter out;
          write_stored(out, values[i]);
          kept->keep(name, out);
        }
      }
      of_job.advance(std::max(0.0, 1 - of_job.done()));
    });
    if (!whole) throw JobsElsewhere{};
    return values;
  }
};

}  // namespace experiment
