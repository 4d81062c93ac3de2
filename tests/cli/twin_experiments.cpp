// A second experiment of a name that another one has, for a program of the tests.
#include "experiment/any_experiment.hpp"
#include "experiment/experiment.hpp"

namespace {

experiment::Experiment twin() {
  experiment::Experiment e;
  e.name = "quadratic-bowl";
  e.file = "tests/cli/twin_experiments.cpp";
  return e;
}

const bool registered = experiment::add(twin());

}  // namespace
