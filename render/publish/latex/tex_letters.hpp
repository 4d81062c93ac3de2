// Letters of mathematical alphabets: which characters they are, and which of them a formula's TeX
// means.
#pragma once

#include <deque>
#include <map>
#include <string>
#include <string_view>

namespace publish {

/// How many characters a text in UTF-8 has.
std::size_t length_of(std::string_view text);

/// A digit, nabla or partial in the alphabet that a mathvariant names; any other text as it is.
std::string in_alphabet(const std::string& text, const std::string& variant);

/// The bold letters of a formula in their order, upright or slanted, as its TeX asks for them.
class BoldLetters {
 public:
  void add(int letter, bool slanted) { asked_[letter].push_back(slanted); }
  /// A bold letter in the form that the formula's TeX asks for at this place; other text as it is.
  std::string meant(const std::string& text);

 private:
  std::map<int, std::deque<bool>> asked_;
};

BoldLetters bold_letters(const std::string& tex);

}  // namespace publish
