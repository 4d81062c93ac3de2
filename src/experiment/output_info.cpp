// See output_info.hpp.
#include "experiment/output_info_json.hpp"

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

Json to_json(const std::vector<OutputInfo>& outputs) {
  Json list = Json::array();
  for (const OutputInfo& o : outputs) {
    Json statistics = Json::array();
    for (const Statistic& s : o.allowed.statistics)
      statistics.push_back({static_cast<int>(s.kind), s.probability, s.bound.relative, s.bound.absolute});
    list.push_back({static_cast<int>(o.kind), o.panel, o.name, o.meaning, o.allowed.bound.relative,
                    o.allowed.bound.absolute, statistics, o.allowed.reason});
  }
  return list;
}

std::vector<OutputInfo> outputs_from(const Json& json) {
  std::vector<OutputInfo> outputs;
  for (const Json& o : json) {
    Allowed allowed{{o.at(4), o.at(5)}, {}, o.at(7)};
    for (const Json& s : o.at(6))
      allowed.statistics.push_back({static_cast<Statistic::Kind>(s.at(0).get<int>()), s.at(1), {s.at(2), s.at(3)}});
    outputs.push_back({static_cast<OutputKind>(o.at(0).get<int>()), o.at(1), o.at(2), o.at(3), std::move(allowed)});
  }
  return outputs;
}

Allowed allowed_for(const std::vector<OutputInfo>& outputs, OutputKind kind, const std::string& panel,
                    const std::string& name) {
  for (const OutputInfo& output : outputs)
    if (output.kind == kind && output.panel == panel && output.name == name) return output.allowed;
  return {};
}

}  // namespace experiment
