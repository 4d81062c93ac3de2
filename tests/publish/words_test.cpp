// The theme's words: every language has every one of them with the same places to fill in, none is unused, and what the
// theme writes takes its words from there.
#include "publish/words.hpp"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <set>

#include "catch.hpp"
#include "places.hpp"
#include "system/files.hpp"
#include "text/words.hpp"

namespace words_test {

namespace fs = std::filesystem;

namespace {

using Texts = std::map<std::string, std::string>;

fs::path theme() { return source_folder() / "render" / "theme"; }

/// The words of each file, by its name: "pt-br".
std::map<std::string, Texts> languages() {
  std::map<std::string, Texts> all;
  for (const auto& entry : fs::directory_iterator(theme() / "words")) {
    text::Words words;
    words.read(sys::read_file(entry.path()));
    all[entry.path().stem().string()] = words.all();
  }
  return all;
}

std::multiset<std::string> found(const std::string& text, const char* pattern) {
  const std::regex regex(pattern);
  std::multiset<std::string> all;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at)
    for (std::size_t i = 1; i < at->size(); ++i)
      if ((*at)[i].matched) all.insert((*at)[i]);
  return all;
}

std::multiset<std::string> places(const std::string& words) { return found(words, R"(\{(\w+)\})"); }

/// The keys that the sources in a folder ask for.
void collect_keys(const fs::path& folder, const std::set<std::string>& extensions, const char* pattern,
                  std::set<std::string>& keys) {
  for (const auto& entry : fs::recursive_directory_iterator(folder))
    if (entry.is_regular_file() && extensions.contains(entry.path().extension().string()))
      for (const auto& key : found(sys::read_file(entry.path()), pattern)) keys.insert(key);
}

std::set<std::string> used_keys() {
  std::set<std::string> keys;
  collect_keys(theme(), {".lua"}, R"re(wording\.(\w+)|wording\["(\w+)"\])re", keys);
  collect_keys(theme(), {".lua"}, R"re(wording\.(?:filled|around)\([^"\n]*"(\w+)"(?: or "(\w+)")?)re", keys);
  collect_keys(theme(), {".js", ".html", ".latex", ".epub"}, R"(\bwords\.(\w+))", keys);
  const char* const in_code = R"re(words\["(\w+)"\]|say\(\s*\{"(\w+)"|Phrase\{"(\w+)")re";
  collect_keys(source_folder() / "render", {".cpp", ".hpp"}, in_code, keys);
  collect_keys(source_folder() / "src", {".cpp", ".hpp"}, in_code, keys);
  // The functions of wording.lua are no words; those that join a claim's numbers are found in these (documents.cpp).
  for (const char* key : {"filled", "around", "all"}) keys.erase(key);
  for (const char* key : {"and", "or", "not", "within"}) keys.insert(key);
  return keys;
}

}  // namespace

TEST_CASE("every language has every word, with the same places to fill in") {
  const auto all = languages();
  const Texts& english = all.at("en");
  for (const auto& [language, words] : all) {
    INFO(language);
    for (const auto& [key, said] : words) {
      INFO(key);
      REQUIRE(english.contains(key));
      CHECK(places(said) == places(english.at(key)));
      CHECK(!said.empty());
      CHECK(said.back() != ' ');
    }
    if (language.find('-') == std::string::npos) CHECK(words.size() == english.size());
  }
}

TEST_CASE("every promised language is there") {
  CHECK(publish::languages(theme()) == std::vector<std::string>{"de", "en", "es", "fr", "it", "nl", "pt"});
}

TEST_CASE("every word of the theme is used, and every used word is there") {
  const auto all = languages();
  std::set<std::string> known;
  for (const auto& [key, said] : all.at("en")) known.insert(key);
  CHECK(used_keys() == known);
}

TEST_CASE("a region says only what differs from its language") {
  const auto all = languages();
  for (const auto& [language, words] : all) {
    const auto hyphen = language.find('-');
    if (hyphen == std::string::npos) continue;
    INFO(language);
    for (const auto& [key, said] : words) CHECK(said != all.at(language.substr(0, hyphen)).at(key));
  }
}

TEST_CASE("a tag finds its language's words, and its region's") {
  CHECK(publish::words_of(theme(), "")["contents"] == "Contents");
  CHECK(publish::words_of(theme(), "de")["decimal_sign"] == ",");
  CHECK(publish::words_of(theme(), "de-CH")["decimal_sign"] == ".");
  CHECK(publish::words_of(theme(), "de-CH")["contents"] == "Inhalt");
  CHECK(publish::words_of(theme(), "pt-BR")["sections"] == "Seções");
  CHECK(publish::words_of(theme(), "PT-br")["sections"] == "Seções");
  CHECK(publish::words_of(theme(), "en-Latn-US")["light_colours"] == "Light colors");
  CHECK(publish::words_of(theme(), "en-GB")["light_colours"] == "Light colours");
  CHECK(publish::words_of(theme(), "sv")["contents"] == "Contents");
  CHECK(publish::has_words(theme(), "de-AT"));
  CHECK(!publish::has_words(theme(), "sv-SE"));
}

TEST_CASE("words are filled in by name, and lack nothing") {
  text::Words words;
  words.read("# a remark\n\npair: {name}: {value}\n");
  CHECK(words.say({"pair", {{"value", "{name}"}, {"name", "x"}}}) == "x: {name}");
  CHECK_THROWS_AS(words.say({"pair", {{"name", "x"}}}), std::out_of_range);
  CHECK_THROWS_AS(words["other"], std::out_of_range);
  CHECK_THROWS_AS(words.read("no words"), std::invalid_argument);
}

}  // namespace words_test
