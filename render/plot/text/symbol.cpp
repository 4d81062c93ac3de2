// Tables of symbols. Code points: Unicode 15, Mathematical Alphanumeric Symbols.
#include "plot/text/symbol.hpp"

#include <algorithm>
#include <iterator>
#include <map>

namespace plot {
namespace {

std::string utf8(char32_t c) {
  std::string s;
  const auto put = [&](char32_t x) { s += static_cast<char>(x); };
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
  return s;
}

using Table = std::map<std::string, Symbol, std::less<>>;

void add_greek(Table& table) {
  // In the order of U+03B1...; italic forms run in the same order from U+1D6FC.
  const char* small[] = {"alpha", "beta",   "gamma",   "delta",  "varepsilon", "zeta",    "eta",  "theta", "iota",
                         "kappa", "lambda", "mu",      "nu",     "xi",         "omicron", "pi",   "rho",   "varsigma",
                         "sigma", "tau",    "upsilon", "varphi", "chi",        "psi",     "omega"};
  for (char32_t i = 0; i < 25; ++i)
    table[small[i]] = {utf8(0x1D6FC + i), utf8(0x3B1 + i), Face::math, SymbolClass::ordinary};
  table["epsilon"] = {utf8(0x1D716), utf8(0x3F5), Face::math, SymbolClass::ordinary};
  table["phi"] = {utf8(0x1D719), utf8(0x3D5), Face::math, SymbolClass::ordinary};
  const std::pair<const char*, char32_t> capitals[] = {
      {"Gamma", 0x393}, {"Delta", 0x394}, {"Theta", 0x398}, {"Lambda", 0x39B}, {"Xi", 0x39E},
      {"Pi", 0x3A0},    {"Sigma", 0x3A3}, {"Phi", 0x3A6},   {"Psi", 0x3A8},    {"Omega", 0x3A9}};
  for (const auto& [name, c] : capitals) table[name] = {utf8(c), utf8(c), Face::math, SymbolClass::ordinary};
}

void add_signs(Table& table) {
  const auto put = [&](std::initializer_list<std::pair<const char*, char32_t>> signs, SymbolClass kind) {
    for (const auto& [name, c] : signs) table[name] = {utf8(c), utf8(c), Face::math, kind};
  };
  put({{"ell", 0x2113},  {"nabla", 0x2207}, {"partial", 0x2202}, {"infty", 0x221E},  {"|", 0x2016},
       {"sqrt", 0x221A}, {"top", 0x22A4},   {"prime", 0x2032},   {"dprime", 0x2033}, {"trprime", 0x2034},
       {"vert", '|'},    {"Vert", 0x2016},  {"dots", 0x2026},    {"ldots", 0x2026},  {"cdots", 0x22EF},
       {"%", '%'},       {"$", '$'},        {"_", '_'},          {"#", '#'},         {"&", '&'}},
      SymbolClass::ordinary);
  put({{"cdot", 0x22C5}, {"times", 0xD7}, {"pm", 0xB1}, {"mp", 0x2213}, {"odot", 0x2299}}, SymbolClass::binary);
  put({{"le", 0x2264},
       {"leq", 0x2264},
       {"ge", 0x2265},
       {"geq", 0x2265},
       {"ne", 0x2260},
       {"neq", 0x2260},
       {"approx", 0x2248},
       {"ll", 0x226A},
       {"gg", 0x226B},
       {"to", 0x2192},
       {"leftarrow", 0x2190},
       {"sim", 0x223C},
       {"propto", 0x221D},
       {"in", 0x2208},
       {"equiv", 0x2261},
       {"lesssim", 0x2272},
       {"gtrsim", 0x2273},
       {"mid", '|'}},
      SymbolClass::relation);
  put({{"langle", 0x27E8}, {"lvert", '|'}, {"lVert", 0x2016}, {"{", '{'}}, SymbolClass::opening);
  put({{"rangle", 0x27E9}, {"rvert", '|'}, {"rVert", 0x2016}, {"}", '}'}}, SymbolClass::closing);
  put({{"sum", 0x2211}, {"prod", 0x220F}, {"int", 0x222B}}, SymbolClass::operation);
  for (const char* name : {"max", "min", "ln", "log", "exp", "sin", "cos", "tanh", "sup", "inf", "lim", "Var", "tr"})
    table[name] = {name, name, Face::regular, SymbolClass::operation};
}

const Table& table() {
  static const Table all = [] {
    Table t;
    add_greek(t);
    add_signs(t);
    return t;
  }();
  return all;
}

}  // namespace

const Symbol* find_symbol(std::string_view command) {
  const auto at = table().find(command);
  return at == table().end() ? nullptr : &at->second;
}

Symbol character_symbol(std::string_view c) {
  const std::string text(c);
  if (text == "-") return {utf8(0x2212), utf8(0x2212), Face::regular, SymbolClass::binary};
  if (text == "+") return {text, text, Face::regular, SymbolClass::binary};
  if (text == "*") return {utf8(0x2217), "*", Face::math, SymbolClass::binary};
  if (text == "'") return {utf8(0x2032), utf8(0x2032), Face::math, SymbolClass::ordinary};
  if (text == "=" || text == "<" || text == ">" || text == ":")
    return {text, text, Face::regular, SymbolClass::relation};
  if (text == "(" || text == "[") return {text, text, Face::regular, SymbolClass::opening};
  if (text == ")" || text == "]") return {text, text, Face::regular, SymbolClass::closing};
  if (text == "," || text == ";") return {text, text, Face::regular, SymbolClass::punctuation};
  if (text.size() == 1 && ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z')))
    return {text, text, Face::italic, SymbolClass::ordinary};
  if (text.size() == 1) return {text, text, Face::regular, SymbolClass::ordinary};
  return {text, text, Face::math, SymbolClass::ordinary};
}

bool is_slanted(const Symbol& symbol) {
  // Mathematical italic Greek, U+1D6FC to U+1D71B, has these first three bytes of four.
  const std::string_view start = std::string_view(symbol.glyph).substr(0, 3);
  return symbol.face == Face::italic ||
         (symbol.face == Face::math && (start == "\xF0\x9D\x9B" || start == "\xF0\x9D\x9C"));
}

bool is_tall(const Symbol& symbol) {
  static constexpr std::string_view greek[] = {"β", "δ", "ζ", "θ", "λ", "ξ", "ψ", "ϕ", "ℓ"};
  if (std::find(std::begin(greek), std::end(greek), symbol.plain) != std::end(greek)) return true;
  static constexpr std::string_view low = "acegmnopqrsuvwxyz";
  const bool letter = symbol.plain.size() == 1 && symbol.plain[0] >= 'a' && symbol.plain[0] <= 'z';
  const bool is_capital_greek = symbol.plain >= "Γ" && symbol.plain <= "Ω";
  return letter ? low.find(symbol.plain[0]) == std::string_view::npos : symbol.plain.size() == 1 || is_capital_greek;
}

double overhang(const Symbol& symbol) {
  if (symbol.face == Face::italic && symbol.glyph == "f") return 0.135;
  if (symbol.plain == "ζ" || symbol.plain == "ξ") return 0.085;
  return 0;
}

Symbol script_symbol(char letter) {
  if (letter < 'A' || letter > 'Z') return {};
  // The letters that had code points of their own before the others came.
  const std::map<char, char32_t> early{{'B', 0x212C}, {'E', 0x2130}, {'F', 0x2131}, {'H', 0x210B},
                                       {'I', 0x2110}, {'L', 0x2112}, {'M', 0x2133}, {'R', 0x211B}};
  const auto at = early.find(letter);
  const char32_t c = at != early.end() ? at->second : 0x1D49C + static_cast<char32_t>(letter - 'A');
  return {utf8(c), std::string(1, letter), Face::math, SymbolClass::ordinary};
}

}  // namespace plot
