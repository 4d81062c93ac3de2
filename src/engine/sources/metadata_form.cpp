// Language tags after RFC 5646, section 2.1; two-letter languages after ISO 639-1; ORCID after its own documentation of
// the structure of identifiers.
#include "engine/sources/metadata_form.hpp"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "text/characters.hpp"

namespace engine {
namespace {

constexpr std::string_view two_letter_languages =
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en "
    "eo es "
    "et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg "
    "ki kj "
    "kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no "
    "nr nv "
    "ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg "
    "th ti "
    "tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu ";

using text::is_alpha;
using text::is_digit;

bool is_letters(std::string_view text) { return std::all_of(text.begin(), text.end(), is_alpha); }
bool is_digits(std::string_view text) { return std::all_of(text.begin(), text.end(), is_digit); }

std::vector<std::string_view> parts_of(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(separator, at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

bool is_variant(std::string_view part) { return part.size() >= 5 || (part.size() == 4 && is_digit(part[0])); }

/// langtag = language ["-" script] ["-" region] *("-" variant) *("-" extension)
bool is_well_formed(const std::vector<std::string_view>& parts) {
  const auto sound = [](std::string_view part) {
    return !part.empty() && part.size() <= 8 &&
           std::all_of(part.begin(), part.end(), [](char c) { return is_alpha(c) || is_digit(c); });
  };
  if (!std::all_of(parts.begin(), parts.end(), sound)) return false;
  if (parts[0].size() < 2 || parts[0].size() > 3 || !is_letters(parts[0])) return false;
  std::size_t at = 1;
  const auto next = [&](bool fits) { at += fits; };
  if (at < parts.size()) next(parts[at].size() == 4 && is_letters(parts[at]));
  if (at < parts.size())
    next((parts[at].size() == 2 && is_letters(parts[at])) || (parts[at].size() == 3 && is_digits(parts[at])));
  while (at < parts.size() && is_variant(parts[at])) ++at;
  return at == parts.size() || (parts[at].size() == 1 && at + 1 < parts.size());  // extensions are not looked into
}

}  // namespace

const std::vector<KnownKey>& known_keys() {
  static const std::vector<KnownKey> keys{{"title", Form::line},
                                          {"subtitle", Form::line},
                                          {"author", Form::authors},
                                          {"abstract-title", Form::line},
                                          {"keywords", Form::lines},
                                          {"subject", Form::line},
                                          {"description", Form::line},
                                          {"rights", Form::line},
                                          {"toc-title", Form::line},
                                          {"reference-section-title", Form::line},
                                          {"abstract", Form::blocks},
                                          {"nocite", Form::blocks},
                                          {"date", Form::date},
                                          {"lang", Form::language},
                                          {"dir", Form::direction},
                                          {"identifier", Form::word},
                                          {"license", Form::license},
                                          {"logo", Form::picture},
                                          {"cover", Form::picture},
                                          {"link-citations", Form::truth},
                                          {"link-bibliography", Form::truth},
                                          {"suppress-bibliography", Form::truth},
                                          {"notes-after-punctuation", Form::truth},
                                          {"references", Form::sources},
                                          {"papersize", Form::layout},
                                          {"class", Form::layout},
                                          {"csl", Form::layout},
                                          {"toc", Form::layout},
                                          {"lof", Form::layout},
                                          {"lot", Form::layout},
                                          {"linenumbers", Form::layout},
                                          {"draft", Form::layout},
                                          {"colours", Form::layout},
                                          {"fonts", Form::layout},
                                          {"defaults", Form::defaults}};
  return keys;
}

const char* name_of(Form form) {
  switch (form) {
    case Form::line:
      return "line";
    case Form::lines:
      return "lines";
    case Form::blocks:
      return "blocks";
    case Form::authors:
      return "authors";
    case Form::truth:
      return "truth";
    case Form::sources:
      return "sources";
    case Form::license:
      return "license";
    case Form::picture:
      return "picture";
    default:
      return "word";
  }
}

bool is_refused_key(const std::string& key) {
  static const std::vector<std::string> keys{"header-includes",
                                             "include-before",
                                             "include-after",
                                             "include-in-header",
                                             "include-before-body",
                                             "include-after-body",
                                             "css",
                                             "stylesheet",
                                             "citation-style",
                                             "citation-abbreviations",
                                             "bibliography",
                                             "cover-image",
                                             "epub-cover-image",
                                             "epub-metadata",
                                             "epub-fonts",
                                             "mathjax",
                                             "template",
                                             "filters",
                                             "lua-filter",
                                             "reference-doc",
                                             "output-file",
                                             "pdf-engine"};
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::string refusal_of_language(const std::string& tag) {
  const auto parts = parts_of(tag, '-');
  if (!is_well_formed(parts)) return "'" + tag + "' is not the tag of a language";
  const std::string language = text::lowercase(parts[0]);
  if (language.size() == 2 && two_letter_languages.find(language + " ") == std::string_view::npos)
    return "there is no language '" + language + "'";
  return "";
}

bool is_orcid(const std::string& text) {
  if (text.size() != 19) return false;
  int total = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (at % 5 == 4) {
      if (c != '-') return false;
    } else if (at + 1 < text.size()) {
      if (!is_digit(c)) return false;
      total = (total + (c - '0')) * 2 % 11;
    }
  }
  const int check = (12 - total) % 11;
  return text.back() == (check == 10 ? 'X' : static_cast<char>('0' + check));
}

bool is_email(const std::string& text) {
  const std::size_t sign = text.find('@');
  const auto plain = [](char c) {
    return static_cast<unsigned char>(c) > ' ' && std::string_view("<>()[],;:\\\"@").find(c) == std::string_view::npos;
  };
  return sign != std::string::npos && sign > 0 && sign + 1 < text.size() &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(sign), plain) &&
         std::all_of(text.begin() + static_cast<std::ptrdiff_t>(sign) + 1, text.end(), plain);
}

bool is_length(const std::string& text) {
  const std::size_t unit = text.find_first_not_of("0123456789.");
  const std::string number = text.substr(0, unit);
  if (unit == std::string::npos || number.empty() || number.front() == '.' || number.back() == '.' ||
      std::count(number.begin(), number.end(), '.') > 1 || number.find_first_not_of("0.") == std::string::npos)
    return false;
  for (const char* known : {"mm", "cm", "in", "pt", "px", "%"})
    if (text.substr(unit) == known) return true;
  return false;
}

bool is_day(const std::string& text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  for (std::size_t i : {0, 1, 2, 3, 5, 6, 8, 9})
    if (!is_digit(text[i])) return false;
  const auto number = [&](std::size_t from, std::size_t length) { return std::stoi(text.substr(from, length)); };
  const std::chrono::month month(static_cast<unsigned>(number(5, 2)));
  return (std::chrono::year(number(0, 4)) / month / number(8, 2)).ok();
}

}  // namespace engine
