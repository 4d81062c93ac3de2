// The text before its figures' numbers.
#pragma once

#include <vector>

#include "report/statements.hpp"
#include "report/workshop.hpp"

namespace report {

/// Judges every value and claim. Verdicts are kept with the results that they rest on: of a figure whose statements
/// were judged before, wherever they now stand, no result is read. One that is needed and lost is run again.
Judgement judge_text(std::vector<Made>& figures, Workshop& shop);

}  // namespace report
