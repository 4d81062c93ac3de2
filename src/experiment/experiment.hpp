// An experiment is a value: a name, its parameters, its outputs, a pure run function and a pure drawing function.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiment/default_figure.hpp"
#include "experiment/outputs.hpp"
#include "experiment/parameters.hpp"
#include "experiment/run.hpp"
#include "experiment/stored.hpp"
#include "plot/figure.hpp"

namespace experiment {

struct Experiment {
  std::string name;     // "gradient-depth"
  std::string title;    // "Gradient norm by layer"
  std::string summary;  // what it shows, one or two sentences
  std::string file;     // where it is written, as the compiler was told: "src/experiments/gradient_depth.cpp"
  std::vector<ParameterInfo> parameters;
  /// Checks across parameters (a start of the right length ...); those of single parameters are declared.
  std::function<std::vector<ParameterError>(const Json& effective)> check;
  std::function<std::vector<OutputInfo>(const Json& effective)> outputs;
  /// What a run gives; it is the same as one that comes from the store.
  std::function<Result(const Json& effective, Run&)> run;
  /// The result of a run, from its `stored` form. Throws std::exception when that is of another form.
  std::function<Result(const Json& effective, Json stored)> restore;
  std::function<plot::Figure(const Json& effective, const Result&)> draw;
  /// How many panels it draws, where that is known before a run.
  std::function<std::size_t(const Json& effective)> panels = {};
  /// Files that a run reads: their content is part of the result's key. None: it reads none.
  std::function<std::vector<std::filesystem::path>(const Json& effective)> files = {};
  /// Fingerprint of what computes, where that is not code of this program.
  std::string code = {};
  bool runs_program = false;  // a run starts a program of the document's
  /// Checksum of all its code, where that is no part of this program: what is drawn and derived depends on it.
  std::string object = {};

  const ParameterInfo* parameter(const std::string& wanted) const;
  bool uses_dataset() const { return parameter("dataset") != nullptr; }
};

/// All experiments that were compiled into the program, by name.
const std::vector<Experiment>& registry();

/// The one of this name among them, or nullptr.
const Experiment* find(const std::string& name);

/// Puts an experiment into the registry.
bool add(Experiment experiment);

/// A source file's name without the folder that builds start from.
std::string source_name(std::string_view name);

/// The number of panels of a drawing whose parameters change nothing in it: `always<GradientDepth, 2>`.
template <class P, std::size_t panels>
std::size_t always(const P&) {
  return panels;
}

/// Puts an experiment into the registry, in terms of its own parameter struct P and of the struct R that its run
/// returns; `const bool registered = add(...)` at the end of its file. Where it has no `draw`, the figure follows from
/// its outputs. With `panels`, how many it draws, a reference to one that there is not is told before anything runs.
template <class P, class R>
bool add(std::string name, std::string title, std::string summary, const Parameters<P>& parameters,
         Outputs<R> (*outputs)(const P&), R (*run)(const P&, Run&), plot::Figure (*draw)(const P&, const R&) = nullptr,
         std::size_t (*panels)(const P&) = nullptr,
         const char* file = __builtin_FILE()) {  // std::source_location asks for Clang 16
  Experiment e;
  e.name = std::move(name);
  e.title = std::move(title);
  e.summary = std::move(summary);
  e.file = source_name(file);
  e.parameters = parameters.infos();
  e.check = [parameters](const Json& j) { return parameters.check(j); };
  e.outputs = [parameters, outputs](const Json& j) { return outputs(parameters.read(j)).infos(); };
  e.restore = [parameters, outputs](const Json& j, Json stored) {
    Result result = outputs(parameters.read(j)).of(from_stored<R>(stored));
    result.stored = std::move(stored);
    return result;
  };
  e.run = [parameters, run, restore = e.restore](const Json& j, Run& context) {
    return restore(j, to_stored(run(parameters.read(j), context)));
  };
  e.draw = [parameters, draw](const Json& j, const Result& result) {
    return draw ? draw(parameters.read(j), from_stored<R>(result.stored)) : default_figure(result);
  };
  if (panels)
    e.panels = [parameters, panels](const Json& j) { return panels(parameters.read(j)); };
  else if (!draw)
    e.panels = [outputs = e.outputs](const Json& j) { return panels_of(outputs(j)); };
  return add(std::move(e));
}

}  // namespace experiment

/// Experiments speak of the framework without its name.
namespace experiments {
using namespace experiment;
using enum experiment::SeriesKind;
}  // namespace experiments
