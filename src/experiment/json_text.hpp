// JSON written as text at once: a tree of a million numbers takes twenty times their size, and as much time again.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "experiment/json.hpp"

namespace experiment {

/// Writes objects and arrays one after the other, as `Json::dump(1)` lays them out.
class JsonText {
 public:
  /// What is opened is an element of the array, or the member of the last key, that is open.
  void open(char bracket);  // '{' or '['
  void close();
  void key(std::string_view name);
  void value(const Json& value);
  /// An array; infinities and NaN are strings, as in `stored_number`.
  void numbers(const std::vector<double>& xs);

  std::string take() { return std::move(text_); }

 private:
  void begin_element();
  void line(std::size_t depth);
  void number(double x);

  struct Level {
    char bracket;
    bool is_empty;
  };
  std::string text_;
  std::vector<Level> levels_;
  bool follows_key_ = false;
};

}  // namespace experiment
