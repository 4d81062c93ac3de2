// From a result to the drawn figure in every form, kept in the store under the result and the looks.
#pragma once

#include <string>

#include "report/runner.hpp"

namespace report {

struct Drawing {
  std::string pdf, svg, png;  // files for output/figures
  std::string inline_svg;     // to stand inside the page
  double width_mm = 0, height_mm = 0;
};

/// The looks' part of a drawing's key, and what a redraw depends on besides the result.
std::string drawing_key(const Request& request, const RunOutcome& outcome, const std::string& date, const std::string& program);

/// The figure of an outcome, from the store or drawn now. `date` (ISO 8601 day) goes into the PDF.
Drawing draw(const Request& request, const RunOutcome& outcome, const std::string& date, const std::string& program,
             const Store& store);

}  // namespace report
