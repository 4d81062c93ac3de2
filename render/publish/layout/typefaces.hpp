// The typefaces that a document may be set in. pdfLaTeX takes fonts through packages of TeX alone, so that these are
// the families that have one and a form for the page: a list, and no other font of the machine.
#pragma once

#include <string>
#include <vector>

namespace publish {

/// What a typeface is for.
enum class Use { body, sans, mono, math };

struct Typeface {
  Use use;
  const char* name;    // as authors write it
  const char* family;  // of the page's fonts, "TeX Gyre Termes"
  const char* latex;   // what loads it
};

const std::vector<Typeface>& known_typefaces();

/// "body", "sans", "mono", "math"
const char* name_of(Use use);

std::vector<std::string> typeface_names(Use use);

/// The one of a name; null when there is none for this use.
const Typeface* typeface_named(Use use, const std::string& name);

/// What a document is set in; null: the house's own, and for formulas those that go with the text.
struct Typefaces {
  const Typeface *body = nullptr, *sans = nullptr, *mono = nullptr, *math = nullptr;

  bool are_usual() const { return !body && !sans && !mono && !math; }
};

/// The preamble's lines for them.
std::string latex_of(const Typefaces& typefaces);

/// The families of the page's fonts: the house's, which drawings are set in, and the document's.
std::vector<std::string> web_families(const Typefaces& typefaces);

/// The page's rules that use them.
std::string css_of(const Typefaces& typefaces);

}  // namespace publish
