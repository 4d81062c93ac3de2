// The parser of labels, and the spacing of atoms.
#include "plot/text/formula.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>

#include "text/characters.hpp"

namespace plot {
namespace {

constexpr int deepest = 20;

Atom symbol_atom(Symbol symbol) {
  Atom a;
  a.symbol = std::move(symbol);
  return a;
}

Atom upright(const std::string& text) { return symbol_atom({text, text, Face::regular, SymbolClass::ordinary}); }

Atom group_of(Atoms atoms, AtomKind kind = AtomKind::group) {
  Atom a;
  a.kind = kind;
  a.group = std::move(atoms);
  return a;
}

/// Whether something reads as one thing when it stands below a fraction's bar or under a root: one atom, a number,
/// what brackets or bars enclose, a derivative's sign with its variable.
bool needs_no_brackets(const Atoms& atoms) {
  if (atoms.size() <= 1) return true;
  const auto sign = [](const Atom& a) { return a.kind == AtomKind::symbol ? a.symbol.plain : ""; };
  const std::string first = sign(atoms.front()), last = sign(atoms.back());
  if (atoms.size() == 2 && first == "∂") return true;
  for (const std::string pair : {"()", "[]", "||", "‖‖"}) {
    const std::size_t half = pair.size() / 2;
    const auto is_end = [&](const Atom& a) { return sign(a) == pair.substr(half) || sign(a) == pair.substr(0, half); };
    const bool enclosed = first == pair.substr(0, half) && last == pair.substr(half);
    if (enclosed && std::count_if(atoms.begin(), atoms.end(), is_end) == 2) return true;
  }
  return std::all_of(atoms.begin(), atoms.end(), [&](const Atom& a) {
    return !sign(a).empty() && sign(a).find_first_not_of("0123456789.") == std::string::npos;
  });
}

Atom bracketed(Atoms atoms) {
  if (needs_no_brackets(atoms)) return group_of(std::move(atoms));
  atoms.insert(atoms.begin(), symbol_atom(character_symbol("(")));
  atoms.push_back(symbol_atom(character_symbol(")")));
  return group_of(std::move(atoms));
}

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Atoms run() {
    Atoms atoms;
    std::string plain;
    const auto end_text = [&] {
      if (!plain.empty()) atoms.push_back(upright(plain));
      plain.clear();
    };
    while (at_ < text_.size()) {
      if (text_[at_] == '$') {
        end_text();
        atoms.push_back(formula());
      } else if (text_[at_] == '\\' && at_ + 1 < text_.size() && (text_[at_ + 1] == '$' || text_[at_ + 1] == '\\')) {
        plain += text_[at_ + 1];
        at_ += 2;
      } else {
        plain += text_[at_++];
      }
    }
    end_text();
    return atoms;
  }

