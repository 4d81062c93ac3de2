// See held_axes.hpp.
#include "livefigure/held_axes.hpp"

#include <algorithm>
#include <cmath>

namespace livefigure {
namespace {

using experiment::Json;

double value_of(const plot::Domain& domain, double transformed) {
  return domain.kind == plot::ScaleKind::log ? std::pow(10, transformed) : transformed;
}

void hold(plot::Axis& axis, double low, double high) {
  // On an axis of categories the names are the limits. A log axis may reach below the smallest double.
  if (!axis.categories.empty() || !plot::can_show(axis.scale, low) || !plot::can_show(axis.scale, high)) return;
  if (!axis.min) axis.min = low;
  if (!axis.max) axis.max = high;
}

}  // namespace

HeldAxes axes_of(const plot::Figure& figure, const plot::DrawnFigure& drawn) {
  HeldAxes held(figure.panels.size());
  for (const plot::DrawnPanel& panel : drawn.panels) {
    const auto place = panel.plan.panel - figure.panels.data();
    const plot::Domain &x = panel.plan.x, &y = panel.plan.y;
    held.at(static_cast<std::size_t>(place)) = {value_of(x, x.low), value_of(x, x.high), value_of(y, y.low),
                                                value_of(y, y.high)};
  }
  return held;
}

void hold(plot::Figure& figure, const HeldAxes& held) {
  for (std::size_t i = 0; i < std::min(figure.panels.size(), held.size()); ++i) {
    hold(figure.panels[i].x, held[i].x_low, held[i].x_high);
    hold(figure.panels[i].y, held[i].y_low, held[i].y_high);
  }
}

Json to_json(const HeldAxes& held) {
  Json json = Json::array();
  for (const HeldPanel& p : held) json.push_back({p.x_low, p.x_high, p.y_low, p.y_high});
  return json;
}

HeldAxes held_from(const Json& json) {
  HeldAxes held;
  for (const Json& panel : json) {
    if (!panel.is_array() || panel.size() != 4) return {};
    for (const Json& limit : panel)
      if (!limit.is_number()) return {};
    held.push_back({panel[0].get<double>(), panel[1].get<double>(), panel[2].get<double>(), panel[3].get<double>()});
  }
  return held;
}

}  // namespace livefigure
