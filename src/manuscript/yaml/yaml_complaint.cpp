// yaml-cpp says where it gave up; the mistake is often a line earlier or at a bracket or quote long before.
#include "manuscript/yaml/yaml_complaint.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "manuscript/unicode.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_blank;
using text::trimmed;

using Rows = std::vector<std::string_view>;

Rows rows_of(std::string_view text) {
  Rows rows;
  while (!text.empty()) {
    const std::size_t feed = text.find('\n');
    rows.push_back(text.substr(0, feed));
    text = feed == std::string_view::npos ? std::string_view() : text.substr(feed + 1);
  }
  if (rows.empty()) rows.emplace_back();
  return rows;
}

std::size_t indent_of(std::string_view row) { return std::min(row.find_first_not_of(' '), row.size()); }

/// Where ": " or a colon at the end makes a key of what stands before; npos when nothing does.
std::size_t key_colon(std::string_view row) {
  for (std::size_t at = row.find(':'); at != std::string_view::npos; at = row.find(':', at + 1))
    if (at + 1 == row.size() || row[at + 1] == ' ' || row[at + 1] == '\t') return at;
  return std::string_view::npos;
}

YamlComplaint about_row(const Rows& rows, std::size_t row, std::string message, std::string hint) {
  const std::size_t first = indent_of(rows[row]);
  return {row, first, std::max<std::size_t>(trimmed(rows[row]).size(), 1), std::move(message), std::move(hint)};
}

/// A row that was to be "name: value" and is not; what follows it is what the parser stumbles over.
YamlComplaint about_no_entry(const Rows& rows, std::size_t row) {
  const std::size_t colon = rows[row].find(':');
  if (colon != std::string_view::npos && colon > 0)
    return {row, colon, 1, "a space is missing after the colon", "as in: name: value"};
  return about_row(rows, row, "this is no 'name: value' line", "as in: name: value");
}

/// A colon where a value stands: a line that is not an entry above, wrong indentation, or a second colon in one line.
YamlComplaint about_colon(const Rows& rows, std::size_t row, std::size_t byte) {
  const std::size_t first = key_colon(rows[row]);
  if (first != std::string_view::npos && first < byte)
    return {row, byte, 1, "a second ': ' in one line", "quote the text, or put it below 'name: |'"};
  std::size_t above = row;
  while (above > 0 && is_blank(rows[--above])) {
  }
  if (above == row || is_blank(rows[above])) return {row, byte, 1, "a value has no name here", "as in: name: value"};
  if (key_colon(rows[above]) == std::string_view::npos) return about_no_entry(rows, above);
  if (indent_of(rows[row]) > indent_of(rows[above]))
    return about_row(rows, row, "this line is indented further than the one above", "begin both in the same column");
  return {row, byte, 1, "a ':' where none is expected", "quote the text, or put it below 'name: |'"};
}

struct Spot {
  std::size_t row, byte;
};

/// What is open at the end of the text when quotes and brackets are read one after the other.
struct Unclosed {
  std::optional<Spot> quote;
  std::vector<Spot> brackets;
};

bool begins_value(std::string_view row, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : row.find_last_not_of(" \t", at - 1);
  return before == std::string_view::npos || std::string_view(":-[{,?").find(row[before]) != std::string_view::npos;
}

Unclosed find_unclosed(const Rows& rows, std::size_t last_row) {
  Unclosed unclosed;
  char quote = 0;
  for (std::size_t r = 0; r < rows.size() && (r <= last_row || quote); ++r) {
    for (std::size_t at = 0; at < rows[r].size(); ++at) {
      const char c = rows[r][at];
      if (quote) {
        if (c == '\\' && quote == '"')
          ++at;
        else if (c == quote)
          quote = 0;
        if (!quote) unclosed.quote.reset();
      } else if ((c == '"' || c == '\'') && begins_value(rows[r], at)) {
        quote = c;
        unclosed.quote = Spot{r, at};
      } else if ((c == '[' || c == '{') && (begins_value(rows[r], at) || !unclosed.brackets.empty())) {
        unclosed.brackets.push_back({r, at});
      } else if ((c == ']' || c == '}') && !unclosed.brackets.empty()) {
        unclosed.brackets.pop_back();
      } else if (c == '#' && (at == 0 || rows[r][at - 1] == ' ')) {
        break;
      }
    }
  }
  return unclosed;
}

YamlComplaint about_bracket(const Rows& rows, std::size_t row, std::size_t byte) {
  const Unclosed unclosed = find_unclosed(rows, row);
  if (unclosed.quote && unclosed.brackets.empty())
    return {unclosed.quote->row, unclosed.quote->byte, 1, "this quote is never closed", ""};
  if (unclosed.brackets.empty()) return {row, byte, 1, "a bracket is never closed, or a comma is missing", ""};
  const Spot open = unclosed.brackets.back();
  const char bracket = rows[open.row][open.byte];
  return {open.row, open.byte, 1, fmt::format("this '{}' is never closed", bracket),
          fmt::format("add a '{}'", bracket == '[' ? ']' : '}')};
}

