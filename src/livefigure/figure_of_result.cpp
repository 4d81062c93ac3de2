// See laid_out_figure.hpp.
#include "experiment/drawing/default_figure.hpp"
#include "livefigure/laid_out_figure.hpp"

namespace livefigure {

plot::Figure figure_of_result(const FigureInputs& inputs, const experiment::Result& result) {
  if (inputs.experiment->draw_held) return inputs.experiment->draw_held(inputs.parameters, result, inputs.held);
  return experiment::figure_of(*inputs.experiment, inputs.parameters, inputs.looks, result);
}

}  // namespace livefigure
