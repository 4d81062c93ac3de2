// See answer.hpp.
#include "livefigure/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "cairo/page_svg.hpp"
#include "experiment/any_experiment.hpp"
#include "livefigure/claims.hpp"
#include "livefigure/kept_json.hpp"
#include "livefigure/laid_out_figure.hpp"
#include "livefigure/reading_json.hpp"
#include "livefigure/result_bits.hpp"

namespace livefigure {
namespace {

using experiment::Experiment;
using experiment::Json;

std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

std::string refusal(const std::string& words) { return dumped({{"error", words}}); }

/// A text of the request, empty where there is none.
std::string text_of(const Json& request, const char* key) {
  const auto at = request.find(key);
  return at != request.end() && at->is_string() ? at->get<std::string>() : "";
}

double number_of(const Json& request, const char* key) {
  const auto at = request.find(key);
  return at != request.end() && at->is_number() ? at->get<double>() : 0;
}

Json object_of(const Json& request, const char* key) {
  const auto at = request.find(key);
  return at != request.end() && at->is_object() ? *at : Json::object();
}

bool is_wanted(const Json& request, const char* what) {
  const auto list = request.find("give");
  return list != request.end() && std::any_of(list->begin(), list->end(), [&](const Json& j) { return j == what; });
}

/// The parameters, or in `errors` what is wrong with them.
experiment::Checked parameters_of(const Experiment& e, const Json& request) {
  const Json given = object_of(request, "parameters");
  for (const auto& [name, value] : given.items())
    if (!e.parameter(name)) return {nullptr, {{{name}, fmt::format("'{}' has no parameter '{}'", e.name, name)}}};
  experiment::Checked checked = experiment::effective_parameters(e.parameters, given);
  if (checked.errors.empty()) checked.errors = e.check(checked.value);
  return checked;
}

FigureShape shape_of(const Json& request) {
  const auto margin = request.find("margin");
  return {text_of(request, "title"), text_of(request, "width"), number_of(request, "height"),
          margin == request.end() || *margin != false};
}

plot::KeptLayout kept_in(const Json& request) {
  plot::KeptLayout kept = kept_from(request.value("kept", Json()));
  if (const double pace = number_of(request, "pace"); pace > 0) kept.pace = pace;
  return kept;
}

std::string values_of(const experiment::Result& result) {
  Json values = Json::object();
  for (const auto& [name, value] : result.values) values[name] = experiment::stored_number(value);
  return dumped(values);
}

std::string verdicts_on(const Json& claims, const FigureInputs& inputs, const experiment::Result& result,
                        const Json& of_report) {
  const auto report = experiment::effective_parameters(inputs.experiment->parameters, of_report);
  const auto renamed = report.errors.empty() ? renamed_exports(*inputs.experiment, report.value, inputs.parameters)
                                             : std::map<std::string, std::string>();
  Json verdicts = Json::array();
  for (const Json& claim : claims)
    verdicts.push_back(to_json(judge(term_from(claim), result, inputs.parameters, renamed)));
  return dumped(verdicts);
}

}  // namespace

std::string answer(std::string_view text, const AnswerContext& context) {
  const Json request = Json::parse(text.begin(), text.end(), nullptr, false);
  if (!request.is_object()) return refusal("the request is no JSON object");
  const Experiment* e = experiment::find(text_of(request, "experiment"));
  if (!e) return refusal(fmt::format("there is no experiment '{}' here", text_of(request, "experiment")));
  if (e->uses_dataset() && e->parameter("dataset")->default_value != "none")
    return refusal(fmt::format("'{}' reads a data set", e->name));
  const experiment::Checked parameters = parameters_of(*e, request);
  if (!parameters.errors.empty()) return refusal(parameters.errors.front().message);

  const auto seed = request.find("seed");
  const FigureInputs inputs{
      .experiment = e,
      .parameters = parameters.value,
      .looks = object_of(request, "looks"),
      .figure = text_of(request, "figure"),
      .seed = seed != request.end() && seed->is_number_unsigned() ? seed->get<std::uint64_t>() : 1,
      .shape = shape_of(request),
      .kept = kept_in(request),
      .held = held_from(request.value("held", Json()))};
  const experiment::Result result = run_alone(inputs);
  std::string parts;
  const auto give = [&](const char* what, const std::string& json) {
    parts += fmt::format("{}\"{}\":{}", parts.empty() ? "" : ",", what, json);
  };
  if (is_wanted(request, "drawing") || is_wanted(request, "reading") || is_wanted(request, "kept")) {
    LaidOutFigure figure(inputs, result, context.measure, *context.words);
    if (is_wanted(request, "reading")) {
      const std::string reading = reading_json(figure.readout());
      give("reading", reading.empty() ? "null" : reading);
    }
    if (is_wanted(request, "kept")) give("kept", dumped(to_json(figure.kept())));
    if (is_wanted(request, "drawing"))
      give("drawing", dumped(cairo::write_page_svg(figure.take_scene(), text_of(request, "prefix"),
                                                   text_of(request, "name"), text_of(request, "alt"))));
  }
  if (const auto claims = request.find("claims"); claims != request.end() && claims->is_array())
    give("claims", verdicts_on(*claims, inputs, result, object_of(request, "report")));
  if (is_wanted(request, "values")) give("values", values_of(result));
  if (is_wanted(request, "bits")) give("bits", dumped(bits_of(result)));
  return "{" + parts + "}";
}

}  // namespace livefigure
