// See laid_out_figure.hpp.
#include "livefigure/laid_out_figure.hpp"

#include <utility>

#include "experiment/drawing/default_figure.hpp"

namespace livefigure {

experiment::Result run_alone(const experiment::Experiment& experiment, const experiment::Json& parameters,
                             const std::string& figure, std::uint64_t seed) {
  experiment::Run run{.figure = figure,
                      .seed = seed,
                      .random = numerics::RandomStream(seed).child(figure),
                      .for_each =
                          [](std::size_t count, const std::function<void(std::size_t)>& job) {
                            for (std::size_t i = 0; i < count; ++i) job(i);
                          },
                      .progress = [](double, double) {}};
  return experiment.run(parameters, run);
}

LaidOutFigure::LaidOutFigure(const experiment::Experiment& experiment, const experiment::Json& parameters,
                             const experiment::Json& looks, const experiment::Result& result, const FigureShape& shape,
                             const HeldAxes& held, const AnswerContext& context)
    : figure_(shaped(experiment::figure_of(experiment, parameters, looks, result), shape)), words_(*context.words) {
  hold(figure_, held);
  drawn_ = plot::draw(figure_, context.measure, words_);
}

}  // namespace livefigure
