// How an experiment's file declares it, in terms of its own types; what the rest of the program knows of it is in
// any_experiment.hpp. JSON is not among what these headers read: each experiment would compile it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "experiment/held_panels.hpp"
#include "experiment/outputs.hpp"
#include "experiment/parameters.hpp"
#include "experiment/run.hpp"
#include "experiment/stored.hpp"
#include "plot/figure.hpp"

namespace experiment {

/// The number of panels of a drawing whose parameters change nothing in it: `always<GradientDepth, 2>`.
template <class P, std::size_t panels>
std::size_t always(const P&) {
  return panels;
}

/// What an experiment is called.
struct Naming {
  std::string_view name;     // "gradient-depth"
  std::string_view title;    // "Gradient norm by layer"
  std::string_view summary;  // what it shows, one or two sentences
  std::string_view file;     // where it is written, as the compiler was told
};

/// An experiment in terms of the addresses of its parameter struct and of what its run returns.
struct ErasedExperiment {
  using Returned = std::shared_ptr<const void>;
  ParameterList parameters;
  std::function<OutputList(const void* parameters)> outputs;
  std::function<void(const void* parameters, Run&, StoredWriter&)> run;
  Returned (*read)(StoredReader&);
  std::function<plot::Figure(const void* parameters, const void* returned, const HeldPanels&)> draw;  // may be empty
  std::function<std::size_t(const void* parameters)> panels;                                          // may be empty
};

/// Puts it into the registry.
bool add(const Naming& naming, ErasedExperiment erased);

/// All but its drawing.
template <class P, class R>
ErasedExperiment erase(const Parameters<P>& parameters, Outputs<R> (*outputs)(const P&), R (*run)(const P&, Run&),
                       std::size_t (*panels)(const P&)) {
  static constexpr auto of = [](const void* p) -> const P& { return *static_cast<const P*>(p); };
  ErasedExperiment erased{
      parameters.list(),
      [outputs](const void* p) { return outputs(of(p)).list(); },
      [run](const void* p, Run& context, StoredWriter& out) { write_stored(out, run(of(p), context)); },
      [](StoredReader& stored) -> ErasedExperiment::Returned {
        const auto returned = std::make_shared<R>();
        read_stored(stored, *returned);
        return returned;
      },
      {},
      {}};
  if (panels) erased.panels = [panels](const void* p) { return panels(of(p)); };
  return erased;
}

/// Puts an experiment into the registry, in terms of its own parameter struct P and of the struct R that its run
/// returns; `const bool registered = add(...)` at the end of its file. Where it has no `draw`, the figure follows from
/// its outputs. With `panels`, how many it draws, a reference to one that there is not is told before anything runs.
template <class P, class R>
bool add(std::string_view name, std::string_view title, std::string_view summary, const Parameters<P>& parameters,
         Outputs<R> (*outputs)(const P&), R (*run)(const P&, Run&), plot::Figure (*draw)(const P&, const R&) = nullptr,
         std::size_t (*panels)(const P&) = nullptr,
         const char* file = __builtin_FILE()) {  // std::source_location asks for Clang 16
  ErasedExperiment erased = erase(parameters, outputs, run, panels);
  if (draw)
    erased.draw = [draw](const void* p, const void* r, const HeldPanels&) {
      return draw(*static_cast<const P*>(p), *static_cast<const R*>(r));
    };
  return add({name, title, summary, file}, std::move(erased));
}

/// The same with a drawing that has windows of its own, which it moves no farther from those that are held than it
/// must.
template <class P, class R>
bool add(std::string_view name, std::string_view title, std::string_view summary, const Parameters<P>& parameters,
         Outputs<R> (*outputs)(const P&), R (*run)(const P&, Run&),
         plot::Figure (*draw)(const P&, const R&, const HeldPanels&), std::size_t (*panels)(const P&) = nullptr,
         const char* file = __builtin_FILE()) {
  ErasedExperiment erased = erase(parameters, outputs, run, panels);
  erased.draw = [draw](const void* p, const void* r, const HeldPanels& held) {
    return draw(*static_cast<const P*>(p), *static_cast<const R*>(r), held);
  };
  return add({name, title, summary, file}, std::move(erased));
}

}  // namespace experiment

/// Experiments speak of the framework without its name.
namespace experiments {
using namespace experiment;
using enum experiment::SeriesKind;
}  // namespace experiments
