// Each expression is parsed once; a value that the text names, when it is first needed.
#include "engine/sources/statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string_view>

#include "engine/sources/figure_names.hpp"
#include "manuscript/diagnostic.hpp"
#include "manuscript/unicode.hpp"

namespace engine {
namespace {

using manuscript::SourceLocation;
using manuscript::Stretch;

/// An expression where it stands.
struct Site {
  const manuscript::Chapter* chapter;
  const std::string& text;
  const SourceLocation& place;
  const std::vector<Stretch>& stretches;
};

/// A part of a text, without the blanks around it.
struct Part {
  std::size_t offset = 0;
  std::string text;
};

Part trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end && (text[begin] == ' ' || text[begin] == '\t')) ++begin;
  while (end > begin && (text[end - 1] == ' ' || text[end - 1] == '\t')) --end;
  return {begin, std::string(text.substr(begin, end - begin))};
}

/// "expression | format | unit": all that stands between bars, but for those within quotes.
std::vector<Part> parts_between_bars(std::string_view text) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  bool is_quoted = false;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] == '\'') is_quoted = !is_quoted;
    if (at < text.size() && (text[at] != '|' || is_quoted)) continue;
    parts.push_back(trimmed(text, begin, at));
    begin = at + 1;
  }
  return parts;
}

/// A value that a block of the text names.
struct NamedValue {
  const manuscript::Chapter* chapter;
  const manuscript::NamedValueSite* site;
  enum class State { unread, in_reading, sound, broken } state = State::unread;
  bool is_used = false;
  Statement statement{};
  bool has_format = false;
};

class StatementReader {
 public:
  StatementReader(const std::vector<manuscript::Chapter>& chapters, const std::vector<Request>& requests,
                  const std::set<std::string>& withheld)
      : chapters_(chapters),
        requests_(requests),
        figures_(chapters, requests, withheld),
        is_withheld_(!withheld.empty()) {}

  Statements run() {
    collect_named_values();
    for (const auto& chapter : chapters_) {
      chapter_ = &chapter;
      for (const auto& v : chapter.values) value(v);
      for (const auto& c : chapter.claims) claim(c);
      for (const auto& c : chapter.codes) code(c);
      for (const auto& n : chapter.names) name(n);
    }
    for (const auto& name : names_of_values_) read_named(name);
    warn_of_unused();
    return std::move(statements_);
  }

 private:
  void fail(const SourceLocation& place, std::string message, std::string hint = "") {
    fail(*chapter_, place, std::move(message), std::move(hint));
  }
  void fail(const manuscript::Chapter& chapter, const SourceLocation& place, std::string message,
            std::string hint = "") {
    statements_.errors.push_back(manuscript::error_at(chapter.source, place, std::move(message), std::move(hint)));
  }

  // ------------------------------------------------------------------------------------------------- named values

  void collect_named_values() {
    for (const auto& chapter : chapters_) {
      may_lack_values_ = may_lack_values_ || chapter.has_broken_values;
      for (const auto& site : chapter.named_values) {
        const auto [first, is_new] = named_.try_emplace(site.name, NamedValue{&chapter, &site});
        if (is_new)
          names_of_values_.push_back(site.name);
        else
          fail(chapter, site.name_place, fmt::format("the value '{}' is named twice", site.name),
               first_place(first->second.site->name_place, chapter));
      }
    }
  }

  static std::string first_place(const SourceLocation& first, const manuscript::Chapter& chapter) {
    if (first.file == chapter.source.file) return fmt::format("first in line {}", first.line);
    return fmt::format("first in {}, line {}", first.file, first.line);
  }

  /// What a name stands for; null where that cannot be read, which is told.
  const NamedValue* read_named(const std::string& name) {
    NamedValue& named = named_.at(name);
    if (named.state == NamedValue::State::in_reading) {
      fail(*named.chapter, named.site->name_place, fmt::format("the value '{}' rests on itself", name));
      named.state = NamedValue::State::broken;
    }
    if (named.state == NamedValue::State::unread) {
      named.state = NamedValue::State::in_reading;
      const auto& site = *named.site;
      const bool is_sound = understand_value({named.chapter, site.expression, site.place, site.stretches}, nullptr,
                                             nullptr, named.statement);
      if (named.state == NamedValue::State::in_reading)
        named.state = is_sound ? NamedValue::State::sound : NamedValue::State::broken;
    }
    return named.state == NamedValue::State::sound ? &named : nullptr;
  }

  void warn_of_unused() {
    for (const auto& name : names_of_values_) {
      const NamedValue& named = named_.at(name);
      if (named.is_used) continue;
      auto warning = manuscript::error_at(named.chapter->source, named.site->name_place,
                                          fmt::format("nothing uses the value '{}'", name));
      warning.severity = manuscript::Severity::warning;
      statements_.warnings.push_back(std::move(warning));
    }
  }

