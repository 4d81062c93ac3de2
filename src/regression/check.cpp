// See check.hpp.
#include "regression/check.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cairo/drawing.hpp"
#include "plot/layout.hpp"
#include "plot/locate.hpp"
#include "plot/summary.hpp"
#include "regression/data.hpp"
#include "regression/picture.hpp"
#include "regression/review.hpp"
#include "regression/scene.hpp"
#include "report/files.hpp"
#include "report/fingerprint.hpp"
#include "report/workshop.hpp"

namespace regression {
namespace {

using report::Made;
using report::Request;

/// References are small: one pixel for each CSS pixel.
constexpr double pixels_per_css_pixel = 1;

ReferenceName name_of(const Request& request) { return {request.id, request.dataset}; }

/// What a figure is now, in the form of a reference.
Json as_reference(const Made& made, const plot::Figure& figure, const report::Settings& settings) {
  const Request& r = *made.request;
  Json json{{"figure", r.id},
            {"experiment", r.experiment->name},
            {"parameters", r.parameters},
            {"seed", r.seed},
            {"dataset", nullptr}};
  if (!r.dataset.empty()) json["dataset"] = {{"name", r.dataset}, {"sha256", made.outcome.data_sha256}};
  json["data"] = data_json(made.outcome.result, r.experiment->outputs(r.parameters));
  json["scene"] = scene_json(plot::summarise(figure, drawing::text_measure()));
  json["code"] = {{"fingerprint", made.outcome.code},
                  {"functions", report::code_parts(settings.root, r.experiment->name)}};
  return json;
}

/// What of the key is not what it was when the reference was accepted.
std::vector<report::Change> changes_since(const Made& made, const Json& reference, const report::Settings& settings) {
  const Json code = reference.value("code", Json::object());
  Json before = reference;
  before["code"] = code.value("fingerprint", "");
  return report::changes_since(*made.request, made.outcome, before, code.value("functions", Json::object()),
                               report::code_parts(settings.root, made.request->experiment->name));
}

std::optional<Spot> spot_of(const Located& located, const experiment::Result& result, const plot::DrawnFigure& drawn) {
  for (const auto& panel : result.panels) {
    if (panel.title != located.panel) continue;
    for (const auto& series : panel.series) {
      const std::string kind = series.kind == experiment::SeriesKind::measured ? series.name : "";
      if (!located.series.starts_with(series.name) || (!kind.empty() && kind != located.series)) continue;
      const std::size_t i = std::min(located.deviation.index, series.x.size() - 1);
      if (const auto at = plot::locate(drawn, series.name, series.x[i], series.y[i]))
        return Spot{at->x / drawn.width, at->y / drawn.height};
    }
  }
  return std::nullopt;
}

void fail(CheckedFigure& figure, Verdict verdict, Layer layer, std::string text) {
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
        {Layer::figure, fmt::format("the experiment is {}, that of the reference {}", now.at("experiment").dump(),
                                    reference.json.at("experiment").dump())});
  for (auto& difference : compare_scene(now.at("scene"), reference.json.at("scene")))
    figure.differences.push_back(std::move(difference));
}

void compare_picture(const std::string& reference_png, CheckedFigure& figure) {
  figure.reference_png = reference_png;
  if (reference_png.empty()) {
    figure.differences.push_back({Layer::picture, "the reference has no picture"});
    return;
  }
  const auto pictures = compare_pictures(drawing::picture_of(figure.png), drawing::picture_of(reference_png));
  if (!pictures.missing_ink.empty()) figure.differences.push_back({Layer::picture, pictures.missing_ink});
  figure.rendering = pictures.words;
  if (!pictures.words.empty()) figure.difference_png = drawing::to_png(pictures.difference);
}

class Check {
 public:
  Check(report::Workshop& shop, const std::filesystem::path& references)
      : shop_(shop), references_(references), other_(other_document(references, shop.settings.chapters)) {}

