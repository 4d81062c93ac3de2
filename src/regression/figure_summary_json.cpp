// A drawing's summary as JSON.
#include <fmt/format.h>

#include <cmath>

#include "cairo/palette.hpp"
#include "regression/figure_summary.hpp"

namespace regression {
namespace {

using plot::Ink;

/// The house's tones: what a document makes of an ink is no matter of its figures.
std::string ink_name(Ink ink, cairo::Rgb (*tone)(Ink, cairo::Theme, const cairo::Inks&)) {
  for (const auto& entry : cairo::palette(cairo::Theme::light))
    if (entry.ink == ink)
      return fmt::format("{} {} {}", entry.name, cairo::css(tone(ink, cairo::Theme::light, cairo::house_inks())),
                         cairo::css(tone(ink, cairo::Theme::dark, cairo::house_inks())));
  return "";
}

/// The tone of a heat map's band on light and on dark paper.
std::string shade_name(plot::Shade shade) {
  return fmt::format("{} {} {}", cairo::shade_name(shade), cairo::css(cairo::shade_color(shade, cairo::Theme::light)),
                     cairo::css(cairo::shade_color(shade, cairo::Theme::dark)));
}

const char* scale_name(plot::ScaleKind scale) {
  switch (scale) {
    case plot::ScaleKind::linear:
      return "linear";
    case plot::ScaleKind::log:
      return "log";
    case plot::ScaleKind::date:
      return "date";
  }
  return "";
}

const char* dash_name(plot::Dash dash) {
  switch (dash) {
    case plot::Dash::solid:
      return "solid";
    case plot::Dash::dashed:
      return "dashed";
    case plot::Dash::dotted:
      return "dotted";
    case plot::Dash::dash_dot:
      return "dash-dot";
  }
  return "";
}

const char* face_name(plot::Face face) {
  switch (face) {
    case plot::Face::regular:
      return "regular";
    case plot::Face::italic:
      return "italic";
    case plot::Face::bold:
      return "bold";
    case plot::Face::math:
      return "math";
  }
  return "";
}

Json place(double fraction) { return rounded(std::round(fraction * 1e4) / 1e4 + 0.0, 6); }

Json axis_json(const plot::AxisSummary& axis) {
  Json json{{"label", axis.label},          {"scale", scale_name(axis.scale)}, {"reversed", axis.reversed},
            {"from", rounded(axis.low, 6)}, {"to", rounded(axis.high, 6)},     {"ticks", Json::array()}};
  for (const auto& tick : axis.ticks)
    json["ticks"].push_back({{"label", tick.label}, {"value", rounded(tick.value, 6)}, {"place", place(tick.place)}});
  return json;
}

Json shape_json(const plot::ShapeSummary& shape) {
  Json json{{"series", shape.series}, {"form", shape.form}};
  if (shape.stroke)
    json["stroke"] = {{"ink", ink_name(shape.stroke->ink, cairo::line_color)},
                      {"width", shape.stroke->width},
                      {"dash", dash_name(shape.stroke->dash)},
                      {"opacity", shape.stroke->opacity}};
  if (shape.fill) {
    const std::string ink =
        shape.fill->shade ? shade_name(*shape.fill->shade) : ink_name(shape.fill->ink, cairo::line_color);
    json["fill"] = {{"ink", ink}, {"opacity", shape.fill->opacity}};
  }
  json["box"] = {place(shape.left), place(shape.bottom), place(shape.right), place(shape.top)};
  json["middle"] = {place(shape.middle_x), place(shape.middle_y)};
  json["length"] = rounded(shape.length, 4);
  return json;
}

Json texts_json(const std::vector<plot::TextSummary>& texts) {
  Json list = Json::array();
  for (const auto& text : texts)
    list.push_back({{"text", text.text},
                    {"ink", ink_name(text.ink, cairo::text_color)},
                    {"size", text.size},
                    {"face", face_name(text.face)}});
  return list;
}

Json panel_json(const plot::PanelSummary& panel) {
  Json json{{"title", panel.title},
            {"x", axis_json(panel.x)},
            {"y", axis_json(panel.y)},
            {"shapes", Json::array()},
            {"texts", texts_json(panel.texts)}};
  for (const auto& shape : panel.shapes) json["shapes"].push_back(shape_json(shape));
  if (panel.insets.empty()) return json;
  json["insets"] = Json::array();
  for (const auto& inset : panel.insets) json["insets"].push_back(panel_json(inset));
  return json;
}

}  // namespace

Json scene_json(const plot::Summary& summary) {
  Json json{{"width", rounded(summary.width, 6)},
            {"height", rounded(summary.height, 6)},
            {"title", texts_json(summary.title)},
            {"panels", Json::array()}};
  for (const auto& panel : summary.panels) json["panels"].push_back(panel_json(panel));
  return json;
}

}  // namespace regression
