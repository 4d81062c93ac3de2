// Rendering of diagnostics, and the search for what was meant.
#include "document/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "document/utf8.hpp"

namespace document {
namespace {

constexpr int widest_line = 110;
constexpr int kept_before = 40;  // columns shown before the place when a line is cut

/// A source line made safe for a terminal, cell by cell: one entry a code point.
struct Cell {
  std::string text;
  int width = 1;
};

std::vector<Cell> cells_of(const std::string& line) {
  std::vector<Cell> cells;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = code_point_at(line, at);
    if (!c.valid)
      cells.push_back({fmt::format("\\x{:02x}", static_cast<unsigned char>(line[at])), 4});
    else if (c.value == '\t')
      cells.push_back({"    ", 4});
    else if (c.value < 0x20 || (c.value >= 0x7F && c.value < 0xA0))
      cells.push_back({fmt::format("\\x{:02x}", static_cast<unsigned>(c.value)), 4});
    else
      cells.push_back({line.substr(at, c.length), display_width(c.value)});
    at += c.length;
  }
  return cells;
}

struct Excerpt {
  std::string line;
  std::string padding;  // under the line, up to the place
  int marked = 1;       // cells under the place
};

Excerpt excerpt(const Diagnostic& d) {
  const auto cells = cells_of(d.source_line);
  const int count = static_cast<int>(cells.size());
  const int place = std::clamp(d.place.column - 1, 0, count);
  int total = 0;
  for (const auto& c : cells) total += c.width;
  const int first = total > widest_line ? std::max(0, place - kept_before) : 0;
  Excerpt e;
  int width = 0, before = 0;
  if (first > 0) e.line = "…", width = before = 1;
  e.marked = 0;
  for (int i = first; i < count; ++i) {
    if (width + cells[i].width > widest_line) {
      e.line += "…";
      break;
    }
    e.line += cells[i].text;
    width += cells[i].width;
    if (i < place) before += cells[i].width;
    if (i >= place && i < place + d.place.length) e.marked += cells[i].width;
  }
  e.marked = std::max(e.marked, 1);
  e.padding = std::string(static_cast<std::size_t>(before), ' ');
  return e;
}

/// Text of users in messages, without what could steer a terminal.
std::string printable(const std::string& text) {
  std::string out;
  for (const auto& cell : cells_of(text)) out += cell.text;
  return out;
}

/// Edit distance with neighbours swapped as one edit (optimal string alignment), letters' case ignored.
int edit_distance(const std::string& a, const std::string& b) {
  const auto same = [&](std::size_t i, std::size_t j) {
    return std::tolower(static_cast<unsigned char>(a[i])) == std::tolower(static_cast<unsigned char>(b[j]));
  };
  std::vector<std::vector<int>> d(a.size() + 1, std::vector<int>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) d[i][0] = static_cast<int>(i);
  for (std::size_t j = 0; j <= b.size(); ++j) d[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i)
    for (std::size_t j = 1; j <= b.size(); ++j) {
      d[i][j] = std::min({d[i - 1][j] + 1, d[i][j - 1] + 1, d[i - 1][j - 1] + (same(i - 1, j - 1) ? 0 : 1)});
      if (i > 1 && j > 1 && same(i - 1, j - 2) && same(i - 2, j - 1)) d[i][j] = std::min(d[i][j], d[i - 2][j - 2] + 1);
    }
  return d[a.size()][b.size()];
}

}  // namespace

std::string render(const Diagnostic& d, bool color) {
  const auto paint = [&](const char* code, const std::string& text) {
    return color ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
  };
  std::string where = printable(d.place.file);
  if (d.place.line > 0) where += fmt::format(":{}:{}", d.place.line, std::max(d.place.column, 1));
  const bool error = d.severity == Severity::error;
  std::string text = fmt::format("{} {} {}\n", paint("1", where + ":"), paint(error ? "1;31" : "1;33", error ? "error:" : "warning:"),
                                 printable(d.message));
  if (d.place.line > 0 && !d.source_line.empty()) {
    const Excerpt e = excerpt(d);
    text += fmt::format("{:5} | {}\n", d.place.line, e.line);
    text += fmt::format("      | {}{}", e.padding, paint("1;32", "^" + std::string(static_cast<std::size_t>(e.marked - 1), '~')));
    text += d.hint.empty() ? "\n" : " " + printable(d.hint) + "\n";
  } else if (!d.hint.empty()) {
    text += fmt::format("      | {}\n", printable(d.hint));
  }
  return text;
}

std::string nearest(const std::string& name, const std::vector<std::string>& candidates) {
  constexpr std::size_t longest = 200;  // names; what is longer was never one
  if (name.empty() || name.size() > longest) return {};
  const std::string* best = nullptr;
  int least = static_cast<int>(std::max<std::size_t>(1, (name.size() + 1) / 3)) + 1;
  for (const auto& c : candidates) {
    if (c.size() > longest) continue;
    const int distance = edit_distance(name, c);
    if (distance < least) least = distance, best = &c;
  }
  return best ? *best : std::string();
}

std::string did_you_mean(const std::string& name, const std::vector<std::string>& candidates) {
  const std::string near = nearest(name, candidates);
  return near.empty() ? "" : fmt::format("did you mean '{}'?", near);
}

}  // namespace document
