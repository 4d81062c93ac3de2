// REPORT_LIVE_EXPERIMENTS are the names of those in the page's module (src/wasm/module.cmake). See can_run.hpp.
#include "livefigure/can_run.hpp"

#include <algorithm>
#include <string_view>

namespace livefigure {
namespace {

bool is_in_module(std::string_view name) {
  std::string_view names = REPORT_LIVE_EXPERIMENTS;
  while (!names.empty()) {
    const std::string_view first = names.substr(0, names.find(' '));
    if (first == name) return true;
    names.remove_prefix(std::min(first.size() + 1, names.size()));
  }
  return false;
}

}  // namespace

std::string why_not(const experiment::Experiment& e) {
  if (experiment::find(e.name) == &e && is_in_module(e.name)) return "";
  if (e.runs_program) return "it is a program, and a page runs none";
  if (!e.object.empty()) return "it is the document's own code, of which the page's module is not made";
  if (e.name == "table") return "its numbers are those of a file, and nothing is computed";
  if (e.uses_dataset()) return "its networks take seconds or minutes, or read images that the page does not hold";
  return "a run takes too long to follow a reader's hand";
}

}  // namespace livefigure
