// Scalars are followed by the rules of YAML 1.2.2: block scalars (8.1), quoted (7.3.1, 7.3.2) and plain ones (7.3.3).
#include "manuscript/markdown/source_text.hpp"

#include <algorithm>
#include <string>

#include "manuscript/unicode.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_blank;

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

std::size_t visible_bytes(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return c != ' ' && c != '\t' && c != '\n'; }));
}

/// The YAML of a directive, line by line as it stands in the source.
class Body {
 public:
  Body(const Lines& lines, int first_line, const std::vector<std::size_t>& shifts)
      : lines_(lines), first_line_(first_line), shifts_(shifts) {}

  bool has(int line) const { return line >= first_line_ && line < first_line_ + static_cast<int>(shifts_.size()); }
  std::size_t shift(int line) const { return shifts_[static_cast<std::size_t>(line - first_line_)]; }
  std::string_view text(int line) const {
    const std::string_view all = lines_.line(line);
    return all.substr(std::min(shift(line), all.size()));
  }

 private:
  const Lines& lines_;
  int first_line_;
  const std::vector<std::size_t>& shifts_;
};

SourceText block_scalar(const Body& body, int line) {
  SourceText run;
  const std::size_t parent = indent_of(body.text(line));
  std::size_t indent = 0;
  for (int n = line + 1; body.has(n); ++n) {
    const std::string_view text = body.text(n);
    if (is_blank(text)) {
      run.add_line("", n, body.shift(n));
      continue;
    }
    if (indent == 0) indent = indent_of(text);
    if (indent <= parent || indent_of(text) < indent) break;
    run.add_line(text.substr(indent), n, body.shift(n) + indent);
  }
  return run;
}

/// How many digits follow the letter of an escape such as "\u00E9"; none when it is another.
std::size_t hexadecimal_digits(std::string_view text, std::size_t letter) {
  const std::size_t digits = text[letter] == 'x' ? 2 : text[letter] == 'u' ? 4 : text[letter] == 'U' ? 8 : 0;
  if (digits == 0 || letter + digits >= text.size()) return 0;
  const std::string_view number = text.substr(letter + 1, digits);
  return number.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos ? digits : 0;
}

/// What a backslash and a letter stand for, as far as it is blank or has more than one byte: others stand for one byte,
/// and are shown by their letter.
std::string of_escape(char letter) {
  if (letter == 'n') return "\n";
  if (letter == 't') return "\t";
  return letter == 'L' || letter == 'P' ? "\u2028" : std::string(1, letter);
}

SourceText quoted_scalar(const Body& body, int line, std::size_t from) {
  SourceText run;
  const char quote = body.text(line)[from];
  ++from;
  for (int n = line; body.has(n); ++n) {
    const std::string_view text = body.text(n);
    std::size_t at = n == line ? from : std::min(text.find_first_not_of(" \t"), text.size());
    run.add_line("", n, body.shift(n) + at);
    for (; at < text.size(); ++at) {
      const bool doubled = quote == '\'' && text.substr(at, 2) == "''";
      if (text[at] == quote && !doubled) return run;
      if (quote == '"' && text.substr(at) == "\\") break;  // the line's end is not in the text
      const bool escape = quote == '"' && text[at] == '\\';
      if (escape || doubled) {
        ++at;
        run.pieces.push_back({run.text.size(), n, body.shift(n) + at});
      }
      const std::size_t digits = escape ? hexadecimal_digits(text, at) : 0;
      if (digits > 0) {
        run.text += encode(static_cast<char32_t>(std::stoul(std::string(text.substr(at + 1, digits)), nullptr, 16)));
        at += digits;
        run.pieces.push_back({run.text.size(), n, body.shift(n) + at + 1});
      } else {
        run.text += escape ? of_escape(text[at]) : std::string(1, text[at]);
      }
    }
  }
  return run;
}

SourceText plain_scalar_run(const Body& body, int line, std::size_t from, const std::string& value) {
  SourceText run;
  std::size_t left = visible_bytes(value);
  for (int n = line; body.has(n) && left > 0; ++n) {
    const std::string_view text = body.text(n);
    const std::size_t begin = n == line ? from : std::min(text.find_first_not_of(" \t"), text.size());
    std::size_t end = begin;
    for (; end < text.size() && left > 0; ++end) left -= visible_bytes(text.substr(end, 1));
    run.add_line(text.substr(begin, end - begin), n, body.shift(n) + begin);
  }
  return run;
}

}  // namespace

void SourceText::add_line(std::string_view part, int line, std::size_t byte) {
  if (!pieces.empty()) text += '\n';
  pieces.push_back({text.size(), line, byte});
  text += part;
}

const Piece& SourceText::piece_at(std::size_t offset) const {
  const auto after = std::upper_bound(pieces.begin(), pieces.end(), offset,
                                      [](std::size_t value, const Piece& piece) { return value < piece.offset; });
  return *std::prev(after);
}

SourceLocation SourceText::place(const Lines& lines, std::size_t offset, std::size_t bytes) const {
  const Piece& piece = piece_at(offset);
  const std::size_t feed = text.find('\n', offset);
  if (feed != std::string::npos) bytes = std::min(bytes, std::max(feed, offset + 1) - offset);
  return lines.place(piece.line, piece.byte + offset - piece.offset, bytes);
}

std::size_t SourceText::source_offset(const Lines& lines, std::size_t offset) const {
  const Piece& piece = piece_at(offset);
  return lines.start(piece.line) + piece.byte + offset - piece.offset;
}

SourceText scalar_run(const Lines& lines, int line, std::size_t byte, const std::string& value, int first_line,
                      const std::vector<std::size_t>& shifts) {
  const Body body(lines, first_line, shifts);
  if (!body.has(line)) return {};
  const std::string_view text = body.text(line);
  std::size_t at = byte - std::min(byte, body.shift(line));
  // A tag or an anchor may stand before the text.
  while (at < text.size() && (text[at] == '!' || text[at] == '&')) {
    at = std::min(text.find(' ', at), text.size());
    at = std::min(text.find_first_not_of(' ', at), text.size());
  }
  if (at >= text.size() || text[at] == '*') return {};
  if (text[at] == '|' || text[at] == '>') return block_scalar(body, line);
  if (text[at] == '"' || text[at] == '\'') return quoted_scalar(body, line, at);
  return plain_scalar_run(body, line, at, value);
}

std::size_t offset_in_value(const SourceText& run, std::size_t offset, std::string_view value) {
  std::size_t left = visible_bytes(std::string_view(run.text).substr(0, offset)), at = 0;
  while (at < value.size() && (left > 0 || visible_bytes(value.substr(at, 1)) == 0))
    left -= visible_bytes(value.substr(at++, 1));
  return at;
}

}  // namespace manuscript
