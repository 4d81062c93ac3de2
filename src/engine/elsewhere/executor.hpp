// Who does jobs in other processes: a cluster's scheduler.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "engine/elsewhere/job_sheet.hpp"
#include "system/stop_flag.hpp"

namespace engine {

class Executor {
 public:
  /// How a list of jobs stands, counted in the store.
  struct Standing {
    std::size_t done = 0, all = 0;
    bool is_whole() const { return done == all; }
  };
  using Count = std::function<Standing()>;
  using Say = std::function<void(const std::string&)>;  // for people

  virtual ~Executor() = default;

  /// The key of the list that others are at work on since an earlier build; none: there is none.
  virtual std::optional<std::string> under_way() = 0;

  /// Whether it takes new lists, or only waits for that one.
  virtual bool submits() const = 0;

  /// Has the jobs of a list done. Throws Detached where that is not waited for, std::runtime_error where nobody takes
  /// them.
  virtual void submit(const std::string& sheet, std::size_t jobs, const Say& say) = 0;

  /// Returns when every job has a value, or no more will come. Throws Interrupted, when the jobs are given up.
  virtual void wait(const Count& count, const Say& say, sys::StopFlag stop) = 0;

  /// Where to look for what became of jobs without a value.
  virtual std::string what_to_look_at() const = 0;
};

/// Ends a build that leaves its jobs to others; the message says which.
struct Detached {
  std::string message;
};

}  // namespace engine
