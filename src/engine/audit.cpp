// See audit.hpp.
#include "engine/audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "engine/build_context.hpp"
#include "experiment/stored_json.hpp"

namespace engine {
namespace {

using experiment::JobFate;
using experiment::JobName;
using store::EntryKind;

/// Does a share of the jobs again that the store has, and leaves those alone that it lacks.
class DrawnJobs : public experiment::KeptJobs {
 public:
  DrawnJobs(const store::Store& store, const Provenance& run, double share, std::uint64_t seed)
      : store_(store), run_(run), share_(share), draws_(seed) {}

  JobFate take(JobName& job, const std::function<void(experiment::StoredReader&)>& read) override {
    const std::string key = job_key(run_, job);
    const auto found = store_.get(EntryKind::jobs, key);
    if (!found.bytes) return JobFate::elsewhere;
    const std::lock_guard lock(drawing_);
    if (std::uniform_real_distribution<double>()(draws_) < share_) {
      kept_[key] = *found.bytes;
      return JobFate::here;
    }
    const Json value = Json::parse(*found.bytes);
    read(*experiment::reader_of(value));
    return JobFate::known;
  }

  void keep(const JobName& job, experiment::StoredWriter& value) override {
    const std::string key = job_key(run_, job), now = experiment::taken_from(value).dump();
    const std::lock_guard lock(drawing_);
    ++done_;
    if (kept_[key] != now) others_.push_back(key);
  }

  std::size_t done() const { return done_; }
  const std::vector<std::string>& others() const { return others_; }  // keys of values that are not what was computed

 private:
  const store::Store& store_;
  const Provenance& run_;
  const double share_;
  std::mutex drawing_;
  std::mt19937_64 draws_;
  std::map<std::string, std::string> kept_;
  std::size_t done_ = 0;
  std::vector<std::string> others_;
};

}  // namespace

Audit audit(const Project& project, double share, const Settings& settings, const Listener& listener,
            sys::StopFlag stop) {
  BuildContext context(project, settings, listener, stop);
  std::random_device random;
  std::mt19937_64 draws((std::uint64_t{random()} << 32) | random());
  std::vector<const Request*> stored, others;
  for (const auto& request : project.requests)
    (context.store.has(EntryKind::results, context.runner.identify(request).key) ? stored : others).push_back(&request);
  std::shuffle(stored.begin(), stored.end(), draws);
  const auto drawn = std::min(
      stored.size(), static_cast<std::size_t>(std::max(1.0, std::round(share * static_cast<double>(stored.size())))));
  Audit result;
  result.runs = drawn;
  result.of_runs = stored.size();
  for (std::size_t i = 0; i < stored.size() + others.size(); ++i) {
    const bool is_whole = i < drawn;
    const Request& request = i < stored.size() ? *stored[i] : *others[i - stored.size()];
    if (!is_whole && request.experiment->runs_program) continue;  // it has no jobs that could be drawn
    const RunOutcome known = context.runner.look_up(request);
    DrawnJobs jobs(context.store, known.provenance, share, draws());
    const auto now = context.runner.computed(request, is_whole ? nullptr : &jobs);
    result.jobs += jobs.done();
    for (const auto& key : jobs.others())
      result.contradictions.push_back(fmt::format("{}: the store has another value of one of its jobs, {}", request.id,
                                                  context.store.place(EntryKind::jobs, key).string()));
    if (is_whole && now && now->stored != known.result.stored)
      result.contradictions.push_back(fmt::format("{}: the store has another result, {}", request.id,
                                                  context.store.place(EntryKind::results, known.key).string()));
  }
  return result;
}

}  // namespace engine
