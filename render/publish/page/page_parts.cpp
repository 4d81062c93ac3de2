// See page_parts.hpp.
#include "publish/page/page_parts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <sstream>

namespace publish {
namespace {

/// The end of the digits that begin at a place; the place itself where there are none.
std::size_t end_of_digits(std::string_view text, std::size_t at) {
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return at;
}

struct NumberPlace {
  std::size_t begin = 0, end = 0;  // none where these are equal
  bool is_code = false;
};

/// The number of a note or of a block of code that an attribute's value begins with, or that follows the attribute of
/// a note's sign: `quote` is a quotation mark.
NumberPlace number_behind(std::string_view text, std::size_t quote) {
  const std::string_view before = text.substr(0, quote);
  std::string_view rest = text.substr(quote + 1);
  constexpr std::string_view sign = "><sup>";
  if (rest.starts_with(sign) && before.ends_with("\"doc-noteref")) {
    const std::size_t begin = quote + 1 + sign.size(), end = end_of_digits(text, begin);
    return text.substr(end).starts_with("</sup>") ? NumberPlace{begin, end, false} : NumberPlace{};
  }
  const bool is_link = rest.starts_with('#');
  if (!before.ends_with(is_link ? " href=" : " id=") && !before.ends_with(is_link ? "\nhref=" : "\nid=")) return {};
  if (is_link) rest.remove_prefix(1);
  const bool is_code = rest.starts_with("cb");
  const std::size_t length = is_code ? 2 : rest.starts_with("fnref") ? 5 : rest.starts_with("fn") ? 2 : 0;
  if (length == 0) return {};
  const std::size_t begin = text.size() - rest.size() + length, end = end_of_digits(text, begin);
  const char next = end < text.size() ? text[end] : ' ';
  return next == '"' || (is_code && next == '-') ? NumberPlace{begin, end, is_code} : NumberPlace{};
}

/// Calls found(begin, end, is_code) for each number of a note or of a block of code, in their order.
template <class Found>
void each_number(std::string_view text, const Found& found) {
  for (std::size_t at = text.find('"'); at != std::string::npos; at = text.find('"', at + 1))
    if (const NumberPlace place = number_behind(text, at); place.end > place.begin)
      found(place.begin, place.end, place.is_code);
}

long number_at(std::string_view text, std::size_t begin, std::size_t end) {
  long number = 0;
  std::from_chars(text.data() + begin, text.data() + end, number);
  return number;
}

/// The text with these added to the numbers of its notes and blocks of code.
std::string shifted(const std::string& text, long notes, long code) {
  if (notes == 0 && code == 0) return text;
  std::string out;
  out.reserve(text.size() + 16);
  std::size_t done = 0;
  each_number(text, [&](std::size_t begin, std::size_t end, bool is_code) {
    out.append(text, done, begin - done).append(std::to_string(number_at(text, begin, end) + (is_code ? code : notes)));
    done = end;
  });
  return out.append(text, done);
}

/// How many numbers of a kind there are after `base`, where each is the one after another; none where one lies beyond.
std::optional<std::size_t> numbers_after(const PagePart& part, long base, bool is_code) {
  long least = base + 1, greatest = base;
  const auto look = [&](const std::string& text) {
    each_number(text, [&](std::size_t begin, std::size_t end, bool kind) {
      if (kind != is_code) return;
      const long number = number_at(text, begin, end);
      least = std::min(least, number);
      greatest = std::max(greatest, number);
    });
  };
  look(part.text);
  for (const auto& note : part.notes) look(note);
  if (least <= base) return std::nullopt;
  return static_cast<std::size_t>(greatest - base);
}

std::string first_of_note(std::size_t number) { return fmt::format("<li id=\"fn{}\"", number); }

/// Takes the notes from what stands behind the last unit.
bool take_notes(std::string& tail, std::string& ending, std::vector<std::string>& notes) {
  constexpr std::string_view section = "class=\"footnotes footnotes-end-of-document\"",
                             end_of_list = "\n</ol>\n</section>";
  const auto at = tail.rfind(section);
  if (at == std::string::npos) return true;
  auto begin = tail.find(first_of_note(1), at);
  const auto end = tail.rfind(end_of_list);
  if (begin == std::string::npos || end == std::string::npos || end < begin) return false;
  const std::string list = tail.substr(begin, end - begin);
  ending = tail.substr(end);
  tail.resize(begin);
  for (std::size_t from = 0, number = 2; from < list.size(); ++number) {
    const auto next = list.find("\n" + first_of_note(number), from);
    notes.push_back(list.substr(from, next - from));
    from = next == std::string::npos ? list.size() : next + 1;
  }
  return true;
}

/// Reads "free 3 -->" behind a mark's number; gives the end of its line.
std::size_t read_mark(const std::string& page, std::size_t at, PagePart& part) {
  const auto end = page.find(" -->\n", at), blank = page.find(' ', at);
  if (end == std::string::npos || blank >= end) return std::string::npos;
  part.is_free = page.compare(at, blank - at, "free") == 0;
  part.code_blocks = static_cast<std::size_t>(number_at(page, blank + 1, end));
  return end + 5;
}

/// Counts notes of a part, and has it number them and its code from 1.
bool take_apart(PagePart& part, std::vector<std::string>& notes, std::size_t& taken, long& code) {
  const long base = static_cast<long>(taken);
  const auto own = numbers_after(part, base, false);
  if (!own || taken + *own > notes.size()) return false;
  for (std::size_t i = 0; i < *own; ++i) part.notes.push_back(std::move(notes[taken + i]));
  const auto blocks = numbers_after(part, code, true);
  if (!blocks || *blocks > part.code_blocks) return false;
  part.text = shifted(part.text, -base, -code);
  for (auto& note : part.notes) note = shifted(note, -base, -code);
  taken += *own;
  code += static_cast<long>(part.code_blocks);
  return true;
}

/// Calls found(begin, end, keys) for each citation of a text.
template <class Found>
void each_citation(const std::string& text, const Found& found) {
  constexpr std::string_view head = "<span class=\"citation\" data-cites=\"";
  for (std::size_t at = text.find(head); at != std::string::npos; at = text.find(head, at)) {
    const std::size_t begin = at, keys = at + head.size();
    int depth = 1;
    at = text.find('>', keys);
    while (depth > 0 && at != std::string::npos) {
      at = text.find('<', at + 1);
      if (at == std::string::npos) break;
      if (text.compare(at, 5, "<span") == 0) ++depth;
      if (text.compare(at, 7, "</span>") == 0) --depth;
    }
    if (at == std::string::npos) return;
    at += 7;
    found(begin, at, text.substr(keys, text.find('"', keys) - keys));
  }
}

struct CitationList {
  std::vector<std::string> texts, keys;
};

CitationList citations_of(const PagePart& part) {
  CitationList list;
  const auto look = [&](const std::string& text) {
    each_citation(text, [&](std::size_t begin, std::size_t end, std::string keys) {
      list.texts.push_back(text.substr(begin, end - begin));
      list.keys.push_back(std::move(keys));
    });
  };
  look(part.text);
  for (const auto& note : part.notes) look(note);
  return list;
}

}  // namespace

std::optional<PageParts> page_parts(const std::string& page, const std::string& mark, std::size_t first,
                                    std::size_t count) {
  PageParts parts;
  std::size_t at = 0, from = 0;
  for (std::size_t k = 0; k <= count; ++k) {
    const std::string begin = fmt::format("<!-- {}{} ", mark, first + k);
    at = page.find(begin, from);
    if (at == std::string::npos) return std::nullopt;
    (k == 0 ? parts.head : parts.units.back().text) = page.substr(from, at - from);
    PagePart& next = k == count ? parts.tail : parts.units.emplace_back();
    from = read_mark(page, at + begin.size(), next);
    if (from == std::string::npos) return std::nullopt;
  }
  parts.tail.text = page.substr(from);
  std::vector<std::string> notes;
  if (!take_notes(parts.tail.text, parts.ending, notes)) return std::nullopt;
  std::size_t taken = 0;
  long code = 0;
  for (PagePart& unit : parts.units)
    if (!take_apart(unit, notes, taken, code)) return std::nullopt;
  if (!take_apart(parts.tail, notes, taken, code) || taken != notes.size()) return std::nullopt;
  return parts;
}

std::string linked_page(const PageParts& parts) {
  std::string page = parts.head, list;
  long notes = 0, code = 0;
  const auto add = [&](const PagePart& part) {
    page += shifted(part.text, notes, code);
    for (const auto& note : part.notes) list += (list.empty() ? "" : "\n") + shifted(note, notes, code);
    notes += static_cast<long>(part.notes.size());
    code += static_cast<long>(part.code_blocks);
  };
  for (const PagePart& unit : parts.units) add(unit);
  add(parts.tail);
  return page + list + parts.ending;
}

std::optional<PagePart> with_citations_of(const PagePart& other, PagePart part) {
  const CitationList theirs = citations_of(other);
  if (theirs.keys != citations_of(part).keys) return std::nullopt;
  std::size_t number = 0;
  const auto put = [&](std::string& text) {
    std::string out;
    std::size_t done = 0;
    each_citation(text, [&](std::size_t begin, std::size_t end, const std::string&) {
      out.append(text, done, begin - done).append(theirs.texts[number++]);
      done = end;
    });
    text = out.append(text, done);
  };
  put(part.text);
  for (auto& note : part.notes) put(note);
  return part;
}

bool has_plain_citations(const PagePart& part) {
  const auto texts = citations_of(part).texts;
  return std::none_of(texts.begin(), texts.end(), [](const std::string& text) {
    if (text.find("<sup") != std::string::npos) return true;
    bool in_tag = false;  // going backwards
    for (auto at = text.size(); at-- > 0;) {
      if (text[at] == '>')
        in_tag = true;
      else if (in_tag && text[at] == '<')
        in_tag = false;
      else if (!in_tag)
        return text[at] == '.';
    }
    return false;
  });
}

std::vector<std::string> cited_sources(std::span<const PagePart> parts) {
  std::vector<std::string> keys;
  for (const PagePart& part : parts)
    for (const std::string& list : citations_of(part).keys) {
      std::istringstream words(list);
      for (std::string key; words >> key;) keys.push_back(key);
    }
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace publish
