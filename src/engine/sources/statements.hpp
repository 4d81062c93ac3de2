// Values and claims of the text: parsed against what the figures export before anything runs.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/sources/request.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/expression.hpp"
#include "text/quantity.hpp"

namespace engine {

/// A value or a claim, understood.
struct Statement {
  std::size_t number = 0;  // by which Pandoc's reading of the text is told of it
  std::vector<std::string>
      figures;  // whose numbers it rests on, by their IDs: the one that it begins with, then others
  std::map<std::string, std::map<std::string, double>> parameters;  // of those figures, those that are numbers
  manuscript::Term term;
  manuscript::SourceLocation place;       // of the expression
  std::string expression;                 // as it stands in the chapter
  std::string written;                    // and the attributes that say how it is printed
  std::vector<std::string> definitions;   // of the named values that it rests on: "limit = bowl: eta-max"
  text::NumberFormat format;              // of a value
  std::string unit;                       // of a value
  std::string text;                       // of a claim: the words that claim it
  manuscript::SourceLocation text_place;  // of a claim: where they stand
  std::string source_line;                // that holds the place
};

/// A value or a claim that rests on a figure whose experiment is withheld.
struct WithheldStatement {
  std::size_t number = 0;
  std::string expression;
  manuscript::SourceLocation place;
};

struct Statements {
  std::vector<Statement> values, claims;
  std::vector<WithheldStatement> withheld_values, withheld_claims;
  std::vector<manuscript::Diagnostic> errors, warnings;
};

/// Understands every value and claim of the chapters. Those of figures that could not be bound are left out; those of
/// figures whose experiments are withheld, which are named by their IDs, stand apart.
Statements read_statements(const std::vector<manuscript::Chapter>& chapters, const std::vector<Request>& requests,
                           const std::set<std::string>& withheld = {});

}  // namespace engine
