// A second experiment of a name that another one has, for a program of the tests.
#include "experiments/experiment.hpp"

namespace {

experiments::Experiment twin() {
  experiments::Experiment e;
  e.name = "quadratic-bowl";
  e.file = "tests/cli/twin_experiments.cpp";
  return e;
}

const bool registered = experiments::add(twin());

}  // namespace
