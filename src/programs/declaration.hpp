// A program of an author's as an experiment: what a document's experiments/NAME.yaml declares.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "manuscript/source.hpp"

namespace programs {

/// A panel that the program gives.
struct PanelDeclaration {
  experiment::PanelInfo info;
  std::vector<std::string> series;  // that it must have, and no others; empty: any
  experiment::Allowed allowed;
};

/// What the program is asked for and what it must answer.
struct Declaration {
  std::string name;  // the file's, without ".yaml"
  std::string title, summary;
  std::vector<std::string> command;          // the program first; run in the folder of the declaration, without a shell
  std::vector<std::filesystem::path> reads;  // files, absolute, in name order
  double timeout = 600;                      // seconds
  double memory = 4;                         // GB
  std::vector<experiment::ParameterInfo> parameters;
  std::vector<PanelDeclaration> panels;
  std::vector<experiment::OutputInfo> outputs;  // its numbers and sequences
};

struct ReadDeclaration {
  Declaration declaration;
  std::vector<manuscript::Diagnostic> errors;  // when there are any, the declaration is not whole
};

/// Reads a declaration that stands in this folder of this document; looks for the files that it names.
ReadDeclaration read_declaration(const manuscript::Source& source, const std::filesystem::path& folder,
                                 const std::filesystem::path& document);

}  // namespace programs
