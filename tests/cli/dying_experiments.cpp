// Experiments that die in each of the ways in which code can, for a program of the tests.
#include <chrono>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "../support/toolchain.hpp"
#include "experiment/experiment.hpp"

namespace {

using namespace experiment;

struct None {
  int jobs = 4;
};

Parameters<None> none() {
  Parameters<None> p;
  p.integer("jobs", &None::jobs, "how many jobs", from(1).to(100));
  return p;
}

struct Nothing {
  int none = 0;
};

/// The same program is to die of what a program before it did well.
bool is_asked_to_die() { return std::getenv("REPORT_TEST_DIES") != nullptr; }

Outputs<Nothing> outputs(const None&) {
  return Outputs<Nothing>{}.number("none", &Nothing::none, "nothing", exactly("it is nothing"));
}

Nothing fine(const None&, Run&) { return {}; }

volatile int zero = 0;
int* volatile nowhere = nullptr;

int overflow(int depth) {
  if (depth < zero) return 0;
  volatile char room[4096];
  room[depth % 4096] = 1;
  return overflow(depth + 1) + room[0];
}

DOES_WRONG Nothing by_segfault(const None& p, Run& run) {
  *nowhere = 1;
  return fine(p, run);
}
Nothing by_abort(const None&, Run&) { std::abort(); }
DOES_WRONG Nothing by_division(const None& p, Run& run) {
  const int quotient = 100 / zero;
  zero = quotient;
  return fine(p, run);
}
Nothing by_overflow(const None& p, Run& run) {
  zero = overflow(0);
  return fine(p, run);
}
void throws() { throw 1; }
void throws_where_nothing_may(void (*function)()) noexcept { function(); }
Nothing by_exception(const None& p, Run& run) {
  throws_where_nothing_may(throws);
  return fine(p, run);
}
Nothing by_exit(const None&, Run&) { std::exit(0); }
Nothing in_a_job(const None& p, Run& run) {
  run.for_each(static_cast<std::size_t>(p.jobs), [](std::size_t i) DOES_WRONG {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
    if (i == 3) *nowhere = 1;
  });
  return fine(p, run);
}

DOES_WRONG Outputs<Nothing> no_outputs(const None& p) {
  *nowhere = 1;
  return outputs(p);
}
Outputs<Nothing> outputs_that_throw(const None&) { throw std::runtime_error("no outputs today"); }
DOES_WRONG double derived(const Nothing&) {
  if (is_asked_to_die()) *nowhere = 1;
  return 1;
}
Outputs<Nothing> derived_outputs(const None&) {
  return Outputs<Nothing>{}.number("derived", derived, "one", exactly("it is one"));
}

DOES_WRONG void no_check(const None& p, std::vector<ParameterError>&) {
  if (p.jobs == 100) return;
  const int quotient = 100 / zero;
  zero = quotient;
}
void check_that_throws(const None&, std::vector<ParameterError>&) {
  throw std::runtime_error("nothing to compare with");
}

plot::Figure figure_that_throws(const None&, const Nothing&) { throw std::runtime_error("no ink"); }
DOES_WRONG plot::Figure no_figure(const None&, const Nothing&) {
  *nowhere = 1;
  return {};
}
plot::Figure empty_figure(const None&, const Nothing&) { return {}; }

bool dying(const char* name, Nothing (*run)(const None&, Run&),
           plot::Figure (*draw)(const None&, const Nothing&) = empty_figure) {
  return add(name, name, "It dies.", none(), outputs, run, draw);
}

bool living(const char* name, const Parameters<None>& parameters, Outputs<Nothing> (*its_outputs)(const None&)) {
  return add(name, name, "Its run lives.", parameters, its_outputs, fine);
}

bool dying_beside_runs() {
  return living("dies-checking", none().require(no_check), outputs) &&
         living("dies-checking-by-exception", none().require(check_that_throws), outputs) &&
         living("dies-declaring", none(), no_outputs) &&
         living("dies-declaring-by-exception", none(), outputs_that_throw) &&
         living("dies-deriving", none(), derived_outputs);
}

const bool registered = dying("dies-by-segfault", by_segfault) && dying("dies-by-abort", by_abort) &&
                        dying("dies-by-division", by_division) && dying("dies-by-overflow", by_overflow) &&
                        dying("dies-by-exception", by_exception) && dying("dies-by-exit", by_exit) &&
                        dying("dies-in-a-job", in_a_job) && dying("dies-drawing", fine, no_figure) &&
                        dying("dies-drawing-by-exception", fine, figure_that_throws) && dying_beside_runs();

}  // namespace
