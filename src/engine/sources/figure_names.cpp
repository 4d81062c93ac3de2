// See figure_names.hpp.
#include "engine/sources/figure_names.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace engine {
namespace {

using manuscript::ExportName;

std::map<std::string, double> numbers_among(const Json& parameters) {
  std::map<std::string, double> numbers;
  for (const auto& [name, value] : parameters.items())
    if (value.is_number()) numbers[name] = value.get<double>();
  return numbers;
}

std::vector<ExportName> exports_of(const Request& request, const std::map<std::string, double>& parameters) {
  std::vector<ExportName> names = export_names(request.outputs);
  for (const auto& parameter : parameters) {
    const std::string& name = parameter.first;
    if (std::none_of(names.begin(), names.end(), [&](const ExportName& e) { return e.name == name; }))
      names.push_back({name, false});
  }
  return names;
}

}  // namespace

std::vector<ExportName> export_names(const std::vector<experiment::OutputInfo>& outputs) {
  std::vector<ExportName> names;
  for (const auto& output : outputs)
    if (!output.is_curve())
      names.push_back(
          {output.name, output.kind != experiment::OutputKind::number, output.kind == experiment::OutputKind::cells});
  return names;
}

FigureNames::FigureNames(const std::vector<manuscript::Chapter>& chapters, const std::vector<Request>& requests,
                         const std::set<std::string>& withheld) {
  for (const auto& id : withheld) broken_.insert(id.substr(4));
  for (const auto& request : requests) requests_.try_emplace(request.stem(), &request);
  for (const auto& chapter : chapters)
    for (const auto& anchor : chapter.anchors)
      if (anchor.id.starts_with("fig:")) (anchor.is_broken ? broken_ : others_).insert(anchor.id.substr(4));
}

manuscript::NamedFigure FigureNames::of(const std::string& stem) const {
  const auto found = requests_.find(stem);
  if (found != requests_.end()) {
    const Request& request = *found->second;
    if (!request.bound) return {};  // its own errors say why
    return {&vocabulary_of(request).exports};
  }
  if (broken_.contains(stem)) return {};
  if (others_.contains(stem))
    return {nullptr, fmt::format("the figure '{}' is not made by an experiment, so that it has no numbers", stem)};
  std::vector<std::string> known;
  for (const auto& [name, request] : requests_) known.push_back(name);
  return {nullptr, fmt::format("there is no figure '{}'", stem), manuscript::did_you_mean(stem, known), false};
}

const std::map<std::string, double>& FigureNames::parameters(const std::string& stem) const {
  return vocabulary_of(*requests_.at(stem)).parameters;
}

const FigureNames::Vocabulary& FigureNames::vocabulary_of(const Request& request) const {
  const auto [found, is_new] = vocabularies_.try_emplace(&request);
  if (is_new) {
    found->second.parameters = numbers_among(request.parameters);
    found->second.exports = exports_of(request, found->second.parameters);
  }
  return found->second;
}

}  // namespace engine
