// Edits of Cairo's SVG. Its writer is regular: attributes in double quotes.
#include "cairo/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>
#include <stdexcept>

namespace cairo {
namespace {

/// In one pass: a drawing is hundreds of kilobytes, and what follows a place must not be moved once for each.
std::string replaced_all(const std::string& text, std::string_view from, std::string_view to) {
  std::string replaced;
  replaced.reserve(text.size() + text.size() / 8);
  std::size_t done = 0;
  for (std::size_t at = 0; (at = text.find(from, done)) != std::string::npos; done = at + from.size())
    replaced.append(text, done, at - done).append(to);
  return replaced.append(text, done);
}

/// Cairo counts the surfaces that a process makes; a drawing must not tell how many came before it.
std::string with_uncounted_surface(std::string text) {
  const std::string_view begin = "id=\"surface";
  for (auto at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
    const auto digits = at + begin.size(), end = text.find_first_not_of("0123456789", digits);
    if (end != std::string::npos && end > digits && text[end] == '"') text.erase(digits, end - digits);
  }
  return text;
}

std::string marked_up(const std::string& text) {
  return replaced_all(replaced_all(replaced_all(text, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
}

/// Behind the drawing's first tag.
std::size_t after_root(const std::string& svg) {
  const auto root = svg.find("<svg"), end = svg.find('>', root);
  if (root == std::string::npos || end == std::string::npos) throw std::invalid_argument("a drawing is not an SVG");
  return end + 1;
}

/// The colour of a tag's fill or stroke, "rgb(0%,45%,70%)"; empty where it has none.
std::string color_in(std::string_view tag, std::string_view property) {
  for (const std::string_view before : {" ", ";", "\""})
    for (const std::string_view sign : {":", "=\""}) {
      const std::string begin = fmt::format("{}{}{}rgb(", before, property, sign);
      const auto at = tag.find(begin);
      if (at == std::string_view::npos) continue;
      const auto first = at + begin.size() - 4, end = tag.find(')', first);
      if (end != std::string_view::npos) return std::string(tag.substr(first, end + 1 - first));
    }
  return "";
}

/// Classes of colours that are others in the dark: each a rule.
class DarkRules {
 public:
  /// The tag with the classes that it needs.
  std::string tag(const std::string& light, const std::string& dark) {
    std::string classes;
    for (const char* property : {"fill", "stroke"}) {
      const std::string from = color_in(light, property), to = color_in(dark, property);
      if (from.empty() || to.empty() || from == to) continue;
      const auto [rule, is_new] =
          names_.try_emplace(fmt::format("{}:{}", property, to), fmt::format("d{}", names_.size()));
      if (is_new) rules_ += fmt::format(".{}{{{}!important}}", rule->second, rule->first);
      classes += (classes.empty() ? "" : " ") + rule->second;
    }
    if (classes.empty()) return light;
    const auto name_ends = light.find_first_of(" />");
    return light.substr(0, name_ends) + " class=\"" + classes + "\"" + light.substr(name_ends);
  }
  const std::string& text() const { return rules_; }

 private:
  std::map<std::string, std::string> names_;
  std::string rules_;
};

}  // namespace

std::string with_words(const std::string& svg, const std::string& title, const std::string& description) {
  std::string words;
  if (!title.empty()) words += "\n<title>" + marked_up(title) + "</title>";
  if (!description.empty()) words += "\n<desc>" + marked_up(description) + "</desc>";
  return std::string(svg).insert(after_root(svg), words);
}

std::string in_both_themes(const std::string& light, const std::string& dark, const std::string& light_paper,
                           const std::string& dark_paper) {
  DarkRules rules;
  std::string both;
  std::size_t in_light = 0, in_dark = 0;
  while (true) {
    const auto begin = light.find('<', in_light), dark_begin = dark.find('<', in_dark);
    if (begin == std::string::npos || dark_begin == std::string::npos) break;
    const auto end = light.find('>', begin), dark_end = dark.find('>', dark_begin);
    if (end == std::string::npos || dark_end == std::string::npos) break;
    both.append(light, in_light, begin - in_light);
    both += rules.tag(light.substr(begin, end - begin), dark.substr(dark_begin, dark_end - dark_begin));
    in_light = end;
    in_dark = dark_end;
  }
  both.append(light, in_light);
  const std::string style = fmt::format(
      "\n<style>.paper{{fill:{}}}@media(prefers-color-scheme:dark){{.paper{{fill:{}}}{}}}</style>\n"
      "<rect class=\"paper\" width=\"100%\" height=\"100%\" fill=\"{}\"/>",
      light_paper, dark_paper, rules.text(), light_paper);
  return both.insert(after_root(both), style);
}

std::string with_prefixed_ids(const std::string& svg, const std::string& prefix) {
  const auto is_allowed = [](unsigned char c) { return std::isalnum(c) || c == '-' || c == '_'; };
  if (!std::all_of(prefix.begin(), prefix.end(), is_allowed))
    throw std::invalid_argument(fmt::format("'{}' cannot begin the ids of a drawing", prefix));
  std::string text = replaced_all(with_uncounted_surface(svg), " id=\"", " id=\"" + prefix);
  text = replaced_all(text, "href=\"#", "href=\"#" + prefix);
  return replaced_all(text, "url(#", "url(#" + prefix);
}

}  // namespace cairo
