// Numbers are written in base 620, the lowest digit first.
#include "manuscript/edits.hpp"

#include <algorithm>

#include "manuscript/unicode.hpp"

namespace manuscript {
namespace {

constexpr char32_t first_letter = 0x1401;
constexpr std::size_t letters = 0x166D - first_letter;

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
  std::string name;
  for (; number > 0 || length > 0; number /= letters) {
    name += encode(first_letter + static_cast<char32_t>(number % letters));
    length -= length > 0;
  }
  return name;
}

}  // namespace manuscript
