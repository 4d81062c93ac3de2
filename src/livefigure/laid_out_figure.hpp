// From an experiment to its laid-out figure, in one process and on one thread: what a reader's browser does.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "experiment/result.hpp"
#include "livefigure/figure_shape.hpp"
#include "livefigure/held_axes.hpp"
#include "plot/layout/drawn.hpp"
#include "plot/readout.hpp"

namespace livefigure {

/// What a figure follows from.
struct FigureInputs {
  const experiment::Experiment* experiment = nullptr;
  experiment::Json parameters;                          // effective
  experiment::Json looks = experiment::Json::object();  // of an experiment without a drawing of its own
  std::string figure;                                   // its ID
  std::uint64_t seed = 1;
  FigureShape shape;
  plot::KeptLayout kept;        // of the drawing before; none: there was none
  experiment::HeldPanels held;  // of the report's own drawing; none: the figure chooses its axes
};

/// What the experiment gives; the same as of the engine's runs. It must read no data set.
experiment::Result run_alone(const FigureInputs& inputs);

/// The experiment's own drawing of a result, or the one that follows from its series. In the page's module, whose
/// experiments have drawings of their own, there is no other (src/wasm/exports.cpp).
plot::Figure figure_of_result(const FigureInputs& inputs, const experiment::Result& result);

/// A figure laid out with a document's words. The layout points into the figure, so that neither is copied or moved.
class LaidOutFigure {
 public:
  LaidOutFigure(const FigureInputs& inputs, const experiment::Result& result, const plot::Measure& measure,
                const text::Words& words);
  /// A figure that has its looks, on these axes and with these labels' places.
  LaidOutFigure(plot::Figure figure, const experiment::HeldPanels& held, plot::KeptLayout kept,
                const plot::Measure& measure, const text::Words& words);
  LaidOutFigure(const LaidOutFigure&) = delete;
  LaidOutFigure& operator=(const LaidOutFigure&) = delete;
  ~LaidOutFigure() = default;

  const plot::DrawnFigure& drawn() const { return drawn_; }
  plot::KeptLayout kept() const { return plot::kept_of(figure_, drawn_, kept_); }
  experiment::HeldPanels axes() const { return axes_of(figure_, drawn_); }
  std::vector<plot::PanelReadout> readout() const { return plot::readout(figure_, drawn_, words_); }
  /// Nothing else can be asked afterwards.
  plot::Scene take_scene() { return plot::compose(std::move(drawn_)); }

 private:
  plot::KeptLayout kept_;
  plot::Figure figure_;
  const text::Words& words_;
  plot::DrawnFigure drawn_;
};

}  // namespace livefigure