  CheckSummary run(const std::vector<std::string>& ids) {
    const auto wanted = [&](const std::string& id) {
      return ids.empty() || std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    std::vector<const Request*> requests;
    for (const auto& request : shop_.project.requests)
      if (wanted(request.id)) requests.push_back(&request);
    std::vector<ReferenceName> kept;  // of figures that are no more too
    if (!other_) kept = all_references(references_);
    std::vector<ReferenceName> names = kept;
    for (const Request* request : requests) names.push_back(name_of(*request));
    shop_.made.must_be_ours(review_names(names));
    auto outcomes = shop_.runner.run(requests, std::vector<double>(requests.size(), -1), shop_.settings.force);
    CheckSummary summary;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (shop_.interrupted) throw report::Interrupted{};
      Made made;
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
      if (wanted(name.figure) && !shop_.project.find(name.figure)) summary.figures.push_back(deleted(name));
    return summary;
  }

 private:
  CheckedFigure checked(const Made& made) {
    CheckedFigure figure;
    figure.name = name_of(*made.request);
    figure.request = made.request;
    figure.seconds = made.outcome.seconds;
    figure.ran = made.outcome.ran;
    const auto reference = read(figure);
    if (!made.outcome.ok()) {
      fail(figure, Verdict::failed, Layer::figure, "the experiment failed: " + made.outcome.error);
      if (reference) figure.reference_png = reference->png;
      return figure;
    }
    figure.key = report::drawing_key(*made.request, made.outcome.key, shop_.date, shop_.hand);
    const plot::Figure drawn = report::figure_of(*made.request, made.outcome.result);
    figure.png = drawing::to_png(plot::layout(drawn, drawing::text_measure()), pixels_per_css_pixel);
    Json now = as_reference(made, drawn, shop_.settings);
    judge(now, reference, made.request->experiment->outputs(made.request->parameters), figure);
    if (reference) now["replaces"] = reference->checksum;
    figure.json = readable(now);
    if (reference && figure.verdict != Verdict::same)
      figure.changes = changes_since(made, reference->json, shop_.settings);
    if (figure.worst)
      figure.worst_spot = spot_of(*figure.worst, made.outcome.result, plot::draw(drawn, drawing::text_measure()));
    return figure;
  }

  /// A reference that cannot be read is one that differs.
  std::optional<Reference> read(CheckedFigure& figure) {
    if (other_) return std::nullopt;
    try {
      auto reference = read_reference(references_, figure.name);
      if (reference) figure.reference_checksum = reference->checksum;
      return reference;
    } catch (const report::FileError& error) {
      return Reference{Json::object(), "", ""};
    }
  }

  CheckedFigure deleted(const ReferenceName& name) {
    CheckedFigure figure;
    figure.name = name;
    if (const auto reference = read(figure)) figure.reference_png = reference->png;
    fail(figure, Verdict::deleted, Layer::figure, "the chapters have no such figure any more");
    return figure;
  }

  report::Workshop& shop_;
  const std::filesystem::path& references_;
  const std::optional<std::filesystem::path> other_;  // whose references these are, if not ours
};

}  // namespace

void judge(const Json& now, const std::optional<Reference>& reference,
           const std::vector<experiment::OutputInfo>& outputs, CheckedFigure& figure) {
  if (!reference) return fail(figure, Verdict::added, Layer::figure, "there is no reference yet");
  try {
    compare_with(now, *reference, outputs, figure);
    compare_picture(reference->png, figure);
  } catch (const std::exception& error) {
    return fail(figure, Verdict::differs, Layer::figure, fmt::format("its reference cannot be read: {}", error.what()));
  }
  if (!figure.differences.empty())
    figure.verdict = Verdict::differs;
  else
    figure.verdict = figure.rendering.empty() ? Verdict::same : Verdict::rendering_only;
}

CheckSummary check(const report::Project& project, const std::vector<std::string>& ids,
                   const report::Settings& settings, const std::filesystem::path& references,
                   const report::Listener& listener, const std::atomic<bool>& interrupted) {
  const report::FolderLock lock(settings.output);
  report::Workshop shop(project, settings, listener, interrupted);
  CheckSummary summary = Check(shop, references).run(ids);
  shop.sums.save();
  write_review(summary, settings, shop.made);
  return summary;
}

}  // namespace regression
