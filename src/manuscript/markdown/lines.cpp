// Line ends are LF or CR LF. A lone CR is refused: editors, cmark and Pandoc each count lines differently there.
#include "manuscript/markdown/lines.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "manuscript/markdown/source_text.hpp"
#include "manuscript/unicode.hpp"

namespace manuscript {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::size_t most_encoding_errors = 5;
constexpr std::size_t longest_shown = 2000;

bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

}  // namespace

Lines::Lines(const Source& source) : source_(source) {
  const std::string_view raw = source.text;
  if (is_utf16(raw)) {
    encoding_errors_.push_back(
        {Severity::error, {source.file, 0, 0, 1}, "the file is UTF-16, not UTF-8", "", "save it as UTF-8"});
    hopeless_ = true;
  }
  text_.reserve(raw.size() + 1);
  std::size_t at = raw.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (at < raw.size() && !hopeless_) {
    const std::size_t feed = std::min(raw.find('\n', at), raw.size());
    std::size_t end = feed;
    if (feed < raw.size() && end > at && raw[end - 1] == '\r') --end;
    starts_.push_back(text_.size());
    raw_starts_.push_back(at);
    clean(at, end);
    text_ += '\n';
    at = feed + 1;
  }
  starts_.push_back(text_.size());
}

Lines::Lines(const Lines& outer, const SourceText& run)
    : source_(outer.source_), outer_(&outer), run_(&run), text_(run.text + "\n") {
  for (std::size_t at = 0; at < text_.size(); at = text_.find('\n', at) + 1) starts_.push_back(at);
  starts_.push_back(text_.size());
}

void Lines::complain(std::size_t begin, std::string message, std::string hint) {
  if (encoding_errors_.size() > most_encoding_errors) hopeless_ = true;
  if (hopeless_) return;
  if (encoding_errors_.size() == most_encoding_errors) {
    encoding_errors_.push_back({Severity::error,
                                {source_.file, 0, 0, 1},
                                "there are more bytes that are not text; not all are listed",
                                "",
                                ""});
    return;
  }
  const std::size_t in_line = begin - raw_starts_.back();
  const std::string_view rest = std::string_view(source_.text).substr(raw_starts_.back());
  const std::string_view line = rest.substr(0, rest.find('\n'));
  const int column = count_code_points(line.substr(0, in_line)) + 1;
  const Excerpt shown = excerpt(line, column);
  encoding_errors_.push_back({Severity::error,
                              {source_.file, static_cast<int>(raw_starts_.size()), column, 1},
                              std::move(message),
                              shown.text,
                              std::move(hint),
                              shown.skipped});
}

void Lines::clean(std::size_t begin, std::size_t end) {
  const std::string_view raw = std::string_view(source_.text).substr(0, end);
  for (std::size_t at = begin; at < end;) {
    const CodePoint c = decode(raw, at);
    if (!c.valid) {
      complain(at, fmt::format("invalid UTF-8: byte 0x{:02X}", static_cast<unsigned char>(raw[at])),
               "save the file as UTF-8");
      text_ += '?';
    } else if (c.value == 0) {
      complain(at, "NUL byte in the text", "remove it");
      text_ += ' ';
    } else if (c.value == '\r') {
      complain(at, "carriage return without a line feed", "end lines with LF or CR LF");
      text_ += ' ';
    } else {
      text_.append(raw, at, c.bytes);
    }
    at += c.bytes;
  }
}

std::string_view Lines::line(int number) const {
  if (number < 1 || number > count()) return {};
  const std::size_t begin = start(number);
  return std::string_view(text_).substr(begin, start(number + 1) - begin - 1);
}

int Lines::line_at(std::size_t offset) const {
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return std::min(static_cast<int>(after - starts_.begin()), count());
}

int Lines::column(int number, std::size_t byte) const {
  if (number != counted_line_ || byte < counted_byte_) {
    counted_line_ = number;
    counted_byte_ = 0;
    counted_columns_ = 0;
  }
  counted_columns_ += count_code_points(line(number).substr(counted_byte_, byte - counted_byte_));
  counted_byte_ = byte;
  return counted_columns_ + 1;
}

SourceLocation Lines::place(int number, std::size_t byte, std::size_t bytes) const {
  const std::string_view all = line(number);
  byte = std::min(byte, all.size());
  if (outer_) return run_->place(*outer_, start(std::clamp(number, 1, count())) + byte, bytes);
  return {source_.file, number, column(number, byte), std::max(count_code_points(all.substr(byte, bytes)), 1)};
}

std::size_t Lines::byte_of(const SourceLocation& place) const {
  const std::string_view text = line(place.line);
  std::size_t byte = 0;
  for (int column = 1; column < place.column && byte < text.size(); ++column) byte += decode(text, byte).bytes;
  return byte;
}

Diagnostic Lines::error(const SourceLocation& place, std::string message, std::string hint) const {
  if (outer_) return outer_->error(place, std::move(message), std::move(hint));
  Excerpt shown;
  if (place.line > 0 && place.line <= count()) {
    const std::size_t begin = raw_starts_[static_cast<std::size_t>(place.line - 1)];
    shown = excerpt(std::string_view(source_.text).substr(begin, line(place.line).size()), place.column);
  }
  return {Severity::error, place, std::move(message), std::move(shown.text), std::move(hint), shown.skipped};
}

Excerpt excerpt(std::string_view line, int column) {
  if (line.size() <= longest_shown) return {std::string(line), 0};
  std::size_t first = 0, at = 0;
  int skipped = 0;
  for (int c = 1; c < column && at < line.size(); ++c) {
    at += decode(line, at).bytes;
    for (; at - first > longest_shown / 2; ++skipped) first += decode(line, first).bytes;
  }
  return {std::string(line.substr(first, longest_shown)), skipped};
}

}  // namespace manuscript
