// An experiment is a value: a name, its parameters, its outputs, a pure run function and a pure drawing function.
#pragma once

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
  std::function<Result(const Json& effective, const Json& stored)> restore;
  std::function<plot::Figure(const Json& effective, const Result&)> draw;

  const ParameterInfo* parameter(const std::string& wanted) const;
  bool uses_dataset() const { return parameter("dataset") != nullptr; }
};

/// An experiment in terms of its own parameter struct P and of the struct R that its run returns. Where it has no
/// `draw`, the figure follows from its outputs.
template <class P, class R>
struct Definition {
  std::string name, title, summary;
  Parameters<P> parameters;
  std::vector<ParameterError> (*check)(const P&) = nullptr;
  Outputs<R> (*outputs)(const P&) = nullptr;
  R (*run)(const P&, Run&) = nullptr;
  plot::Figure (*draw)(const P&, const R&) = nullptr;
};

/// All experiments, by name.
const std::vector<Experiment>& registry();

/// The experiment of this name, or nullptr.
const Experiment* find(const std::string& name);

/// Puts an experiment into the registry; `static const bool registered = add(...)` at the end of its file.
bool add(Experiment experiment);

/// A source file's name without the folder that builds start from.
std::string source_name(std::string_view name);

template <class P, class R>
bool add(Definition<P, R> d, const char* file = __builtin_FILE()) {  // std::source_location asks for Clang 16
  const auto& fields = d.parameters;
  Experiment e{d.name, d.title, d.summary, source_name(file), fields.infos(), {}, {}, {}, {}, {}};
  e.check = [fields, f = d.check](const Json& j) { return f ? f(fields.read(j)) : std::vector<ParameterError>{}; };
  e.outputs = [fields, f = d.outputs](const Json& j) { return f(fields.read(j)).infos(); };
  e.restore = [fields, f = d.outputs](const Json& j, const Json& stored) {
    Result result = f(fields.read(j)).of(from_stored<R>(stored));
    result.stored = stored;
    return result;
  };
  e.run = [fields, f = d.run, restore = e.restore](const Json& j, Run& run) {
    return restore(j, to_stored(f(fields.read(j), run)));
  };
  e.draw = [fields, f = d.draw](const Json& j, const Result& result) {
    return f ? f(fields.read(j), from_stored<R>(result.stored)) : default_figure(result);
  };
  return add(std::move(e));
}

}  // namespace experiment

/// Experiments speak of the framework without its name.
namespace experiments {
using namespace experiment;
}
