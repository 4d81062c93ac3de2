// See readable_json.hpp.
#include "regression/readable_json.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "experiment/result_json.hpp"

namespace regression {
namespace {

constexpr std::size_t line_width = 110;

bool is_scalar(const Json& json) { return !json.is_structured(); }

bool holds_scalars(const Json& json) { return std::all_of(json.begin(), json.end(), is_scalar); }

/// "{"a": 1, "b": 2}"
std::string in_one_line(const Json& json) {
  if (is_scalar(json)) return json.dump();
  std::string text;
  for (const auto& [key, value] : json.items()) {
    if (!text.empty()) text += ", ";
    if (json.is_object()) text += Json(key).dump() + ": ";
    text += in_one_line(value);
  }
  return json.is_object() ? "{" + text + "}" : "[" + text + "]";
}

void write(const Json& json, std::size_t indent, std::string& out);

void fill_lines(const Json& numbers, std::size_t indent, std::string& out) {
  std::string line(indent, ' ');
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::string item = numbers[i].dump() + (i + 1 < numbers.size() ? "," : "");
    if (line.size() > indent && line.size() + item.size() + 1 > line_width) {
      out += line + "\n";
      line = std::string(indent, ' ');
    }
    line += (line.size() > indent ? " " : "") + item;
  }
  out += line + "\n";
}

void write_members(const Json& json, std::size_t indent, std::string& out) {
  std::size_t left = json.size();
  for (const auto& [key, value] : json.items()) {
    out += std::string(indent, ' ');
    if (json.is_object()) out += Json(key).dump() + ": ";
    write(value, indent, out);
    out += --left > 0 ? ",\n" : "\n";
  }
}

void write(const Json& json, std::size_t indent, std::string& out) {
  const auto line_begin = out.rfind('\n') + 1;
  const std::string line = in_one_line(json);
  if (is_scalar(json) || out.size() - line_begin + line.size() < line_width) {
    out += line;
    return;
  }
  out += json.is_object() ? "{\n" : "[\n";
  if (json.is_array() && holds_scalars(json))
    fill_lines(json, indent + 1, out);
  else
    write_members(json, indent + 1, out);
  out += std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

}  // namespace

std::string readable(const Json& json) {
  std::string out;
  write(json, 0, out);
  return out + "\n";
}

Json rounded(double x, int digits) {
  if (!std::isfinite(x)) return experiment::number_text(x);
  const double value = std::strtod(fmt::format("{:.{}g}", x, digits).c_str(), nullptr);
  // Whole numbers are written as such.
  if (std::abs(value) < 1e15 && value == std::floor(value) && !std::signbit(value))
    return static_cast<std::int64_t>(value);
  return value;
}

double number(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto text = json.get<std::string>();
  if (text == "Infinity") return INFINITY;
  if (text == "-Infinity") return -INFINITY;
  if (text == "NaN") return NAN;
  throw std::invalid_argument("not a number: '" + text + "'");
}

}  // namespace regression
