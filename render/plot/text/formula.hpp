// Labels as trees: text, and mathematics as atoms with scripts. The atoms' classes and the space between them follow
// The TeXbook, chapter 18, simplified to one style of text and one of scripts.
#pragma once

#include <string_view>
#include <vector>

#include "plot/text/symbol.hpp"

namespace plot {

struct Atom;
using Atoms = std::vector<Atom>;

enum class AtomKind {
  symbol,  // also a stretch of plain text, and letters set upright
  group,
  hat,    // a hat over the group
  space,  // and nothing else
};

struct Atom {
  AtomKind kind = AtomKind::symbol;
  Symbol symbol;
  Atoms group;
  double space = 0;  // ems
  Atoms superscript, subscript;
};

/// The tree of a label: stretches of text, and one group for each $...$. Throws std::invalid_argument with the column
/// (in characters, from 1) of what it does not understand.
Atoms parse_label(std::string_view label);

/// Whether an atom stands in a script, where nothing but names of functions is given space.
enum class MathStyle { text, script };

/// The space that each atom has before it, in ems: between operands and signs, and none after a minus that has
/// nothing to subtract from.
std::vector<double> spaces_before(const Atoms& atoms, MathStyle style);

}  // namespace plot
