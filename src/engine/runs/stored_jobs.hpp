// The jobs of a run in the store: what was done is not done again, and who else does them leaves their values here.
#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/runs/provenance.hpp"
#include "experiment/kept_jobs.hpp"
#include "store/store.hpp"

namespace engine {

/// The key of a job's value: of its run's key and its number, or, of a job that captures nothing, of what it reads and
/// all of the run's provenance but the parameters. `again` tells runs from one another that are forced.
std::string job_key(const Provenance& run, const experiment::JobName& job, const std::string& again = "");

/// The same for a run as a whole, where it is one job.
std::string whole_run_key(const std::string& result_key, const std::string& again = "");

/// A job that has no value yet.
struct MissingJob {
  experiment::JobName name;
  std::string key;
};

class StoredJobs : public experiment::KeptJobs {
 public:
  struct Policy {
    bool recall = true;  // take what is in the store
    /// Of jobs that are in no store: null, all are done here; else those of these keys, and the others elsewhere.
    const std::set<std::string>* mine = nullptr;
    std::chrono::milliseconds here_for{0};        // for so long jobs are done here whose they are not
    std::chrono::milliseconds worth_keeping{50};  // of a job: what took less is sooner done again
    std::string again{};
  };
  StoredJobs(const store::Store& store, const Provenance& run, Policy policy);

  experiment::JobFate take(experiment::JobName& job,
                           const std::function<void(experiment::StoredReader&)>& read) override;
  void keep(const experiment::JobName& job, experiment::StoredWriter& value) override;

  /// Those that are left to others, in order.
  std::vector<MissingJob> missing() const;

  /// How many were taken from the store.
  std::size_t recalled() const;

  /// Removes the values that no other run can use; for when the run's result is stored.
  void forget() const;

 private:
  const store::Store& store_;
  const Provenance& run_;
  const Policy policy_;
  mutable std::mutex noting_;
  std::atomic<long long> first_ns_{0};  // when the first job was asked for
  std::map<std::pair<int, std::size_t>, MissingJob> missing_;
  std::size_t recalled_ = 0;
  std::vector<std::string> own_;  // keys of values in the store that depend on the whole run
};

}  // namespace engine
