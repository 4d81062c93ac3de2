// See experiment_code.hpp.
#include "engine/runs/experiment_code.hpp"

#include <fmt/format.h>

#include "engine/runs/dying.hpp"
#include "experiment/drawing/default_figure.hpp"
#include "native/load.hpp"
#include "store/code_fingerprint.hpp"
#include "system/checksum.hpp"

namespace engine {
namespace {

/// A call into an experiment's code. What it depends on tells it from others in the program that starts after a death.
template <class Code>
auto call(const std::string& which, const Json& depends_on, const Code& code) {
  const std::string key = sys::sha256(Json{store::program_fingerprint(), which, depends_on}.dump());
  if (const auto death = death_of(key)) throw CodeFailure(fmt::format("{} {}", which, death->how), death->is_news);
  const Watched watched(which, key);
  const Watched::Here here(watched);
  return code();
}

/// The same, where an exception is a failure too.
template <class Code>
auto call_or_fail(const std::string& which, const Json& depends_on, const Code& code) {
  try {
    return call(which, depends_on, code);
  } catch (const CodeFailure&) {
    throw;
  } catch (const native::LoadError&) {
    throw;
  } catch (const std::exception& error) {
    throw CodeFailure(fmt::format("{} failed: {}", which, error.what()), true);
  } catch (...) {
    throw CodeFailure(fmt::format("{} stopped with an error that it did not name", which), true);
  }
}

Json inputs_of(const Request& request) {
  return {request.id,   request.place.file, request.place.line,         request.parameters,
          request.seed, request.dataset,    request.experiment->object, request.looks.drawing};
}

}  // namespace

std::vector<experiment::Experiment> loaded(const std::string& file, const std::string& object) {
  return call_or_fail(fmt::format("what {} does when it is loaded", file), sys::sha256(object),
                      [&] { return native::load(file, object); });
}

std::vector<experiment::ParameterError> parameter_errors(const experiment::Experiment& e, const Json& effective) {
  return call_or_fail(fmt::format("the check of the parameters of {}", e.name), {effective, e.object},
                      [&] { return e.check(effective); });
}

std::vector<experiment::OutputInfo> outputs_of(const experiment::Experiment& e, const Json& effective) {
  return call_or_fail(fmt::format("the declaration of the outputs of {}", e.name), {effective, e.object},
                      [&] { return e.outputs(effective); });
}

std::vector<experiment::PanelInfo> series_panels_of(const experiment::Experiment& e, const Json& effective) {
  return call_or_fail(fmt::format("the declaration of the outputs of {}", e.name), {effective, e.object},
                      [&] { return e.series_panels(effective); });
}

std::size_t panels_of(const experiment::Experiment& e, const Json& effective) {
  return call_or_fail(fmt::format("the number of panels of {}", e.name), effective,
                      [&] { return e.panels(effective); });
}

plot::Figure drawn_by_experiment(const Request& request, const experiment::Result& result) {
  const auto& e = *request.experiment;
  return call_or_fail(fmt::format("the drawing function of {}", e.name), inputs_of(request),
                      [&] { return experiment::figure_of(e, request.parameters, request.looks.drawing, result); });
}

experiment::Result restored(const Request& request, Json stored) {
  const auto& e = *request.experiment;
  return call(fmt::format("the derivation of the outputs of {}", e.name), inputs_of(request),
              [&] { return e.restore(request.parameters, std::move(stored)); });
}

}  // namespace engine
