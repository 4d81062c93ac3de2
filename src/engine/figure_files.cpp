// Data files hold every point that was computed; pictures come from the store where it has them.
#include "engine/figure_files.hpp"

#include <fmt/format.h>

#include "data/catalogue.hpp"
#include "engine/manifest.hpp"
#include "experiment/result_json.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace engine {
namespace {

bool files_stand(const Json& files, BuildContext& context) {
  if (files.empty()) return false;
  for (const auto& [name, checksum] : files.items())
    if (!checksum.is_string() || context.sums.sha256(context.settings.output / name) != checksum.get<std::string>())
      return false;
  return true;
}

}  // namespace

FigureBuild identify(const Request& request, BuildContext& context, const Json* before) {
  FigureBuild made;
  made.request = &request;
  made.outcome = context.runner.identify(request);
  made.drawing = drawing_key(request, made.outcome.key, context.date, context.drawing_code);
  if (!before) return made;
  made.outcome.seconds = before->value("seconds", -1.0);
  if (before->value("result", "") != made.outcome.key || before->value("drawing", "") != made.drawing) return made;
  made.on_disk = files_stand(before->value("files", Json::object()), context);
  if (made.on_disk) made.entry = manifest_entry(request, made.outcome, made.drawing, before->at("files"));
  return made;
}

std::vector<std::string> file_names(const Request& request) {
  const std::string stem = request.stem();
  return {"data/" + stem + ".csv", "data/" + stem + ".json", "figures/" + stem + ".pdf", "figures/" + stem + ".svg",
          "figures/" + stem + ".png"};
}

void write_figure(FigureBuild& made, BuildContext& context) {
  const Drawing drawing =
      draw(*made.request, made.outcome, context.date, made.drawing, context.store, context.project.words);
  const std::string csv = experiment::to_csv(made.outcome.result);
  const std::string json = experiment::to_json_text(to_json(made.outcome.provenance), made.outcome.result) + "\n";
  std::vector<std::pair<std::filesystem::path, std::string_view>> contents;
  std::map<std::string, std::string> sums;
  Json files = Json::object();
  const std::string* const bytes[] = {&csv, &json, &drawing.pdf, &drawing.svg, &drawing.png};
  const auto names = file_names(*made.request);
  for (std::size_t i = 0; i < names.size(); ++i) {
    contents.emplace_back(context.settings.output / names[i], *bytes[i]);
    files[names[i]] = sums[names[i]] = sys::sha256(*bytes[i]);
  }
  context.made.expect(sums);
  sys::write_files(contents);
  made.entry = manifest_entry(*made.request, made.outcome, made.drawing, files);
  made.on_disk = true;
}

std::string name_of_resolution(const Request& request, int dots_per_inch) {
  return fmt::format("figures/{}@{}dpi.png", request.stem(), dots_per_inch);
}

std::filesystem::path write_resolution(const FigureBuild& made, int dots_per_inch, BuildContext& context) {
  const std::string name = name_of_resolution(*made.request, dots_per_inch);
  const std::string png = picture_of_resolution(*made.request, made.outcome, dots_per_inch, context.project.words);
  context.made.expect({{name, sys::sha256(png)}});
  sys::write_file(context.settings.output / name, png);
  return context.settings.output / name;
}

std::vector<std::pair<std::string, std::string>> facts(const FigureBuild& made, const text::Words& words) {
  const Provenance& p = made.outcome.provenance;
  std::vector<std::pair<std::string, std::string>> list{{words["experiment"], p.experiment}};
  const experiment::Experiment& e = *made.request->experiment;
  const Json defaults = experiment::effective_parameters(e.parameters, Json::object()).value;
  const auto is_told = [&](const std::string& name, const Json& value) {
    const auto* info = e.parameter(name);
    return name != "dataset" && !(info && info->is_told_when_set && value == defaults.at(name));
  };
  for (const auto& [name, value] : p.parameters.items())
    if (is_told(name, value)) list.emplace_back(name, parameter_text(value));
  if (!p.dataset.empty())
    list.emplace_back(words["data_set"],
                      fmt::format("{} (SHA-256 {}…)", dataset_title(p.dataset, words), p.data_sha256.substr(0, 16)));
  for (const auto& [name, sum] : p.reads)
    list.emplace_back(words["reads"], fmt::format("{} (SHA-256 {}…)", name, sum.substr(0, 16)));
  list.emplace_back(words["seed"], std::to_string(p.seed));
  list.emplace_back(
      words["code"],
      words.say({"fingerprint", {{"file", made.request->experiment->file}, {"sum", p.code.substr(0, 16)}}}));
  return list;
}

}  // namespace engine
