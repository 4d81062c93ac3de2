// Differences in words.
#include "regression/difference.hpp"

#include <fmt/format.h>

#include <cmath>

namespace regression {
namespace {

std::string number_words(double x) { return std::isfinite(x) ? fmt::format("{:.10g}", x) : rounded(x, 10).get<std::string>(); }

/// How far off, relative where the reference is a size to compare with.
std::string size_words(const Deviation& d) {
  if (!std::isfinite(d.deviation)) return "";
  if (d.reference == 0) return fmt::format("{:.2g} off, ", d.deviation);
  const double relative = d.deviation / std::abs(d.reference);
  return relative >= 1e-3 ? fmt::format("{:.3g} % off, ", 100 * relative) : fmt::format("{:.2g} relative off, ", relative);
}

}  // namespace

const char* layer_name(Layer layer) {
  switch (layer) {
    case Layer::figure: return "figure";
    case Layer::data: return "data";
    case Layer::scene: return "scene";
    case Layer::picture: return "picture";
  }
  return "";
}

std::string text(const Located& l) {
  const Deviation& d = l.deviation;
  std::string where;
  if (l.panel.empty())
    where = fmt::format("value '{}'{}{}", l.series, d.place.empty() || d.place[0] == '[' ? "" : ", ", d.place);
  else
    where = fmt::format("{}{}{} of '{}' in '{}'", l.component, d.place.empty() || d.place[0] == '[' ? "" : ", ", d.place, l.series, l.panel);
  return fmt::format("{} is {}, the reference {}: {}allowed {}", where, number_words(d.now), number_words(d.reference), size_words(d),
                     d.allowed == "exactly" ? "nothing" : d.allowed);
}

}  // namespace regression
