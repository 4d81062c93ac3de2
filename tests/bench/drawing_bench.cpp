// Drawing of every experiment's figure: laid out and written as PDF, SVG and PNG, as a build does it.
#include <benchmark/benchmark.h>

#include <functional>
#include <map>

#include "cairo/drawing.hpp"
#include "data/digits.hpp"
#include "experiment/any_experiment.hpp"
#include "plot/layout/layout.hpp"

namespace {

using experiment::Json;

/// What makes a run short and leaves the figure as it is: as many curves with as many points.
const std::map<std::string, Json> shorter{{"gradient-depth", {{"seeds", 3}, {"batch", 32}}},
                                          {"training-loss", {{"width", 16}}},
                                          {"edge-of-stability", {{"steps", 600}}}};

Json parameters_of(const experiment::Experiment& experiment) {
  Json parameters = Json::object();
  for (const auto& info : experiment.parameters) parameters[info.name] = info.default_value;
  if (experiment.uses_dataset()) parameters["dataset"] = "digits";
  if (const auto at = shorter.find(experiment.name); at != shorter.end()) parameters.update(at->second);
  return parameters;
}

experiment::Result result_of(const experiment::Experiment& experiment, const Json& parameters) {
  static const data::Dataset images = data::digits(500);
  experiment::Run run;
  run.dataset = &images;
  run.random = numerics::RandomStream(1);
  run.for_each = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(i);
  };
  run.progress = [](double, double) {};
  return experiment.run(parameters, run);
}

void draw(benchmark::State& state, const experiment::Experiment& experiment) {
  const Json parameters = parameters_of(experiment);
  const auto result = result_of(experiment, parameters);
  std::size_t bytes = 0;
  for (auto _ : state) {
    const plot::Scene scene = plot::layout(experiment.draw(parameters, result), cairo::text_measure());
    bytes = cairo::to_pdf(scene, {experiment.title, "2026-01-01T00:00:00Z"}).size() +
            cairo::to_svg(scene, "figure-").size() + cairo::to_png(scene, 2).size();
  }
  state.counters["bytes"] = static_cast<double>(bytes);
}

}  // namespace

int main(int argc, char** argv) {
  cairo::use_fonts(REPORT_SOURCE_DIR "/render/theme/fonts.conf");
  for (const auto& experiment : experiment::registry())
    benchmark::RegisterBenchmark(("drawing/" + experiment.name).c_str(), [&](benchmark::State& state) {
      draw(state, experiment);
    })->Unit(benchmark::kMillisecond);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
