// An experiment is a value: a name, its parameters, its outputs, a pure run function and a pure drawing function.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "experiment/held_panels.hpp"
#include "experiment/json.hpp"
#include "experiment/output_info.hpp"
#include "experiment/parameter_type.hpp"
#include "experiment/result.hpp"
#include "experiment/run.hpp"
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
  /// Empty where it is drawn from its series (drawing/default_figure.hpp).
  std::function<plot::Figure(const Json& effective, const Result&)> draw = {};
  /// The same drawing, with what is held while a reader moves. Empty where `draw` is, or has nothing to hold.
  std::function<plot::Figure(const Json& effective, const Result&, const HeldPanels&)> draw_held = {};
  /// The panels of its series, where it is drawn from them.
  std::function<std::vector<PanelInfo>(const Json& effective)> series_panels = {};
  /// How many panels it draws, where that is known before a run.
  std::function<std::size_t(const Json& effective)> panels = {};
  /// Files that a run reads: their content is part of the result's key. None: it reads none.
  std::function<std::vector<std::filesystem::path>(const Json& effective)> files = {};
  /// Fingerprint of what computes, where that is not code of this program.
  std::string code = {};
  bool runs_program = false;  // a run starts a program of the document's
  /// Checksum of all its code, where that is no part of this program: what is drawn and derived depends on it.
  std::string object = {};
  std::shared_ptr<const std::string> object_bytes = {};  // that code, for other machines

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

}  // namespace experiment
