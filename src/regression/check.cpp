// See check.hpp.
#include "regression/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cairo/drawing.hpp"
#include "engine/build_context.hpp"
#include "engine/runs/code_of.hpp"
#include "engine/runs/experiment_code.hpp"
#include "plot/find_data_point.hpp"
#include "plot/layout/layout.hpp"
#include "plot/summary.hpp"
#include "regression/data.hpp"
#include "regression/figure_summary.hpp"
#include "regression/picture.hpp"
#include "regression/review.hpp"
#include "system/files.hpp"

namespace regression {
namespace {

using engine::FigureBuild;
using engine::Request;

/// References are small: one pixel for each CSS pixel.
constexpr double pixels_per_css_pixel = 1;

ReferenceName name_of(const Request& request) { return {request.id, request.dataset}; }

/// What a figure is now, in the form of a reference.
Json as_reference(const FigureBuild& made, const plot::Figure& figure, const engine::Settings& settings) {
  const Request& r = *made.request;
  Json json = engine::to_json(made.outcome.provenance);
  json["data"] = data_json(made.outcome.result, r.outputs);
  json["scene"] = scene_json(plot::summarise(figure, cairo::text_measure()));
  json["functions"] = engine::code_parts(*r.experiment, settings);
  return json;
}

/// What of the key is not what it was when the reference was accepted.
std::vector<engine::Change> changes_since(const FigureBuild& made, const Json& reference,
                                          const engine::Settings& settings) {
  return engine::changes_since(made.outcome.provenance, reference, reference.value("functions", Json::object()),
                               engine::code_parts(*made.request->experiment, settings));
}

std::optional<Spot> spot_of(const Located& located, const experiment::Result& result, const plot::DrawnFigure& drawn) {
  for (const auto& panel : result.panels) {
    if (panel.title != located.series.panel) continue;
    for (const auto& series : panel.series) {
      if (series.name != located.series.name || experiment::name_of(series.kind) != located.series.kind) continue;
      const std::size_t i = std::min(located.deviation.index, series.x.size() - 1);
      if (const auto at = plot::find_data_point(drawn, series.name, series.x[i], series.y[i]))
        return Spot{at->x / drawn.width, at->y / drawn.height};
    }
  }
  return std::nullopt;
}

void fail(CheckedFigure& figure, FigureVerdict verdict, ComparisonLayer layer, std::string text) {
  figure.verdict = verdict;
  figure.differences.push_back({layer, std::move(text)});
}

void compare_with(const Json& now, const Reference& reference, const std::vector<experiment::OutputInfo>& outputs,
                  CheckedFigure& figure) {
  auto data = compare_data(now.at("data"), reference.json.at("data"), outputs);
  figure.differences = std::move(data.differences);
  figure.worst = std::move(data.worst);
  figure.values = value_table(now.at("data").at("values"), reference.json.at("data").at("values"), outputs);
  if (now.at("experiment") != reference.json.at("experiment"))
    figure.differences.insert(
        figure.differences.begin(),
        {ComparisonLayer::figure, fmt::format("the experiment is {}, that of the reference {}",
                                              now.at("experiment").dump(), reference.json.at("experiment").dump())});
  for (auto& difference : compare_scene(now.at("scene"), reference.json.at("scene")))
    figure.differences.push_back(std::move(difference));
}

void compare_picture(const std::string& reference_png, CheckedFigure& figure) {
  figure.reference_png = reference_png;
  if (reference_png.empty()) {
    figure.differences.push_back({ComparisonLayer::picture, "the reference has no picture"});
    return;
  }
  const auto pictures = compare_pictures(cairo::picture_of(figure.png), cairo::picture_of(reference_png));
  if (!pictures.missing_ink.empty()) figure.differences.push_back({ComparisonLayer::picture, pictures.missing_ink});
  figure.rendering = pictures.words;
  if (!pictures.words.empty()) figure.difference_png = cairo::to_png(pictures.difference);
}

class Check {
 public:
  Check(engine::BuildContext& context, const std::filesystem::path& references)
      : context_(context), references_(references), other_(other_document(references, context.settings.chapters)) {}

