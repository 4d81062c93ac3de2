// Running of experiments: results from the store where it has them, else computed on a pool of tasks.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/runs/provenance.hpp"
#include "engine/settings.hpp"
#include "engine/sources/request.hpp"
#include "experiment/result.hpp"
#include "store/datasets.hpp"
#include "store/store.hpp"
#include "system/file_sums.hpp"
#include "system/stop_flag.hpp"

namespace engine {

/// What happens during a build, for whoever shows it. May come from any thread, one at a time.
struct Event {
  enum class Kind { started, progress, finished, failed, warning, note };
  Kind kind = Kind::note;
  std::string figure;  // its ID; empty when the event concerns the whole build
  std::string message;
  double done = 0, total = 0;  // of a running experiment
  double seconds = 0;          // of a finished one
};
using Listener = std::function<void(const Event&)>;

/// How far the result of a request is had.
enum class RunState {
  identified,  // its key is known; whether it can be had is not
  stored,      // read from the store
  computed,    // run now, and stored
  failed       // the experiment gave none
};

struct RunOutcome {
  RunState state = RunState::identified;
  Provenance provenance;
  std::string key;            // of the result in the store
  experiment::Result result;  // of a stored or a computed one
  std::string error;          // of a failed one: why
  double seconds = -1;        // of the run, now or when the store got it; negative when unknown

  bool has_result() const { return state == RunState::stored || state == RunState::computed; }
  bool has_failed() const { return state == RunState::failed; }
  void fail(std::string why) {
    state = RunState::failed;
    error = std::move(why);
  }
};

/// What is run although the store has it: nothing, programs of the document's (whose code nobody can see through), all.
enum class Rerun { nothing, programs, all };

class Runner {
 public:
  Runner(const Settings& settings, store::Store store, store::Datasets& datasets, sys::FileSums& sums,
         Listener listener, sys::StopFlag stop);

  /// One outcome a request, in their order; the store's where it has one that need not be run again. Those that took
  /// longest the last time start first; `last_seconds` has a time for each request, negative when it is not known. A
  /// failing experiment gives an outcome with an error, which is never stored. Throws Interrupted, data::DataError.
  std::vector<RunOutcome> run(const std::vector<const Request*>& requests, const std::vector<double>& last_seconds,
                              Rerun rerun);

  /// The outcome's key and what it is made of, without the result.
  RunOutcome identify(const Request& request);

  /// The outcome from the store alone; one that is not there stays identified, and one whose reading ends a program has
  /// failed.
  RunOutcome look_up(const Request& request);

  /// The experiment's code has failed: so has the outcome, which says where the figure stands. Told where it is news.
  void fail(const Request& request, RunOutcome& outcome, const std::string& why, bool is_news);

 private:
  std::map<std::string, std::string> reads_of(const Request& request);
  bool has_died(const Request& request, RunOutcome& outcome);
  void compute(const Request& request, RunOutcome& outcome);
  void compute_all(const std::vector<const Request*>& requests, std::vector<RunOutcome>& outcomes,
                   const std::vector<std::size_t>& order);
  std::string place_of(const Request& request) const;  // of its directive, from the folder at hand
  void tell(const Event& event);
  void stop_if_asked() const;

  const Settings& settings_;
  store::Store store_;
  store::Datasets& datasets_;
  sys::FileSums& sums_;
  Listener listener_;
  sys::StopFlag stop_;
  std::atomic<bool> given_up_{false};  // something failed that ends the whole run
  std::mutex telling_;
};

}  // namespace engine
