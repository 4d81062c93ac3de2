// From the Common Locale Data Repository of Unicode, version 48: symbols, patterns and the least number of digits that
// are grouped, of each language and, where they differ, of its regions. Digits are European ones everywhere.
#include "text/number_marks.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

namespace text {
namespace {

constexpr const char* blank = "\u00A0";
constexpr const char* narrow_blank = "\u202F";
constexpr const char* apostrophe = "\u2019";
constexpr const char* without_blank = "#%";
constexpr const char* apart = "#\u00A0%";

struct Rule {
  const char* languages;
  const char* decimal;
  const char* group;
  int least_grouped;
  bool is_indian;
  const char* percent;
};

constexpr Rule rules[] = {
    {"de-CH de-LI en-CH", ".", apostrophe, 4, false, without_blank},
    {"it-CH", ".", apostrophe, 5, false, without_blank},
    {"de-AT en-FI en-SE fr-CA", ",", blank, 4, false, apart},
    {"fr-CH en-FR", ",", narrow_blank, 4, false, without_blank},
    {"en-DE en-AT en-DK fr-LU fr-MA", ",", ".", 4, false, apart},
    {"en-BE en-NL en-SI en-ES en-IT es-AR es-BO es-CL es-CO es-EC es-PY es-UY es-VE", ",", ".", 4, false,
     without_blank},
    {"en-ZA en-PT en-PL es-CR pt-AO", ",", blank, 4, false, without_blank},
    {"pt-PT pt-MZ pt-CH", ",", blank, 5, false, without_blank},
    {"es-MX es-CU es-DO es-SV es-GT es-HN es-NI es-PA es-PE es-PR es-US es-419", ".", ",", 4, false, without_blank},
    {"en-IN", ".", ",", 4, true, without_blank},
    {"as bn gu hi ml mr ne or pa sa ta te", ".", ",", 4, true, without_blank},
    {"dz", ".", ",", 4, true, apart},
    {"fr", ",", narrow_blank, 4, false, apart},
    {"eo rm", ",", narrow_blank, 4, false, without_blank},
    {"es sl", ",", ".", 5, false, apart},
    {"ia it", ",", ".", 5, false, without_blank},
    {"ca da de fo gl hr kl lb mk rn ro", ",", ".", 4, false, apart},
    {"az bs el fy id is jv ln lo lu nl ps pt rw sc sg sr su vi wo", ",", ".", 4, false, without_blank},
    {"eu", ",", ".", 4, false, "%\u00A0#"},
    {"ku tr", ",", ".", 4, false, "%#"},
    {"br cs cv fi lt nb nn no oc ru se sk sv tk tt", ",", blank, 4, false, apart},
    {"be", ",", blank, 5, false, apart},
    {"af ff kk ky os tg uk uz", ",", blank, 4, false, without_blank},
    {"bg et hu hy ie ka lv pl sq", ",", blank, 5, false, without_blank},
    {"ba xh", ".", blank, 4, false, without_blank},
    {"ce qu", ".", ",", 4, false, apart},
};

/// "pt-BR" of "pt-latn-br-x-own"; only the language where no region is named.
std::string with_region(std::string_view tag) {
  std::istringstream parts{std::string(tag)};
  std::string language, part;
  std::getline(parts, language, '-');
  std::transform(language.begin(), language.end(), language.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  while (std::getline(parts, part, '-')) {
    if (part.size() == 1) break;  // an extension
    const bool is_number = part.size() == 3 && std::isdigit(static_cast<unsigned char>(part[0]));
    if (part.size() != 2 && !is_number) continue;
    std::transform(part.begin(), part.end(), part.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return language + "-" + part;
  }
  return language;
}

bool names(std::string_view list, const std::string& wanted) {
  return (" " + std::string(list) + " ").find(" " + wanted + " ") != std::string::npos;
}

std::string grouped(const std::string& whole, const NumberMarks& marks, const std::string& group) {
  if (static_cast<int>(whole.size()) < marks.least_grouped) return whole;
  std::string out;
  for (std::size_t at = 0; at < whole.size(); ++at) {
    const std::size_t left = whole.size() - at;  // digits from here on
    const bool ends_group = left % 3 == 0;
    const bool ends_indian_group = left == 3 || (left > 3 && left % 2 == 1);
    if (at > 0 && (marks.is_indian ? ends_indian_group : ends_group)) out += group;
    out += whole[at];
  }
  return out;
}

std::string with_marks(const std::string& digits, const NumberMarks& marks, bool has_groups, const std::string& decimal,
                       const std::string& group) {
  if (digits.empty() || !std::isdigit(static_cast<unsigned char>(digits[0]))) return digits;  // NaN, infinity
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string out = digits.substr(0, point);
  if (has_groups) out = grouped(out, marks, group);
  return point == digits.size() ? out : out + decimal + digits.substr(point + 1);
}

}  // namespace

NumberMarks number_marks(std::string_view language) {
  const std::string whole = with_region(language);
  for (const std::string& wanted : {whole, whole.substr(0, whole.find('-'))})
    for (const Rule& r : rules)
      if (names(r.languages, wanted)) return {r.decimal, r.group, r.least_grouped, r.is_indian, r.percent};
  return {};
}

std::string marked(const std::string& digits, const NumberMarks& marks, bool has_groups) {
  return with_marks(digits, marks, has_groups, marks.decimal, marks.group);
}

std::string marked_in_formula(const std::string& digits, const NumberMarks& marks, bool has_groups) {
  // A bare comma would have the space of one that ends a member of a list, and a bare apostrophe be a prime.
  const auto sign = [](const std::string& mark) {
    if (mark == ",") return std::string("{,}");
    return mark == "." ? mark : std::string("\\,");
  };
  return with_marks(digits, marks, has_groups, sign(marks.decimal), sign(marks.group));
}

std::string plain(const Number& number, const NumberMarks& marks) {
  Number set = number;
  set.digits = marked(set.digits, marks);
  return plain(set);
}

std::string formula(const Number& number, const NumberMarks& marks) {
  Number set = number;
  set.digits = marked_in_formula(set.digits, marks);
  return formula(set);
}

std::string markdown(const Number& number, const NumberMarks& marks) {
  return number.power ? "$" + formula(number, marks) + "$" : plain(number, marks);
}

std::string list_separator(const NumberMarks& marks) { return marks.decimal == "," ? "; " : ", "; }

}  // namespace text
