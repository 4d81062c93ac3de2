// XML of Pandoc's as a tree, read and written again: formulas of pages and books (MathML Core,
// https://www.w3.org/TR/mathml-core/) and of Word's documents (Office MathML, ECMA-376 part 1, 22.1).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace publish::elements {

/// An element, or text where `name` is empty. Text and attributes' values are as in the page,
/// characters escaped.
struct Element {
  std::string name, text;
  std::vector<std::pair<std::string, std::string>> attributes;
  std::vector<Element> children;

  const std::string* attribute(std::string_view wanted) const;
  void set(std::string_view attribute, std::string value);
  void remove(std::string_view attribute);
  /// The text within it.
  std::string content() const;
  bool is(std::string_view wanted) const { return name == wanted; }
};

Element element(std::string name, std::vector<Element> children);
/// <mi>, <mn> or <mo> with this text.
Element token(std::string name, std::string text);

/// The element that `text` is, from "<" to its end tag; nothing when it is not one whole element.
std::optional<Element> read(std::string_view text);
std::string written(const Element& node);

/// Characters in place of their entities.
std::string unescaped(std::string text);

/// The text with each element changed that goes from `begins`, as "<math", to the next `ends`, "</math>". What is not
/// one whole element stays.
std::string with_each_changed(const std::string& text, std::string_view begins, std::string_view ends,
                              const std::function<void(Element&)>& change);

}  // namespace publish::elements
