// Values and claims of the text: parsed against what the figures export before anything runs, judged by their results.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/sources/request.hpp"
#include "experiment/result.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/expression.hpp"
#include "publish/publication.hpp"

namespace engine {

/// A value or a claim, understood.
struct Statement {
  std::size_t number = 0;                    // by which Pandoc's reading of the text is told of it
  std::string figure;                        // its ID
  std::map<std::string, double> parameters;  // of the figure, those that are numbers
  manuscript::Term term;
  manuscript::SourceLocation place;       // of the expression
  std::string expression;                 // as it stands in the chapter
  std::string format;                     // of a value
  std::string text;                       // of a claim: the words that claim it
  manuscript::SourceLocation text_place;  // of a claim: where they stand
  std::string source_line;                // that holds the place
};

struct Statements {
  std::vector<Statement> values, claims;
  std::vector<manuscript::Diagnostic> errors;
};

/// Understands every value and claim of the chapters. Those of figures that could not be bound are left out.
Statements read_statements(const std::vector<manuscript::Chapter>& chapters, const std::vector<Request>& requests);

/// What expressions may name of these outputs.
std::vector<manuscript::ExportName> export_names(const std::vector<experiment::OutputInfo>& outputs);

/// The numbers that a run gave; its argument's errors are written for authors. The result must outlive it.
manuscript::Lookup exports_of(const experiment::Result& result);

/// The statements that speak of one figure, in the order of the chapters.
struct FigureStatements {
  std::vector<const Statement*> values, claims;
};
std::map<std::string, FigureStatements> by_figure(const Statements& statements);

/// What a figure's numbers say of one statement: the text of a value, or both sides' numbers of a claim. It does not
/// depend on where the statement stands.
struct StatementVerdict {
  std::string text;
  bool holds = true;    // a value that can be had holds
  std::string problem;  // why it cannot be judged; written for authors
};

/// The verdicts on a figure's values, then those on its claims.
std::vector<StatementVerdict> judge(const FigureStatements& statements, const experiment::Result& result);

/// What becomes of the text: texts for the values, verdicts for the claims, and a diagnostic for each claim that fails
/// and each value that cannot be had.
struct Judgement {
  std::vector<publish::Value> values;
  std::vector<publish::Claim> claims;
  std::vector<manuscript::Diagnostic> errors;
  Json claims_json = Json::array();  // output/claims.json
  std::vector<publish::DocumentTable> tables;
};
/// Statements of figures without verdicts are left out.
Judgement judgement(const Statements& statements, const std::map<std::string, std::vector<StatementVerdict>>& verdicts);

}  // namespace engine
