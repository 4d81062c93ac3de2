// See formulas.hpp. What LibreOffice 7.4 does not read was found by converting 120 commands of TeX, each alone, at both
// ends of a formula, between letters and as an exponent (tests/word/check.sh does it again).
#include "publish/word/formulas.hpp"

#include <algorithm>
#include <set>
#include <string_view>

#include "publish/elements.hpp"

namespace publish {
namespace {

using elements::Element;
using std::string_view;

/// Elements that hold a formula or a part of one with operands of its own.
bool is_row(const Element& node) {
  static const std::set<string_view> rows{"m:oMath", "m:e",   "m:num",   "m:den", "m:sub",
                                          "m:sup",   "m:deg", "m:fName", "m:lim"};
  return rows.contains(node.name);
}

/// Operators of LibreOffice's language with two operands.
bool is_operator(const Element& run) {
  static const std::set<string_view> operators{"=", "&lt;", "&gt;", "+", "*", "/", ":="};
  return run.is("m:r") && operators.contains(run.content());
}

/// Signs and words with a meaning there that a formula does not have, where they are a run of their own.
bool is_command(const Element& run) {
  static const std::set<string_view> commands{"(",     ")",  "[",   "]",   "{",      "}",      "|",       "#",
                                              "&amp;", "\\", "lim", "sup", "liminf", "limsup", "lim inf", "lim sup"};
  return run.is("m:r") && commands.contains(run.content());
}

Element property(const char* name) { return elements::element(name, {}); }

void make_text(Element& run) {
  std::erase_if(run.children, [](const Element& child) { return child.is("m:rPr"); });
  run.children.insert(run.children.begin(), elements::element("m:rPr", {property("m:nor")}));
}

/// What stands for an operand that is not there.
Element no_operand() {
  Element run = elements::element("m:r", {elements::token("m:t", "\u200B")});
  make_text(run);
  return run;
}

void give_operands(Element& row) {
  if (row.children.empty()) {
    if (row.is("m:e")) row.children.push_back(no_operand());
    return;
  }
  if (is_operator(row.children.front())) row.children.insert(row.children.begin(), no_operand());
  if (is_operator(row.children.back())) row.children.push_back(no_operand());
}

/// Opening, separating, closing: their order in the standard (CT_DPr).
void order_delimiters(Element& properties) {
  constexpr string_view order[] = {"m:begChr", "m:sepChr", "m:endChr"};
  const auto place = [&](const Element& property) {
    return std::find(std::begin(order), std::end(order), property.name) - std::begin(order);
  };
  std::stable_sort(properties.children.begin(), properties.children.end(),
                   [&](const Element& a, const Element& b) { return place(a) < place(b); });
}

/// A brace over or under an expression, which Pandoc writes as a limit that is a brace, and which does not grow so.
void group_by_brace(Element& node) {
  const bool is_above = node.is("m:limUpp");
  if ((!is_above && !node.is("m:limLow")) || node.children.size() != 2) return;
  const string_view brace = is_above ? "\u23DE" : "\u23DF";
  if (!node.children[1].is("m:lim") || node.children[1].content() != brace) return;
  Element sign = property("m:chr"), place = property("m:pos"), line = property("m:vertJc");
  sign.set("m:val", std::string(brace));
  place.set("m:val", is_above ? "top" : "bot");
  line.set("m:val", is_above ? "bot" : "top");
  node.name = "m:groupChr";
  node.children.pop_back();
  node.children.insert(node.children.begin(), elements::element("m:groupChrPr", {sign, place, line}));
}

void mend(Element& node) {
  for (Element& child : node.children) mend(child);
  if (node.is("m:dPr")) order_delimiters(node);
  if (is_command(node)) make_text(node);
  if (is_row(node)) give_operands(node);
  group_by_brace(node);
}

}  // namespace

std::string with_word_formulas(const std::string& part) {
  return elements::with_each_changed(part, "<m:oMath>", "</m:oMath>", mend);
}

}  // namespace publish
