// An experiment is a value: a name, its parameters, a pure run function and a drawing function.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "data/dataset.hpp"
#include "experiments/parameters.hpp"
#include "experiments/result.hpp"
#include "experiments/tolerance.hpp"
#include "numerics/random.hpp"
#include "plot/figure.hpp"

namespace experiments {

/// What a run is given from outside. It opens no file, starts no thread and reads no clock itself.
struct Run {
  const data::Dataset* dataset = nullptr;  // set when the experiment declares a data set
  numerics::RandomStream random;           // the figure's root stream; jobs derive theirs from it by name
  /// Does the jobs 0 .. count-1, in any order and perhaps at once; each must write only to its own place.
  std::function<void(std::size_t count, const std::function<void(std::size_t)>& job)> for_each;
  /// Says how far a run is: `done` of `total` units of work, all jobs together. Throws when the run is to stop.
  std::function<void(double done, double total)> progress;
};

/// A number that a run exports for values and claims.
struct Export {
  std::string name;      // "sigmoid-xavier.decades"
  std::string meaning;   // with the unit
  bool indexed = false;  // a function of one integer index
};

struct Experiment {
  std::string name;     // "gradient-depth"
  std::string title;    // "Gradient norm by layer"
  std::string summary;  // what it shows, one or two sentences
  std::string file;     // where it is written, as the compiler was told: "src/experiments/gradient_depth.cpp"
  std::vector<ParameterInfo> parameters;
  /// Checks across parameters (a start of the right length ...); those of single parameters are declared.
  std::function<std::vector<ParameterError>(const Json& effective)> check;
  std::function<std::vector<Export>(const Json& effective)> exports;
  std::function<Result(const Json& effective, Run&)> run;
  std::function<plot::Figure(const Json& effective, const Result&)> draw;
  /// How far the figure's numbers may lie from those of its reference; the first that names a series holds for it.
  std::function<std::vector<Tolerance>(const Json& effective)> tolerances;

  const ParameterInfo* parameter(const std::string& wanted) const;
  bool uses_dataset() const { return parameter("dataset") != nullptr; }
};

/// An experiment in terms of its own parameter struct P.
template <class P>
struct Definition {
  std::string name, title, summary;
  Parameters<P> parameters;
  std::vector<ParameterError> (*check)(const P&) = nullptr;
  std::vector<Export> (*exports)(const P&) = nullptr;
  Result (*run)(const P&, Run&) = nullptr;
  plot::Figure (*draw)(const P&, const Result&) = nullptr;
  std::vector<Tolerance> (*tolerances)(const P&) = nullptr;
};

/// All experiments, by name.
const std::vector<Experiment>& registry();

/// The experiment of this name, or nullptr.
const Experiment* find(const std::string& name);

/// Puts an experiment into the registry; `static const bool registered = add(...)` at the end of its file.
bool add(Experiment experiment);

/// A source file's name without the folder that builds start from.
std::string source_name(std::string_view name);

template <class P>
bool add(Definition<P> d, const char* file = __builtin_FILE()) {  // std::source_location asks for Clang 16
  const auto& fields = d.parameters;
  Experiment e{d.name,  d.title, d.summary, source_name(file), fields.infos(),
               nullptr, nullptr, nullptr,   nullptr,           nullptr};
  e.check = [fields, f = d.check](const Json& j) { return f ? f(fields.read(j)) : std::vector<ParameterError>{}; };
  e.exports = [fields, f = d.exports](const Json& j) { return f ? f(fields.read(j)) : std::vector<Export>{}; };
  e.run = [fields, f = d.run](const Json& j, Run& run) { return f(fields.read(j), run); };
  e.draw = [fields, f = d.draw](const Json& j, const Result& result) { return f(fields.read(j), result); };
  e.tolerances = [fields, f = d.tolerances](const Json& j) { return f ? f(fields.read(j)) : std::vector<Tolerance>{}; };
  return add(std::move(e));
}

}  // namespace experiments
