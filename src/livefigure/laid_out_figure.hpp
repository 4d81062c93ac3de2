// From an experiment to its laid-out figure, in one process and on one thread: what a reader's browser does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "experiment/result.hpp"
#include "livefigure/answer.hpp"
#include "livefigure/figure_shape.hpp"
#include "livefigure/held_axes.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace livefigure {

/// What the experiment gives; the same as of the engine's runs. It must read no data set.
experiment::Result run_alone(const experiment::Experiment& experiment, const experiment::Json& parameters,
                             const std::string& figure, std::uint64_t seed);

/// A figure laid out. The layout points into the figure, so that neither is copied or moved.
class LaidOutFigure {
 public:
  LaidOutFigure(const experiment::Experiment& experiment, const experiment::Json& parameters,
                const experiment::Json& looks, const experiment::Result& result, const FigureShape& shape,
                const HeldAxes& held, const AnswerContext& context);
  LaidOutFigure(const LaidOutFigure&) = delete;
  LaidOutFigure& operator=(const LaidOutFigure&) = delete;
  ~LaidOutFigure() = default;

  HeldAxes axes() const { return axes_of(figure_, drawn_); }
  std::vector<plot::PanelReadout> readout() const { return plot::readout(figure_, drawn_, words_); }
  /// Nothing else can be asked afterwards.
  plot::Scene take_scene() { return plot::compose(std::move(drawn_)); }

 private:
  plot::Figure figure_;
  const text::Words& words_;
  plot::DrawnFigure drawn_;
};

}  // namespace livefigure
