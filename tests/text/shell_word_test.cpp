// Words of command lines, read back by a shell.
#include "text/shell_word.hpp"

#include <cstdio>

#include "catch.hpp"

namespace shell_word_test {

namespace {

/// What a shell hands to a program for what is typed.
std::string as_read(const std::string& typed) {
  FILE* shell = ::popen(("printf %s " + typed).c_str(), "r");
  std::string text;
  for (int c = std::fgetc(shell); c != EOF; c = std::fgetc(shell)) text += static_cast<char>(c);
  ::pclose(shell);
  return text;
}

}  // namespace

TEST_CASE("a shell reads a word as it was") {
  for (const char* word : {"chapters", "my chapters", "it's #1", "$HOME", "a;b & c", "\"x\"", "~", "*", "été", ""}) {
    INFO(word);
    CHECK(as_read(text::shell_word(word)) == word);
  }
}

TEST_CASE("a plain word stands without quotes") { CHECK(text::shell_word("../text/v1.2_b") == "../text/v1.2_b"); }

}  // namespace shell_word_test
