// Appendices: headings of the first level with the class appendix, lettered behind the last chapter.
#pragma once

#include <vector>

#include "manuscript/chapter.hpp"

namespace manuscript {

/// What is wrong with them: below the first level, without a letter, before a chapter, or a class that is misspelt.
std::vector<Diagnostic> check_appendices(const std::vector<Chapter>& chapters);

}  // namespace manuscript
