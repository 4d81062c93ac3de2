// See undeclared.hpp.
#include "programs/undeclared.hpp"

#include <algorithm>
#include <cctype>

#include "system/files.hpp"

namespace programs {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t most_named = 3, most_words = 2000;

bool is_of_name(char c) {
  return static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)) ||
         std::string_view("_-./").find(c) != std::string_view::npos;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size() && words.size() < most_words;) {
    std::size_t end = at;
    while (end < text.size() && is_of_name(text[end])) ++end;
    std::string word(text.substr(at, end - at));
    while (word.ends_with('.')) word.pop_back();
    if (word.size() > 1) words.push_back(std::move(word));
    at = end + 1;
  }
  return words;
}

}  // namespace

std::vector<std::string> undeclared_files(std::string_view said, const fs::path& program, const fs::path& folder,
                                          const fs::path& document, const std::vector<fs::path>& reads) {
  std::vector<std::string> names;
  const auto look_at = [&](const fs::path& given) {
    const fs::path file = given.lexically_normal();
    std::error_code error;
    if (names.size() == most_named || !sys::lies_in(file, document) || !fs::is_regular_file(file, error)) return;
    const auto is_it = [&](const fs::path& read) { return read.lexically_normal() == file; };
    const std::string name = file.lexically_relative(document).string();
    if (std::any_of(reads.begin(), reads.end(), is_it) || std::find(names.begin(), names.end(), name) != names.end())
      return;
    names.push_back(name);
  };
  for (const std::string& word : words_of(said))
    for (const fs::path& from : {folder, document}) {
      look_at(from / word);
      if (program.has_extension() && word.find('/') == std::string::npos)
        look_at(from / (word + program.extension().string()));
    }
  return names;
}

}  // namespace programs
