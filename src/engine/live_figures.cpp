// See live_figures.hpp.
#include "engine/live_figures.hpp"

#include <fmt/format.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <ctime>
#include <stdexcept>
#include <utility>

#include "cairo/house_advances.hpp"
#include "engine/documents.hpp"
#include "livefigure/claims.hpp"
#include "livefigure/kept_json.hpp"
#include "livefigure/trial.hpp"
#include "publish/errors.hpp"
#include "publish/page/live_module.hpp"
#include "system/checksum.hpp"

namespace engine {
namespace {

constexpr int tried_values = 13;         // of a slider, its ends among them
constexpr double long_wait = 0.15;       // seconds; a page takes up to twice as long
constexpr const char* package = "live";  // by which build-report.sh knows what the module is compiled with

livefigure::FigureInputs inputs_of(const Request& r, const Json& stays) {
  return {.experiment = r.experiment,
          .parameters = r.parameters,
          .looks = r.looks.drawing,
          .figure = r.id,
          .seed = r.seed,
          .shape = {r.looks.title, r.looks.width, r.looks.height_mm, r.document.has_margin},
          .kept = livefigure::kept_from(stays.value("kept", Json())),
          .held = livefigure::held_from(stays.value("held", Json()))};
}

/// Letters as the page's module measures them, and no others.
plot::TextExtent measure_in_page(std::string_view text, plot::Face face, double size) {
  const auto extent = extent_by(cairo::house_advances(), text, face, size);
  if (!extent) throw std::runtime_error(fmt::format("a live figure has no letters for '{}'", text));
  return *extent;
}

struct Tried {
  double value = 0;
  std::string fault;
  double seconds = 0;
};

/// What this thread has worked so far: of the time that passes, others may have had a part.
double seconds_worked() {
  timespec now{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

Tried try_value(livefigure::FigureInputs inputs, const livefigure::Control& control, double value,
                const text::Words& words) {
  inputs.parameters = with_value(inputs.parameters, control, value);
  const double before = seconds_worked();
  std::string fault = fault_with(inputs, measure_in_page, words);
  return {value, std::move(fault), seconds_worked() - before};
}

std::vector<Tried> try_range(const livefigure::FigureInputs& inputs, const livefigure::Control& control,
                             const text::Words& words) {
  std::vector<Tried> tried(tried_values);
  tbb::parallel_for(0, tried_values, [&](int i) {
    const double place = static_cast<double>(i) / (tried_values - 1);
    tried[static_cast<std::size_t>(i)] = try_value(inputs, control, value_at(control, place), words);
  });
  return tried;
}

bool is_in_module(const Request& request) { return !request.live.empty() && runs_in_page(request.live); }

/// Of each slider the first value with a fault, else the slowest of those that take too long.
Json complaints_of(const Request& request, const Json& stays, const text::Words& words) {
  const livefigure::FigureInputs inputs = inputs_of(request, stays);
  Json complaints = Json::array();
  for (const auto& control : request.live) {
    const auto tried = try_range(inputs, control, words);
    const auto wrong = std::find_if(tried.begin(), tried.end(), [](const Tried& t) { return !t.fault.empty(); });
    const auto slowest = std::max_element(tried.begin(), tried.end(),
                                          [](const Tried& a, const Tried& b) { return a.seconds < b.seconds; });
    if (wrong != tried.end())
      complaints.push_back({{"is_error", true},
                            {"message", fmt::format("with '{}' at {} there is no figure for readers: {}", control.label,
                                                    parameter_text(wrong->value), wrong->fault)}});
    else if (slowest->seconds > long_wait)
      complaints.push_back(
          {{"is_error", false},
           {"message", fmt::format("with '{}' at {} the figure takes {:.1f} seconds, longer than a reader would wait",
                                   control.label, parameter_text(slowest->value), slowest->seconds)}});
  }
  return complaints;
}

/// From the store, if the same drawing's ranges were tried before.
Json known_complaints(const FigureBuild& made, BuildContext& context) {
  const Request& request = *made.request;
  const std::string key = sys::sha256(made.drawing + " " + livefigure::to_json(request.live).dump());
  if (const auto stored = context.store.get(store::EntryKind::live_trials, key).bytes)
    if (Json known = Json::parse(*stored, nullptr, false); known.is_array()) return known;
  Json complaints = complaints_of(request, Json::parse(inline_drawing(made, context).held), context.project.words);
  context.store.put(store::EntryKind::live_trials, key, complaints.dump());
  return complaints;
}

manuscript::Diagnostic diagnostic(const Request& request, const Json& complaint, const Project& project) {
  auto told = error_at_live(request, complaint.value("message", ""), "a narrower range may leave it out", project);
  if (!complaint.value("is_error", true)) told.severity = manuscript::Severity::warning;
  return told;
}

}  // namespace

std::vector<const Statement*> claims_on(const std::string& figure, const Statements& statements) {
  std::vector<const Statement*> claims;
  for (const Statement& s : statements.claims)
    if (s.figures.size() == 1 && s.figures.front() == figure) claims.push_back(&s);
  return claims;
}

manuscript::Diagnostic error_at_live(const Request& request, const std::string& message, const std::string& hint,
                                     const Project& project) {
  for (const auto& chapter : project.chapters)
    if (chapter.source.file == request.live_place.file)
      return manuscript::error_at(chapter.source, request.live_place, message, hint);
  return {manuscript::Severity::error, request.live_place, message, "", hint};
}

std::string live_data(const Request& r, const std::string& held, const Statements& statements,
                      const text::Words& words) {
  const Json stays = Json::parse(held);
  Json claims = Json::array();
  for (const Statement* s : claims_on(r.id, statements))
    claims.push_back({{"condition", s->expression}, {"term", livefigure::to_json(s->term)}});
  const Json data{{"request",
                   {{"experiment", r.experiment->name},
                    {"figure", r.id},
                    {"seed", r.seed},
                    {"parameters", r.parameters},
                    {"looks", r.looks.drawing},
                    {"title", r.looks.title},
                    {"width", r.looks.width},
                    {"height", r.looks.height_mm},
                    {"margin", r.document.has_margin},
                    {"name", r.title(words)},
                    {"alt", r.looks.alt},
                    {"prefix", r.stem() + "-"}}},
                  {"controls", livefigure::to_json(r.live)},
                  {"claims", claims},
                  {"held", stays["held"]},
                  {"kept", stays["kept"]}};
  std::string json = data.dump(-1, ' ', false, Json::error_handler_t::replace);
  // "</script" must not end the element that this stands in.
  for (std::size_t at = 0; (at = json.find("</", at)) != std::string::npos; at += 3) json.replace(at, 2, "<\\/");
  return json;
}

std::vector<manuscript::Diagnostic> faults_of_ranges(const std::vector<FigureBuild>& figures, BuildContext& context) {
  std::vector<manuscript::Diagnostic> faults;
  for (const FigureBuild& made : figures) {
    if (!is_in_module(*made.request)) continue;
    context.stop.throw_if_set();
    for (const Json& complaint : known_complaints(made, context))
      faults.push_back(diagnostic(*made.request, complaint, context.project));
  }
  return faults;
}

Json origin_of_live_module(const Project& project) {
  if (std::none_of(project.requests.begin(), project.requests.end(), is_in_module)) return nullptr;
  const auto origin = publish::live_module_origin();
  return {{"sha256", origin.sha256}, {"compiler", origin.compiler}, {"options", origin.options}};
}

void require_live_module(const Project& project, const Settings& settings) {
  const auto& formats = settings.formats.empty() ? project.metadata.formats : settings.formats;
  if (publish::has_live_module() || std::find(formats.begin(), formats.end(), "html") == formats.end()) return;
  for (const Request& request : project.requests)
    if (is_in_module(request))
      throw publish::MissingPackage(
          fmt::format(
              "{}:{}:{}: this figure is to run live, for which this program was built without the page's module; "
              "./build-report.sh installs the compiler for it and makes it (docs/live.md), and without the key "
              "'live' the figure stands still",
              project.at_hand(request.live_place.file), request.live_place.line, request.live_place.column),
          package);
}

}  // namespace engine
