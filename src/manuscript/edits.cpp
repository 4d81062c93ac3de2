// Numbers are written in base 620, or 255, the lowest digit first.
#include "manuscript/edits.hpp"

#include <algorithm>

#include "manuscript/unicode.hpp"

namespace manuscript {
namespace {

constexpr char32_t first_letter = 0x1401;
constexpr std::size_t letter_count = 0x166D - first_letter;
constexpr char32_t first_sign = 0x2801;  // before it is the one without dots, which looks like a blank
constexpr std::size_t sign_count = 0x2900 - first_sign;

std::string name_in(char32_t first, std::size_t base, std::size_t number, std::size_t length) {
  std::string name;
  for (; number > 0 || length > 0; number /= base) {
    name += encode(first + static_cast<char32_t>(number % base));
    length -= length > 0;
  }
  return name;
}

}  // namespace

std::string edited(std::string_view text, std::vector<Edit> edits) {
  std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.begin < b.begin; });
  std::string whole;
  std::size_t done = 0;
  for (const auto& edit : edits) {
    if (edit.begin < done) continue;
    whole.append(text, done, edit.begin - done).append(edit.text);
    done = std::min(edit.end, text.size());
  }
  return whole.append(text, done);
}

std::string name_of_number(std::size_t number, std::size_t length) {
  return name_in(first_letter, letter_count, number, length);
}

std::string signs_of_number(std::size_t number, std::size_t length) {
  return name_in(first_sign, sign_count, number, length);
}

}  // namespace manuscript
