// Whether the store's results are what this machine computes: they are deterministic, so that any can be computed again
// and compared bit by bit.
#pragma once

#include <string>
#include <vector>

#include "engine/runs/runner.hpp"
#include "engine/settings.hpp"
#include "engine/sources/project.hpp"

namespace engine {

struct Audit {
  std::size_t runs = 0, of_runs = 0;        // computed again, of those that the store has a result of
  std::size_t jobs = 0;                     // of other runs, computed again
  std::vector<std::string> contradictions;  // "fig:loss: the store has another result, results/ab/..."
};

/// Computes a share of the runs of a document again that the store has, at least one, and of the jobs that it has of
/// others, drawn at random. Nothing is stored. Throws Interrupted.
Audit audit(const Project& project, double share, const Settings& settings, const Listener& listener,
            sys::StopFlag stop);

}  // namespace engine
