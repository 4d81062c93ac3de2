// See json_records.hpp. A scanner of its own: cells are places in the bytes, for errors and for a million records, and
// a tree of values has no places and takes ten times the memory.
#include "data/tables/json_records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <unordered_map>

#include "data/tables/json_text.hpp"
#include "data/tables/utf8.hpp"

namespace data {
namespace {

constexpr std::size_t most_columns = 1000;
constexpr const char* as_records = "as in: [{\"date\": \"2021-03\", \"voles\": 12}, ...]";

/// Ends the reading; what is wrong has been told.
struct Stop {};

class RecordReader {
 public:
  RecordReader(std::string bytes, const std::vector<std::string>& missing)
      : bytes_(std::make_shared<const std::string>(std::move(bytes))), text_(*bytes_), places_(*bytes_) {
    read_.table.bytes = bytes_;
    read_.table.escapes = Escapes::backslashes;
    read_.table.missing = missing;
  }

  ReadTable read() {
    if (!is_readable_text(text_, read_.errors)) return std::move(read_);
    at_ = text_begin(text_);
    try {
      skip();
      if (take('['))
        array();
      else if (peek() == '{')
        lines();
      else
        stop(at_, at_ + 1, {"this is not an array of objects", as_records});
      if (read_.table.names.empty() && read_.errors.empty())
        stop(text_begin(text_), text_begin(text_) + 1, {"there are no records with keys", as_records});
    } catch (Stop) {
      return std::move(read_);
    }
    for (auto& column : read_.table.columns) column.resize(row_);
    return std::move(read_);
  }

 private:
  void refuse(std::size_t begin, std::size_t end, Complaint complaint) {
    read_.errors.add([&] { return places_.error(begin, end, std::move(complaint)); });
  }
  [[noreturn]] void stop(std::size_t begin, std::size_t end, Complaint complaint) {
    refuse(std::min(begin, text_.size()), std::min(end, text_.size()), std::move(complaint));
    throw Stop{};
  }

  /// '\0' at the end, as std::string has it; there is none within.
  char peek() const { return text_.data()[at_]; }
  bool take(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void skip() {
    while (peek() == ' ' || peek() == '\n' || peek() == '\r' || peek() == '\t') ++at_;
  }

  [[noreturn]] void unexpected(const char* wanted) {
    if (at_ >= text_.size()) stop(at_, at_, {"the file ends too soon", wanted});
    std::size_t end = at_ + 1;
    while (end < text_.size() && (text_[end] & 0xC0) == 0x80) ++end;
    stop(at_, end, {fmt::format("unexpected {}", in_quotes(text_.substr(at_, end - at_))), wanted});
  }

  void array() {
    skip();
    if (!take(']')) {
      do element();
      while (take_comma());
      if (!take(']')) unexpected("a comma or ] follows a record");
    }
    skip();
    if (at_ < text_.size()) unexpected("nothing follows the array's ]");
  }

  bool take_comma() {
    skip();
    return take(',');
  }

  void lines() {
    while (at_ < text_.size()) {
      if (peek() != '{') unexpected("records begin with {");
      record();
      skip();
    }
  }

  void element() {
    skip();
    if (peek() == '{') return record();
    if (peek() == ']' || peek() == ',' || at_ >= text_.size()) unexpected("a record is needed: {...}");
    const std::size_t begin = at_;
    skip_value();
    refuse(begin, at_, {fmt::format("record {} is not an object", ++other_records_ + row_), as_records});
  }

  void record() {
    const std::size_t begin = at_++;
    next_ = 0;
    skip();
    if (!take('}')) {
      do member();
      while (take_comma());
      if (!take('}')) unexpected("a comma or } follows a value");
    }
    if (row_ == 0) read_.table.reserve_like(at_ - begin);
    ++row_;
  }

  void member() {
    skip();
    if (peek() != '"') unexpected("a key in quotes is needed: \"date\": ...");
    const Cell key = string();
    const std::size_t column = column_of(key);
    skip();
    if (!take(':')) unexpected("a colon follows a key");
    skip();
    auto& cells = read_.table.columns[column];
    if (cells.size() > row_)
      refuse(key.begin, key.begin + key.size,
             {fmt::format("the key {} stands twice in this record", in_quotes(read_.table.names[column])), ""});
    cells.resize(std::max<std::size_t>(cells.size(), row_));
    const Cell cell = value();
    if (cells.size() == row_) cells.push_back(cell);
  }

  /// The column of a key; most often it is the one that follows the last.
  std::size_t column_of(Cell key) {
    std::string room;
    const std::string_view name = read_.table.text(key, room);
    auto& names = read_.table.names;
    if (next_ < names.size() && names[next_] == name) return next_++;
    const auto [known, is_new] = column_of_name_.try_emplace(std::string(name), names.size());
    if (is_new) {
      if (trimmed(name).empty())
        refuse(key.begin, key.begin + key.size, {"this key is empty", "a column needs a name"});
      if (names.size() == most_columns)
        stop(key.begin, key.begin + key.size,
             {fmt::format("the records have more than {} different keys", most_columns), ""});
      names.emplace_back(name);
      read_.table.columns.emplace_back();
    }
    next_ = known->second + 1;
    return known->second;
  }

  static Cell cell(std::size_t begin, std::size_t end) {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end - begin)};
  }

