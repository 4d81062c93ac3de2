// TeX Gyre and Latin Modern have the letters of Europe in every style, for print and page alike. Of formulas pdfLaTeX
// has three kinds that match them: Palatino's, Times' and Computer Modern's.
#include "publish/layout/typefaces.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace publish {
namespace {

/// The formulas that go with a text.
const char* formulas_for(const std::string& body) {
  if (body == "termes") return "termes";
  return body == "latin-modern" ? "latin-modern" : "pagella";
}

/// The page's; null: the house's own.
const Typeface* formulas_of(const Typefaces& typefaces) {
  if (typefaces.math || !typefaces.body) return typefaces.math;
  return typeface_named(Use::math, formulas_for(typefaces.body->name));
}

std::string line(const Typeface* face) { return std::string(face->latex) + "\n"; }

}  // namespace

const std::vector<Typeface>& known_typefaces() {
  static const std::vector<Typeface> list{
      {Use::body, "pagella", "TeX Gyre Pagella", "\\usepackage{tgpagella}"},
      {Use::body, "termes", "TeX Gyre Termes", "\\usepackage{tgtermes}"},
      {Use::body, "schola", "TeX Gyre Schola", "\\usepackage{tgschola}"},
      {Use::body, "bonum", "TeX Gyre Bonum", "\\usepackage{tgbonum}"},
      {Use::body, "latin-modern", "Latin Modern Roman", "\\renewcommand{\\rmdefault}{lmr}"},
      {Use::sans, "heros", "TeX Gyre Heros", "\\usepackage[scale=0.92]{tgheros}"},
      {Use::sans, "adventor", "TeX Gyre Adventor", "\\usepackage[scale=0.9]{tgadventor}"},
      {Use::sans, "latin-modern", "Latin Modern Sans", "\\renewcommand{\\sfdefault}{lmss}"},
      {Use::mono, "latin-modern", "Latin Modern Mono", "\\renewcommand{\\ttdefault}{lmtt}"},
      {Use::mono, "cursor", "TeX Gyre Cursor", "\\usepackage[scale=0.9]{tgcursor}"},
      {Use::math, "pagella", "TeX Gyre Pagella Math", "\\usepackage{mathpazo}"},
      {Use::math, "termes", "TeX Gyre Termes Math", "\\usepackage{mathptmx}"},
      {Use::math, "latin-modern", "Latin Modern Math", "\\usepackage{lmodern}"}};
  return list;
}

const char* name_of(Use use) {
  switch (use) {
    case Use::body:
      return "body";
    case Use::sans:
      return "sans";
    case Use::mono:
      return "mono";
    case Use::math:
      return "math";
  }
  return "";
}

std::vector<std::string> typeface_names(Use use) {
  std::vector<std::string> names;
  for (const Typeface& face : known_typefaces())
    if (face.use == use) names.emplace_back(face.name);
  return names;
}

const Typeface* typeface_named(Use use, const std::string& name) {
  for (const Typeface& face : known_typefaces())
    if (face.use == use && face.name == name) return &face;
  return nullptr;
}

std::string latex_of(const Typefaces& typefaces) {
  const auto or_usual = [](const Typeface* face, Use use, const char* usual) {
    return face ? face : typeface_named(use, usual);
  };
  const Typeface* body = or_usual(typefaces.body, Use::body, "pagella");
  // The formulas first: their packages change the text's fonts too.
  return line(or_usual(typefaces.math, Use::math, formulas_for(body->name))) + line(body) +
         line(or_usual(typefaces.sans, Use::sans, "heros")) + line(or_usual(typefaces.mono, Use::mono, "latin-modern"));
}

std::vector<std::string> web_families(const Typefaces& typefaces) {
  std::vector<std::string> families{"TeX Gyre Pagella", "TeX Gyre Pagella Math"};
  for (const Typeface* face : {typefaces.body, typefaces.mono, formulas_of(typefaces)})
    if (face && std::find(families.begin(), families.end(), face->family) == families.end())
      families.emplace_back(face->family);
  return families;
}

std::string css_of(const Typefaces& typefaces) {
  std::string css;
  if (typefaces.body) css += fmt::format("  --serif: \"{}\", Palatino, serif;\n", typefaces.body->family);
  if (typefaces.mono) css += fmt::format("  --mono: \"{}\", ui-monospace, monospace;\n", typefaces.mono->family);
  if (!css.empty()) css = ":root {\n" + css + "}\n";
  if (const Typeface* math = formulas_of(typefaces); math && math->name != std::string("pagella"))
    css += fmt::format("math {{ font-family: \"{}\", math; }}\n", math->family);
  return css;
}

}  // namespace publish
