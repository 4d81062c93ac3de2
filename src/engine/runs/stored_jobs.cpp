// See stored_jobs.hpp.
#include "engine/runs/stored_jobs.hpp"

#include <algorithm>
#include <utility>

#include "experiment/stored_json.hpp"
#include "system/checksum.hpp"

namespace engine {
namespace {

using experiment::JobFate;
using experiment::JobName;
using store::EntryKind;

long long now_ns() {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace

std::string job_key(const Provenance& run, const JobName& job, const std::string& again) {
  Json form;
  if (job.depends_on.empty()) {
    form = {{"run", result_key(run)}, {"call", job.call}, {"job", job.index}, {"of", job.count}};
  } else {
    form = to_json(run);
    form.erase("parameters");
    form["job"] = job.depends_on;
  }
  if (!again.empty()) form["again"] = again;
  return sys::sha256(form.dump());
}

std::string whole_run_key(const std::string& result_key, const std::string& again) {
  Json form{{"run", result_key}};
  if (!again.empty()) form["again"] = again;
  return sys::sha256(form.dump());
}

StoredJobs::StoredJobs(const store::Store& store, const Provenance& run, Policy policy)
    : store_(store), run_(run), policy_(std::move(policy)) {}

JobFate StoredJobs::take(JobName& job, const std::function<void(experiment::StoredReader&)>& read) {
  const std::string key = job_key(run_, job, policy_.again);
  if (policy_.recall) {
    // What does not read back, for whatever reason, is done again.
    if (const auto found = store_.get(EntryKind::jobs, key); found.bytes) try {
        const Json value = Json::parse(*found.bytes);
        read(*experiment::reader_of(value));
        const std::lock_guard lock(noting_);
        ++recalled_;
        if (job.depends_on.empty()) own_.push_back(key);
        return JobFate::known;
      } catch (const std::exception&) {
      }
  }
  job.began_ns = now_ns();
  long long none = 0;
  first_ns_.compare_exchange_strong(none, job.began_ns);
  if (policy_.mine && !policy_.mine->contains(key) &&
      std::chrono::nanoseconds(job.began_ns - first_ns_) >= policy_.here_for) {
    const std::lock_guard lock(noting_);
    missing_[{job.call, job.index}] = {job, key};
    return JobFate::elsewhere;
  }
  return JobFate::here;
}

void StoredJobs::keep(const JobName& job, experiment::StoredWriter& value) {
  if (std::chrono::nanoseconds(now_ns() - job.began_ns) < policy_.worth_keeping) return;
  const std::string key = job_key(run_, job, policy_.again);
  store_.put(EntryKind::jobs, key, experiment::taken_from(value).dump());
  if (!job.depends_on.empty()) return;
  const std::lock_guard lock(noting_);
  own_.push_back(key);
}

std::vector<MissingJob> StoredJobs::missing() const {
  std::vector<MissingJob> jobs;
  for (const auto& [place, job] : missing_) jobs.push_back(job);
  return jobs;
}

std::size_t StoredJobs::recalled() const { return recalled_; }

void StoredJobs::forget() const {
  for (const auto& key : own_) store_.remove(EntryKind::jobs, key);
}

}  // namespace engine
