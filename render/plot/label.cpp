// Parsing and setting of labels. Spacing and the placing of scripts follow The TeXbook, chapter 18 and appendix G,
// simplified to one style of text and one of scripts.
#include "plot/label.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>

#include "plot/symbol.hpp"

namespace plot {
namespace {

constexpr double script_scale = 0.7;
constexpr double superscript_rise = 0.38;   // of the base's size
constexpr double subscript_drop = 0.17;     // ... alone
constexpr double paired_drop = 0.25;        // ... under a superscript
constexpr double script_gap = 0.03;
constexpr double smallest_script = 5.0;     // points
constexpr double hat_rise_on_capital = 0.22;

struct Atom;
using Atoms = std::vector<Atom>;

/// One piece of a label: a stretch of plain text, or a symbol, or a group, with its scripts.
struct Atom {
  Symbol symbol;
  Atoms group;       // instead of a symbol
  bool is_text = false;
  bool is_hat = false;  // a hat over the group
  double space = 0;     // in ems, instead of all else
  Atoms superscript, subscript;
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Atoms run() {
    Atoms atoms;
    std::string plain;
    const auto end_text = [&] {
      if (!plain.empty()) atoms.push_back(text_atom(plain));
      plain.clear();
    };
    while (at_ < text_.size()) {
      if (text_[at_] == '$') {
        end_text();
        ++at_;
        Atoms math = mathematics("$");
        if (!take('$')) fail("the '$' that ends the mathematics is missing");
        atoms.insert(atoms.end(), math.begin(), math.end());
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
  [[noreturn]] void fail(const std::string& what) const {
    throw std::invalid_argument("label '" + std::string(text_) + "', column " + std::to_string(at_ + 1) + ": " + what);
  }

  static Atom text_atom(const std::string& text) {
    Atom a;
    a.symbol = {text, text, Face::regular, SymbolClass::ordinary};
    a.is_text = true;
    return a;
  }

  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  /// Atoms up to one of the characters in `ends`, which stays.
  Atoms mathematics(std::string_view ends) {
    Atoms atoms;
    for (skip_spaces(); at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos; skip_spaces()) {
      if (text_[at_] == '^' || text_[at_] == '_') {
        const bool up = text_[at_++] == '^';
        if (atoms.empty()) fail("a script needs something to stand on");
        (up ? atoms.back().superscript : atoms.back().subscript) = argument();
      } else {
        Atoms more = atom();
        atoms.insert(atoms.end(), more.begin(), more.end());
      }
    }
    return atoms;
  }

  /// What a script or a command applies to: {a group} or one atom.
  Atoms argument() {
    skip_spaces();
    if (at_ >= text_.size()) fail("something is missing at the end");
    if (!take('{')) return atom();
    if (++depth_ > 20) fail("nested too deeply");
    Atoms inside = mathematics("}");
    --depth_;
    if (!take('}')) fail("a '}' is missing");
    return inside;
  }

  Atoms atom() {
    const char c = text_[at_];
    if (c == '\\') return command();
    if (c == '{') {
      Atom group;
      group.group = argument();
      return {group};
    }
    if (c == '}' || c == '$') fail(std::string("unexpected '") + c + "'");
    std::size_t length = 1;
    while (at_ + length < text_.size() && (static_cast<unsigned char>(text_[at_ + length]) & 0xC0) == 0x80) ++length;
    Atom a;
    a.symbol = character_symbol(text_.substr(at_, length));
    at_ += length;
    return {a};
  }

  Atoms command() {
    const std::size_t start = at_++;
    std::size_t end = at_;
    const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    while (end < text_.size() && is_letter(text_[end])) ++end;
    if (end == at_ && end < text_.size()) ++end;
    const std::string name(text_.substr(at_, end - at_));
    at_ = end;
    if (const auto space = space_of(name)) {
      Atom a;
      a.space = *space;
      return {a};
    }
    if (name == "mathrm" || name == "text" || name == "mathcal") return letters(name);
    if (name == "frac") {
      Atoms fraction = argument();
      fraction.push_back(Atom{character_symbol("/"), {}, false, false, 0, {}, {}});
      const Atoms below = argument();
      fraction.insert(fraction.end(), below.begin(), below.end());
      return fraction;
    }
    if (name == "hat") {
      Atom hat;
      hat.group = argument();
      hat.is_hat = true;
      return {hat};
    }
    const Symbol* symbol = find_symbol(name);
    if (!symbol) {
      at_ = start;
      fail("unknown command '\\" + name + "'");
    }
    Atom a;
    a.symbol = *symbol;
    return {a};
  }

  static std::optional<double> space_of(const std::string& name) {
    if (name == "," ) return 0.17;
    if (name == ":") return 0.22;
    if (name == ";" || name == " ") return 0.28;
    if (name == "quad") return 1.0;
    if (name == "!") return -0.17;
    return std::nullopt;
  }

  /// \mathrm{text}: its characters as they stand; \mathcal{N}: script capitals.
  Atoms letters(const std::string& name) {
    if (!take('{')) fail("'\\" + name + "' needs its letters in braces");
    const std::size_t end = text_.find('}', at_);
    if (end == std::string_view::npos) fail("a '}' is missing");
    const std::string inside(text_.substr(at_, end - at_));
    Atoms atoms;
    if (name == "mathcal") {
      for (char c : inside) {
        Atom a;
        a.symbol = script_symbol(c);
        if (a.symbol.glyph.empty()) fail(std::string("there is no script letter for '") + c + "'");
        atoms.push_back(a);
      }
    } else if (!inside.empty()) {
      atoms.push_back(text_atom(inside));
    }
    at_ = end + 1;
    return atoms;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

/// The class by which an atom is spaced: a minus that follows nothing it could subtract from is a sign.
SymbolClass spacing_class(const Atoms& atoms, std::size_t i) {
  const auto plain = [](const Atom& a) { return a.group.empty() ? a.symbol.kind : SymbolClass::ordinary; };
  const SymbolClass own = plain(atoms[i]);
  if (own != SymbolClass::binary) return own;
  if (i == 0) return SymbolClass::ordinary;
  const SymbolClass before = plain(atoms[i - 1]);
  const bool operand = atoms[i - 1].space == 0 && (before == SymbolClass::ordinary || before == SymbolClass::closing);
  return operand && !(atoms[i - 1].is_text && i == 1) ? own : SymbolClass::ordinary;
}

/// Space between neighbours in ems.
double space_between(SymbolClass left, SymbolClass right) {
  if (left == SymbolClass::relation || right == SymbolClass::relation) return left == right ? 0 : 0.24;
  if (left == SymbolClass::binary || right == SymbolClass::binary) return 0.2;
  if (left == SymbolClass::punctuation) return 0.17;
  if (left == SymbolClass::operation && right == SymbolClass::ordinary) return 0.15;
  if (right == SymbolClass::operation && (left == SymbolClass::ordinary || left == SymbolClass::closing)) return 0.15;
  return 0;
}

class Setter {
 public:
  Setter(const Measure& measure, double size) : measure_(measure) {
    const TextExtent line = measure("x", Face::regular, size);
    label_.ascent = line.ascent;
    label_.descent = line.descent;
  }

  SetLabel run(const Atoms& atoms, double size) {
    set(atoms, size, 0, false);
    label_.width = x_;
    return std::move(label_);
  }

 private:
  void set(const Atoms& atoms, double size, double rise, bool script) {
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      const bool text_beside = atoms[i].is_text || (i > 0 && atoms[i - 1].is_text);
      if (i > 0 && !script && !text_beside) x_ += size * space_between(spacing_class(atoms, i - 1), spacing_class(atoms, i));
      set(atoms[i], size, rise);
    }
  }

  void set(const Atom& atom, double size, double rise) {
    x_ += atom.space * size;
    const double start = x_;
    if (!atom.group.empty())
      set(atom.group, size, rise, false);
    else if (!atom.symbol.glyph.empty())
      add(atom.symbol.glyph, atom.symbol.face, size, rise);
    if (atom.is_hat) hat(atom, start, size, rise);
    scripts(atom, size, rise);
  }

  void scripts(const Atom& atom, double size, double rise) {
    if (atom.superscript.empty() && atom.subscript.empty()) return;
    const double small = std::max(size * script_scale, std::min(size, smallest_script));
    const double start = x_ + script_gap * size;
    double end = start;
    if (!atom.superscript.empty()) {
      // A slanted letter leans towards its superscript.
      x_ = start + (atom.symbol.face == Face::italic ? 0.04 * size : 0);
      set(atom.superscript, small, rise + superscript_rise * size, true);
      end = std::max(end, x_);
    }
    if (!atom.subscript.empty()) {
      x_ = start - (atom.symbol.face == Face::italic ? 0.02 * size : 0);
      set(atom.subscript, small, rise - (atom.superscript.empty() ? subscript_drop : paired_drop) * size, true);
      end = std::max(end, x_);
    }
    x_ = end + script_gap * size;
  }

  void hat(const Atom& atom, double start, double size, double rise) {
    const std::string mark = "\u02C6";
    const double width = measure_(mark, Face::regular, size).width;
    const Symbol& under = atom.group.front().symbol;
    const bool capital = under.glyph.size() == 1 && under.glyph[0] >= 'A' && under.glyph[0] <= 'Z';
    const double end = x_;
    x_ = start + (end - start - width) / 2 + (under.face == Face::italic ? 0.06 * size : 0);
    add(mark, Face::regular, size, rise + (capital ? hat_rise_on_capital * size : 0));
    x_ = end;
  }

  void add(const std::string& text, Face face, double size, double rise) {
    const TextExtent extent = measure_(text, face, size);
    label_.runs.push_back({text, face, size, {x_, -rise}});
    x_ += extent.width;
    // A mathematics font's line is very tall; the letters are not.
    const TextExtent line = measure_("x", Face::regular, size);
    label_.ascent = std::max(label_.ascent, line.ascent + rise);
    label_.descent = std::max(label_.descent, line.descent - rise);
  }

  const Measure& measure_;
  SetLabel label_;
  double x_ = 0;
};

std::string plain(const Atoms& atoms);

std::string plain_script(const char* sign, const Atoms& atoms) {
  if (atoms.empty()) return "";
  const std::string inside = plain(atoms);
  const bool alone = atoms.size() == 1 || (inside.front() == '(' && inside.back() == ')');
  return sign + (alone ? inside : "(" + inside + ")");
}

std::string plain(const Atoms& atoms) {
  std::string text;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Atom& a = atoms[i];
    const SymbolClass kind = spacing_class(atoms, i);
    const bool spaced = kind == SymbolClass::relation || kind == SymbolClass::binary;
    if (a.space > 0.1 || (spaced && i > 0 && !text.empty() && text.back() != ' ')) text += ' ';
    text += a.group.empty() ? a.symbol.plain : plain(a.group);
    if (a.is_hat) text += "\u0302";
    text += plain_script("_", a.subscript) + plain_script("^", a.superscript);
    if (spaced && i + 1 < atoms.size()) text += ' ';
  }
  return text;
}

}  // namespace

SetLabel set_label(std::string_view label, double size, const Measure& measure) {
  return Setter(measure, size).run(Parser(label).run(), size);
}

std::string plain_text(std::string_view label) { return plain(Parser(label).run()); }

}  // namespace plot
