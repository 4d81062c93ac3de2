// Figures for tests of comparisons: as an experiment would draw them, in several hands.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "cairo/drawing.hpp"
#include "experiment/any_experiment.hpp"
#include "places.hpp"
#include "plot/layout/layout.hpp"
#include "plot/summary.hpp"
#include "regression/check.hpp"
#include "regression/data.hpp"
#include "regression/figure_summary.hpp"

namespace regression_test {

using experiment::Json;

inline void use_house_fonts() { cairo::use_fonts((source_folder() / "render/theme/fonts.conf").string()); }

/// The quadratic bowl's parameters with some changed.
inline Json bowl_parameters(const Json& given = Json::object()) {
  Json all{{"learning-rates", {0.001, 0.019, 0.021}}, {"steps", 60}, {"decay-steps", 200}};
  all.update(given);
  return experiment::effective_parameters(experiment::find("quadratic-bowl")->parameters, all).value;
}

/// A figure as `check` sees it.
struct Seen {
  Json json;
  std::string png;
  experiment::Result result;
  plot::Figure figure;
  plot::Scene scene;
};

inline Seen seen(const Json& parameters, const experiment::Result& result, const plot::Figure& figure,
                 const plot::Measure& measure) {
  const auto& bowl = *experiment::find("quadratic-bowl");
  Seen s;
  s.result = result;
  s.figure = figure;
  s.scene = plot::layout(figure, measure);
  s.png = cairo::to_png(s.scene, 1);
  s.json = {{"figure", "fig:bowl"},
            {"experiment", bowl.name},
            {"parameters", parameters},
            {"seed", 1},
            {"dataset", nullptr},
            {"data", regression::data_json(result, bowl.outputs(parameters))},
            {"scene", regression::scene_json(plot::summarise(figure, measure))}};
  return s;
}

inline experiment::Result bowl_result(const Json& parameters) {
  experiment::Run run;
  run.for_each = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(i);
  };
  run.progress = [](double, double) {};
  return experiment::find("quadratic-bowl")->run(parameters, run);
}

inline Seen bowl(const Json& given = Json::object()) {
  use_house_fonts();
  const Json parameters = bowl_parameters(given);
  const auto result = bowl_result(parameters);
  return seen(parameters, result, experiment::find("quadratic-bowl")->draw(parameters, result), cairo::text_measure());
}

inline regression::Reference reference_of(const Seen& s) {
  return {Json::parse(regression::readable(s.json)), s.png, "checksum"};
}

/// What `check` says of `now` beside the reference.
inline regression::CheckedFigure judged(const Seen& now, const regression::Reference& reference) {
  regression::CheckedFigure figure;
  figure.name = {"fig:bowl", ""};
  figure.png = now.png;
  regression::judge(now.json, reference, experiment::find("quadratic-bowl")->outputs(now.json.at("parameters")),
                    figure);
  return figure;
}

inline bool says(const regression::CheckedFigure& figure, regression::ComparisonLayer layer, const std::string& part) {
  for (const auto& d : figure.differences)
    if (d.layer == layer && d.text.find(part) != std::string::npos) return true;
  return false;
}

inline std::string all_words(const regression::CheckedFigure& figure) {
  std::string words = std::string(name_of(figure.verdict)) + ": " + figure.rendering;
  for (const auto& d : figure.differences) words += std::string("\n") + layer_name(d.layer) + ": " + d.text;
  return words;
}

}  // namespace regression_test
