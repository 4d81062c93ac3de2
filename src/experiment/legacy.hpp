// Experiments that declare exports and tolerances by name; each goes as it declares its outputs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiment/experiment.hpp"
#include "experiment/result_json.hpp"

namespace experiment {

struct Export {
  std::string name, meaning;
  bool indexed = false;
};

struct Tolerance {
  std::string panel, name;
  Bound bound;
  std::vector<Statistic> statistics;
  std::string reason;
};

template <class P>
struct OldDefinition {
  std::string name, title, summary;
  Parameters<P> parameters;
  std::vector<ParameterError> (*check)(const P&) = nullptr;
  std::vector<Export> (*exports)(const P&) = nullptr;
  Result (*run)(const P&, Run&) = nullptr;
  plot::Figure (*draw)(const P&, const Result&) = nullptr;
  std::vector<Tolerance> (*tolerances)(const P&) = nullptr;
};

std::vector<OutputInfo> outputs_of(const std::vector<Export>&, const std::vector<Tolerance>&);

template <class P>
bool add(OldDefinition<P> d, const char* file = __builtin_FILE()) {
  const auto& fields = d.parameters;
  Experiment e{d.name, d.title, d.summary, source_name(file), fields.infos(), {}, {}, {}, {}, {}};
  e.check = [fields, f = d.check](const Json& j) { return f ? f(fields.read(j)) : std::vector<ParameterError>{}; };
  e.outputs = [fields, x = d.exports, t = d.tolerances](const Json& j) {
    const P p = fields.read(j);
    return outputs_of(x ? x(p) : std::vector<Export>{}, t ? t(p) : std::vector<Tolerance>{});
  };
  e.restore = [](const Json&, const Json& stored) {
    Result result = result_from_json(stored);
    result.stored = stored;
    return result;
  };
  e.run = [fields, f = d.run](const Json& j, Run& run) {
    Result result = f(fields.read(j), run);
    result.stored = to_json(result);
    return result;
  };
  e.draw = [fields, f = d.draw](const Json& j, const Result& result) { return f(fields.read(j), result); };
  return add(std::move(e));
}

}  // namespace experiment
