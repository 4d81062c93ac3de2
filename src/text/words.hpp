// The words that documents hold beside those of their authors, in the document's language. They stand in files of the
// theme, one for each language (render/theme/words/); the filter, the driver, drawings and the page's script take them
// from there.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace text {

/// Words that are said once a language is known: a key, and what is filled in by its name.
struct Phrase {
  std::string key;
  std::vector<std::pair<std::string, std::string>> parts{};

  bool operator==(const Phrase&) const = default;
};

class Words {
 public:
  /// Takes what a file says: a line is "key: words", empty lines and those that begin with # say nothing. What was
  /// known by the same key before is replaced. Throws std::invalid_argument for a line that is neither.
  void read(std::string_view lines);

  /// Throws std::out_of_range where there are no such words, and where a phrase lacks a part that its words name.
  const std::string& operator[](const std::string& key) const;
  std::string say(const Phrase& phrase) const;

  const std::map<std::string, std::string>& all() const { return words_; }

 private:
  std::map<std::string, std::string> words_;
};

/// English, which the program brings along for drawings without a document.
const Words& english();

}  // namespace text
