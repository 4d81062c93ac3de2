// See output_info.hpp.
#include "experiment/output_info.hpp"

namespace experiment {

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
    if (output.kind == kind && output.panel == panel && output.name == name) return output.allowed;
  return {};
}

}  // namespace experiment