  /// What expressions may name; `exports` are of the figure that one begins with.
  manuscript::Names names(const std::string& figure, const std::vector<manuscript::ExportName>* exports) {
    return {exports,
            figure,
            [this](const std::string& stem) { return figures_.of(stem); },
            &names_of_values_,
            [this](const std::string& name) -> const manuscript::Term* {
              named_.at(name).is_used = true;
              const NamedValue* named = read_named(name);
              return named ? &named->statement.term : nullptr;
            },
            may_lack_values_};
  }

  // --------------------------------------------------------------------------------------------------- statements

  void value(const manuscript::ValueSite& site) {
    Statement s;
    if (!understand_value({chapter_, site.expression, site.place, site.stretches},
                          site.format ? &*site.format : nullptr, site.unit ? &*site.unit : nullptr, s)) {
      if (is_withheld_) statements_.withheld_values.push_back({site.mark.number, site.expression, site.place});
      return;
    }
    s.number = site.mark.number;
    statements_.values.push_back(std::move(s));
  }

  void claim(const manuscript::ClaimSite& site) {
    Statement s;
    const Site where{chapter_, site.condition, site.condition_place, site.stretches};
    if (!understand(where, {0, site.condition}, false, s)) {
      if (is_withheld_) statements_.withheld_claims.push_back({site.mark.number, site.condition, site.place});
      return;
    }
    s.number = site.mark.number;
    if (s.term.type != manuscript::ValueType::truth)
      return fail(site.condition_place, "a claim must be a condition, but this is a number",
                  "compare it, as in: x >= 10");
    s.text = site.text;
    s.text_place = site.place;
    statements_.claims.push_back(std::move(s));
  }

  /// Code that says what a value would, but is not of its class, prints the expression where a
  /// number was meant.
  void code(const manuscript::CodeSite& site) {
    const std::string expression = parts_between_bars(site.text).front().text;
    const auto figure = manuscript::figure_part(expression);
    const auto known = figure.rest == 0 ? manuscript::NamedFigure{} : figures_.of(figure.figure);
    if (!known.exports) return;
    const manuscript::Names own{known.exports, figure.figure};
    if (!manuscript::parse_expression(std::string_view(expression).substr(figure.rest), own, 0, true).is_sound())
      return;
    fail(site.place,
         fmt::format("this code is what figure '{}' would be asked for a number, but it is not of "
                     "class 'value'",
                     figure.figure),
         fmt::format("`{0}`{{.value}} prints the number, `{0}`{{.code}} the expression", site.text));
  }

  void name(const manuscript::NameSite& site) {
    std::vector<std::string> figures;
    for (const auto& r : requests_)
      if (r.bound && figures_.parameters(r.stem()).contains(site.name)) figures.push_back(r.stem());
    const bool is_value = named_.contains(site.name);
    if (site.in_formula && figures.empty() && !is_value) return;  // braces of TeX
    fail(site.place, fmt::format("'{{{{{}}}}}' is filled in in captions only", site.name),
         is_value && site.in_formula ? fmt::format("as in: \\value{{{}}}", site.name)
         : is_value                  ? fmt::format("as in: `{}`{{.value}}", site.name)
         : figures.empty() ? "a value is written `figure: expression`{.value}, and braces that are text \\{\\{"
                           : fmt::format("as in: `{}: {}`{{.value}}", figures.front(), site.name));
  }

  /// The part of an expression's place that an offset into it means; of what goes over a line's end, the first line's.
  static SourceLocation part(const SourceLocation& whole, const std::string& text,
                             const std::vector<Stretch>& stretches, std::size_t offset, std::size_t length) {
    const auto points = [&](std::size_t from, std::size_t to) {
      return manuscript::count_code_points(std::string_view(text).substr(std::min(from, text.size()), to - from));
    };
    SourceLocation place = whole;
    std::size_t begin = 0, end = text.size();
    for (const auto& stretch : stretches) {
      if (stretch.offset > offset) {
        end = stretch.offset;
        break;
      }
      begin = stretch.offset;
      place.line = stretch.line;
      place.column = stretch.column;
    }
    place.column += points(begin, offset);
    place.length = std::max(1, points(offset, std::min(offset + length, end)));
    return place;
  }

  static SourceLocation part(const Site& site, std::size_t offset, std::size_t length) {
    return part(site.place, site.text, site.stretches, offset, length);
  }

