// See chapter_names.hpp. It finds rather too much than too little: a name that nobody means only makes a page be made
// as a whole.
#include "publish/page/chapter_names.hpp"

#include <algorithm>

#include "manuscript/unicode.hpp"

namespace publish {
namespace {

/// In small letters, with single blanks.
std::string plain(std::string_view name) {
  std::string out;
  for (std::size_t at = 0; at < name.size();) {
    const auto c = manuscript::decode(name, at);
    const std::string_view bytes = name.substr(at, c.bytes);
    at += c.bytes;
    if (bytes.find_first_of(" \t\r\n") == bytes.npos)
      out += c.valid ? manuscript::encode(manuscript::lower_case(c.value)) : std::string(bytes);
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

template <class Each>
void each_line(std::string_view text, const Each& each) {
  std::string_view before;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    each(line, before);
    before = line;
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
}

/// "a" of a line "[a]: ...", at any depth of lists and quotations; empty for others.
std::string_view label_of(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(" \t>"), line.size()));
  if (!line.starts_with('[')) return {};
  const auto end = line.find("]:");
  return end == line.npos ? std::string_view() : line.substr(1, end - 1);
}

/// The words of a heading, without signs around them and attributes behind them.
std::string_view words_of(std::string_view heading) {
  heading.remove_prefix(std::min(heading.find_first_not_of("# \t>"), heading.size()));
  if (const auto attributes = heading.rfind('{'); attributes != heading.npos && heading.ends_with('}'))
    heading = heading.substr(0, attributes);
  while (!heading.empty() && (heading.back() == '#' || heading.back() == ' ')) heading.remove_suffix(1);
  return heading;
}

bool is_underline(std::string_view line) {
  return !line.empty() &&
         (line.find_first_not_of("= \t>") == line.npos || line.find_first_not_of("- \t>") == line.npos);
}

bool may_be_heading(std::string_view line) {
  const auto at = line.find_first_not_of(" \t>");
  return at != line.npos && line[at] == '#';
}

}  // namespace

std::set<std::string> defined_labels(std::string_view text) {
  std::set<std::string> labels;
  each_line(text, [&](std::string_view line, std::string_view) {
    if (const auto label = label_of(line); !label.empty()) labels.insert(plain(label));
  });
  return labels;
}

std::set<std::string> defined_names(std::string_view text) {
  auto names = defined_labels(text);
  each_line(text, [&](std::string_view line, std::string_view before) {
    if (may_be_heading(line)) names.insert(plain(words_of(line)));
    if (is_underline(line)) names.insert(plain(words_of(before)));
  });
  return names;
}

std::set<std::string> names_in_brackets(std::string_view text) {
  std::set<std::string> names;
  std::size_t open = text.npos;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '[') open = at + 1;
    if (text[at] != ']' || open == text.npos) continue;
    names.insert(plain(text.substr(open, at - open)));
    open = text.npos;
  }
  return names;
}

}  // namespace publish