  CheckSummary run(const std::vector<std::string>& ids) {
    const auto wanted = [&](const std::string& id) {
      return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    std::vector<const Request*> requests;
    for (const auto& request : context_.project.requests)
      if (wanted(request.id)) requests.push_back(&request);
    std::vector<ReferenceName> kept;  // of figures that are no more too
    if (!other_) kept = all_references(references_);
    std::vector<ReferenceName> names = kept;
    for (const Request* request : requests) names.push_back(name_of(*request));
    context_.made.must_be_ours(review_names(names));
    auto outcomes = context_.runner.run(requests, std::vector<double>(requests.size(), -1),
                                        context_.settings.force ? engine::Rerun::all : engine::Rerun::programs);
    CheckSummary summary;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      context_.stop.throw_if_set();
      FigureBuild made;
      made.request = requests[i];
      made.outcome = std::move(outcomes[i]);
      summary.figures.push_back(checked(made));
    }
    if (other_)
      summary.note = fmt::format(
          "{} holds the references of another document ({}); there are none for this one. Its own go to another "
          "folder: --references",
          references_.string(), other_->string());
    for (const auto& name : kept)
      if (wanted(name.figure) && !context_.project.find(name.figure)) summary.figures.push_back(deleted(name));
    return summary;
  }

 private:
  CheckedFigure checked(const FigureBuild& made) {
    CheckedFigure figure;
    figure.name = name_of(*made.request);
    figure.request = made.request;
    figure.seconds = made.outcome.seconds;
    figure.ran = made.outcome.state == engine::RunState::computed;
    const auto reference = read(figure);
    plot::Figure drawn;
    std::string failure = made.outcome.error;
    if (!made.outcome.has_failed()) try {
        drawn = engine::figure_of(*made.request, made.outcome.result);
      } catch (const engine::CodeFailure& of_drawing) {
        failure = of_drawing.what();
      }
    if (!failure.empty()) {
      fail(figure, FigureVerdict::failed, ComparisonLayer::figure, "the experiment failed: " + failure);
      if (reference) figure.reference_png = reference->png;
      return figure;
    }
    figure.key = engine::drawing_key(*made.request, made.outcome.key, context_.date, context_.drawing_code);
    figure.png = cairo::to_png(plot::layout(drawn, cairo::text_measure(), context_.project.words), pixels_per_css_pixel,
                               cairo::Theme::light, made.request->document.inks);
    Json now = as_reference(made, drawn, context_.settings);
    judge(now, reference, made.request->outputs, figure);
    if (reference) now["replaces"] = reference->checksum;
    figure.json = readable(now);
    if (reference && figure.verdict != FigureVerdict::same)
      figure.changes = changes_since(made, reference->json, context_.settings);
    if (figure.worst)
      figure.worst_spot =
          spot_of(*figure.worst, made.outcome.result, plot::draw(drawn, cairo::text_measure(), context_.project.words));
    return figure;
  }

  /// A reference that cannot be read is one that differs.
  std::optional<Reference> read(CheckedFigure& figure) {
    if (other_) return std::nullopt;
    try {
      auto reference = read_reference(references_, figure.name);
      if (reference) figure.reference_checksum = reference->checksum;
      return reference;
    } catch (const sys::FileError& error) {
      return Reference{Json::object(), "", ""};
    }
  }

  CheckedFigure deleted(const ReferenceName& name) {
    CheckedFigure figure;
    figure.name = name;
    if (const auto reference = read(figure)) figure.reference_png = reference->png;
    fail(figure, FigureVerdict::deleted, ComparisonLayer::figure, "the chapters have no such figure any more");
    return figure;
  }

  engine::BuildContext& context_;
  const std::filesystem::path& references_;
  const std::optional<std::filesystem::path> other_;  // whose references these are, if not ours
};

}  // namespace

void judge(const Json& now, const std::optional<Reference>& reference,
           const std::vector<experiment::OutputInfo>& outputs, CheckedFigure& figure) {
  if (!reference) return fail(figure, FigureVerdict::added, ComparisonLayer::figure, "there is no reference yet");
  try {
    compare_with(now, *reference, outputs, figure);
    compare_picture(reference->png, figure);
  } catch (const std::exception& error) {
    return fail(figure, FigureVerdict::differs, ComparisonLayer::figure,
                fmt::format("its reference cannot be read: {}", error.what()));
  }
  if (!figure.differences.empty())
    figure.verdict = FigureVerdict::differs;
  else
    figure.verdict = figure.rendering.empty() ? FigureVerdict::same : FigureVerdict::rendering_only;
}

CheckSummary check(const engine::Project& project, const std::vector<std::string>& ids,
                   const engine::Settings& settings, const std::filesystem::path& references,
                   const engine::Listener& listener, sys::StopFlag stop) {
  const sys::FolderLock lock(settings.output);
  engine::BuildContext context(project, settings, listener, stop);
  CheckSummary summary = Check(context, references).run(ids);
  context.sums.save();
  write_review(summary, settings, context.made);
  return summary;
}

}  // namespace regression
