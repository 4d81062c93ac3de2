// See json_text.hpp.
#include "experiment/json_text.hpp"

#include <cmath>
#include <iterator>

namespace experiment {

void JsonText::line(std::size_t depth) {
  text_ += '\n';
  text_.append(depth, ' ');
}

void JsonText::begin_element() {
  if (follows_key_) {
    follows_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  if (!levels_.back().is_empty) text_ += ',';
  levels_.back().is_empty = false;
  line(levels_.size());
}

void JsonText::open(char bracket) {
  begin_element();
  text_ += bracket;
  levels_.push_back({bracket, true});
}

void JsonText::close() {
  const Level level = levels_.back();
  levels_.pop_back();
  if (!level.is_empty) line(levels_.size());
  text_ += level.bracket == '{' ? '}' : ']';
}

void JsonText::key(std::string_view name) {
  begin_element();
  text_ += Json(name).dump() + ": ";
  follows_key_ = true;
}

void JsonText::value(const Json& value) {
  if (!value.is_structured()) {
    begin_element();
    text_ += value.dump();
    return;
  }
  open(value.is_object() ? '{' : '[');
  for (const auto& [name, member] : value.items()) {
    if (value.is_object()) key(name);
    this->value(member);
  }
  close();
}

/// The digits are those of Json's own writer, whose shortest form is another than fmt's for one number in a thousand.
void JsonText::number(double x) {
  if (!std::isfinite(x)) return value(stored_number(x));
  char digits[64];
  begin_element();
  text_.append(digits, nlohmann::detail::to_chars(std::begin(digits), std::end(digits), x));
}

void JsonText::numbers(const std::vector<double>& xs) {
  open('[');
  for (double x : xs) number(x);
  close();
}

}  // namespace experiment
