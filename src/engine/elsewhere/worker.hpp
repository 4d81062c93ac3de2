// Doing a share of a list of jobs, on a machine that has no document.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/runs/runner.hpp"
#include "engine/settings.hpp"

namespace engine {

struct Share {
  std::string sheet;      // key of the list
  std::size_t index = 0;  // from 0
  std::size_t of = 1;
};

struct ShareSummary {
  std::size_t jobs = 0;             // of the share
  std::size_t done = 0;             // that have a value now
  std::size_t unsent = 0;           // that a server did not take, though it should
  std::vector<std::string> faults;  // why jobs have none
};

/// Does what the store lacks of a share. A run that this machine would do otherwise, since its program, its data or its
/// arithmetic is another, is refused. Throws Interrupted, and std::runtime_error where the list is not there.
ShareSummary do_share(const Share& share, const Settings& settings, const Listener& listener, sys::StopFlag stop);

}  // namespace engine
