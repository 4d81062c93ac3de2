// From a result to the drawn figure in every form, kept in the store under the result and the looks.
#pragma once

#include <optional>
#include <string>

#include "engine/runs/runner.hpp"
#include "text/words.hpp"

namespace engine {

struct Drawing {
  std::string pdf, svg, png;  // files for output/figures
  std::string inline_svg;     // to stand inside the page
  std::string reading;        // what can be read off it there (livefigure/reading_json.hpp)
  std::string held;           // what stays of it in a live figure: `held` and `kept` of livefigure/answer.hpp
  double width_mm = 0, height_mm = 0;
  std::size_t panels = 0;
};

/// The drawing as the page needs it.
struct InlineDrawing {
  std::string svg, reading, held;
  double width_mm = 0, height_mm = 0;
  std::size_t panels = 0;
};

/// The experiment's figure in the looks that the directive asks for. Throws CodeFailure.
plot::Figure figure_of(const Request& request, const experiment::Result& result);

/// The key of a drawing: the result, the looks, the day that goes into the PDF (ISO 8601), and the code and fonts that
/// draw (`drawing_code`).
std::string drawing_key(const Request& request, const std::string& result_key, const std::string& date,
                        const std::string& drawing_code);

/// The figure of an outcome with the document's words, from the store under its key or drawn now.
Drawing draw(const Request& request, const RunOutcome& outcome, const std::string& date, const std::string& key,
             const store::Store& store, const text::Words& words);

/// The figure of an outcome as a PNG of so many pixels an inch. Throws CodeFailure.
std::string picture_of_resolution(const Request& request, const RunOutcome& outcome, int dots_per_inch,
                                  const text::Words& words);

/// The figure of an outcome as an SVG that turns dark by itself (cairo::to_svg_for_screens). Throws CodeFailure.
std::string picture_for_screens(const Request& request, const RunOutcome& outcome, const text::Words& words);

/// The page's form alone, if the store has it.
std::optional<InlineDrawing> stored_inline(const std::string& key, const store::Store& store);

}  // namespace engine