  Cell value() {
    const std::size_t begin = at_;
    if (peek() == '"') return string();
    if (peek() == '{' || peek() == '[') {
      skip_value();
      refuse(begin, at_,
             {"a value within a value", "records are flat: a key has a number, a text, true, false or null"});
      return {};
    }
    while (is_word(peek())) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (word == "null") return {};
    if (word == "true" || word == "false" || word == "NaN" || is_number(word)) return cell(begin, at_);
    if (word.empty()) unexpected("a value is needed: a number, a text in quotes, true, false or null");
    stop(begin, at_, {fmt::format("{} is not a value of JSON", in_quotes(word)), hint_for(word)});
  }

  static std::string hint_for(std::string_view word) {
    if (word == "Infinity" || word == "-Infinity") return "numbers are finite; a missing value is null";
    if (word == "None" || word == "NA" || word == "nan") return "a missing value is null";
    return "a number, a text in quotes, true, false or null";
  }

  /// Of the characters within a text.
  static bool is_plain(char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; }
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_word(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '+' || c == '-' || c == '.' ||
           c == '_';
  }

  /// [-] 0 or digits that begin with another, [. digits], [e or E, a sign, digits]
  static bool is_number(std::string_view word) {
    std::size_t at = word.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
      const std::size_t begin = at;
      while (at < word.size() && is_digit(word[at])) ++at;
      return at - begin;
    };
    const auto is_at = [&](std::string_view signs) {
      return at < word.size() && signs.find(word[at]) != std::string_view::npos;
    };
    const bool begins_with_zero = is_at("0");
    const std::size_t whole = digits();
    if (whole == 0 || (begins_with_zero && whole > 1)) return false;
    if (is_at(".")) {
      ++at;
      if (digits() == 0) return false;
    }
    if (is_at("eE")) {
      ++at;
      if (is_at("+-")) ++at;
      if (digits() == 0) return false;
    }
    return at == word.size();
  }

  /// A text with its quotes.
  Cell string() {
    const std::size_t begin = at_++;
    for (;; ++at_) {
      while (is_plain(peek())) ++at_;
      const char c = peek();
      if (c == '"') break;
      if (at_ >= text_.size()) stop(begin, begin + 1, {"this quote is never closed", ""});
      if (static_cast<unsigned char>(c) < 0x20)
        stop(begin, at_, {"a text goes over the end of its line", "a line break within a text is written \\n"});
      if (c != '\\') continue;
      const std::size_t length = escape_length(text_.substr(at_));
      if (length == 0)
        stop(at_, std::min(at_ + 2, text_.size()),
             {"a backslash that no character follows which JSON knows", "a backslash itself is written \\\\"});
      at_ += length - 1;
    }
    ++at_;
    return cell(begin, at_);
  }

  /// Any value, nested or not; of a nested one only its brackets and texts are looked at.
  void skip_value() {
    std::size_t depth = 0;
    do {
      if (peek() == '"') {
        string();
        continue;
      }
      if (at_ >= text_.size()) unexpected("a bracket is not closed");
      if (peek() == '{' || peek() == '[') ++depth;
      if ((peek() == '}' || peek() == ']') && depth > 0) --depth;
      ++at_;
      while (depth == 0 && is_word(peek())) ++at_;
    } while (depth > 0);
  }

  std::shared_ptr<const std::string> bytes_;
  std::string_view text_;
  PlaceFinder places_;
  ReadTable read_;
  std::size_t at_ = 0;
  std::size_t row_ = 0;   // that is being read
  std::size_t next_ = 0;  // the column that most likely comes next
  std::size_t other_records_ = 0;
  std::unordered_map<std::string, std::size_t> column_of_name_;
};

}  // namespace

ReadTable read_json_records(std::string bytes, const std::vector<std::string>& missing) {
  return RecordReader(std::move(bytes), missing).read();
}

}  // namespace data
