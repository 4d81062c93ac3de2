// See page_text.hpp. It reads what Pandoc and we write: every element is closed, but for those that never are.
#include "live/page_text.hpp"

#include <algorithm>
#include <initializer_list>

#include "text/characters.hpp"

namespace live {
namespace {

using std::string_view;

constexpr std::size_t most_told = 1 << 18;  // bytes

bool is_one_of(string_view name, std::initializer_list<string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Behind the ">" that ends the tag begun at `at`.
std::size_t end_of_tag(string_view text, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote ? c == quote : c == '"' || c == '\'')
      quote = quote ? 0 : c;
    else if (!quote && c == '>')
      return at + 1;
  }
  return text::npos;
}

/// Reads tags, and knows which elements are open.
class Elements {
 public:
  explicit Elements(string_view text) : text_(text) {}

  bool none_open() const { return open_.empty(); }

  /// Goes on behind the tag or the comment at `at`; npos where that cannot be.
  std::size_t read(std::size_t at) {
    if (text_.substr(at).starts_with("<!--")) return behind("-->", at + 4);
    const bool closes = at + 1 < text_.size() && text_[at + 1] == '/';
    const std::size_t begin = at + (closes ? 2 : 1);
    if (begin >= text_.size() || !text::is_alpha(text_[begin])) return at + 1;  // a sign of the text
    const string_view name = text_.substr(begin, text_.find_first_of(" \t\n/>", begin) - begin);
    const std::size_t end = end_of_tag(text_, begin);
    if (end == text::npos) return end;
    if (closes) return close(name) ? end : text::npos;
    // In HTML's own elements a browser overlooks the stroke of "<div/>".
    const bool is_whole = text_[end - 2] == '/' && (foreign_ > 0 || is_one_of(name, {"svg", "math"}));
    if (is_whole ||
        is_one_of(name, {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}))
      return end;
    if (is_one_of(name, {"script", "style", "textarea"})) {
      const std::size_t closing = text_.find("</" + std::string(name), end);
      return closing == text::npos ? closing : behind(">", closing);
    }
    foreign_ += is_one_of(name, {"svg", "math"});
    open_.push_back(name);
    return end;
  }

 private:
  std::size_t behind(string_view what, std::size_t at) const {
    const auto found = text_.find(what, at);
    return found == text::npos ? found : found + what.size();
  }

  bool close(string_view name) {
    if (open_.empty() || open_.back() != name) return false;
    foreign_ -= is_one_of(name, {"svg", "math"});
    open_.pop_back();
    return true;
  }

  string_view text_;
  std::vector<string_view> open_;
  int foreign_ = 0;
};

}  // namespace

std::optional<std::vector<string_view>> children_of(string_view page) {
  const auto main = page.find("<main"), end = page.rfind("</main>");
  const auto begin = main == text::npos ? main : page.find('>', main);
  if (begin == text::npos || end == text::npos || end < begin) return std::nullopt;
  const string_view text = page.substr(begin + 1, end - begin - 1);
  std::vector<string_view> children;
  Elements elements(text);
  std::size_t from = 0;
  for (auto at = text.find('<'); at != text::npos; at = text.find('<', at)) {
    const bool is_comment = text.substr(at).starts_with("<!--");
    const std::size_t next = elements.read(at);
    if (next == text::npos) return std::nullopt;
    const bool is_tag = next > at + 1 && !is_comment;
    at = next;
    if (!is_tag || !elements.none_open()) continue;
    children.push_back(text.substr(from, at - from));
    from = at;
  }
  if (!elements.none_open() || !text::trimmed(text.substr(from)).empty()) return std::nullopt;
  return children;
}

std::optional<TextChange> text_change(string_view before, string_view now) {
  const auto old = children_of(before), fresh = children_of(now);
  if (!old || !fresh) return std::nullopt;
  TextChange change;
  change.before = old->size();
  const auto differ = std::mismatch(old->begin(), old->end(), fresh->begin(), fresh->end()).first;
  change.first = static_cast<std::size_t>(differ - old->begin());
  const std::size_t most = std::min(old->size(), fresh->size()) - change.first;
  while (change.last < most && (*old)[old->size() - 1 - change.last] == (*fresh)[fresh->size() - 1 - change.last])
    ++change.last;
  change.put = fresh->size() - change.first - change.last;
  for (std::size_t k = change.first; k < change.first + change.put; ++k) change.html += (*fresh)[k];
  return change.html.size() > most_told ? std::nullopt : std::optional(std::move(change));
}

}  // namespace live
