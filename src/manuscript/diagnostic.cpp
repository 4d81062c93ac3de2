// How a diagnostic is shown: place and message, the line, and a caret with the hint below it.
#include "manuscript/diagnostic.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "manuscript/unicode.hpp"

namespace manuscript {
namespace {

constexpr int tab_stop = 4;
constexpr int widest = 110;  // of a line shown, in terminal columns
constexpr int before_place = 40;

/// One character of the line as it is shown.
struct Cell {
  std::string text;
  int width = 1;
};

std::vector<Cell> cells_of(const std::string& line) {
  std::vector<Cell> cells;
  int column = 0;
  for (std::size_t at = 0; at < line.size();) {
    const CodePoint c = decode(line, at);
    at += c.bytes;
    if (c.valid && c.value == '\t') {
      const int width = tab_stop - column % tab_stop;
      cells.push_back({std::string(static_cast<std::size_t>(width), ' '), width});
    } else {
      const char32_t shown = c.valid ? visible(c.value) : char32_t{0xFFFD};
      cells.push_back({encode(shown), display_width(shown)});
    }
    column += cells.back().width;
  }
  return cells;
}

int width_of(const std::vector<Cell>& cells, std::size_t first, std::size_t last) {
  int width = 0;
  for (std::size_t k = first; k < last; ++k) width += cells[k].width;
  return width;
}

/// The cells [first, last) that are shown of a line: all, or those around the place.
struct Window {
  std::size_t first, last;
};

Window window_around(const std::vector<Cell>& cells, std::size_t place) {
  if (width_of(cells, 0, cells.size()) <= widest) return {0, cells.size()};
  Window window{place, place};
  int width = 0;
  while (window.first > 0 && width < before_place) width += cells[--window.first].width;
  while (window.last < cells.size() && width < widest) width += cells[window.last++].width;
  while (window.first > 0 && width < widest) width += cells[--window.first].width;
  return window;
}

class Page {
 public:
  Page(const Diagnostic& diagnostic, bool color) : d_(diagnostic), color_(color) {}

  std::string render() {
    headline();
    if (d_.place.line > 0 && !d_.source_line.empty()) {
      excerpt();
    } else if (!d_.hint.empty()) {
      out_ += "      | " + visible(d_.hint) + "\n";
    }
    return std::move(out_);
  }

 private:
  std::string painted(const char* code, const std::string& text) const {
    return color_ && !text.empty() ? fmt::format("\033[{}m{}\033[0m", code, text) : text;
  }

  void headline() {
    std::string place = visible(d_.place.file);
    if (d_.place.line > 0) place += fmt::format(":{}", d_.place.line);
    if (d_.place.line > 0 && d_.place.column > 0) place += fmt::format(":{}", d_.place.column);
    const bool error = d_.severity == Severity::error;
    out_ += painted("1", place.empty() ? place : place + ":") + (place.empty() ? "" : " ");
    out_ += painted(error ? "1;31" : "1;35", error ? "error:" : "warning:") + " " + visible(d_.message) + "\n";
  }

  void excerpt() {
    const auto cells = cells_of(d_.source_line);
    const auto column = static_cast<std::size_t>(std::max(d_.place.column - 1 - d_.skipped, 0));
    const std::size_t place = std::min(column, cells.size());
    const Window window = window_around(cells, place);
    const bool cut_before = window.first > 0 || d_.skipped > 0;
    out_ += fmt::format("{:5} | {}", d_.place.line, cut_before ? "…" : "");
    for (std::size_t k = window.first; k < window.last; ++k) out_ += cells[k].text;
    out_ += window.last < cells.size() ? "…\n" : "\n";
    if (d_.place.column > 0)
      caret(cells, window, place, cut_before);
    else if (!d_.hint.empty())
      out_ += "      | " + visible(d_.hint) + "\n";
  }

  void caret(const std::vector<Cell>& cells, Window window, std::size_t place, bool cut_before) {
    const auto length = static_cast<std::size_t>(std::max(d_.place.length, 1));
    const std::size_t end = std::max(place, std::min(window.last, place + std::min(length, cells.size())));
    const int before = width_of(cells, window.first, place) + (cut_before ? 1 : 0);
    const int marked = std::max(width_of(cells, place, end), 1);
    out_ += "      | " + std::string(static_cast<std::size_t>(before), ' ');
    out_ += painted("1;32", "^" + std::string(static_cast<std::size_t>(marked - 1), '~'));
    out_ += (d_.hint.empty() ? "" : " " + visible(d_.hint)) + "\n";
  }

  const Diagnostic& d_;
  bool color_;
  std::string out_;
};

}  // namespace

std::string render(const Diagnostic& diagnostic, bool color) { return Page(diagnostic, color).render(); }

}  // namespace manuscript