YamlComplaint about_quote(const Rows& rows, std::size_t row, std::size_t byte) {
  const Unclosed unclosed = find_unclosed(rows, rows.size());
  if (unclosed.quote) return {unclosed.quote->row, unclosed.quote->byte, 1, "this quote is never closed", ""};
  return {row, byte, 1, "the text in quotes does not end", ""};
}

YamlComplaint about_token(const Rows& rows, std::size_t row, std::size_t byte) {
  const std::string_view rest = rows[row].substr(std::min(byte, rows[row].size()));
  if (rest.empty()) return {row, byte, 1, "a value is missing here", ""};
  const std::string character(rest.substr(0, decode(rest, 0).bytes));
  return {row, byte, 1, fmt::format("a value cannot begin with '{}'", character), "put the value in quotes"};
}

YamlComplaint about_end_of_mapping(const Rows& rows, std::size_t row, std::size_t byte) {
  if (trimmed(rows[row]).starts_with("-"))
    return about_row(rows, row, "a list item among 'name: value' lines",
                     "give the list a name: the line above it ends in ':'");
  if (key_colon(rows[row]) == std::string_view::npos) return about_no_entry(rows, row);
  if (byte <= indent_of(rows[row]))
    return about_row(rows, row, "the indentation fits no line above",
                     "begin lines that belong together in the same column");
  return {row, byte, 1, "this does not belong to a 'name: value' line", "put the whole value in quotes"};
}

bool says(const std::string& message, std::string_view words) { return message.find(words) != std::string::npos; }

/// The header of a block scalar: "|" or ">" with its modifiers at the end of an entry or item.
bool begins_block_scalar(std::string_view row) {
  const std::size_t comment = row.find(" #");
  row = trimmed(row.substr(0, comment));
  const std::size_t bar = row.find_last_of("|>");
  if (bar == std::string_view::npos || row.find_first_not_of("+-0123456789", bar + 1) != std::string_view::npos)
    return false;
  const std::string_view before = trimmed(row.substr(0, bar));
  const std::size_t space = before.find_last_of(' ');
  const std::string_view word = space == std::string_view::npos ? before : before.substr(space + 1);
  return before.ends_with(':') || before == "-" || word.starts_with('!') || word.starts_with('&');
}

}  // namespace

YamlComplaint plain_words(const std::string& text, std::size_t row, std::size_t byte, const std::string& message) {
  const Rows rows = rows_of(text);
  row = std::min(row, rows.size() - 1);
  if (says(message, "illegal map value")) return about_colon(rows, row, byte);
  if (says(message, "flow not found")) return about_bracket(rows, row, byte);
  if (says(message, "illegal EOF")) return about_quote(rows, row, byte);
  if (says(message, "unknown token")) return about_token(rows, row, byte);
  if (says(message, "end of map not found") || says(message, "end of sequence not found"))
    return about_end_of_mapping(rows, row, byte);
  if (says(message, "illegal block entry"))
    return {row, byte, 1, "a list cannot begin in the middle of a line",
            "put each '- ' on a line of its own, or write [a, b]"};
  if (says(message, "illegal flow end")) return {row, byte, 1, "this bracket closes nothing", ""};
  if (says(message, "not defined"))
    return {row, byte, 1, "'*' repeats an anchor, and there is none of this name above",
            "text that begins with '*' is put in quotes, or below 'name: |'"};
  if (says(message, "unknown escape"))
    return {row, byte, 1, "in double quotes a backslash must be doubled",
            "or put the text below 'name: |', where it stays as it is"};
  if (says(message, "alias")) return {row, byte, 1, "'*' begins an alias in YAML", "put the value in quotes"};
  if (says(message, "anchor")) return {row, byte, 1, "'&' begins an anchor in YAML", "put the value in quotes"};
  if (says(message, "illegal document indicator"))
    return {row, byte, 1, "'---' or '...' ends the YAML in the middle of a text in quotes", ""};
  return {row, byte, 1,
          fmt::format("this YAML cannot be read: {}", message.empty() ? "it is nested too deeply" : message), ""};
}

std::vector<std::size_t> rows_indented_by_tabs(const std::string& text) {
  const Rows rows = rows_of(text);
  std::vector<std::size_t> found;
  std::optional<std::size_t> block;  // indentation of the row that began a block scalar
  for (std::size_t r = 0; r < rows.size(); ++r) {
    if (is_blank(rows[r])) continue;
    const std::size_t indent = indent_of(rows[r]);
    if (block && indent > *block) continue;
    block.reset();
    if (rows[r][indent] == '\t') found.push_back(r);
    if (begins_block_scalar(rows[r])) block = indent;
  }
  return found;
}

}  // namespace manuscript