 private:
  [[noreturn]] void fail(std::size_t at, const std::string& what) const {
    const auto before = text_.substr(0, at);
    const auto column = 1 + std::count_if(before.begin(), before.end(), [](char c) { return !is_continuation(c); });
    throw std::invalid_argument("label '" + std::string(text_) + "', column " + std::to_string(column) + ": " + what);
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  Atom formula() {
    const std::size_t start = at_++;
    Atoms inside = atoms_up_to("$");
    if (!take('$')) fail(start, "the '$' that ends the mathematics is missing");
    return group_of(std::move(inside));
  }

  /// Atoms up to one of the characters in `ends`, which stays.
  Atoms atoms_up_to(std::string_view ends) {
    Atoms atoms;
    for (skip_spaces(); at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos; skip_spaces()) {
      if (text_[at_] == '^' || text_[at_] == '_')
        script(atoms);
      else
        atoms.push_back(atom());
    }
    return atoms;
  }

  void script(Atoms& atoms) {
    const std::size_t start = at_++;
    const bool up = text_[start] == '^';
    if (atoms.empty() || atoms.back().kind == AtomKind::space) fail(start, "a script needs something to stand on");
    Atoms& place = up ? atoms.back().superscript : atoms.back().subscript;
    if (!place.empty()) fail(start, up ? "a second superscript" : "a second subscript");
    place = argument();
  }

  /// What a script or a command applies to: {a group} or one atom.
  Atoms argument() {
    skip_spaces();
    if (at_ >= text_.size() || text_[at_] == '$') fail(at_, "something is missing here");
    if (text_[at_] != '{') return {atom()};
    const std::size_t start = at_++;
    if (++depth_ > deepest) fail(start, "nested too deeply");
    Atoms inside = atoms_up_to("}$");
    --depth_;
    if (!take('}')) fail(start, "the '}' that belongs to this '{' is missing");
    return inside;
  }

  Atom atom() {
    const char c = text_[at_];
    if (c == '\\') return command();
    if (c == '{') return group_of(argument());
    if (c == '\'') return primes();
    if (c == '}' || c == '$' || c == '^' || c == '_') fail(at_, std::string("unexpected '") + c + "'");
    std::size_t length = 1;
    while (at_ + length < text_.size() && is_continuation(text_[at_ + length])) ++length;
    at_ += length;
    return symbol_atom(character_symbol(text_.substr(at_ - length, length)));
  }

  /// Primes stand as closely as the font's signs for two and three of them.
  Atom primes() {
    std::size_t more = 0;
    for (++at_; more < 2 && take('\''); ++more) {
    }
    static const char* const commands[] = {"prime", "dprime", "trprime"};
    return symbol_atom(*find_symbol(commands[more]));
  }

  Atom command() {
    const std::size_t start = at_++;
    if (++depth_ > deepest) fail(start, "nested too deeply");
    std::size_t end = at_;
    while (end < text_.size() && text::is_alpha(text_[end])) ++end;
    if (end == at_ && end < text_.size()) ++end;
    const std::string name(text_.substr(at_, end - at_));
    at_ = end;
    Atom made = of_command(name, start);
    --depth_;
    return made;
  }

  Atom of_command(const std::string& name, std::size_t start) {
    if (const auto width = space_of(name)) {
      Atom space;
      space.kind = AtomKind::space;
      space.space = *width;
      return space;
    }
    if (name == "mathrm" || name == "text" || name == "mathcal") return letters(name);
    if (name == "frac") return fraction();
    if (name == "sqrt") return group_of({symbol_atom(*find_symbol("sqrt")), bracketed(argument())});
    if (name == "hat") {
      Atoms inside = argument();
      if (inside.empty()) fail(start, "a hat needs something under it");
      return group_of(std::move(inside), AtomKind::hat);
    }
    const Symbol* symbol = find_symbol(name);
    if (!symbol) fail(start, "unknown command '\\" + name + "'");
    return symbol_atom(*symbol);
  }

  /// On one line, with brackets where a reader would need them.
  Atom fraction() {
    Atoms above = argument();
    const std::vector<double> spaces = spaces_before(above, MathStyle::text);
    const bool is_sum = std::any_of(spaces.begin(), spaces.end(), [](double space) { return space > 0; });
    Atom top = is_sum ? bracketed(std::move(above)) : group_of(std::move(above));
    return group_of({std::move(top), symbol_atom(character_symbol("/")), bracketed(argument())});
  }

  static std::optional<double> space_of(const std::string& name) {
    if (name == ",") return 0.17;
    if (name == ":") return 0.22;
    if (name == ";" || name == " ") return 0.28;
    if (name == "quad") return 1.0;
    if (name == "qquad") return 2.0;
    if (name == "!") return -0.17;
    return std::nullopt;
  }

  /// \mathrm{text}: its characters as they stand; \mathcal{N}: script capitals.
  Atom letters(const std::string& name) {
    skip_spaces();
    const std::size_t start = at_;
    if (!take('{')) fail(start, "'\\" + name + "' needs its letters in braces");
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) fail(start, "the '}' that belongs to this '{' is missing");
    const std::string inside(text_.substr(at_, end - at_));
    at_ = end + 1;
    if (name != "mathcal") return upright(inside);
    Atoms atoms;
    for (const char c : inside) {
      atoms.push_back(symbol_atom(script_symbol(c)));
      if (atoms.back().symbol.glyph.empty()) fail(start + 1, std::string("there is no script letter for '") + c + "'");
    }
    return atoms.size() == 1 ? atoms.front() : group_of(std::move(atoms));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

using enum SymbolClass;

/// A plus or minus without two operands is not an operation but a sign (TeX's rules 5 and 6).
void make_signs_ordinary(std::vector<SymbolClass>& classes) {
  for (std::size_t i = 0; i < classes.size(); ++i) {
    if (classes[i] != binary) continue;
    const bool left = i > 0 && (classes[i - 1] == ordinary || classes[i - 1] == closing);
    const bool right = i + 1 < classes.size() && classes[i + 1] != relation && classes[i + 1] != closing &&
                       classes[i + 1] != punctuation;
    if (!left || !right) classes[i] = ordinary;
  }
}

/// Between neighbours, in ems. Thinner than TeX's medium and thick spaces, for labels are small and short.
double space_between(SymbolClass left, SymbolClass right, MathStyle style) {
  constexpr double thin = 0.16, medium = 0.2, thick = 0.24;
  const bool script = style == MathStyle::script;
  if (left == opening || right == closing || right == punctuation) return 0;
  if (left == relation || right == relation) return script || left == right ? 0 : thick;
  if (left == binary || right == binary) return script ? 0 : medium;
  if (left == punctuation) return script ? 0 : thin;
  if (left == operation) return right == opening ? 0 : thin;
  return right == operation ? thin : 0;
}

}  // namespace

Atoms parse_label(std::string_view label) { return Parser(label).run(); }

std::vector<double> spaces_before(const Atoms& atoms, MathStyle style) {
  std::vector<std::size_t> places;  // of what is no space: spaces do not change what stands beside what
  std::vector<SymbolClass> classes;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    if (atoms[i].kind == AtomKind::space) continue;
    places.push_back(i);
    classes.push_back(atoms[i].kind == AtomKind::symbol ? atoms[i].symbol.kind : ordinary);
  }
  make_signs_ordinary(classes);
  std::vector<double> spaces(atoms.size(), 0);
  for (std::size_t i = 1; i < classes.size(); ++i) spaces[places[i]] = space_between(classes[i - 1], classes[i], style);
  return spaces;
}

}  // namespace plot
