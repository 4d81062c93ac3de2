// See claims.hpp. In JSON a number is itself, and every other term a list that begins with its operator.
#include "livefigure/claims.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "numerics/statistics.hpp"

namespace livefigure {
namespace {

using experiment::Json;
using manuscript::Term;

Term not_a_term() {
  return {.op = "number", .number = std::numeric_limits<double>::quiet_NaN(), .name = {}, .arguments = {}};
}

constexpr int deepest = 200;  // twice what the text's expressions may be; a page's stack is small

/// Whether an operator takes so many arguments; `evaluate` relies on that.
bool takes(const std::string& op, std::size_t arguments) {
  if (op == "export") return arguments <= 1;
  if (op == "text") return arguments == 0;
  if (op == "min" || op == "max") return arguments >= 1;
  if (op == "~") return arguments == 3;
  for (const char* one : {"not", "neg", "abs", "log10", "sqrt"})
    if (op == one) return arguments == 1;
  for (const char* two : {"+", "-", "*", "/", "^", "<", "<=", ">", ">=", "==", "!=", "and", "or"})
    if (op == two) return arguments == 2;
  return false;
}

Term read_term(const Json& json, int depth) {
  if (json.is_number()) return {.op = "number", .number = json.get<double>(), .name = {}, .arguments = {}};
  if (!json.is_array() || json.empty() || !json[0].is_string() || depth == 0) return not_a_term();
  Term term{.op = json[0].get<std::string>(), .name = {}, .arguments = {}};
  std::size_t first = 1;
  if (term.op == "export" || term.op == "text") {
    if (json.size() < 2 || !json[1].is_string()) return not_a_term();
    term.name = json[1].get<std::string>();
    first = 2;
  }
  for (std::size_t i = first; i < json.size(); ++i) term.arguments.push_back(read_term(json[i], depth - 1));
  return takes(term.op, term.arguments.size()) ? term : not_a_term();
}

std::optional<double> at_index(const experiment::IndexedValues& function, double index) {
  const double place = index - function.first;
  if (place != std::floor(place) || !(place >= 0 && place < static_cast<double>(function.values.size())))
    return std::nullopt;
  return function.values[static_cast<std::size_t>(place)];
}

/// The number of an export or a parameter, as the engine's verdicts find it (engine/sources/verdicts.cpp).
std::optional<double> exported(const experiment::Result& result, const Json& parameters, const std::string& name,
                               const manuscript::Argument& argument) {
  if (const double* number = std::get_if<double>(&argument)) {
    if (const auto sample = result.samples.find(name); sample != result.samples.end())
      return *number >= 0 && *number <= 1 ? std::optional(numerics::quantile(sample->second, *number)) : std::nullopt;
    const auto function = result.functions.find(name);
    return function == result.functions.end() ? std::nullopt : at_index(function->second, *number);
  }
  if (const auto value = result.values.find(name); value != result.values.end()) return value->second;
  const auto parameter = parameters.find(name);
  if (parameter == parameters.end() || !parameter->is_number()) return std::nullopt;
  return parameter->get<double>();
}

}  // namespace

Json to_json(const Term& term) {
  if (term.op == "number") return experiment::stored_number(term.number);
  Json list = Json::array({term.op});
  if (term.op == "export" || term.op == "text") list.push_back(term.name);
  for (const Term& argument : term.arguments) list.push_back(to_json(argument));
  return list;
}

Term term_from(const Json& json) { return read_term(json, deepest); }

std::map<std::string, std::string> renamed_exports(const experiment::Experiment& e, const Json& of_report,
                                                   const Json& of_reader) {
  const auto before = e.outputs(of_report), after = e.outputs(of_reader);
  std::map<std::string, std::string> names;
  if (before.size() != after.size()) return names;
  for (std::size_t i = 0; i < before.size(); ++i)
    if (!before[i].is_curve()) names[before[i].name] = after[i].name;
  return names;
}

Json to_json(const LiveVerdict& verdict) {
  if (!verdict.is_judged) return nullptr;
  return {verdict.holds, verdict.numbers};
}

LiveVerdict judge(const Term& term, const experiment::Result& result, const Json& parameters,
                  const std::map<std::string, std::string>& renamed) {
  bool is_whole = true;
  const manuscript::Lookup lookup = [&](const std::string&, const std::string& name,
                                        const manuscript::Argument& argument) {
    const auto other = renamed.find(name);
    const auto number = exported(result, parameters, other == renamed.end() ? name : other->second, argument);
    is_whole &= number.has_value();
    return number.value_or(std::numeric_limits<double>::quiet_NaN());
  };
  const bool holds = manuscript::evaluate(term, lookup) != 0;
  std::string numbers = manuscript::numbers_text(term, lookup);
  if (!is_whole) return {};
  return {true, holds, std::move(numbers)};
}

}  // namespace livefigure
