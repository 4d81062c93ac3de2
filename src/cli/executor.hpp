// Who does a command's jobs in other processes.
#pragma once

#include <memory>

#include "cli/options.hpp"
#include "engine/elsewhere/executor.hpp"

namespace cli {

/// What --executor names; without it, what waits for jobs that an earlier build left to others, where it did. Null:
/// nobody. While it lives Ctrl-C leaves it time to give up what it asked for.
std::unique_ptr<engine::Executor> executor_of(const Options& o);

/// The settings with it.
inline engine::Settings with(engine::Settings settings, engine::Executor* executor) {
  settings.executor = executor;
  return settings;
}

}  // namespace cli
