// See verdicts.hpp.
#include "engine/sources/verdicts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiment/result.hpp"
#include "manuscript/diagnostic.hpp"
#include "numerics/statistics.hpp"

namespace engine {
namespace {

using manuscript::Diagnostic;
using Results = std::map<std::string, const experiment::Result*>;

int whole(double x) {
  if (x != std::floor(x) || std::abs(x) > 2e9)
    throw std::domain_error(fmt::format("the index {} is not a whole number", x));
  return static_cast<int>(x);
}

double at_index(const std::string& name, const experiment::IndexedValues& function, int index) {
  const auto& [first, values] = function;
  const int last = first + static_cast<int>(values.size()) - 1;
  if (index < first || index > last)
    throw std::out_of_range(fmt::format("'{}' has indices from {} to {}, not {}", name, first, last, index));
  return values[static_cast<std::size_t>(index - first)];
}

double at_probability(const std::string& name, const std::vector<double>& sample, double p) {
  if (!(p >= 0 && p <= 1)) throw std::domain_error(fmt::format("'{}' takes a part from 0 to 1, not {}", name, p));
  return numerics::quantile(sample, p);
}

double at_place(const std::string& name, const std::map<std::string, double>& cells, const std::string& place) {
  const auto cell = cells.find(place);
  if (cell != cells.end()) return cell->second;
  std::vector<std::string> places;
  for (const auto& [other, value] : cells) places.push_back(other);
  const std::string near = manuscript::did_you_mean(place, places);
  throw std::out_of_range(fmt::format("'{}' has no place '{}'{}", name, place,
                                      near.empty() && !places.empty()
                                          ? fmt::format("; there are '{}' to '{}'", places.front(), places.back())
                                      : near.empty() ? ""
                                                     : "; " + near));
}

double number_of(const experiment::Result& result, const std::map<std::string, double>& parameters,
                 const std::string& name, const manuscript::Argument& argument) {
  const double* const number = std::get_if<double>(&argument);
  const std::string* const text = std::get_if<std::string>(&argument);
  if (const auto cells = result.cells.find(name); cells != result.cells.end() && (number || text))
    return at_place(name, cells->second, text ? *text : experiment::number_text(*number));
  if (const auto sample = result.samples.find(name); number && sample != result.samples.end())
    return at_probability(name, sample->second, *number);
  if (const auto function = result.functions.find(name); number && function != result.functions.end())
    return at_index(name, function->second, whole(*number));
  const auto value = result.values.find(name);
  if (!number && value != result.values.end()) return value->second;
  const auto parameter = parameters.find(name);
  if (!number && parameter != parameters.end()) return parameter->second;
  throw std::out_of_range(fmt::format("the run gave no '{}'", name));
}

/// The numbers of a statement's figures: what their runs gave, and their parameters. Errors are written for authors.
manuscript::Lookup lookup_in(const Results& results, const Statement& s) {
  return [&results, &s](const std::string& figure, const std::string& name, const manuscript::Argument& argument) {
    const std::string id = "fig:" + figure;
    return number_of(*results.at(id), s.parameters.at(id), name, argument);
  };
}

Diagnostic error(const Statement& s, std::string message, std::string hint = "") {
  return {manuscript::Severity::error, s.place, std::move(message), s.source_line, std::move(hint)};
}

text::Quantity quantity_of(const Statement& s, double value, const manuscript::Lookup& lookup) {
  if (s.term.op != "±") return text::quantity(value, s.format, s.unit);
  return text::quantity(value, manuscript::evaluate(s.term.arguments[1], lookup), s.format, s.unit);
}

StatementVerdict failure(const char* problem) { return {{}, "", problem, false, problem}; }

StatementVerdict verdict_on_value(const Statement& s, const manuscript::Lookup& lookup,
                                  const text::NumberMarks& marks) {
  try {
    const double x = manuscript::evaluate(s.term, lookup);
    if (std::isnan(x)) return failure("this value is not a number (NaN)");
    const text::Quantity quantity = quantity_of(s, x, lookup);
    return {text::pieces(quantity, marks), text::formula(quantity, marks), "", true, ""};
  } catch (const std::logic_error& error) {
    return failure(error.what());
  }
}

StatementVerdict verdict_on_claim(const Statement& s, const manuscript::Lookup& lookup) {
  try {
    const bool holds = manuscript::evaluate(s.term, lookup) != 0;
    return {{}, "", manuscript::numbers_text(s.term, lookup), holds, ""};
  } catch (const std::logic_error& error) {
    return failure(error.what());
  }
}

std::string told_place(const manuscript::SourceLocation& place) { return fmt::format("{}:{}", place.file, place.line); }

/// What it says to who does not know the named values.
std::string meaning(const Statement& s) {
  std::string all = s.expression;
  for (const auto& definition : s.definitions) all += ", " + definition;
  return all;
}

void tell_value(const Statement& s, const StatementVerdict& verdict, Judgement& judgement) {
  if (verdict.holds)
    judgement.values.push_back({s.number, meaning(s), verdict.pieces, verdict.formula, told_place(s.place)});
  else
    judgement.errors.push_back(error(s, verdict.problem));
}

void tell_claim(const Statement& s, const StatementVerdict& verdict, Judgement& judgement) {
  if (!verdict.problem.empty())
    judgement.errors.push_back(error(s, fmt::format("the claim \"{}\" cannot be judged: {}", s.text, verdict.problem)));
  else if (!verdict.holds)
    judgement.errors.push_back(error(s, fmt::format("the claim \"{}\" does not hold", s.text), verdict.numbers));
  Json claim{{"place", {{"file", s.text_place.file}, {"line", s.text_place.line}, {"column", s.text_place.column}}},
             {"figure", s.figures.front()},
             {"text", s.text},
             {"condition", s.expression},
             {"numbers", verdict.numbers},
             {"holds", verdict.holds}};
  if (s.figures.size() > 1) claim["figures"] = s.figures;
  if (!s.definitions.empty()) claim["values"] = s.definitions;
  judgement.claims_json.push_back(std::move(claim));
  judgement.claims.push_back({.number = s.number,
                              .condition = s.expression,
                              .numbers = verdict.numbers,
                              .holds = verdict.holds,
                              .place = told_place(s.text_place),
                              .figures = s.figures,
                              .values = s.definitions});
}

void tell_withheld(const Statements& statements, Judgement& judgement) {
  for (const auto& s : statements.withheld_values)
    judgement.values.push_back({s.number,
                                s.expression,
                                {{false, unknown_number}},
                                fmt::format("\\text{{{}}}", unknown_number),
                                told_place(s.place)});
  for (const auto& s : statements.withheld_claims)
    judgement.claims.push_back({.number = s.number,
                                .condition = s.expression,
                                .numbers = {},
                                .place = told_place(s.place),
                                .figures = {},
                                .values = {},
                                .is_judged = false});
}

FigureIds in_order(FigureIds figures) {
  std::sort(figures.begin(), figures.end());
  return figures;
}

}  // namespace

manuscript::Lookup exports_of(const experiment::Result& result) {
  return [&result](const std::string&, const std::string& name, const manuscript::Argument& argument) {
    return number_of(result, {}, name, argument);
  };
}

std::map<FigureIds, StatementGroup> by_figures(const Statements& statements) {
  std::map<FigureIds, StatementGroup> groups;
  for (const auto& s : statements.values) groups[in_order(s.figures)].values.push_back(&s);
  for (const auto& s : statements.claims) groups[in_order(s.figures)].claims.push_back(&s);
  return groups;
}

std::vector<StatementVerdict> judge(const StatementGroup& statements, const Results& results,
                                    const text::NumberMarks& marks) {
  std::vector<StatementVerdict> verdicts;
  for (const Statement* s : statements.values) verdicts.push_back(verdict_on_value(*s, lookup_in(results, *s), marks));
  for (const Statement* s : statements.claims) verdicts.push_back(verdict_on_claim(*s, lookup_in(results, *s)));
  return verdicts;
}

Judgement judgement(const Statements& statements, const std::map<FigureIds, std::vector<StatementVerdict>>& verdicts) {
  Judgement judgement;
  std::map<FigureIds, std::size_t> next;  // of a group's verdicts
  const auto tell = [&](const std::vector<Statement>& list, const auto& one) {
    for (const auto& s : list)
      if (const auto at = verdicts.find(in_order(s.figures)); at != verdicts.end())
        one(s, at->second.at(next[at->first]++), judgement);
  };
  tell(statements.values, tell_value);
  tell(statements.claims, tell_claim);
  tell_withheld(statements, judgement);
  return judgement;
}

}  // namespace engine
