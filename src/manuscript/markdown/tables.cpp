// As Pandoc's reader of Markdown splits them (2.17, measured): the cells of a row of a pipe table by bars outside of
// code, mathematics and comments; those of a grid table by the columns of its first line.
#include "manuscript/markdown/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include "manuscript/unicode.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::npos;

/// A line of a run without the blanks around it; `at` is where it begins in the run's text.
struct Line {
  std::string_view text;
  std::size_t at = 0;
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
    line = line.substr(first, line.find_last_not_of(" \t") - first + 1);
    lines.push_back({line, at + first});
    at = end + 1;
  }
  return lines;
}

// ---------------------------------------------------------------------------------------------------------- pipe
// tables

/// Behind the code, formula or comment that begins at `at`; `at` itself where none does.
std::size_t behind_verbatim(std::string_view line, std::size_t at) {
  const auto behind = [&](std::string_view ending, std::size_t from) {
    const std::size_t end = line.find(ending, from);
    return end == npos ? at : end + ending.size();
  };
  if (line.substr(at).starts_with("<!--")) return behind("-->", at + 4);
  if (line[at] == '`') {
    const std::size_t inside = std::min(line.find_first_not_of('`', at), line.size());
    return behind(line.substr(at, inside - at), inside);
  }
  if (line[at] != '$' || at + 1 >= line.size() || line[at + 1] == ' ') return at;
  for (std::size_t end = at + 1; end < line.size(); ++end) {
    if (line[end] == '\\')
      ++end;
    else if (line[end] == '$' && line[end - 1] != ' ')
      return end + 1;
  }
  return at;
}

/// Where the cells of a row begin.
std::vector<std::size_t> cells_of(std::string_view line) {
  std::vector<std::size_t> cells{line.starts_with('|') ? std::size_t{1} : std::size_t{0}};
  for (std::size_t at = cells[0]; at < line.size();) {
    if (const std::size_t behind = behind_verbatim(line, at); behind > at) {
      at = behind;
    } else if (line[at] == '\\') {
      at += 2;
    } else if (line[at++] == '|' && at < line.size()) {
      cells.push_back(at);
    }
  }
  return cells;
}

/// How many columns a line like "|:--|--:|" begins; 0 when it is no such line.
std::size_t columns_of(std::string_view line) {
  if (line.find('-') == npos || line.find_first_of("|+") == npos || line.find_first_not_of("|+:- ") != npos) return 0;
  if (line.front() == '|' || line.front() == '+') line.remove_prefix(1);
  if (!line.empty() && (line.back() == '|' || line.back() == '+')) line.remove_suffix(1);
  return static_cast<std::size_t>(
             std::count_if(line.begin(), line.end(), [](char c) { return c == '|' || c == '+'; })) +
         1;
}

void check_row(const SourceText& run, const Line& row, std::size_t columns, InlineContext& context) {
  const auto cells = cells_of(row.text);
  if (cells.size() <= columns) return;
  const std::string_view lost = row.text.substr(cells[columns]);
  const std::size_t first = lost.find_first_not_of(" \t|");
  if (first == npos) return;
  const std::size_t bytes = lost.find_last_not_of(" \t|") - first + 1;
  context.complain(
      run.place(context.lines, row.at + cells[columns] + first, bytes),
      fmt::format("this cell is beyond the table's {} column{}, and would be lost", columns, columns == 1 ? "" : "s"),
      "the line of dashes says how many there are; a bar that is text is written \\|");
}

void check_pipe_table(const SourceText& run, const std::vector<Line>& lines, InlineContext& context) {
  const std::size_t columns = columns_of(lines[1].text);
  if (columns == 0) return;
  for (std::size_t n = 0; n < lines.size() && lines[n].text.find('|') != npos; ++n)
    if (n != 1) check_row(run, lines[n], columns, context);
}

// ---------------------------------------------------------------------------------------------------------- grid
// tables

bool is_border(std::string_view line) {
  return line.size() > 2 && line.front() == '+' && line.back() == '+' && line.find_first_not_of("+-=:") == npos;
}

/// Where the columns of "+---+-----+" end, as columns on a terminal.
std::vector<int> ends_of(std::string_view border) {
  std::vector<int> ends;
  for (std::size_t at = 0; at < border.size(); ++at)
    if (border[at] == '+') ends.push_back(static_cast<int>(at));
  return ends;
}

/// The byte at a column on a terminal; npos beyond the line's end, and where a wide character covers the column.
std::size_t byte_at(std::string_view line, int column) {
  int reached = 0;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint point = decode(line, at);
    const int width = display_width(point.value);
    if (reached == column && width > 0) return at;
    reached += width;
    if (reached > column) return at;
    at += point.bytes;
  }
  return npos;
}

/// Whether a border stands between two bytes: "+-----+".
bool is_border_between(std::string_view line, std::size_t begin, std::size_t end) {
  return begin != npos && end != npos && end > begin && is_border(line.substr(begin, end + 1 - begin));
}

void check_grid_row(const SourceText& run, const Line& row, const std::vector<int>& ends, InlineContext& context) {
  if (is_border(row.text)) return;
  const char* hint = "as in the table's first line; cells over several columns or rows cannot be read";
  std::size_t before = npos;
  for (const int end : ends) {
    const std::size_t at = byte_at(row.text, end);
    if (at != npos && row.text[at] != '|' && row.text[at] != '+')
      return context.complain(
          run.place(context.lines, row.at + at, decode(row.text, at).bytes),
          "a column of this table ends here, where the row has no bar: the cell would be cut in two", hint);
    if (is_border_between(row.text, before, at))
      return context.complain(run.place(context.lines, row.at + before, at + 1 - before),
                              "a line between the rows of this table goes over some of its columns only", hint);
    before = at;
  }
}

void check_grid_table(const SourceText& run, const std::vector<Line>& lines, InlineContext& context) {
  const auto ends = ends_of(lines[0].text);
  for (std::size_t n = 1; n < lines.size() && lines[n].text.find_first_of("|+") == 0; ++n)
    check_grid_row(run, lines[n], ends, context);
}

}  // namespace

void check_table(const SourceText& run, InlineContext& context) {
  if (run.text.find_first_of("|+") == std::string::npos) return;
  const auto lines = lines_of(run.text);
  if (lines.size() < 2) return;
  if (is_border(lines[0].text))
    check_grid_table(run, lines, context);
  else
    check_pipe_table(run, lines, context);
}

}  // namespace manuscript
