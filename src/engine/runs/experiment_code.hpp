// Calls into an experiment's code other than its run. Whatever ends one, an exception or a signal, is thrown as a
// CodeFailure that names the experiment and which of its functions it was; after a signal, by the program that started
// itself anew.
#pragma once

#include <stdexcept>
#include <string>
#include <vector>

#include "engine/sources/request.hpp"
#include "experiment/any_experiment.hpp"

namespace engine {

struct CodeFailure : std::runtime_error {
  CodeFailure(const std::string& what, bool news) : std::runtime_error(what), is_news(news) {}
  bool is_news;  // told by no program before this one
};

/// What an object registers that is loaded; loading runs code of it. Throws native::LoadError too.
std::vector<experiment::Experiment> loaded(const std::string& file, const std::string& object);

std::vector<experiment::ParameterError> parameter_errors(const experiment::Experiment&, const Json& effective);
std::vector<experiment::OutputInfo> outputs_of(const experiment::Experiment&, const Json& effective);
/// Of an experiment that knows it before a run.
std::vector<experiment::PanelInfo> series_panels_of(const experiment::Experiment&, const Json& effective);
std::size_t panels_of(const experiment::Experiment&, const Json& effective);
plot::Figure drawn_by_experiment(const Request&, const experiment::Result&);

/// An exception is passed on as it is: what is stored may be damaged.
experiment::Result restored(const Request&, Json stored);

}  // namespace engine
