// See live_frames.hpp.
#include "engine/live_frames.hpp"

#include <fmt/format.h>

#include <limits>
#include <list>
#include <stdexcept>
#include <utility>

#include "cairo/drawing.hpp"
#include "engine/documents.hpp"
#include "engine/live_figures.hpp"
#include "livefigure/claims.hpp"
#include "livefigure/held_axes.hpp"
#include "livefigure/kept_json.hpp"
#include "livefigure/laid_out_figure.hpp"
#include "livefigure/reading_json.hpp"
#include "system/checksum.hpp"

namespace engine {
namespace {

bool has_frames(const Request& request) { return !request.live.empty() && !runs_in_page(request.live); }

/// The figure's directive with another value of what moves, as if it were written so.
Request request_with(const Request& request, double value) {
  Request changed = request;
  const livefigure::Control& control = request.live.front();
  changed.parameters = livefigure::with_value(request.parameters, control, value);
  changed.variant = fmt::format("'{}' at {}", control.label, parameter_text(value));
  return changed;
}

/// The event of the failure has told the rest.
std::string first_line(const std::string& error) { return error.substr(0, error.find('\n')); }

/// The requests of a figure's frames but the report's own, in their order.
std::list<Request> requests_of(const Request& request) {
  std::list<Request> requests;
  const livefigure::Control& control = request.live.front();
  for (const double value : control.frames)
    if (value != control.value) requests.push_back(request_with(request, value));
  return requests;
}

std::vector<RunOutcome> outcomes_of(const std::list<Request>& requests, BuildContext& context) {
  std::vector<const Request*> pointers;
  for (const Request& request : requests) pointers.push_back(&request);
  return context.runner.run(pointers, std::vector<double>(pointers.size(), -1), Rerun::nothing);
}

Json verdicts_on(const std::vector<const Statement*>& claims, const Request& report, const Request& frame,
                 const experiment::Result& result) {
  const auto renamed = livefigure::renamed_exports(*report.experiment, report.parameters, frame.parameters);
  Json verdicts = Json::array();
  for (const Statement* claim : claims)
    verdicts.push_back(livefigure::to_json(livefigure::judge(claim->term, result, frame.parameters, renamed)));
  return verdicts;
}

/// What the page has of one frame.
struct Frame {
  Json drawing, reading, claims;  // null at the report's own value
};

/// The text alternative, with what was moved.
std::string alt_of(const Request& frame, const text::Words& words) {
  const livefigure::Control& control = frame.live.front();
  const Json& moved = frame.parameters.at(control.parameter);
  const Json& value = control.element ? moved.at(*control.element) : moved;
  return words.say({"live_alt", {{"alt", frame.looks.alt}, {"values", control.label + " " + parameter_text(value)}}});
}

Frame frame_of(const FigureBuild& made, const Request& frame, const RunOutcome& outcome, const Json& stays,
               const BuildContext& context) {
  const text::Words& words = context.project.words;
  plot::KeptLayout kept = livefigure::kept_from(stays.value("kept", Json()));
  kept.pace = std::numeric_limits<double>::infinity();  // from one frame to the next labels go at once
  livefigure::LaidOutFigure figure(figure_of(frame, outcome.result), livefigure::held_from(stays.value("held", Json())),
                                   std::move(kept), cairo::text_measure(), words);
  const std::string reading = livefigure::reading_json(figure.readout());
  return {
      cairo::to_inline_svg(figure.take_scene(), "live-" + frame.stem() + "-", frame.title(words), alt_of(frame, words)),
      reading.empty() ? Json() : Json::parse(reading),
      verdicts_on(claims_on(frame.id, context.project.statements), *made.request, frame, outcome.result)};
}

std::string to_json(const std::vector<Frame>& frames) {
  Json drawings = Json::array(), readings = Json::array(), claims = Json::array();
  for (const Frame& frame : frames) {
    drawings.push_back(frame.drawing);
    readings.push_back(frame.reading);
    claims.push_back(frame.claims);
  }
  const Json json{{"drawings", drawings}, {"readings", readings}, {"claims", claims}};
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

/// All that the frames follow from: what the report's own drawing does, which values, and what is judged.
std::string key_of(const FigureBuild& made, const BuildContext& context) {
  std::string inputs = made.drawing + " " + livefigure::to_json(made.request->live).dump();
  for (const Statement* claim : claims_on(made.request->id, context.project.statements))
    inputs += "\n" + claim->expression;
  return sys::sha256(inputs);
}

}  // namespace

std::string frames_of(const FigureBuild& made, BuildContext& context) {
  const Request& request = *made.request;
  if (!has_frames(request)) return "";
  const std::string key = key_of(made, context);
  if (auto stored = context.store.get(store::EntryKind::live_frames, key); stored.bytes)
    return std::move(*stored.bytes);
  const std::list<Request> requests = requests_of(request);
  const std::vector<RunOutcome> outcomes = outcomes_of(requests, context);
  const Json stays = Json::parse(inline_drawing(made, context).held, nullptr, false);
  std::vector<Frame> frames;
  auto frame = requests.begin();
  auto outcome = outcomes.begin();
  for (const double value : request.live.front().frames) {
    if (value == request.live.front().value) {
      frames.emplace_back();
      continue;
    }
    if (outcome->has_failed()) throw std::runtime_error(outcome->error);
    frames.push_back(frame_of(made, *frame++, *outcome++, stays, context));
  }
  std::string json = to_json(frames);
  context.store.put(store::EntryKind::live_frames, key, json);
  return json;
}

std::vector<manuscript::Diagnostic> faults_of_frames(const std::vector<FigureBuild>& figures, BuildContext& context) {
  std::list<Request> requests;
  for (const FigureBuild& made : figures)
    if (has_frames(*made.request) && !context.store.get(store::EntryKind::live_frames, key_of(made, context)).bytes)
      requests.splice(requests.end(), requests_of(*made.request));
  const std::vector<RunOutcome> outcomes = outcomes_of(requests, context);
  std::vector<manuscript::Diagnostic> faults;
  auto outcome = outcomes.begin();
  for (const Request& request : requests) {
    if (outcome->has_failed())
      faults.push_back(
          error_at_live(request, first_line(outcome->error), "other frames may leave it out", context.project));
    ++outcome;
  }
  return faults;
}

}  // namespace engine
