// Figures that run in their readers' browsers: what the page's script is told of each, and what their readers may do
// tried beforehand.
#pragma once

#include <string>
#include <vector>

#include "engine/build_context.hpp"
#include "engine/sources/request.hpp"
#include "manuscript/diagnostic.hpp"
#include "text/words.hpp"

namespace engine {

/// What the page's script needs, as JSON: the request that the module answers (livefigure/answer.hpp) with the report's
/// values, `controls`, what stays of the report's drawing (`Drawing::held`), and the `claims` of the text that rest on
/// this figure alone: each condition as it is written, and as the module judges it. Safe inside a script element.
std::string live_data(const Request& request, const std::string& held, const Statements& statements,
                      const text::Words& words);

/// The claims that rest on this figure alone, in the order of the text.
std::vector<const Statement*> claims_on(const std::string& figure, const Statements& statements);

/// An error at what says that this figure is live.
manuscript::Diagnostic error_at_live(const Request& request, const std::string& message, const std::string& hint,
                                     const Project& project);

/// Values of each slider's range, both ends among them, with which the figure cannot be drawn: errors at their
/// directives; with which it takes longer than a reader would wait: warnings. What was tried is kept in the store.
std::vector<manuscript::Diagnostic> faults_of_ranges(const std::vector<FigureBuild>& figures, BuildContext& context);

/// Throws publish::MissingPackage, naming the first live figure's place, where the page is to be written and this
/// program was built without the module that runs it.
void require_live_module(const Project& project, const Settings& settings);

/// What the manifest says of the module in the page: its checksum, compiler and options; null where the page has none.
Json origin_of_live_module(const Project& project);

}  // namespace engine
