// See open_jobs.hpp.
#include "engine/elsewhere/open_jobs.hpp"

#include "engine/build_context.hpp"

namespace engine {

OpenJobs open_jobs(const Project& project, const Settings& settings, const Listener& listener, sys::StopFlag stop) {
  BuildContext context(project, settings, listener, stop);
  std::vector<const Request*> requests;
  std::vector<RunOutcome> outcomes;
  std::vector<std::size_t> order;
  for (const auto& request : project.requests) {
    RunOutcome outcome = context.runner.look_up(request);
    if (outcome.state != RunState::identified) continue;
    order.push_back(requests.size());
    requests.push_back(&request);
    outcomes.push_back(std::move(outcome));
  }
  const auto runs = context.runner.gather(requests, outcomes, order, std::vector<std::string>(requests.size()));
  OpenJobs open;
  for (const auto& run : runs) open.jobs += run.jobs.size();
  for (const auto& outcome : outcomes) open.failed = open.failed || outcome.has_failed();
  if (open.jobs > 0) open.sheet = store_sheet(runs, settings, context.store);
  context.sums.save();
  return open;
}

}  // namespace engine
