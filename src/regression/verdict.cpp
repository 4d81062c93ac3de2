// Verdicts in words.
#include "regression/verdict.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace regression {

const char* name_of(FigureVerdict verdict) {
  switch (verdict) {
    case FigureVerdict::same:
      return "same";
    case FigureVerdict::rendering_only:
      return "rendering only";
    case FigureVerdict::differs:
      return "differs";
    case FigureVerdict::added:
      return "new";
    case FigureVerdict::deleted:
      return "deleted";
    case FigureVerdict::failed:
      return "failed";
  }
  return "";
}

std::string CheckedFigure::cause() const {
  if (differences.empty()) return rendering;
  const Difference& first = differences.front();
  std::string line =
      first.layer == ComparisonLayer::figure ? first.text : fmt::format("{}: {}", layer_name(first.layer), first.text);
  if (differences.size() > 1) line += fmt::format("; and {} more", differences.size() - 1);
  return line;
}

bool CheckSummary::all_pass() const {
  return std::all_of(figures.begin(), figures.end(), [](const auto& f) { return passes(f.verdict); });
}

}  // namespace regression
