// What the text's expressions may say of figures: the numbers that their runs will give, and their own parameters.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/sources/request.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/expression.hpp"

namespace engine {

/// What expressions may name of these outputs.
std::vector<manuscript::ExportName> export_names(const std::vector<experiment::OutputInfo>& outputs);

/// The figures of a document, by their IDs without "fig:". Requests and chapters outlive it. Of those that are
/// withheld, named by their whole IDs, nothing is known.
class FigureNames {
 public:
  FigureNames(const std::vector<manuscript::Chapter>& chapters, const std::vector<Request>& requests,
              const std::set<std::string>& withheld);

  /// As expressions speak of it; what is pointed to lives as long as this.
  manuscript::NamedFigure of(const std::string& stem) const;

  /// Those that are numbers; sentences speak of a figure's settings too: "fifty layers".
  const std::map<std::string, double>& parameters(const std::string& stem) const;

 private:
  struct Vocabulary {
    std::map<std::string, double> parameters;
    std::vector<manuscript::ExportName> exports;
  };
  /// Made once: a chapter has many statements about each figure.
  const Vocabulary& vocabulary_of(const Request& request) const;

  std::map<std::string, const Request*> requests_;
  std::set<std::string> broken_, others_;  // that are not requests: directives that cannot be read; pictures
  mutable std::map<const Request*, Vocabulary> vocabularies_;
};

}  // namespace engine
