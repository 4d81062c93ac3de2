// See result_json.hpp.
#include "experiment/result_json.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "experiment/json_text.hpp"
#include "experiment/place_text.hpp"

namespace experiment {
namespace {

bool has_names(const AxisInfo& info) { return info.scale == "date" || info.scale == "category"; }

void write_axis(const char* name, const AxisInfo& info, JsonText& text) {
  text.key(name);
  text.value({{"label", info.label}, {"scale", info.scale}});
}

void write_numbers(const char* name, const std::vector<double>& xs, JsonText& text) {
  text.key(name);
  text.numbers(xs);
}

void write_places(const char* name, const AxisInfo& axis, const std::vector<double>& xs, JsonText& text) {
  if (!has_names(axis)) return write_numbers(name, xs, text);
  text.key(name);
  text.open('[');
  for (double x : xs) text.value(place_text(axis, x));
  text.close();
}

void write_text(const char* name, const std::string& value, JsonText& text) {
  text.key(name);
  text.value(value);
}

void write_series(const AxisInfo& x, const Series& s, JsonText& text) {
  text.open('{');
  write_text("name", s.name, text);
  write_text("kind", name_of(s.kind), text);
  write_places("x", x, s.x, text);
  write_numbers("y", s.y, text);
  write_numbers("lower", s.lower, text);
  write_numbers("upper", s.upper, text);
  text.close();
}

void write_panel(const PanelData& panel, JsonText& text) {
  text.open('{');
  write_text("title", panel.title, text);
  write_axis("x", panel.x, text);
  write_axis("y", panel.y, text);
  text.key("series");
  text.open('[');
  for (const auto& s : panel.series) write_series(panel.x, s, text);
  text.close();
  text.close();
}

void write_values(const Result& result, JsonText& text) {
  text.key("values");
  text.open('{');
  for (const auto& [name, value] : result.values) {
    text.key(name);
    text.value(stored_number(value));
  }
  text.close();
  text.key("functions");
  text.open('{');
  for (const auto& [name, f] : result.functions) {
    text.key(name);
    text.open('{');
    text.key("first");
    text.value(f.first);
    write_numbers("values", f.values, text);
    text.close();
  }
  text.close();
}

/// A CSV field, quoted where RFC 4180 asks for it.
std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + '"';
}

}  // namespace

std::string to_json_text(const Json& head, const Result& result) {
  JsonText text;
  text.open('{');
  for (const auto& [name, value] : head.items()) {
    text.key(name);
    text.value(value);
  }
  text.key("panels");
  text.open('[');
  for (const auto& panel : result.panels) write_panel(panel, text);
  text.close();
  write_values(result, text);
  text.close();
  return text.take();
}

Json to_json(const Result& result) { return Json::parse(to_json_text(Json::object(), result)); }

std::string to_csv(const Result& result) {
  fmt::memory_buffer out;
  const auto add = [&](std::string_view text) { out.append(text.data(), text.data() + text.size()); };
  const auto add_number = [&](double x) {
    std::isfinite(x) ? void(fmt::format_to(std::back_inserter(out), FMT_COMPILE("{}"), x)) : add(number_text(x));
  };
  add("panel,series,x,y,lower,upper\n");
  for (const auto& panel : result.panels)
    for (const auto& s : panel.series) {
      const std::string name =
          s.kind == SeriesKind::measured ? s.name : fmt::format("{} ({})", s.name, name_of(s.kind));
      const std::string row = field(panel.title) + "," + field(name) + ",";
      for (std::size_t i = 0; i < s.x.size(); ++i) {
        add(row);
        has_names(panel.x) ? add(field(place_text(panel.x, s.x[i]))) : add_number(s.x[i]);
        add(",");
        add_number(s.y[i]);
        add(",");
        if (!s.lower.empty()) add_number(s.lower[i]);
        add(",");
        if (!s.upper.empty()) add_number(s.upper[i]);
        add("\n");
      }
    }
  return fmt::to_string(out);
}

}  // namespace experiment
