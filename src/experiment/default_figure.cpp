// See default_figure.hpp.
#include "experiment/default_figure.hpp"

#include <array>
#include <map>
#include <set>

namespace experiment {
namespace {

constexpr std::array inks{plot::Ink::blue,   plot::Ink::vermillion, plot::Ink::green, plot::Ink::purple,
                          plot::Ink::orange, plot::Ink::sky,        plot::Ink::black, plot::Ink::grey};

plot::Axis axis_of(const AxisInfo& info) {
  return {.label = info.label, .scale = info.scale == "log" ? plot::ScaleKind::log : plot::ScaleKind::linear};
}

plot::Panel panel_of(const PanelData& data, bool titled) {
  plot::Panel panel;
  if (titled) panel.title = data.title;
  panel.x = axis_of(data.x);
  panel.y = axis_of(data.y);
  std::map<std::string, plot::Ink> ink_of;  // theory bears the name of what it is about
  for (const Series& s : data.series)
    if (s.kind == SeriesKind::measured) ink_of.emplace(s.name, inks[ink_of.size() % inks.size()]);
  for (const Series& s : data.series)
    if (!s.lower.empty()) panel.marks.push_back(plot::Band{s.name, s.x, s.lower, s.upper, ink_of[s.name]});
  for (const Series& s : data.series)
    if (s.kind == SeriesKind::measured)
      panel.marks.push_back(
          plot::Line{.series = s.name, .x = s.x, .y = s.y, .stroke = {ink_of[s.name]}, .label = s.name});
  for (const Series& s : data.series) {
    if (s.kind == SeriesKind::measured) continue;
    const bool is_named = s.kind == SeriesKind::reference || !ink_of.contains(s.name);
    const plot::Ink ink = s.kind == SeriesKind::reference ? plot::Ink::muted : plot::Ink::black;
    panel.marks.push_back(
        plot::Line{.series = s.name,
                   .x = s.x,
                   .y = s.y,
                   .stroke = {ink, 0.8, plot::Dash::dashed, 1},
                   .label = is_named ? s.name : "",
                   .role = s.kind == SeriesKind::reference ? plot::Role::reference : plot::Role::theory});
  }
  return panel;
}

}  // namespace

plot::Figure default_figure(const Result& result) {
  plot::Figure figure;
  for (const PanelData& data : result.panels) figure.panels.push_back(panel_of(data, result.panels.size() > 1));
  figure.columns = result.panels.size() > 1 ? 2 : 1;
  return figure;
}

std::size_t panels_of(const std::vector<OutputInfo>& outputs) {
  std::set<std::string> titles;
  for (const auto& output : outputs)
    if (output.is_curve()) titles.insert(output.panel);
  return titles.size();
}

}  // namespace experiment
