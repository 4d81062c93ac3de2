// Differences in words.
#include "regression/difference.hpp"

#include <fmt/format.h>

#include <cmath>

#include "text/number.hpp"

namespace regression {
namespace {

std::string number_words(double x, int digits) { return text::plain(text::rounded(x, digits)); }

/// How far off, relative where the reference is a size to compare with.
std::string size_words(const Deviation& d) {
  if (!std::isfinite(d.deviation)) return "";
  if (d.reference == 0) return number_words(d.deviation, 2) + " off, ";
  const double relative = d.deviation / std::abs(d.reference);
  return relative >= 1e-3 ? number_words(100 * relative, 3) + " % off, "
                          : number_words(relative, 2) + " relative off, ";
}

}  // namespace

const char* layer_name(ComparisonLayer layer) {
  switch (layer) {
    case ComparisonLayer::figure:
      return "figure";
    case ComparisonLayer::data:
      return "data";
    case ComparisonLayer::scene:
      return "scene";
    case ComparisonLayer::picture:
      return "picture";
  }
  return "";
}

std::string SeriesId::label() const {
  return kind.empty() || kind == "measured" ? name : fmt::format("{} ({})", name, kind);
}

std::string text(const Located& l) {
  const Deviation& d = l.deviation;
  std::string where;
  if (l.series.panel.empty())
    where = fmt::format("value '{}'{}{}", l.series.name, d.place.empty() || d.place[0] == '[' ? "" : ", ", d.place);
  else
    where = fmt::format("{}{}{} of '{}' in '{}'", l.component, d.place.empty() || d.place[0] == '[' ? "" : ", ",
                        d.place, l.series.label(), l.series.panel);
  return fmt::format("{} is {}, the reference {}: {}allowed {}", where, number_words(d.now, 10),
                     number_words(d.reference, 10), size_words(d), d.allowed == "exactly" ? "nothing" : d.allowed);
}

}  // namespace regression
