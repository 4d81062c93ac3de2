// Bold letters: Unicode, "Mathematical Alphanumeric Symbols". Signs: The TeXbook, chapter 18 and
// appendix G, rules 5 and 6. See pandoc_forms.hpp.
#include "publish/page/pandoc_forms.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>

#include "publish/latex/tex_letters.hpp"

namespace publish {
namespace {

using elements::Element;
using Nodes = std::vector<Element>;
using std::string_view;

constexpr string_view application = "&#8289;", applied = "\u2061";

bool is_one_of(string_view text, std::initializer_list<string_view> list) {
  return std::find(list.begin(), list.end(), text) != list.end();
}

bool is_row(const Element& node) {
  return is_one_of(node.name, {"mrow", "mtd", "msqrt", "mstyle", "mphantom", "mpadded"});
}

bool is_scripted(const Element& node) {
  return is_one_of(node.name, {"msup", "msub", "msubsup", "munder", "mover", "munderover"});
}

bool is_prime(const Element& node) {
  return (node.is("mo") || node.is("mi")) && is_one_of(node.content(), {"′", "″", "‴", "⁗"});
}

bool is_nothing(const Element& node) { return node.is("mi") && node.children.empty(); }

Nodes list_of(Element node) {
  Nodes list;
  list.push_back(std::move(node));
  return list;
}

template <typename... Rest>
Nodes list_of(Element first, Rest... rest) {
  Nodes list = list_of(std::move(first));
  (list.push_back(std::move(rest)), ...);
  return list;
}

Element as_one(Nodes nodes) {
  if (nodes.size() == 1) return std::move(nodes.front());
  return elements::element("mrow", std::move(nodes));
}

// ----------------------------------------------------------------------------------------------------------
// alphabets

/// What a mathvariant of <mstyle> means for what stands in it: Pandoc 2 writes letters as
/// characters of their own, and leaves digits and upright letters to the attribute, which browsers
/// no longer read there.
void apply_variant(Element& node, const std::string& variant) {
  if (node.is("mi") && variant == "normal" && !node.attribute("mathvariant")) node.set("mathvariant", "normal");
  if (node.is("mi") || node.is("mn"))
    for (auto& text : node.children) text.text = in_alphabet(text.text, variant);
  if (is_one_of(node.name, {"mi", "mn", "mo", "mtext"})) return;
  for (auto& child : node.children) apply_variant(child, variant);
}

/// The attribute says again what the characters say, and is of use only where a single letter is
/// upright.
void drop_variant(Element& node) {
  const std::string* variant = node.attribute("mathvariant");
  if (!variant || node.is("mtext")) return;
  if (node.is("mi") && *variant == "normal" && length_of(node.content()) == 1) return;
  if (node.is("mn"))
    for (auto& text : node.children) text.text = in_alphabet(text.text, *variant);
  node.remove("mathvariant");
}

// --------------------------------------------------------------------------------------------------------------
// primes

/// A prime is high by itself: as a script it would be raised twice. It stands in its row, behind
/// what bears it.
Nodes with_primes_in_row(Element node) {
  auto& parts = node.children;
  const Element prime = elements::token("mi", parts.back().content());
  if (node.is("msup") && parts.size() == 2 && is_prime(parts[1])) return list_of(std::move(parts[0]), prime);
  if (node.is("msubsup") && parts.size() == 3 && is_prime(parts[2]))
    return list_of(elements::element("msub", list_of(std::move(parts[0]), std::move(parts[1]))), prime);
  // A base that was given its prime before: the lower script is the letter's, the upper one stands
  // behind the prime.
  if (parts.size() > 1 && parts[0].is("mrow") && parts[0].children.size() == 2 && is_prime(parts[0].children[1]) &&
      node.name.starts_with("msu")) {
    Element letter = std::move(parts[0].children[0]), mark = std::move(parts[0].children[1]);
    if (!node.is("msup")) letter = elements::element("msub", list_of(std::move(letter), parts[1]));
    if (!node.is("msub")) mark = elements::element("msup", list_of(std::move(mark), parts.back()));
    return list_of(std::move(letter), std::move(mark));
  }
  return list_of(std::move(node));
}

/// Scripts that Pandoc gave to a prime (2.17), or to nothing (3.10), are those of the letter before
/// it.
void move_scripts(Nodes& row) {
  for (std::size_t i = 1; i < row.size(); ++i) {
    Element& node = row[i];
    if (!is_one_of(node.name, {"msub", "msup", "msubsup"}) || node.children.size() < 2) continue;
    const bool of_nothing = is_nothing(node.children[0]) && i > 1 && is_prime(row[i - 1]);
    if (!of_nothing && !is_prime(node.children[0])) continue;
    if (of_nothing) {
      node.children[0] = std::move(row[i - 1]);
      row.erase(row.begin() + static_cast<std::ptrdiff_t>(--i));
    }
    Element& scripted = row[i];
    Element& letter = row[i - 1];
    if (!scripted.is("msup"))
      letter = elements::element("msub", list_of(std::move(letter), std::move(scripted.children[1])));
    Element mark = std::move(scripted.children[0]);
    row[i] = scripted.is("msub")
                 ? std::move(mark)
                 : elements::element("msup", list_of(std::move(mark), std::move(scripted.children.back())));
  }
}

// ---------------------------------------------------------------------------------------------------------------
// signs

bool is_sign(const Element& node) { return is_one_of(node.content(), {"−", "+", "±", "∓"}); }

/// What a sign after this one belongs to: nothing before it, so that it is not an operation.
bool leaves_alone(const Element& before) {
  if (is_scripted(before) && !before.children.empty()) return leaves_alone(before.children.front());
  if (!before.is("mo")) return false;
  const std::string* form = before.attribute("form");
  return !(form && *form == "postfix") && !is_one_of(before.content(), {"!", ")", "]", "}", "%"});
}

/// A sign behind a parenthesis, a comma or an operator, or at the beginning, is not set as if it
/// added or subtracted.
void mark_signs(Element& row) {
  const Element* before = nullptr;
  for (auto& node : row.children) {
    if (node.is("mspace")) continue;
    const bool alone = before ? leaves_alone(*before) : row.is("mrow");
    if (node.is("mo") && node.attributes.empty() && is_sign(node) && alone) node.set("form", "prefix");
    before = &node;
  }
}

// ----------------------------------------------------------------------------------------------------------
// the formula

class Normaliser {
 public:
  explicit Normaliser(const std::string& tex)
      : bold_(bold_letters(tex)),
        grows_(may_grow(tex)),
        primed_scripts_(tex.find("'}") != std::string::npos || tex.find("prime}") != std::string::npos) {}

