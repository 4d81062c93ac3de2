// See held_axes.hpp.
#include "livefigure/held_axes.hpp"

#include <algorithm>
#include <cmath>
#include <variant>

#include "plot/layout/color_bar.hpp"

namespace livefigure {
namespace {

using experiment::HeldPanel;
using experiment::HeldPanels;
using experiment::Json;

double value_of(const plot::Domain& domain, double transformed) {
  return domain.kind == plot::ScaleKind::log ? std::pow(10, transformed) : transformed;
}

void hold(plot::Axis& axis, double low, double high) {
  // On an axis of categories the names are the limits. A log axis may reach below the smallest double.
  if (!axis.categories.empty() || !plot::can_show(axis.scale, low) || !plot::can_show(axis.scale, high)) return;
  if (!axis.min || axis.is_fitted) axis.min = low;
  if (!axis.max || axis.is_fitted) axis.max = high;
}

void hold(plot::Mark& mark, const std::vector<double>& colors) {
  auto* const map = std::get_if<plot::HeatMap>(&mark);
  auto* const points = std::get_if<plot::Points>(&mark);
  std::vector<double>* const levels = map ? &map->levels : points ? &points->color_scale.levels : nullptr;
  if (levels && levels->empty()) *levels = colors;
}

/// [label, low, high]
Json axis_to_json(const std::string& label, double low, double high) { return {label, low, high}; }

bool read_axis(const Json& panel, const char* name, std::string& label, double& low, double& high) {
  const auto axis = panel.find(name);
  if (axis == panel.end() || !axis->is_array() || axis->size() != 3) return false;
  if (!(*axis)[0].is_string() || !(*axis)[1].is_number() || !(*axis)[2].is_number()) return false;
  label = (*axis)[0].get<std::string>();
  low = (*axis)[1].get<double>();
  high = (*axis)[2].get<double>();
  return true;
}

/// Ascending numbers, or nothing.
std::vector<double> edges_from(const Json& json) {
  std::vector<double> edges;
  if (!json.is_array()) return edges;
  for (const Json& edge : json) {
    if (!edge.is_number() || (!edges.empty() && edge.get<double>() <= edges.back())) return {};
    edges.push_back(edge.get<double>());
  }
  return edges;
}

}  // namespace

HeldPanels axes_of(const plot::Figure& figure, const plot::DrawnFigure& drawn) {
  HeldPanels held(figure.panels.size());
  for (const plot::DrawnPanel& panel : drawn.panels) {
    const auto place = panel.plan.panel - figure.panels.data();
    const plot::Domain &x = panel.plan.x, &y = panel.plan.y;
    HeldPanel& its = held.at(static_cast<std::size_t>(place));
    its = {panel.plan.panel->x.label, panel.plan.panel->y.label, value_of(x, x.low),
           value_of(x, x.high),       value_of(y, y.low),        value_of(y, y.high)};
    if (const auto values = plot::color_values_of(*panel.plan.panel)) its.colors = plot::color_bands(*values).edges;
  }
  return held;
}

void hold(plot::Figure& figure, const HeldPanels& held) {
  for (std::size_t i = 0; i < std::min(figure.panels.size(), held.size()); ++i) {
    plot::Panel& panel = figure.panels[i];
    if (!held[i].is_of(panel.x, panel.y)) continue;
    hold(panel.x, held[i].x_low, held[i].x_high);
    hold(panel.y, held[i].y_low, held[i].y_high);
    for (plot::Mark& mark : panel.marks) hold(mark, held[i].colors);
  }
}

Json to_json(const HeldPanels& held) {
  Json json = Json::array();
  for (const HeldPanel& p : held) {
    Json panel{{"x", axis_to_json(p.x_label, p.x_low, p.x_high)}, {"y", axis_to_json(p.y_label, p.y_low, p.y_high)}};
    if (!p.colors.empty()) panel["colors"] = p.colors;
    json.push_back(std::move(panel));
  }
  return json;
}

HeldPanels held_from(const Json& json) {
  HeldPanels held;
  if (!json.is_array()) return held;
  for (const Json& panel : json) {
    HeldPanel its;
    if (!panel.is_object() || !read_axis(panel, "x", its.x_label, its.x_low, its.x_high) ||
        !read_axis(panel, "y", its.y_label, its.y_low, its.y_high))
      return {};
    its.colors = edges_from(panel.value("colors", Json::array()));
    held.push_back(std::move(its));
  }
  return held;
}

}  // namespace livefigure
