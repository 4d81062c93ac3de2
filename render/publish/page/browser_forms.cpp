// Sizes of delimiters: amsmath.sty, \big to \Bigg. The font's axis lies a quarter of an em above
// the baseline. See browser_forms.hpp.
#include "publish/page/browser_forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>

#include "publish/page/pandoc_forms.hpp"

namespace publish {
namespace {

using elements::Element;
using std::string_view;

struct Accent {
  string_view combining, spacing;
  string_view wide_command;  // of TeX, which stretches it
  string_view wide;          // what browsers can stretch
};

// A combining character has no width, by which Chromium would centre it.
constexpr std::array<Accent, 17> accents{{{"\u0300", "`", "", ""},
                                          {"\u0301", "´", "", ""},
                                          {"\u0302", "ˆ", "\\widehat", "\u0302"},
                                          {"\u0303", "˜", "\\widetilde", "~"},
                                          {"\u0304", "¯", "", ""},
                                          {"\u0306", "˘", "", ""},
                                          {"\u0307", "˙", "", ""},
                                          {"\u0308", "¨", "", ""},
                                          {"\u030A", "˚", "", ""},
                                          {"\u030C", "ˇ", "", ""},
                                          {"\u20DB", "˙˙˙", "", ""},
                                          {"\u20DC", "˙˙˙˙", "", ""},
                                          {"‾", "¯", "", ""},
                                          {"\u20D7", "→", "\\overrightarrow", "→"},
                                          {"→", "→", "\\overrightarrow", "→"},
                                          {"\u20D6", "←", "\\overleftarrow", "←"},
                                          {"\u20E1", "↔", "\\overleftrightarrow", "↔"}}};

bool is_accent(const Element& node) {
  const std::string* accent = node.is("mo") ? node.attribute("accent") : nullptr;
  return accent && *accent == "true";
}

void set_accent(Element& over, const std::string& tex) {
  Element& mark = over.children[1];
  const std::string text = mark.content();
  const auto accent =
      std::find_if(accents.begin(), accents.end(), [&](const Accent& a) { return a.combining == text; });
  if (accent == accents.end()) return;
  // One command makes both in Pandoc; over a single letter the narrow one is meant unless the TeX
  // has no other.
  const bool wide = !accent->wide_command.empty() && tex.find(accent->wide_command) != std::string::npos &&
                    (over.children[0].is("mrow") || accent->wide == "→" || accent->wide == "←");
  mark = elements::token("mo", std::string(wide ? accent->wide : accent->spacing));
  mark.set("accent", "true");
  mark.set("stretchy", wide ? "true" : "false");
  const bool arrow = accent->spacing == "→" || accent->spacing == "←" || accent->spacing == "↔";
  if (arrow) {
    mark.set("lspace", "0");
    mark.set("rspace", "0");
    if (!wide) mark.set("style", "font-size:0.6em");  // \vec is a small arrow
  }
  over.set("accent", "true");
}

/// A rule over or under the whole: the page's style draws it as a border, since no font has bars
/// that Chromium could stretch.
Element ruled(Element body, const char* side) {
  Element row = elements::element("mrow", {});
  row.children.push_back(std::move(body));
  row.set("class", side);
  return row;
}

/// The number of ems that Pandoc means by "1.2", which browsers do not read, or by "120%".
double ems(const std::string& size) {
  const double number = std::strtod(size.c_str(), nullptr);
  return size.ends_with("%") ? number / 100 : number;
}

/// How wide the page's font draws a delimiter of \big, \Big, \bigg or \Bigg, in ems; 0 where all
/// are as wide.
double width_of(const std::string& sign, double size) {
  struct Widths {
    string_view signs;
    std::array<double, 4> of_size;
  };
  static constexpr std::array<Widths, 5> widths{{{"()", {0.49, 0.60, 0.68, 0.68}},
                                                 {"[]⌊⌋⌈⌉", {0.44, 0.52, 0.52, 0.52}},
                                                 {"{}", {0.47, 0.60, 0.59, 0.59}},
                                                 {"⟨⟩", {0.47, 0.49, 0.53, 0.62}},
                                                 {"/", {0.53, 0.84, 1.03, 1.22}}}};
  const auto at = std::find_if(widths.begin(), widths.end(),
                               [&](const Widths& w) { return w.signs.find(sign) != string_view::npos; });
  if (at == widths.end()) return 0;
  return at->of_size[size < 1.5 ? 0 : size < 2.1 ? 1 : size < 2.7 ? 2 : 3];
}

/// \big to \Bigg. Browsers other than WebKit stretch to the least size asked for; WebKit stretches
/// to what stands beside it.
Element large_delimiter(Element sign) {
  const double size = ems(*sign.attribute("minsize"));
  std::string text = sign.content(), form = sign.attribute("form") ? *sign.attribute("form") : "";
  if (text == ".") return elements::element("mrow", {});
  if (text == "∥") text = "‖";
  if (text == "&lt;" || text == "&gt;") {
    form = text == "&lt;" ? "prefix" : "postfix";
    text = text == "&lt;" ? "⟨" : "⟩";
  }
  Element operation = elements::token("mo", text);
  operation.attributes = {{"form", form.empty() ? "infix" : form},
                          {"stretchy", "true"},
                          {"symmetric", "true"},
                          {"lspace", "0"},
                          {"rspace", "0"},
                          {"minsize", fmt::format("{:.4g}em", size)},
                          {"maxsize", fmt::format("{:.4g}em", size)}};
  // Chromium gives each the width of the widest that the font has.
  if (const double width = width_of(text, size); width > 0)
    operation.set("style", fmt::format("max-width:{:.4g}em", width));
  Element strut = elements::element("mspace", {});
  strut.attributes = {{"width", "0"},
                      {"height", fmt::format("{:.4g}em", size / 2 + 0.25)},
                      {"depth", fmt::format("{:.4g}em", size / 2 - 0.25)}};
  Element row = elements::element("mrow", {});
  // An opening one ends its row, so that what comes next is seen to begin.
  row.children.push_back(form == "prefix" ? strut : operation);
  row.children.push_back(form == "prefix" ? operation : strut);
  return row;
}

/// Binary operators that Firefox takes for the large ones of the same shape.
bool is_taken_for_large(const Element& node) {
  const auto all = {"⊎", "⊕", "⊖", "⊗", "⊙"};
  return node.is("mo") && node.attributes.empty() && std::find(all.begin(), all.end(), node.content()) != all.end();
}

void fit(Element& node, const std::string& tex) {
  if (node.is("annotation")) return;
  for (auto& child : node.children) fit(child, tex);
  if (node.is("mtd")) {
    // What stands in a cell is aligned only if it is one thing.
    Element row = elements::element("mrow", std::move(node.children));
    node.children.clear();
    node.children.push_back(std::move(row));
  } else if ((node.is("mo") || node.is("mi")) && node.attribute("minsize")) {
    node = large_delimiter(std::move(node));
  } else if (is_taken_for_large(node)) {
    node.set("largeop", "false");
    node.set("movablelimits", "false");
  } else if (node.children.size() == 2 && is_accent(node.children[1])) {
    const std::string mark = node.children[1].content();
    if (node.is("mover") && mark == "¯" && node.children[1].attributes.size() == 1)
      node = ruled(std::move(node.children[0]), "overline");
    else if (node.is("munder") && mark == "_")
      node = ruled(std::move(node.children[0]), "underline");
    else if (node.is("mover"))
      set_accent(node, tex);
  }
}

}  // namespace

void fit_for_browsers(Element& math) { fit(math, tex_of(math)); }

}  // namespace publish
