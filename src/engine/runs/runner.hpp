// Running of experiments: results from the store where it has them, else computed on a pool of tasks.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "engine/elsewhere/executor.hpp"
#include "engine/runs/provenance.hpp"
#include "engine/runs/stored_jobs.hpp"
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
  enum class Kind { started, progress, finished, failed, warning, note, waiting };  // waiting: for others
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

  /// Brings runs to their end for which the store has the values of all jobs; gives those that lack some, with the jobs
  /// of their next loop. A program is one job. `again` has a text for each request.
  std::vector<OpenRun> gather(const std::vector<const Request*>& requests, std::vector<RunOutcome>& outcomes,
                              const std::vector<std::size_t>& order, const std::vector<std::string>& again);

  /// Does those jobs of a run, whose keys these are, and stores their values. Throws Interrupted, and what the
  /// experiment throws.
  void do_jobs(const Request& request, const std::set<std::string>& keys, const std::string& again);

  /// What a run gives now, whatever is stored; jobs are taken from `jobs`, where that is not null. Nothing, where some
  /// of them are elsewhere. Throws Interrupted, and what the experiment throws.
  std::optional<experiment::Result> computed(const Request& request, experiment::KeptJobs* jobs);

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
  experiment::Result run_experiment(const Request& request, const RunOutcome& outcome, experiment::KeptJobs* jobs);
  std::vector<MissingJob> compute(const Request& request, RunOutcome& outcome, const StoredJobs::Policy& policy);
  void keep(const Request& request, RunOutcome& outcome);
  bool gather_program(const Request& request, RunOutcome& outcome, const std::string& job);
  void in_order(const std::vector<std::size_t>& order, const std::function<void(std::size_t)>& work);
  void compute_all(const std::vector<const Request*>& requests, std::vector<RunOutcome>& outcomes,
                   const std::vector<std::size_t>& order, const StoredJobs::Policy& policy);
  void have_done(Executor& executor, const std::vector<const Request*>& requests, std::vector<RunOutcome>& outcomes,
                 std::vector<std::size_t> order, const std::vector<std::string>& again);
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
