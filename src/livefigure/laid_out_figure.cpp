// See laid_out_figure.hpp.
#include "livefigure/laid_out_figure.hpp"

#include <utility>

namespace livefigure {

experiment::Result run_alone(const FigureInputs& inputs) {
  experiment::Run run{.figure = inputs.figure,
                      .seed = inputs.seed,
                      .random = numerics::RandomStream(inputs.seed).child(inputs.figure),
                      .for_each =
                          [](std::size_t count, const std::function<void(std::size_t)>& job) {
                            for (std::size_t i = 0; i < count; ++i) job(i);
                          },
                      .progress = [](double, double) {}};
  return inputs.experiment->run(inputs.parameters, run);
}

LaidOutFigure::LaidOutFigure(const FigureInputs& inputs, const experiment::Result& result, const plot::Measure& measure,
                             const text::Words& words)
    : LaidOutFigure(shaped(figure_of_result(inputs, result), inputs.shape), inputs.held, inputs.kept, measure, words) {}

LaidOutFigure::LaidOutFigure(plot::Figure figure, const experiment::HeldPanels& held, plot::KeptLayout kept,
                             const plot::Measure& measure, const text::Words& words)
    : kept_(std::move(kept)), figure_(std::move(figure)), words_(words) {
  hold(figure_, held);
  drawn_ = plot::draw(figure_, measure, words_, kept_);
}

}  // namespace livefigure