  /// A value's expression, with its format and unit: from its attributes, from behind its bars, or from the named value
  /// that it is.
  bool understand_value(const Site& site, const manuscript::ValueOption* format, const manuscript::ValueOption* unit,
                        Statement& s) {
    const auto parts = parts_between_bars(site.text);
    if (parts.size() > 3)
      return fail(*site.chapter, part(site, parts[3].offset, parts[3].text.size()),
                  "a value has nothing behind its unit", "as in: figure: expression | format | unit"),
             false;
    if (!understand(site, parts[0], true, s)) return false;
    if (s.term.type != manuscript::ValueType::number)
      return fail(*site.chapter, site.place, "a value must be a number, but this is a condition"), false;
    const auto option = [&](const char* what, const manuscript::ValueOption* given,
                            std::size_t k) -> std::optional<manuscript::ValueOption> {
      const bool is_behind_bar = k < parts.size() && !parts[k].text.empty();
      if (given && is_behind_bar) {
        fail(*site.chapter, given->place, fmt::format("this value has a {} already, behind its bar", what),
             "remove one of the two");
        return std::nullopt;
      }
      if (given) return *given;
      if (!is_behind_bar) return manuscript::ValueOption{};
      return manuscript::ValueOption{parts[k].text, part(site, parts[k].offset, parts[k].text.size())};
    };
    const auto its_format = option("format", format, 1), its_unit = option("unit", unit, 2);
    if (!its_format || !its_unit) return false;
    s.written += "\n" + its_format->text + "\n" + its_unit->text;
    if (!its_unit->text.empty()) s.unit = its_unit->text;
    if (its_format->text.empty()) return true;
    try {
      s.format = text::number_format(its_format->text);
    } catch (const std::invalid_argument& error) {
      return fail(*site.chapter, its_format->place, error.what()), false;
    }
    return true;
  }

  bool understand(const Site& site, const Part& expression, bool is_value, Statement& s) {
    const auto fail_at = [&](std::size_t offset, std::size_t length, std::string message, std::string hint) {
      fail(*site.chapter, part(site, expression.offset + offset, length), std::move(message), std::move(hint));
    };
    const auto own = manuscript::figure_part(expression.text);
    manuscript::NamedFigure figure;
    if (own.rest > 0) {
      figure = figures_.of(own.figure);
      if (!figure.exports && !figure.refusal.empty())
        fail_at(expression.text.find(own.figure), own.figure.size(), figure.refusal, figure.hint);
      if (!figure.exports) return false;
    }
    const std::string_view rest = std::string_view(expression.text).substr(own.rest);
    const auto parsed = manuscript::parse_expression(rest, names(own.figure, figure.exports), own.rest, is_value);
    for (const auto& e : parsed.errors) fail_at(e.offset, e.length, e.message, e.hint);
    if (!parsed.is_sound()) return false;
    s.term = parsed.term;
    if (is_value && parsed.values.size() == 1 && trimmed(rest, 0, rest.size()).text == parsed.values[0])
      take_named(named_.at(parsed.values[0]).statement, s);
    set_figures(own.figure, s);
    if (s.figures.empty())
      return fail(*site.chapter, site.place, "no figure is named",
                  "write 'figure: expression', as in 'quadratic-bowl: kappa'"),
             false;
    for (const auto& name : parsed.values) add_definition(name, s);
    s.place = site.place;
    s.expression = s.written = site.text;
    s.source_line = manuscript::line_of(site.chapter->source, site.place.line);
    return true;
  }

  /// A value that is a named one and no more has that one's uncertainty, format and unit.
  static void take_named(const Statement& named, Statement& s) {
    s.term = named.term;
    s.format = named.format;
    s.unit = named.unit;
  }

  void set_figures(const std::string& own, Statement& s) const {
    auto stems = manuscript::figures_of(s.term);
    if (!own.empty()) {
      std::erase(stems, own);
      stems.insert(stems.begin(), own);
    }
    for (const auto& stem : stems) {
      s.figures.push_back("fig:" + stem);
      s.parameters["fig:" + stem] = figures_.parameters(stem);
    }
  }

  /// And those of the values that this one names, which come after it.
  void add_definition(const std::string& name, Statement& s) const {
    const NamedValue& named = named_.at(name);
    const auto add = [&](const std::string& definition) {
      if (std::find(s.definitions.begin(), s.definitions.end(), definition) == s.definitions.end())
        s.definitions.push_back(definition);
    };
    add(name + " = " + named.site->expression);
    for (const auto& definition : named.statement.definitions) add(definition);
  }

  const std::vector<manuscript::Chapter>& chapters_;
  const std::vector<Request>& requests_;
  const FigureNames figures_;
  const manuscript::Chapter* chapter_ = nullptr;
  std::map<std::string, NamedValue> named_;
  std::vector<std::string> names_of_values_;  // in the order of the text
  const bool is_withheld_;                    // what some statements rest on
  bool may_lack_values_ = false;
  Statements statements_;
};

}  // namespace

Statements read_statements(const std::vector<manuscript::Chapter>& chapters, const std::vector<Request>& requests,
                           const std::set<std::string>& withheld) {
  return StatementReader(chapters, requests, withheld).run();
}

}  // namespace engine
