// The values of a run's jobs, kept: a run goes on where one was stopped, and other processes do jobs for it.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "experiment/stored.hpp"

namespace experiment {

/// One job of a run.
struct JobName {
  int call = 0;              // of `each` and `table`, counted from 0
  std::size_t index = 0;     // among the call's jobs
  std::size_t count = 1;     // of the call's jobs
  std::string depends_on{};  // what a job reads that captures nothing: its kind and its items; else empty
  long long began_ns = 0;    // for whoever keeps its value
};

/// What is to become of a job.
enum class JobFate {
  known,     // its value was read
  here,      // this process is to do it
  elsewhere  // another process is to do it, or does
};

/// Where values are kept. May be called by several threads at once.
class KeptJobs {
 public:
  virtual ~KeptJobs() = default;

  /// Calls `read` with the job's value where there is one.
  virtual JobFate take(JobName& job, const std::function<void(StoredReader&)>& read) = 0;

  /// The value of a job that was done here.
  virtual void keep(const JobName& job, StoredWriter& value) = 0;
};

/// Leaves a run some of whose jobs are done elsewhere. It is not an error, and so no std::exception.
struct JobsElsewhere {};

}  // namespace experiment