  Nodes normalised(Element node) {
    if (node.is("annotation") || node.name.empty()) return list_of(std::move(node));
    Nodes children;
    for (auto& child : node.children) {
      Nodes parts = normalised(std::move(child));
      if (is_row(node))
        std::move(parts.begin(), parts.end(), std::back_inserter(children));
      else
        children.push_back(as_one(std::move(parts)));
    }
    node.children = std::move(children);
    return transformed(std::move(node));
  }

 private:
  Nodes transformed(Element node) {
    if (const std::string* variant = node.attribute("mathvariant"); node.is("mstyle") && variant) {
      apply_variant(node, *variant);
      return list_of(as_one(std::move(node.children)));
    }
    drop_variant(node);
    if (node.is("mi")) return list_of(letter(std::move(node)));
    if (node.is("mo")) fence(node);
    if (node.is("mtd")) node.remove("style");  // the page's style aligns by the attribute that all write
    if (is_function(node)) return list_of(elements::token("mo", node.children[0].content()));
    if (is_row(node)) {
      move_scripts(node.children);
      mark_signs(node);
    }
    if (node.name.starts_with("mu") || node.is("mover")) name_operator(node);
    if (node.name.starts_with("msu") && node.children.size() > 1) {
      if (!primed_scripts_ && node.is("msub")) lift_prime(node);
      return with_primes_in_row(std::move(node));
    }
    return list_of(std::move(node));
  }

  /// Pandoc 3.7 reads f_i' as f with a lower script i'.
  static void lift_prime(Element& node) {
    Element& script = node.children[1];
    if (!script.is("mrow") || script.children.size() != 2 || !is_prime(script.children[1])) return;
    Element prime = std::move(script.children[1]);
    Element letter = std::move(script.children[0]);
    node = elements::element("msubsup", list_of(std::move(node.children[0]), std::move(letter), std::move(prime)));
  }

  /// \max with its limits below is a letter's token since Pandoc 3.7.
  static void name_operator(Element& node) {
    if (node.children.empty() || !node.children[0].is("mi") || length_of(node.children[0].content()) < 2) return;
    node.children[0] = elements::token("mo", node.children[0].content());
  }

  static bool is_function(const Element& node) {
    return node.is("mrow") && node.children.size() == 2 && node.children[0].is("mi") && node.children[1].is("mo") &&
           is_one_of(node.children[1].content(), {application, applied});
  }

  Element letter(Element node) {
    if (is_sign(node)) {
      Element sign = elements::token("mo", node.content());
      sign.set("form", "prefix");
      return sign;
    }
    if (node.children.size() == 1) node.children[0].text = bold_.meant(node.children[0].text);
    return node;
  }

  /// Parentheses grow after \left only, and where a command like \binom brings its own. Pandoc up
  /// to 3.1 has every pair grow.
  void fence(Element& node) const {
    const std::string* stretchy = node.attribute("stretchy");
    if (!grows_ && stretchy && *stretchy == "true" && node.attribute("form") && !node.attribute("minsize"))
      for (auto& [name, value] : node.attributes)
        if (name == "stretchy") value = "false";
  }

  static bool may_grow(const std::string& tex) {
    const auto growing = {"\\left",  "\\begin",   "binom",  "\\choose", "\\brack",
                          "\\brace", "\\genfrac", "matrix", "\\cases"};
    return tex.empty() || std::any_of(growing.begin(), growing.end(),
                                      [&](const char* command) { return tex.find(command) != std::string::npos; });
  }

  BoldLetters bold_;
  bool grows_, primed_scripts_;
};

const Element* find(const Element& node, string_view name) {
  if (node.is(name)) return &node;
  for (const auto& child : node.children)
    if (const Element* found = find(child, name)) return found;
  return nullptr;
}

}  // namespace

std::string tex_of(const Element& math) {
  const Element* annotation = find(math, "annotation");
  return annotation ? elements::unescaped(annotation->content()) : "";
}

void normalise(Element& math) {
  Normaliser normaliser(tex_of(math));
  math = as_one(normaliser.normalised(std::move(math)));
}

}  // namespace publish
