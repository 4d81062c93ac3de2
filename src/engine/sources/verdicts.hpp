// Values and claims judged by the results of their figures.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/sources/statements.hpp"
#include "experiment/result.hpp"
#include "publish/publication.hpp"

namespace engine {

/// The numbers that a run gave, whatever figure is asked for; its argument's errors are written for authors. The result
/// must outlive it.
manuscript::Lookup exports_of(const experiment::Result& result);

/// IDs of figures, in their order.
using FigureIds = std::vector<std::string>;

/// The statements that rest on the same figures, in the order of the chapters.
struct StatementGroup {
  std::vector<const Statement*> values, claims;
};
std::map<FigureIds, StatementGroup> by_figures(const Statements& statements);

/// What the figures' numbers say of one statement: a value as it is set, or both sides' numbers of a claim. It does not
/// depend on where the statement stands.
struct StatementVerdict {
  std::vector<text::TextPiece> pieces;  // of a value
  std::string formula;                  // of a value, for mathematics
  std::string numbers;                  // of a claim
  bool holds = true;                    // a value that can be had holds
  std::string problem;                  // why it cannot be judged; written for authors
};

/// The verdicts on a group's values, then those on its claims. `results` are those of its figures, by their IDs.
std::vector<StatementVerdict> judge(const StatementGroup& statements,
                                    const std::map<std::string, const experiment::Result*>& results,
                                    const text::NumberMarks& marks);

/// What becomes of the text: what stands for the values, verdicts for the claims, and a diagnostic for each claim that
/// fails and each value that cannot be had.
struct Judgement {
  std::vector<publish::Value> values;
  std::vector<publish::Claim> claims;
  std::vector<manuscript::Diagnostic> errors;
  Json claims_json = Json::array();  // output/claims.json
  std::vector<publish::DocumentTable> tables;
};
/// Statements of figures without verdicts are left out.
Judgement judgement(const Statements& statements, const std::map<FigureIds, std::vector<StatementVerdict>>& verdicts);

}  // namespace engine
