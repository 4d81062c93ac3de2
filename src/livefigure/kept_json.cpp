// See kept_json.hpp.
#include "livefigure/kept_json.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace livefigure {
namespace {

using experiment::Json;
using plot::KeptPanel;
using plot::PlacedLabel;

Json label_json(const PlacedLabel& label) {
  return {label.role.kind, label.role.ordinal, label.role.part, static_cast<unsigned>(label.ground),
          label.at.x,      label.at.y};
}

Json panel_json(const KeptPanel& panel) {
  Json labels = Json::array();
  for (const PlacedLabel& label : panel.labels) labels.push_back(label_json(label));
  return {{"room", {panel.left, panel.right, panel.above, panel.legend}},
          {"strips", {panel.strips.not_finite, panel.strips.zero, panel.strips.negative}},
          {"labels", std::move(labels)}};
}

/// So many numbers of a size that layout can bear.
bool are_numbers(const Json& json, std::size_t count) {
  return json.is_array() && json.size() == count && std::all_of(json.begin(), json.end(), [](const Json& number) {
           return number.is_number() && std::abs(number.get<double>()) < 1e6;
         });
}

std::optional<PlacedLabel> label_from(const Json& json) {
  if (!are_numbers(json, 6)) return std::nullopt;
  for (const std::size_t i : {0, 1, 3})
    if (!json[i].is_number_unsigned()) return std::nullopt;
  if (json[3].get<int>() > static_cast<int>(plot::LabelGround::legend)) return std::nullopt;
  return PlacedLabel{{json[0].get<std::size_t>(), json[1].get<std::size_t>(), json[2].get<double>()},
                     static_cast<plot::LabelGround>(json[3].get<int>()),
                     {json[4].get<double>(), json[5].get<double>()}};
}

std::optional<KeptPanel> panel_from(const Json& json) {
  if (!json.is_object()) return std::nullopt;
  const Json room = json.value("room", Json()), strips = json.value("strips", Json());
  const Json labels = json.value("labels", Json());
  if (!are_numbers(room, 4) || !labels.is_array() || !strips.is_array() || strips.size() != 3) return std::nullopt;
  for (const Json& strip : strips)
    if (!strip.is_boolean()) return std::nullopt;
  KeptPanel panel{.left = room[0].get<double>(),
                  .right = room[1].get<double>(),
                  .above = room[2].get<double>(),
                  .legend = room[3].get<double>(),
                  .strips = {strips[0].get<bool>(), strips[1].get<bool>(), strips[2].get<bool>()}};
  for (const Json& label : labels) {
    const auto placed = label_from(label);
    if (!placed) return std::nullopt;
    panel.labels.push_back(*placed);
  }
  return panel;
}

}  // namespace

Json to_json(const plot::KeptLayout& kept) {
  Json panels = Json::array();
  for (const KeptPanel& panel : kept.panels) panels.push_back(panel_json(panel));
  return {{"settled", kept.is_settled}, {"panels", std::move(panels)}};
}

plot::KeptLayout kept_from(const Json& json) {
  plot::KeptLayout kept;
  if (!json.is_object()) return kept;
  const Json panels = json.value("panels", Json());
  if (!panels.is_array()) return kept;
  for (const Json& panel : panels) {
    auto its = panel_from(panel);
    if (!its) return {};
    kept.panels.push_back(std::move(*its));
  }
  return kept;
}

}  // namespace livefigure
