// Numbers by regular expressions; claims are short.
#include "manuscript/numerals.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <regex>

#include "manuscript/expression.hpp"
#include "text/number.hpp"
#include "text/replace_all.hpp"

namespace manuscript {
namespace {

// "One" and "two" are more often words than numbers.
const std::map<std::string, double> words{
    {"three", 3},    {"four", 4},      {"five", 5},        {"six", 6},       {"seven", 7},      {"eight", 8},
    {"nine", 9},     {"ten", 10},      {"eleven", 11},     {"twelve", 12},   {"thirteen", 13},  {"fourteen", 14},
    {"fifteen", 15}, {"sixteen", 16},  {"seventeen", 17},  {"eighteen", 18}, {"nineteen", 19},  {"twenty", 20},
    {"thirty", 30},  {"forty", 40},    {"fifty", 50},      {"sixty", 60},    {"seventy", 70},   {"eighty", 80},
    {"ninety", 90},  {"hundred", 100}, {"thousand", 1000}, {"million", 1e6}, {"twentieth", 20}, {"tenth", 10}};

double number(const std::string& text) { return std::strtod(text.c_str(), nullptr); }

/// "-1", "0.9", "3.4 \cdot 10^{38}", "3 \times 10^{-5}", "10^6": numbers as formulas write them.
const std::regex& in_formula() {
  static const std::regex r(R"((-?)(\d+(?:\.\d+)?)(?:\s*\\(?:cdot|times)\s*(\d+))?(?:\^\{?(-?\d+)\}?)?)");
  return r;
}

double formula_value(const std::smatch& m) {
  const double sign = m[1].length() ? -1 : 1, first = number(m[2]);
  if (!m[4].matched) return sign * first;
  const double power = number(m[4]);
  return sign * (m[3].matched ? first * std::pow(number(m[3]), power) : std::pow(first, power));
}

/// A number with these marks. To make it takes longer than to use it.
const std::regex& number_with(const text::NumberMarks& marks) {
  static const std::regex special(R"([.*+?^${}()|[\]\\])");
  thread_local std::map<std::pair<std::string, std::string>, std::regex> known;
  const auto [found, is_new] = known.try_emplace({marks.group, marks.decimal});
  if (!is_new) return found->second;
  const auto literal = [](const std::string& mark) { return std::regex_replace(mark, special, "\\$&"); };
  found->second = std::regex(R"((\d{1,3}(?:)" + literal(marks.group) + R"(\d{3})+(?!\d)|\d+)(?:)" +
                             literal(marks.decimal) + R"((\d+))?)");
  return found->second;
}

/// "1.234,5" of a German text as "1234.5", in formulas "1.234{,}5".
std::string with_points(std::string written, const text::NumberMarks& marks) {
  text::replace_all(written, "{,}", ",");
  text::replace_all(written, "\\,", "");
  if (written.find_first_of("0123456789") == std::string::npos) return written;
  const std::regex& number = number_with(marks);
  std::string out;
  auto from = written.begin();
  for (std::sregex_iterator at(written.begin(), written.end(), number), end; at != end; ++at) {
    std::string whole = (*at)[1];
    text::replace_all(whole, marks.group, "");
    out.append(from, written.begin() + at->position());
    out += whole + ((*at)[2].matched ? "." + (*at)[2].str() : "");
    from = written.begin() + at->position() + at->length();
  }
  return out.append(from, written.end());
}

/// What a formula says: the number after its last relation, or the number that it is.
void add_formula(std::string formula, std::vector<Numeral>& found) {
  static const std::regex relation(R"(=|\\approx|\\le\b|\\ge\b|<|>)");
  std::size_t after = 0;
  for (std::sregex_iterator at(formula.begin(), formula.end(), relation), end; at != end; ++at)
    after = static_cast<std::size_t>(at->position() + at->length());
  formula.erase(0, after);
  const auto is_space = [](unsigned char c) { return std::isspace(c); };
  formula.erase(formula.begin(), std::find_if_not(formula.begin(), formula.end(), is_space));
  while (!formula.empty() && (is_space(static_cast<unsigned char>(formula.back())) || formula.back() == '.'))
    formula.pop_back();
  if (std::smatch m; std::regex_match(formula, m, in_formula())) found.push_back({formula, formula_value(m)});
}

void add_plain_words(const std::string& text, std::vector<Numeral>& found) {
  static const std::regex token(R"(\d+(?:\.\d+)?|[A-Za-z]+)");
  for (std::sregex_iterator at(text.begin(), text.end(), token), end; at != end; ++at) {
    std::string word = at->str();
    if (std::isdigit(static_cast<unsigned char>(word[0]))) {
      found.push_back({word, number(word)});
      continue;
    }
    std::transform(word.begin(), word.end(), word.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (const auto known = words.find(word); known != words.end()) found.push_back({at->str(), known->second});
  }
}

/// Words, and numbers with a power of ten: "3 × 10⁻⁵".
void add_words(const std::string& words_of_text, std::vector<Numeral>& found) {
  for (const text::TextPiece& piece : text::pieces(words_of_text)) {
    if (piece.is_formula)
      add_formula(piece.content, found);
    else
      add_plain_words(piece.content, found);
  }
}

bool same(double a, double b) { return std::abs(a - b) <= 1e-9 * std::max(std::abs(a), std::abs(b)); }

/// Every number that a condition names, by itself or as a power, indices and parts of names included.
std::vector<double> numbers_of_condition(const std::string& condition) {
  static const std::regex r(R"((\d+(?:\.\d+)?(?:e-?\d+)?)(?:\s*\^\s*\(?(-?\d+))?)");
  std::vector<double> all;
  const auto begin = condition.begin() + static_cast<std::ptrdiff_t>(figure_part(condition).rest);
  for (std::sregex_iterator at(begin, condition.end(), r), end; at != end; ++at) {
    all.push_back(number((*at)[1]));
    if ((*at)[2].matched) all.insert(all.end(), {std::pow(all.back(), number((*at)[2])), std::abs(number((*at)[2]))});
  }
  return all;
}

}  // namespace

std::vector<Numeral> numerals(std::string_view text, const text::NumberMarks& marks) {
  static const std::regex special(R"(`[^`]*`(?:\{[^}]*\})?|\$([^$]*)\$|\]\([^)]*\)|@[\w:.-]+|\{[^}]*\})");
  std::vector<Numeral> found;
  const std::string all(text);
  auto from = all.begin();
  for (std::sregex_iterator at(all.begin(), all.end(), special), end; at != end; ++at) {
    add_words(with_points(std::string(from, all.begin() + at->position()), marks), found);
    if ((*at)[1].matched) add_formula(with_points((*at)[1], marks), found);
    from = all.begin() + at->position() + at->length();
  }
  add_words(with_points(std::string(from, all.end()), marks), found);
  return found;
}

std::string unclaimed_numeral(std::string_view text, std::string_view condition, const text::NumberMarks& marks) {
  const auto claimed = numbers_of_condition(std::string(condition));
  for (const Numeral& n : numerals(text, marks))
    if (std::none_of(claimed.begin(), claimed.end(), [&](double c) { return same(std::abs(n.value), c); }))
      return n.text;
  return "";
}

std::vector<Diagnostic> doubtful_claims(const Chapter& chapter, const text::NumberMarks& marks) {
  std::vector<Diagnostic> doubts;
  for (const ClaimSite& claim : chapter.claims)
    if (const std::string numeral = unclaimed_numeral(claim.text, claim.condition, marks); !numeral.empty())
      doubts.push_back(
          error_at(chapter.source, claim.place, "the claim says " + numeral + ", but its condition does not"));
  return doubts;
}

}  // namespace manuscript
