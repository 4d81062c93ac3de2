// Runs an experiment on gradient descent in few parameters with some parameters changed, as the
// engine would.
#pragma once

#include <string>

#include "catch.hpp"
#include "experiment/experiment.hpp"
#include "plot/layout.hpp"

namespace descent_run {

using experiment::Json;

inline Json effective(const std::string& name, const Json& given) {
  const auto checked = experiment::effective_parameters(experiment::find(name)->parameters, given);
  REQUIRE(checked.errors.empty());
  return checked.value;
}

inline std::vector<experiment::ParameterError> errors(const std::string& name, const Json& given) {
  return experiment::find(name)->check(effective(name, given));
}

inline experiment::Result result(const std::string& name, const Json& given = Json::object()) {
  experiment::Run run;
  run.for_each = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(i);
  };
  run.progress = [](double done, double total) { CHECK(done <= total); };
  return experiment::find(name)->run(effective(name, given), run);
}

/// Every value and function that a run gives is declared, and every declared one is given.
inline void check_exports(const std::string& name, const Json& given = Json::object()) {
  const auto r = result(name, given);
  std::size_t functions = 0, values = 0;
  for (const auto& e : experiment::find(name)->exports(effective(name, given))) {
    INFO(e.name);
    CHECK((e.indexed ? r.functions.count(e.name) : r.values.count(e.name)) == 1);
    CHECK(e.name.find_first_of(" (") == std::string::npos);
    ++(e.indexed ? functions : values);
  }
  CHECK(functions == r.functions.size());
  CHECK(values == r.values.size());
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
