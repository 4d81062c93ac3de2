// See output_info.hpp.
#include "experiment/output_info.hpp"

namespace experiment {

bool matches(std::string_view pattern, std::string_view text) {
  // The last star is taken back to when what follows it does not fit.
  std::size_t p = 0, t = 0, star = std::string_view::npos, held = 0;
  while (t < text.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      held = t;
    } else if (p < pattern.size() && pattern[p] == text[t]) {
      ++p;
      ++t;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      t = ++held;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

OutputKind kind_of(SeriesKind kind) {
  switch (kind) {
    case SeriesKind::measured:
      return OutputKind::measured;
    case SeriesKind::theory:
      return OutputKind::theory;
    case SeriesKind::reference:
      return OutputKind::reference;
  }
  return OutputKind::measured;
}

Allowed allowed_for(const std::vector<OutputInfo>& outputs, OutputKind kind, const std::string& panel,
                    const std::string& name) {
  for (const OutputInfo& output : outputs)
    if (output.kind == kind && matches(output.panel, panel) && matches(output.name, name)) return output.allowed;
  return {};
}

}  // namespace experiment
