// See sections.hpp. Where this is wrong, a mark between two sections is not found where it was put, and the page is
// made of chapters.
#include "publish/page/sections.hpp"

#include <algorithm>

#include "text/characters.hpp"

namespace publish {
namespace {

constexpr std::string_view blanks = " \t\r\n";

/// How often the sign that a text begins with stands there.
std::size_t run_length(std::string_view text) {
  return text.empty() ? 0 : std::min(text.find_first_not_of(text.front()), text.size());
}

int count(std::string_view line, std::string_view what) {
  int found = 0;
  for (auto at = line.find(what); at != line.npos; at = line.find(what, at + what.size())) ++found;
  return found;
}

bool begins_section(std::string_view line) {
  if (!line.starts_with('#')) return false;
  const std::size_t level = run_length(line);
  return level <= 6 && level < line.size() && blanks.find(line[level]) != blanks.npos;
}

/// What was begun above a line, and not ended.
class Open {
 public:
  bool nothing() const { return fence_.empty() && divisions_ == 0 && elements_ == 0; }

  void read(std::string_view line) {
    line = text::trimmed(line, blanks);
    const std::size_t signs = run_length(line);
    const bool is_fence = signs >= 3 && (line.front() == '`' || line.front() == '~');
    if (!fence_.empty()) {
      if (is_fence && signs == line.size() && line.front() == fence_.front() && signs >= fence_.size()) fence_ = {};
      return;
    }
    if (is_fence && line.substr(signs).find(line.front()) == line.npos) fence_ = line.substr(0, signs);
    if (signs >= 3 && line.front() == ':') divisions_ += signs == line.size() ? -1 : 1;
    elements_ += count(line, "<div") - count(line, "</div") + count(line, "<!--") - count(line, "-->");
  }

 private:
  std::string_view fence_;
  int divisions_ = 0, elements_ = 0;
};

}  // namespace

std::vector<std::string_view> sections_of(std::string_view chapter) {
  std::vector<std::string_view> sections;
  Open open;
  std::string_view before;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < chapter.size();) {
    const std::size_t end = std::min(chapter.find('\n', at), chapter.size());
    const std::string_view line = chapter.substr(at, end - at);
    const std::string_view section = text::trimmed(chapter.substr(begin, at - begin), blanks);
    // HTML at a section's end may go on behind it.
    const bool has_ended = !section.empty() && section.back() != '>';
    if (begins_section(line) && text::trimmed(before, blanks).empty() && open.nothing() && has_ended) {
      sections.push_back(chapter.substr(begin, at - begin));
      begin = at;
    }
    open.read(line);
    before = line;
    at = end + 1;
  }
  sections.push_back(chapter.substr(begin));
  return sections;
}

}  // namespace publish
