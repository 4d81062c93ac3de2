// The pool is oneTBB's. Jobs write to places of their own and combine in a fixed order, so that the number of threads
// does not show in the result.
#include "engine/runs/runner.hpp"

#include <fmt/format.h>
#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <random>

#include "engine/runs/code_of.hpp"
#include "engine/runs/dying.hpp"
#include "engine/runs/experiment_code.hpp"
#include "engine/sources/project.hpp"
#include "numerics/arithmetic.hpp"
#include "numerics/random.hpp"
#include "store/code_fingerprint.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"
#include "system/mathematics.hpp"

namespace engine {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// What the store keeps: the result and how long it took.
std::string stored_form(const experiment::Result& result, double seconds) {
  return Json{{"seconds", seconds}, {"result", result.stored}}.dump();
}

/// Tells a run from others in the program that starts after its death: what derives outputs may die as well.
std::string death_key(const Request& request, const RunOutcome& outcome) {
  const std::string& object = request.experiment->object;
  return object.empty() ? outcome.key : sys::sha256(outcome.key + object);
}

void read_stored_form(const Request& request, const std::string& bytes, RunOutcome& outcome) {
  Json json = Json::parse(bytes);
  outcome.result = restored(request, std::move(json.at("result")));
  outcome.seconds = json.at("seconds").get<double>();
  outcome.state = RunState::stored;
}

bool is_forced(const Request& request, Rerun rerun) {
  return rerun == Rerun::all || (rerun == Rerun::programs && request.experiment->runs_program);
}

/// Tells the jobs of forced runs from those of others before them.
std::string fresh_mark() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

}  // namespace

Runner::Runner(const Settings& settings, store::Store store, store::Datasets& datasets, sys::FileSums& sums,
               Listener listener, sys::StopFlag stop)
    : settings_(settings),
      store_(std::move(store)),
      datasets_(datasets),
      sums_(sums),
      listener_(std::move(listener)),
      stop_(stop) {}

void Runner::tell(const Event& event) {
  const std::lock_guard lock(telling_);
  if (listener_) listener_(event);
}

void Runner::stop_if_asked() const {
  if (stop_.is_set() || given_up_) throw sys::Interrupted{};
}

RunOutcome Runner::identify(const Request& request) {
  RunOutcome outcome;
  outcome.provenance = {.experiment = request.experiment->name,
                        .figure = request.id,
                        .parameters = request.parameters,
                        .seed = request.seed,
                        .dataset = request.dataset,
                        .data_sha256 = request.dataset.empty() ? "" : datasets_.sha256(request.dataset),
                        .code = code_of(*request.experiment, settings_),
                        .reads = reads_of(request),
                        .arithmetic = request.experiment->runs_program
                                          ? numerics::arithmetic() + "+" + sys::c_mathematics()
                                          : numerics::arithmetic()};
  outcome.key = result_key(outcome.provenance);
  return outcome;
}

/// A file's name: from the document's folder; of one that lies elsewhere (an interpreter) its last part.
std::map<std::string, std::string> Runner::reads_of(const Request& request) {
  std::map<std::string, std::string> reads;
  if (!request.experiment->files) return reads;
  for (const auto& file : request.experiment->files(request.parameters)) {
    const std::filesystem::path name =
        sys::lies_in(file, settings_.document) ? file.lexically_relative(settings_.document) : file.filename();
    reads[name.string()] = sums_.sha256(file);
  }
  return reads;
}

RunOutcome Runner::look_up(const Request& request) {
  RunOutcome outcome = identify(request);
  const auto found = store_.get(store::EntryKind::results, outcome.key);
  bool damaged = found.damaged;
  if (found.bytes) try {
      read_stored_form(request, *found.bytes, outcome);
    } catch (const CodeFailure& failure) {
      fail(request, outcome, failure.what(), failure.is_news);
    } catch (const std::exception&) {
      damaged = true;
    }
  if (damaged) tell({Event::Kind::warning, request.id, "the stored result is damaged; it will be computed again"});
  return outcome;
}

std::string Runner::place_of(const Request& request) const {
  if (request.place.line == 0) return request.place.file;  // told by the machine that has the document
  return fmt::format("{}:{}", sys::path_at_hand(settings_.document / request.place.file), request.place.line);
}

void Runner::fail(const Request& request, RunOutcome& outcome, const std::string& why, bool is_news) {
  outcome.fail(fmt::format("{}; the figure stands at {}", why, place_of(request)));
  if (is_news) tell({Event::Kind::failed, request.id, outcome.error});
}

