// Claims of the text that rest on a figure alone, judged by what it gives with a reader's values.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "experiment/result.hpp"
#include "manuscript/expression.hpp"

namespace livefigure {

/// A condition as the page holds it, and back. What is no such condition is the number NaN.
experiment::Json to_json(const manuscript::Term& term);
manuscript::Term term_from(const experiment::Json& json);

/// The names of exports as the report has them, each with the one that stands in its place among a reader's values:
/// where a name says a value ("eta=0.019.final"), that of the slider in its place. Both sets of parameters are
/// effective. Empty where the two give other outputs.
std::map<std::string, std::string> renamed_exports(const experiment::Experiment& experiment,
                                                   const experiment::Json& of_report,
                                                   const experiment::Json& of_reader);

struct LiveVerdict {
  bool is_judged = false;  // else it speaks of something that is not there with these values
  bool holds = false;
  std::string numbers;  // of both sides, as manuscript::numbers_text gives them
};

/// [whether it holds, the numbers]; null where it is not judged.
experiment::Json to_json(const LiveVerdict& verdict);

/// Judges a condition without exceptions, which the page's module does not have.
LiveVerdict judge(const manuscript::Term& term, const experiment::Result& result, const experiment::Json& parameters,
                  const std::map<std::string, std::string>& renamed);

}  // namespace livefigure
