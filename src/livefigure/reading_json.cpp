// What can be read off a figure's panels, as the page's script wants it.
// See reading_json.hpp.
#include "livefigure/reading_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "cairo/palette.hpp"

namespace livefigure {
namespace {

constexpr double least_date_span = 1000;  // numbers are as good as two ten-thousandths of it

std::string quoted(const std::string& text) {
  std::string json = nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  // "</script" must not end the element that this stands in.
  for (std::size_t at = 0; (at = json.find("</", at)) != std::string::npos; at += 3) json.replace(at, 2, "<\\/");
  return json;
}

/// The shortest of at least four digits, as many as are said, that is as good as the value on an axis that spans `span`
/// (0: any).
std::string short_number(double value, double span) {
  if (std::isnan(value)) return "\"NaN\"";
  if (std::isinf(value)) return value > 0 ? "\"Infinity\"" : "\"-Infinity\"";
  for (int digits = 4; digits < 17; ++digits) {
    std::string text = fmt::format("{:.{}g}", value, digits);
    if (span == 0 || std::abs(std::stod(text) - value) <= 2e-4 * span) return text;
  }
  return fmt::format("{}", value);
}

std::string list(const std::vector<double>& values, double span, bool nan_is_missing = false) {
  std::string text = "[";
  for (const double v : values)
    text += (text.size() > 1 ? "," : "") + (nan_is_missing && std::isnan(v) ? "null" : short_number(v, span));
  return text + "]";
}

std::string list(const std::vector<std::string>& texts) {
  std::string text = "[";
  for (const std::string& t : texts) text += (text.size() > 1 ? "," : "") + quoted(t);
  return text + "]";
}

/// The first index and the steps to the others, which compress to half of what the indices do; nothing where they count
/// 0, 1, 2 ... as most do.
std::string indices(const std::vector<std::size_t>& index) {
  std::string text;
  bool plain = true;
  long long before = 0;
  for (std::size_t i = 0; i < index.size(); ++i) {
    plain &= index[i] == i;
    const auto here = static_cast<long long>(index[i]);
    text += (text.empty() ? "" : ",") + std::to_string(here - before);
    before = here;
  }
  return plain ? "" : ",\"k\":[" + text + "]";
}

/// Of dates every second counts, however long the axis.
double span_of(const plot::Scale& scale) {
  if (scale.domain.kind == plot::ScaleKind::date) return least_date_span;
  return scale.domain.kind == plot::ScaleKind::linear ? scale.domain.high - scale.domain.low : 0;
}

std::string axis(const plot::AxisReadout& a) {
  std::string text =
      fmt::format("{{\"label\":{},\"log\":{},\"low\":{:.12g},\"high\":{:.12g},\"from\":{:.2f},\"to\":{:.2f}",
                  quoted(a.label), a.scale.domain.kind == plot::ScaleKind::log, a.scale.domain.low, a.scale.domain.high,
                  a.scale.at_low, a.scale.at_high);
  if (a.scale.domain.kind == plot::ScaleKind::date) text += ",\"date\":true";
  if (!a.categories.empty()) text += ",\"names\":" + list(a.categories);
  return text + "}";
}

const char* name_of(plot::Steps steps) {
  switch (steps) {
    case plot::Steps::none:
      return "none";
    case plot::Steps::after:
      return "after";
    case plot::Steps::before:
      return "before";
    case plot::Steps::middle:
      return "middle";
  }
  return "";
}

/// Where the ends of bars stand, if they do not stand at their data.
std::string bars(const plot::BarsReadout& b) {
  if (b.offset == 0 && b.below.empty()) return "";
  std::string text = fmt::format(",\"bars\":{{\"offset\":{:.6g},\"horizontal\":{}", b.offset, b.horizontal);
  if (!b.below.empty()) text += ",\"below\":" + list(b.below, 0);
  return text + "}";
}

/// `x` of the series before; one that has the same says null.
std::string series(const plot::SeriesReadout& s, const plot::PanelReadout& panel, std::string& x) {
  const double x_span = span_of(panel.x.scale);
  std::string own = list(s.x, x_span);
  const bool repeated = own == x;
  x = std::move(own);
  const double y_span = span_of(panel.y.scale);
  std::string text = fmt::format(
      "{{\"series\":{},\"name\":{},\"ink\":\"{}\",\"joined\":{},\"theory\":{}{},\"x\":{},\"y\":{}", quoted(s.series),
      quoted(s.name), cairo::palette(cairo::Theme::light)[static_cast<std::size_t>(s.ink)].name, s.joined, s.theory,
      indices(s.index), repeated ? "null" : x, list(s.y, y_span, s.nan_is_missing));
  if (!s.lower.empty()) text += ",\"lower\":" + list(s.lower, y_span) + ",\"upper\":" + list(s.upper, y_span);
  if (!s.left.empty()) text += ",\"left\":" + list(s.left, x_span) + ",\"right\":" + list(s.right, x_span);
  if (s.bars) text += bars(*s.bars);
  if (s.steps != plot::Steps::none) text += fmt::format(",\"steps\":\"{}\"", name_of(s.steps));
  if (!s.notes.empty()) text += ",\"notes\":" + list(s.notes);
  return text + "}";
}

std::string panel_json(const plot::PanelReadout& p) {
  std::string text =
      fmt::format("{{\"title\":{},\"box\":[{:.2f},{:.2f},{:.2f},{:.2f}],\"plane\":{},\"x\":{},\"y\":{},\"series\":[",
                  quoted(p.title), p.box.left, p.box.top, p.box.right, p.box.bottom, p.plane, axis(p.x), axis(p.y));
  std::string x;
  for (const auto& s : p.series) {
    if (!x.empty()) text += ",\n";
    text += series(s, p, x);
  }
  text += "]";
  if (p.map)
    text += fmt::format(",\n\"map\":{{\"label\":{},\"x\":{},\"y\":{},\"value\":{}}}", quoted(p.map->label),
                        list(p.map->x, span_of(p.x.scale)), list(p.map->y, span_of(p.y.scale)), list(p.map->value, 0));
  return text + "}";
}

}  // namespace

std::string reading_json(const std::vector<plot::PanelReadout>& panels) {
  if (std::all_of(panels.begin(), panels.end(), [](const auto& p) { return p.series.empty() && !p.map; })) return "";
  std::string text = "[";
  for (const auto& p : panels) text += (text.size() > 1 ? ",\n" : "") + panel_json(p);
  return text + "]";
}

}  // namespace livefigure