experiment::Result Runner::run_experiment(const Request& request, const RunOutcome& outcome,
                                          experiment::KeptJobs* jobs) {
  const auto start = std::chrono::steady_clock::now();
  experiment::Run run;
  run.figure = request.id;
  run.seed = request.seed;
  run.random = numerics::RandomStream(request.seed).child(request.id);
  run.kept = jobs;
  if (!request.dataset.empty()) run.dataset = &datasets_.get(request.dataset);
  const std::string what =
      fmt::format("{} ({}): its experiment {}", request.id, place_of(request), request.experiment->name);
  const Watched watched(what, death_key(request, outcome));
  run.for_each = [this, &watched](std::size_t count, const std::function<void(std::size_t)>& job) {
    // A loop that is cancelled from outside returns as if it had ended, with holes in its result; one in a context of
    // its own ends by itself or by an exception.
    tbb::task_group_context context(tbb::task_group_context::isolated);
    tbb::this_task_arena::isolate([&] {
      tbb::parallel_for(
          std::size_t{0}, count,
          [&](std::size_t i) {
            stop_if_asked();
            const Watched::Here here(watched);
            job(i);
          },
          tbb::simple_partitioner{}, context);
    });
  };
  run.progress = [&](double done, double total) {
    stop_if_asked();
    tell({Event::Kind::progress, request.id, "", done, total, seconds_since(start)});
  };
  const Watched::Here here(watched);
  return request.experiment->run(request.parameters, run);
}

/// The jobs that others are to do, where there are any; else the outcome has a result, or says why not.
std::vector<MissingJob> Runner::compute(const Request& request, RunOutcome& outcome, const StoredJobs::Policy& policy) {
  const auto start = std::chrono::steady_clock::now();
  StoredJobs jobs(store_, outcome.provenance, policy);
  if (!policy.mine)
    tell({Event::Kind::started, request.id,
          request.variant.empty() ? request.experiment->name : request.experiment->name + ", " + request.variant});
  try {
    outcome.result = run_experiment(request, outcome, &jobs);
  } catch (const sys::Interrupted&) {
    throw;
  } catch (const experiment::JobsElsewhere&) {
    return jobs.missing();
  } catch (const std::exception& failure) {
    outcome.fail(request.variant.empty() ? failure.what()
                                         : fmt::format("with {}: {}", request.variant, failure.what()));
  } catch (...) {
    outcome.fail("the experiment stopped with an error that it did not name");
  }
  if (!outcome.has_failed() && request.experiment->files && identify(request).key != outcome.key)
    outcome.fail("a file that it reads was changed while it ran; build again");
  if (!outcome.has_failed()) {
    outcome.seconds = seconds_since(start);
    keep(request, outcome);
    jobs.forget();
  } else {
    tell({Event::Kind::failed, request.id, outcome.error});
  }
  return {};
}

/// A result that is had now.
void Runner::keep(const Request& request, RunOutcome& outcome) {
  outcome.state = RunState::computed;
  store_.put(store::EntryKind::results, outcome.key, stored_form(outcome.result, outcome.seconds));
  store::remember_code(store_, settings_.root, request.experiment->name);
  tell({Event::Kind::finished, request.id, "", 1, 1, outcome.seconds});
}

/// Whether the answer of a program was had, which did its one job.
bool Runner::gather_program(const Request& request, RunOutcome& outcome, const std::string& job) {
  const auto found = store_.get(store::EntryKind::jobs, job);
  if (!found.bytes) return false;
  try {
    read_stored_form(request, *found.bytes, outcome);
  } catch (const CodeFailure& failure) {
    fail(request, outcome, failure.what(), failure.is_news);
    return true;
  } catch (const std::exception&) {
    return false;
  }
  keep(request, outcome);
  store_.remove(store::EntryKind::jobs, job);
  return true;
}

std::vector<OpenRun> Runner::gather(const std::vector<const Request*>& requests, std::vector<RunOutcome>& outcomes,
                                    const std::vector<std::size_t>& order, const std::vector<std::string>& again) {
  static const std::set<std::string> none;
  std::vector<OpenRun> runs(requests.size());
  in_order(order, [&](std::size_t i) {
    const Request& request = *requests[i];
    OpenRun& run = runs[i];
    run = {&request, outcomes[i].provenance,           outcomes[i].key, place_of(request),
           {},       request.experiment->runs_program, again[i]};
    if (!run.is_one_job)
      run.jobs = compute(request, outcomes[i], {.mine = &none, .here_for = settings_.done_here, .again = again[i]});
    else if (const auto job = whole_run_key(run.key, again[i]); !gather_program(request, outcomes[i], job))
      run.jobs = {{{}, job}};
  });
  std::erase_if(runs, [](const OpenRun& run) { return run.jobs.empty(); });
  return runs;
}

