// A build whose jobs are done elsewhere: what is missing is listed, others do it, and what they left in the store is
// gathered; again for a run's next loop. Only the store is believed, neither a queue nor an exit code.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "engine/runs/runner.hpp"

namespace engine {
namespace {

/// The jobs of a list that have no value yet.
class Waiting {
 public:
  Waiting(const store::Store& store, std::set<std::string> keys)
      : store_(store), open_(std::move(keys)), all_(open_.size()) {}

  Executor::Standing standing() {
    std::erase_if(open_, [&](const std::string& key) { return store_.has(store::EntryKind::jobs, key); });
    return {all_ - open_.size(), all_};
  }

 private:
  const store::Store& store_;
  std::set<std::string> open_;
  std::size_t all_;
};

std::set<std::string> keys_of(const std::vector<OpenRun>& runs) {
  std::set<std::string> keys;
  for (const auto& run : runs)
    for (const auto& job : run.jobs) keys.insert(job.key);
  return keys;
}

bool meets(const std::set<std::string>& some, const std::set<std::string>& others) {
  return std::any_of(some.begin(), some.end(), [&](const auto& key) { return others.contains(key); });
}

}  // namespace

/// What nobody does, since the executor only waits for what is under way, stays identified.
void Runner::have_done(Executor& executor, const std::vector<const Request*>& requests,
                       std::vector<RunOutcome>& outcomes, std::vector<std::size_t> order,
                       const std::vector<std::string>& again) {
  const auto note = [this](const std::string& text) { tell({Event::Kind::note, "", text}); };
  const auto standing = [this](const std::string& text) { tell({Event::Kind::waiting, "", text}); };
  std::set<std::string> asked;  // jobs that others were to do
  bool is_first = true;
  for (;; is_first = false) {
    auto open = gather(requests, outcomes, order, again);
    std::erase_if(order, [&](std::size_t i) { return outcomes[i].state != RunState::identified; });
    // Jobs that others were to do and that have no value do not get one by asking again.
    std::erase_if(open, [&](const OpenRun& run) {
      const auto left = std::count_if(run.jobs.begin(), run.jobs.end(),
                                      [&](const MissingJob& job) { return asked.contains(job.key); });
      if (left == 0) return false;
      const auto at = std::find(requests.begin(), requests.end(), run.request);
      RunOutcome& outcome = outcomes[static_cast<std::size_t>(at - requests.begin())];
      const auto fault = store_.get(store::EntryKind::faults, fault_key(run.key, run.again));
      outcome.fail(fault.bytes
                       ? *fault.bytes
                       : fmt::format("{} of its jobs got no value elsewhere; {}", left, executor.what_to_look_at()));
      tell({Event::Kind::failed, run.request->id, outcome.error});
      if (!settings_.keep_going) throw std::runtime_error(outcome.error);
      return true;
    });
    std::erase_if(order, [&](std::size_t i) { return outcomes[i].state != RunState::identified; });
    if (open.empty()) return;
    const auto keys = keys_of(open);
    std::string sheet;
    if (const auto before = executor.under_way(); is_first && before) try {
        std::set<std::string> theirs = share_of(stored_sheet(*before, store_), 0, 1);
        if (meets(keys, theirs)) {
          Waiting waiting(store_, std::move(theirs));
          executor.wait([&] { return waiting.standing(); }, standing, stop_);
          continue;
        }
      } catch (const std::runtime_error&) {  // the list is gone; so it is of no use
      }
    if (!executor.submits()) return;
    Waiting waiting(store_, keys);
    executor.submit(store_sheet(open, settings_, store_), keys.size(), note);
    executor.wait([&] { return waiting.standing(); }, standing, stop_);
    asked.insert(keys.begin(), keys.end());
  }
}

}  // namespace engine
