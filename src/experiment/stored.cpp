// Numbers in JSON.
#include "experiment/stored.hpp"

#include <fmt/format.h>

#include <cmath>
#include <stdexcept>

namespace experiment {

std::string number_text(double x) {
  if (std::isnan(x)) return "NaN";
  if (std::isinf(x)) return x > 0 ? "Infinity" : "-Infinity";
  return fmt::format("{}", x);
}

Json stored_number(double x) {
  if (std::isfinite(x)) return x;
  return number_text(x);
}

double number_from(const Json& json) {
  if (json.is_number()) return json.get<double>();
  const auto text = json.get<std::string>();
  if (text == "Infinity") return INFINITY;
  if (text == "-Infinity") return -INFINITY;
  if (text == "NaN") return NAN;
  throw std::invalid_argument("not a number: '" + text + "'");
}

}  // namespace experiment