std::optional<experiment::Result> Runner::computed(const Request& request, experiment::KeptJobs* jobs) {
  const RunOutcome outcome = identify(request);
  std::optional<experiment::Result> result;
  in_order({0}, [&](std::size_t) {
    try {
      result = run_experiment(request, outcome, jobs);
    } catch (const experiment::JobsElsewhere&) {
    }
  });
  return result;
}

void Runner::do_jobs(const Request& request, const std::set<std::string>& keys, const std::string& again) {
  RunOutcome outcome = identify(request);
  if (has_died(request, outcome)) throw std::runtime_error(outcome.error);
  const auto start = std::chrono::steady_clock::now();
  StoredJobs jobs(store_, outcome.provenance,
                  {.mine = &keys, .worth_keeping = std::chrono::milliseconds(0), .again = again});
  const auto result = computed(request, &jobs);
  if (!result || !request.experiment->runs_program) return;
  if (identify(request).key != outcome.key) throw std::runtime_error("a file that it reads was changed while it ran");
  store_.put(store::EntryKind::jobs, whole_run_key(outcome.key, again), stored_form(*result, seconds_since(start)));
}

/// Told before anything runs, which may die in its turn; those of earlier lives were told then.
bool Runner::has_died(const Request& request, RunOutcome& outcome) {
  const auto death = death_of(death_key(request, outcome));
  if (!death) return false;
  fail(request, outcome, fmt::format("its experiment {} {}", request.experiment->name, death->how), death->is_news);
  if (!settings_.keep_going) throw std::runtime_error(outcome.error);
  return true;
}

/// Every thread takes the next of the order when it is free; inner loops are isolated, so that a thread which waits for
/// one does not begin another figure. So no more experiments are under way at once than there are threads, and their
/// memory is bounded by that.
void Runner::in_order(const std::vector<std::size_t>& order, const std::function<void(std::size_t)>& work) {
  const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                  static_cast<std::size_t>(settings_.jobs));
  tbb::task_arena arena(settings_.jobs);
  std::atomic<std::size_t> next{0};
  std::exception_ptr reason;  // the first; jobs that stop because of it end by an exception of their own
  try {
    arena.execute([&] {
      tbb::parallel_for(
          std::size_t{0}, order.size(),
          [&](std::size_t) {
            stop_if_asked();
            const std::size_t i = order[next++];
            try {
              work(i);
            } catch (...) {
              if (!given_up_.exchange(true)) reason = std::current_exception();
              throw;
            }
          },
          tbb::simple_partitioner{});
    });
  } catch (...) {
    if (reason) std::rethrow_exception(reason);
    throw;
  }
}

void Runner::compute_all(const std::vector<const Request*>& requests, std::vector<RunOutcome>& outcomes,
                         const std::vector<std::size_t>& order, const StoredJobs::Policy& policy) {
  in_order(order, [&](std::size_t i) {
    compute(*requests[i], outcomes[i], policy);
    if (!settings_.keep_going && outcomes[i].has_failed()) throw std::runtime_error(outcomes[i].error);
  });
}

std::vector<RunOutcome> Runner::run(const std::vector<const Request*>& requests,
                                    const std::vector<double>& last_seconds, Rerun rerun) {
  std::vector<RunOutcome> outcomes;
  std::vector<std::size_t> stale;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    outcomes.push_back(is_forced(*requests[i], rerun) ? identify(*requests[i]) : look_up(*requests[i]));
    if (outcomes[i].has_failed() && !settings_.keep_going) throw std::runtime_error(outcomes[i].error);
    if (outcomes[i].state == RunState::identified && !has_died(*requests[i], outcomes[i])) stale.push_back(i);
  }
  // What a data set lacks is found before anything is computed.
  for (std::size_t i : stale)
    if (!requests[i]->dataset.empty()) datasets_.get(requests[i]->dataset);
  // Nobody knows how long a new one takes, so that it had better not come last.
  const auto expected = [&](std::size_t i) {
    return last_seconds[i] < 0 ? std::numeric_limits<double>::infinity() : last_seconds[i];
  };
  std::stable_sort(stale.begin(), stale.end(), [&](std::size_t a, std::size_t b) { return expected(a) > expected(b); });
  std::vector<std::string> again(requests.size());
  const std::string mark = fresh_mark();
  for (std::size_t i = 0; i < requests.size(); ++i)
    if (is_forced(*requests[i], rerun)) again[i] = mark;
  if (settings_.executor) have_done(*settings_.executor, requests, outcomes, stale, again);
  std::erase_if(stale, [&](std::size_t i) { return outcomes[i].state != RunState::identified; });
  compute_all(requests, outcomes, stale, {.recall = rerun != Rerun::all});
  return outcomes;
}

}  // namespace engine
