// Setting of labels: atoms placed from left to right, scripts beside and above each other as in The TeXbook,
// appendix G, simplified to one style of text and one of scripts.
#include "plot/text/label.hpp"

#include <algorithm>

#include "plot/text/formula.hpp"

namespace plot {
namespace {

// In ems of what the thing belongs to.
constexpr double script_scale = 0.7;
constexpr double superscript_rise = 0.38;
constexpr double subscript_drop = 0.17;  // alone
constexpr double paired_drop = 0.25;     // under a superscript
constexpr double script_gap = 0.03;
constexpr double hat_rise = 0.24;        // over a tall letter; the font's hat stands right for low ones
constexpr double smallest_script = 5.0;  // points

/// The symbol that decides how scripts and hats sit on an atom: its last one.
const Symbol& last_symbol(const Atom& atom) {
  return atom.group.empty() ? atom.symbol : last_symbol(atom.group.back());
}

class Setter {
 public:
  Setter(const Measure& measure, double size) : measure_(measure) { make_room(size, 0); }

  SetLabel run(const Atoms& atoms, double size) {
    set(atoms, size, 0, MathStyle::text);
    label_.width = x_;
    return std::move(label_);
  }

 private:
  void set(const Atoms& atoms, double size, double rise, MathStyle style) {
    const std::vector<double> spaces = spaces_before(atoms, style);
    for (std::size_t i = 0; i < atoms.size(); ++i) {
      x_ += spaces[i] * size;
      // A prime must not touch the letter that leans into it.
      if (i > 0 && atoms[i].symbol.plain == "\u2032") x_ += overhang(last_symbol(atoms[i - 1])) * size;
      set(atoms[i], size, rise, style);
    }
  }

  void set(const Atom& atom, double size, double rise, MathStyle style) {
    const double start = x_;
    x_ += atom.space * size;
    set(atom.group, size, rise, style);
    if (!atom.symbol.glyph.empty()) add(atom.symbol.glyph, atom.symbol.face, size, rise);
    if (atom.kind == AtomKind::hat) set_hat(atom, start, size, rise);
    set_scripts(atom, size, rise);
  }

  void set_scripts(const Atom& atom, double size, double rise) {
    if (atom.superscript.empty() && atom.subscript.empty()) return;
    const Symbol& base = last_symbol(atom);
    const double small = std::max(size * script_scale, std::min(size, smallest_script));
    const double start = x_ + script_gap * size;
    double end = start;
    if (!atom.superscript.empty()) {
      x_ = start + ((is_slanted(base) ? 0.04 : 0) + overhang(base)) * size;
      set(atom.superscript, small, rise + superscript_rise * size, MathStyle::script);
      end = std::max(end, x_);
    }
    if (!atom.subscript.empty()) {
      x_ = start - (is_slanted(base) ? 0.02 : 0) * size;
      const double drop = atom.superscript.empty() ? subscript_drop : paired_drop;
      set(atom.subscript, small, rise - drop * size, MathStyle::script);
      end = std::max(end, x_);
    }
    x_ = end + script_gap * size;
  }

  void set_hat(const Atom& atom, double start, double size, double rise) {
    const std::string mark = "\u02C6";
    const Symbol& under = last_symbol(atom);
    const double width = measure_(mark, Face::regular, size).width;
    const double lean = !is_slanted(under) ? 0 : is_tall(under) ? 0.09 : 0.05;
    const double end = x_;
    x_ = start + (end - start - width) / 2 + lean * size;
    add(mark, Face::regular, size, rise + (is_tall(under) ? hat_rise * size : 0));
    x_ = end;
  }

  void add(const std::string& text, Face face, double size, double rise) {
    label_.runs.push_back({text, face, size, {x_, -rise}});
    x_ += measure_(text, face, size).width;
    make_room(size, rise);
  }

  /// Lines of the text face count for all: a mathematics font's line is very tall, its letters are not.
  void make_room(double size, double rise) {
    const TextExtent line = measure_("x", Face::regular, size);
    label_.ascent = std::max(label_.ascent, line.ascent + rise);
    label_.descent = std::max(label_.descent, line.descent - rise);
  }

  const Measure& measure_;
  SetLabel label_;
  double x_ = 0;
};

std::string plain(const Atoms& atoms, MathStyle style);

/// A script in brackets, but for one sign, a number, or what has brackets of its own.
std::string plain_script(const char* sign, const Atoms& atoms) {
  if (atoms.empty()) return "";
  const std::string inside = plain(atoms, MathStyle::script);
  const std::string minus = "\u2212";
  const std::string unsigned_part = inside.rfind(minus, 0) == 0 ? inside.substr(minus.size()) : inside;
  const bool is_number = unsigned_part.find_first_not_of("0123456789.") == std::string::npos;
  const bool is_one =
      atoms.size() == 1 && atoms[0].group.empty() && atoms[0].superscript.empty() && atoms[0].subscript.empty();
  const bool has_brackets = inside.find('(') == 0 && inside.find(')') == inside.size() - 1;
  return sign + (is_number || is_one || has_brackets ? inside : "(" + inside + ")");
}

std::string plain(const Atoms& atoms, MathStyle style) {
  const std::vector<double> spaces = spaces_before(atoms, style);
  std::string text;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    const Atom& a = atoms[i];
    if ((spaces[i] > 0 || a.space > 0.1) && !text.empty() && text.back() != ' ') text += ' ';
    text += a.symbol.plain + plain(a.group, style);
    if (a.kind == AtomKind::hat) text += "\u0302";
    text += plain_script("_", a.subscript) + plain_script("^", a.superscript);
  }
  return text;
}

}  // namespace

SetLabel set_label(std::string_view label, double size, const Measure& measure) {
  return Setter(measure, size).run(parse_label(label), size);
}

std::string plain_text(std::string_view label) { return plain(parse_label(label), MathStyle::text); }

}  // namespace plot
