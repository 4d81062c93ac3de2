// What is to be said of one figure, and of all.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/explain.hpp"
#include "engine/sources/request.hpp"
#include "regression/difference.hpp"
#include "regression/reference.hpp"

namespace regression {

enum class FigureVerdict {
  same,
  rendering_only,  // data and scene are those of the reference; only pixels differ
  differs,
  added,    // there is no reference
  deleted,  // there is a reference, and no figure in the chapters
  failed,   // the experiment gave no result
};
const char* name_of(FigureVerdict verdict);

/// Whether the report is still what its references say.
inline bool passes(FigureVerdict verdict) {
  return verdict == FigureVerdict::same || verdict == FigureVerdict::rendering_only;
}

/// A place on the drawing, in fractions of its width and height from the top left.
struct Spot {
  double x = 0, y = 0;
};

struct CheckedFigure {
  ReferenceName name;
  const engine::Request* request = nullptr;  // none of a deleted figure
  FigureVerdict verdict = FigureVerdict::same;
  std::vector<Difference> differences;
  std::string rendering;           // what an eye sees in the picture; empty: nothing
  std::optional<Located> worst;    // largest deviation of the data, allowed or not
  std::optional<Spot> worst_spot;  // where it is in the picture
  std::vector<ValueRow> values;
  std::vector<engine::Change> changes;  // of parameters, seed, data set and code since the reference
  double seconds = -1;                  // that the run took; negative when unknown
  bool ran = false;

  std::string reference_checksum;  // empty: there is none
  std::string key;                 // of what was drawn; by it `bless` knows that nothing changed since
  std::string json, png;           // what would be the new reference
  std::string reference_png, difference_png;

  /// The first cause and how many more: one line.
  std::string cause() const;
};

struct CheckSummary {
  std::vector<CheckedFigure> figures;
  std::string note;  // when the folder of references is another document's
  bool all_pass() const;
};

}  // namespace regression
