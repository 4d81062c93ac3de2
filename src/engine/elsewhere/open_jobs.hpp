// What a document lacks, listed for others.
#pragma once

#include <string>

#include "engine/runs/runner.hpp"
#include "engine/settings.hpp"
#include "engine/sources/project.hpp"

namespace engine {

struct OpenJobs {
  std::string sheet;     // key of the list in the store; empty where nothing is missing
  std::size_t jobs = 0;  // on it
  bool failed = false;   // some experiment did, before it came to its jobs
};

/// Lists the jobs that have no value in the store. Runs whose jobs all have one are brought to their end, and so are
/// those that have no loops. Throws Interrupted, FileError, data::DataError.
OpenJobs open_jobs(const Project& project, const Settings& settings, const Listener& listener, sys::StopFlag stop);

}  // namespace engine
