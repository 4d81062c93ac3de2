// A reader for what a program wrote: no comments, no declarations, every element closed.
// See elements.hpp.
#include "publish/elements.hpp"

#include <algorithm>

#include "text/replace_all.hpp"

namespace publish::elements {
namespace {

using std::string_view;

constexpr int deepest = 200;  // formulas nest by tens; a chapter must not exhaust the stack

class Reader {
 public:
  explicit Reader(string_view text) : text_(text) {}

  std::optional<Element> whole() {
    auto node = element(0);
    if (!node || at_ != text_.size()) return std::nullopt;
    return node;
  }

 private:
  bool take(string_view wanted) {
    if (!text_.substr(at_).starts_with(wanted)) return false;
    at_ += wanted.size();
    return true;
  }

  std::string until(string_view ends) {
    const auto end = std::min(text_.find_first_of(ends, at_), text_.size());
    std::string part(text_.substr(at_, end - at_));
    at_ = end;
    return part;
  }

  std::optional<Element> element(int depth) {
    if (depth > deepest || !take("<")) return std::nullopt;
    Element node;
    node.name = until(" />");
    if (node.name.empty() || !attributes(node)) return std::nullopt;
    if (take("/>")) return node;
    if (!take(">")) return std::nullopt;
    while (!take("</")) {
      if (at_ >= text_.size()) return std::nullopt;
      if (text_[at_] == '<') {
        auto child = element(depth + 1);
        if (!child) return std::nullopt;
        node.children.push_back(std::move(*child));
      } else {
        node.children.push_back({"", until("<"), {}, {}});
      }
    }
    if (!take(node.name) || !take(">")) return std::nullopt;
    return node;
  }

  bool attributes(Element& node) {
    while (take(" ")) {
      if (text_.substr(at_).starts_with("/")) return true;
      std::string name = until("= >");
      if (!take("=\"")) return false;
      std::string value = until("\"");
      if (!take("\"")) return false;
      node.attributes.emplace_back(std::move(name), std::move(value));
    }
    return true;
  }

  string_view text_;
  std::size_t at_ = 0;
};

void write(const Element& node, std::string& out) {
  if (node.name.empty()) {
    out += node.text;
    return;
  }
  out += "<" + node.name;
  for (const auto& [name, value] : node.attributes) out += " " + name + "=\"" + value + "\"";
  out += ">";
  for (const auto& child : node.children) write(child, out);
  out += "</" + node.name + ">";
}

}  // namespace

const std::string* Element::attribute(string_view wanted) const {
  const auto found =
      std::find_if(attributes.begin(), attributes.end(), [&](const auto& pair) { return pair.first == wanted; });
  return found == attributes.end() ? nullptr : &found->second;
}

void Element::set(string_view attribute, std::string value) {
  remove(attribute);
  attributes.emplace_back(attribute, std::move(value));
}

void Element::remove(string_view attribute) {
  std::erase_if(attributes, [&](const auto& pair) { return pair.first == attribute; });
}

std::string Element::content() const {
  std::string all = text;
  for (const auto& child : children) all += child.content();
  return all;
}

Element element(std::string name, std::vector<Element> children) {
  return {std::move(name), "", {}, std::move(children)};
}

Element token(std::string name, std::string text) {
  return element(std::move(name), {Element{"", std::move(text), {}, {}}});
}

std::optional<Element> read(string_view text) { return Reader(text).whole(); }

std::string written(const Element& node) {
  std::string out;
  write(node, out);
  return out;
}

std::string unescaped(std::string text) {
  for (const auto& [entity, character] :
       {std::pair{"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&amp;", "&"}})
    text::replace_all(text, entity, character);
  return text;
}

std::string with_each_changed(const std::string& text, string_view begins, string_view ends,
                              const std::function<void(Element&)>& change) {
  std::string changed;
  changed.reserve(text.size() + text.size() / 16);
  std::size_t done = 0;
  for (auto from = text.find(begins); from != std::string::npos; from = text.find(begins, from + 1)) {
    const auto last = text.find(ends, from);
    if (last == std::string::npos) break;
    const auto to = last + ends.size();
    auto node = read(string_view(text).substr(from, to - from));
    if (!node) continue;
    change(*node);
    changed.append(text, done, from - done).append(written(*node));
    done = to;
  }
  return changed.append(text, done);
}

}  // namespace publish::elements
