// See default_figure.hpp.
#include "experiment/drawing/default_figure.hpp"

#include "experiment/drawing/series_drawing.hpp"

namespace experiment {
namespace {

SeriesPanel panel_of(const PanelData& data, bool is_titled) {
  SeriesPanel panel{data, {}};
  if (!is_titled) panel.title.clear();
  for (const Series& s : data.series) panel.series.push_back({s, s.name, {}, {}});
  return panel;
}

}  // namespace

std::vector<ParameterInfo> looks_of(const Experiment& experiment) {
  std::vector<ParameterInfo> looks;
  if (experiment.draw) return looks;
  for (const ParameterInfo& info : drawing_parameters())
    if (!experiment.parameter(info.name)) looks.push_back(info);
  return looks;
}

plot::Figure default_figure(const Result& result, const DrawingRequest& request) {
  const bool are_several = result.panels.size() > 1;
  std::vector<SeriesPanel> panels;
  for (const PanelData& data : result.panels) panels.push_back(panel_of(data, are_several));
  plot::Figure figure;
  figure.panels =
      drawn(panels, request, {.size_label = "", .color_label = "", .nan_is_missing = result.nan_is_missing});
  figure.columns = are_several ? 2 : 1;
  return figure;
}

plot::Figure figure_of(const Experiment& experiment, const Json& effective, const Json& looks, const Result& result) {
  return experiment.draw ? experiment.draw(effective, result) : default_figure(result, read_drawing_request(looks));
}

}  // namespace experiment
