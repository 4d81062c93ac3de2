// A file for each language, "pt.txt", and one for each region that differs, "pt-br.txt".
#include "publish/words.hpp"

#include <algorithm>

#include "system/files.hpp"
#include "text/characters.hpp"

namespace publish {
namespace fs = std::filesystem;
namespace {

/// "zh-hant-tw" has the region "tw": the first part of two letters after the language.
std::string region_of(const std::string& tag) {
  for (auto at = tag.find('-'); at != std::string::npos; at = tag.find('-', at + 1))
    if (const std::string part = tag.substr(at + 1, tag.find('-', at + 1) - at - 1); part.size() == 2) return part;
  return "";
}

}  // namespace

bool has_words(const fs::path& theme, const std::string& tag) {
  const auto all = languages(theme);
  return std::find(all.begin(), all.end(), text::lowercase(tag.substr(0, tag.find('-')))) != all.end();
}

std::vector<std::string> languages(const fs::path& theme) {
  std::vector<std::string> tags;
  for (const auto& entry : fs::directory_iterator(theme / "words"))
    if (const std::string tag = entry.path().stem().string(); tag.find('-') == std::string::npos) tags.push_back(tag);
  std::sort(tags.begin(), tags.end());
  return tags;
}

text::Words words_of(const fs::path& theme, const std::string& tag) {
  const std::string small = text::lowercase(tag), language = small.substr(0, small.find('-'));
  const auto file = [&](const std::string& name) { return theme / "words" / (name + ".txt"); };
  const bool is_known = has_words(theme, tag);
  text::Words words;
  words.read(sys::read_file(file(is_known ? language : "en")));
  if (const fs::path region = file(language + "-" + region_of(small)); is_known && fs::exists(region))
    words.read(sys::read_file(region));
  return words;
}

std::string language_of(const nlohmann::ordered_json& metadata) {
  for (const auto& field : metadata)
    if (field.at("key") == "lang" && field.at("value").is_string()) return field["value"].get<std::string>();
  return "";
}

}  // namespace publish
