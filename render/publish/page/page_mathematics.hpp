// What a page's mathematics needs after Pandoc for browsers to set it as LaTeX would.
// Spacing by the classes of The TeXbook, chapter 18; how browsers read it: MathML Core, 3.2.4.
#pragma once

#include <string>

namespace publish {

/// Pandoc's MathML with the spaces, parentheses, primes and alignments that LaTeX would give it.
std::string with_repaired_mathematics(std::string page);

/// The page with formulas kept on one line with what leans on them: an opening parenthesis before, a full stop or the
/// mark of a claim or note behind. Browsers may break a line on either side of a formula.
std::string with_formulas_kept(const std::string& page);

/// The page without what HTML takes for granted of a formula: that it is MathML, and that it stands in a line. That is
/// a quarter of what formulas weigh.
std::string with_formulas_light(std::string page);

}  // namespace publish
