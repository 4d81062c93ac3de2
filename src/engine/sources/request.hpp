// A directive bound to its experiment: what is to be run, and how it is to look.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/sources/document_looks.hpp"
#include "engine/sources/metadata.hpp"
#include "experiment/catalogue.hpp"
#include "livefigure/controls.hpp"
#include "manuscript/chapter.hpp"
#include "manuscript/macros.hpp"
#include "store/store.hpp"
#include "text/number_marks.hpp"
#include "text/words.hpp"

namespace engine {

using Json = nlohmann::ordered_json;

/// What the looks of a figure depend on; a change here redraws and runs nothing.
struct FigureOptions {
  std::string title;
  std::string caption;            // Markdown, {{names}} put in
  std::string alt;                // {{names}} put in
  std::string short_caption;      // for lists of figures; empty: what the caption says first
  std::string width;              // "", "margin", "column", "full"
  double height_mm = 0;           // 0: the experiment's own choice
  Json drawing = Json::object();  // effective marks and axes, of an experiment that is drawn from its series
};

struct Request {
  std::string id;  // "fig:gradient-depth"
  manuscript::SourceLocation place;
  const experiment::Experiment* experiment = nullptr;
  Json parameters;      // effective, in the order of declaration; the data set is the one that is used
  std::string dataset;  // its name; empty when the experiment uses none
  std::uint64_t seed = 1;
  FigureOptions looks;
  DocumentLooks document;                       // of all drawings of its document
  bool bound = false;                           // to an experiment that can be read, and valid parameters
  std::string withheld;                         // name of its experiment, where that is code that must not run
  std::vector<experiment::OutputInfo> outputs;  // what it will give
  std::vector<livefigure::Control> live;        // what readers may move on the page; none: nothing
  manuscript::SourceLocation live_place;        // of what says so
  std::string variant;                          // of a frame, by what it differs: "'width' at 20"; else empty

  std::string stem() const { return id.substr(4); }
  /// In letters and signs alone.
  std::string title(const text::Words& words) const;
};

/// What stands for a number that was not computed.
inline constexpr const char* unknown_number = "–";

/// A parameter given on the command line: name and value as text.
using ParameterOverride = std::pair<std::string, std::string>;

struct BindContext {
  const Metadata* metadata = nullptr;
  const experiment::Catalogue* experiments = nullptr;
  std::set<std::string> broken_experiments{};  // whose own errors say why
  std::set<std::string> withheld{};            // experiments whose code must not run
  const store::Store* store = nullptr;         // in which outputs are kept that a file has to be read for
  std::string auto_dataset;                    // what `auto` stands for here: "mnist" or "digits"
  std::vector<ParameterOverride> settings;     // of `figure --set`
  manuscript::Macros macros{};                 // that the text has defined before the figure
  const text::Words* words = &text::english();
};

struct BoundDirective {
  Request request;
  std::vector<manuscript::Diagnostic> errors;
};

/// Binds a directive to its experiment's declared parameters; every mistake in it is among the errors. Of a figure
/// whose experiment is withheld only the texts are read.
BoundDirective bind(const manuscript::Source& source, const manuscript::Directive& directive,
                    const BindContext& context);

/// How a number is set: plain, as Markdown, or within a formula; with a language's marks.
using NumberSetting = std::string (*)(const text::Number&, const text::NumberMarks&);

/// A parameter's value as captions print it: lists with commas, or semicolons where those are decimal signs, and
/// numbers at their shortest.
std::string parameter_text(const Json& value, NumberSetting setting = text::plain, const text::NumberMarks& marks = {});

/// The data set's name as it stands in captions: "MNIST".
std::string dataset_title(const std::string& name, const text::Words& words);

}  // namespace engine
