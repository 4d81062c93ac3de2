// Runs an experiment on gradient descent in few parameters with some parameters changed, as the
// engine would.
#pragma once

#include <string>

#include "catch.hpp"
#include "experiment/any_experiment.hpp"
#include "plot/layout/layout.hpp"
#include "support/experiments.hpp"

namespace descent_run {

using experiment::Json;

inline Json effective(const std::string& name, const Json& given) {
  return support::effective(*experiment::find(name), given);
}

inline std::vector<experiment::ParameterError> errors(const std::string& name, const Json& given) {
  return experiment::find(name)->check(effective(name, given));
}

inline experiment::Result result(const std::string& name, const Json& given = Json::object()) {
  experiment::Run run = support::serial_run();
  run.random = numerics::RandomStream();
  return experiment::find(name)->run(effective(name, given), run);
}

/// Text of fixed pitch, so that figures can be laid out without fonts.
inline plot::TextExtent measure(std::string_view text, plot::Face, double size) {
  return {0.5 * size * static_cast<double>(text.size()), 0.7 * size, 0.25 * size};
}

inline plot::Figure figure(const std::string& name, const Json& given, const experiment::Result& result) {
  return experiment::find(name)->draw(effective(name, given), result);
}

/// The figure of a run, laid out; labels that the layout does not understand would throw.
inline plot::Scene scene(const std::string& name, const Json& given = Json::object()) {
  return plot::layout(figure(name, given, result(name, given)), measure);
}

}  // namespace descent_run
