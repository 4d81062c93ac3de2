// Statements: from their sites in the text to verdicts.
#include "engine/sources/statements.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>

#include "manuscript/unicode.hpp"
#include "numerics/statistics.hpp"

namespace engine {
namespace {

using manuscript::Diagnostic;
using manuscript::ExportName;
using manuscript::SourceLocation;

class StatementReader {
 public:
  explicit StatementReader(const std::vector<Request>& requests) : requests_(requests) {}

  Statements run(const std::vector<manuscript::Chapter>& chapters) {
    for (const auto& chapter : chapters)
      for (const auto& anchor : chapter.anchors)
        if (anchor.id.starts_with("fig:")) (anchor.is_broken ? broken_ : others_).insert(anchor.id.substr(4));
    for (const auto& chapter : chapters) {
      chapter_ = &chapter;
      for (const auto& v : chapter.values) value(v);
      for (const auto& c : chapter.claims) claim(c);
      for (const auto& c : chapter.codes) code(c);
      for (const auto& n : chapter.names) name(n);
    }
    return std::move(statements_);
  }

 private:
  void fail(const SourceLocation& place, std::string message, std::string hint = "") {
    statements_.errors.push_back(manuscript::error_at(chapter_->source, place, std::move(message), std::move(hint)));
  }

  void value(const manuscript::ValueSite& site) {
    Statement s;
    if (!understand(site.expression, site.place, site.stretches, s)) return;
    s.number = site.mark.number;
    if (s.term.type != manuscript::ValueType::number)
      return fail(site.place, "a value must be a number, but this is a condition");
    s.format = site.format;
    try {
      manuscript::format_number(1, s.format);
    } catch (const std::invalid_argument& error) {
      return fail(site.place, error.what());
    }
    statements_.values.push_back(std::move(s));
  }

  void claim(const manuscript::ClaimSite& site) {
    Statement s;
    if (!understand(site.condition, site.condition_place, site.stretches, s)) return;
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
    const auto figure = manuscript::figure_part(site.text);
    const Request* request = figure.rest == 0 ? nullptr : request_of(figure.figure);
    if (!request || !request->experiment || !request->bound) return;
    const std::string_view expression = std::string_view(site.text).substr(figure.rest);
    if (!manuscript::parse_expression(expression, vocabulary_of(*request).names).errors.empty()) return;
    fail(site.place,
         fmt::format("this code is what figure '{}' would be asked for a number, but it is not of "
                     "class 'value'",
                     request->stem()),
         fmt::format("`{0}`{{.value}} prints the number, `{0}`{{.code}} the expression", site.text));
  }

  void name(const manuscript::NameSite& site) {
    std::vector<std::string> figures;
    for (const auto& r : requests_)
      if (r.bound && r.experiment && vocabulary_of(r).parameters.contains(site.name)) figures.push_back(r.stem());
    if (site.in_formula && figures.empty()) return;  // braces of TeX
    fail(site.place, fmt::format("'{{{{{}}}}}' is filled in in captions only", site.name),
         figures.empty() ? "a value is written `figure: expression`{.value}, and braces that are text \\{\\{"
                         : fmt::format("as in: `{}: {}`{{.value}}", figures.front(), site.name));
  }

  /// The part of an expression's place that an offset into it means; of what goes over a line's end, the first line's.
  static SourceLocation part(const SourceLocation& whole, const std::string& text,
                             const std::vector<manuscript::Stretch>& stretches, std::size_t offset,
                             std::size_t length) {
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

  bool understand(const std::string& expression, const SourceLocation& place,
                  const std::vector<manuscript::Stretch>& stretches, Statement& s) {
    const auto figure = manuscript::figure_part(expression);
    if (figure.rest == 0)
      return fail(place, "no figure is named", "write 'figure: expression', as in 'quadratic-bowl: kappa'"), false;
    const Request* request = request_of(figure.figure);
    if (!request) {
      if (broken_.contains(figure.figure)) return false;  // its own errors say why
      std::vector<std::string> known;
      for (const auto& r : requests_) known.push_back(r.stem());
      const std::size_t at = expression.find(figure.figure);
      const SourceLocation name = part(place, expression, stretches, at, figure.figure.size());
      if (others_.contains(figure.figure))
        fail(name,
             fmt::format("the figure '{}' is not made by an experiment, so that it has no numbers", figure.figure));
      else
        fail(name, fmt::format("there is no figure '{}'", figure.figure),
             manuscript::did_you_mean(figure.figure, known));
      return false;
    }
    if (!request->experiment || !request->bound) return false;  // its own errors say why
    const Vocabulary& known = vocabulary_of(*request);
    s.parameters = known.parameters;
    const auto parsed =
        manuscript::parse_expression(std::string_view(expression).substr(figure.rest), known.names, figure.rest);
    for (const auto& e : parsed.errors) fail(part(place, expression, stretches, e.offset, e.length), e.message, e.hint);
    if (!parsed.errors.empty()) return false;
    s.figure = request->id;
    s.term = parsed.term;
    s.place = place;
    s.expression = expression;
    s.source_line = manuscript::line_of(chapter_->source, place.line);
    return true;
  }

  const Request* request_of(const std::string& stem) const {
    for (const auto& r : requests_)
      if (r.stem() == stem) return &r;
    return nullptr;
  }

  /// What the expressions about one figure may name.
  struct Vocabulary {
    std::map<std::string, double> parameters;
    std::vector<ExportName> names;
  };

  /// Made once: a chapter has many statements about each figure.
  const Vocabulary& vocabulary_of(const Request& request) {
    const auto [found, is_new] = vocabularies_.try_emplace(&request);
    if (is_new) {
      found->second.parameters = numbers_among(request.parameters);
      found->second.names = names_of(request, found->second.parameters);
    }
    return found->second;
  }

  /// Sentences speak of a figure's settings too: "fifty layers".
  static std::map<std::string, double> numbers_among(const Json& parameters) {
    std::map<std::string, double> numbers;
    for (const auto& [name, value] : parameters.items())
      if (value.is_number()) numbers[name] = value.get<double>();
    return numbers;
  }

  static std::vector<ExportName> names_of(const Request& request, const std::map<std::string, double>& parameters) {
    std::vector<ExportName> names = export_names(request.outputs);
    for (const auto& parameter : parameters) {
      const std::string& name = parameter.first;
      if (std::none_of(names.begin(), names.end(), [&](const ExportName& e) { return e.name == name; }))
        names.push_back({name, false});
    }
    return names;
  }

  const std::vector<Request>& requests_;
  const manuscript::Chapter* chapter_ = nullptr;
  std::set<std::string> broken_,
      others_;  // figures that are not requests: directives that cannot be read; pictures
  std::map<const Request*, Vocabulary> vocabularies_;
  Statements statements_;
};

int whole(double x) {
  if (x != std::floor(x) || std::abs(x) > 2e9)
    throw std::domain_error(fmt::format("the index {} is not a whole number", x));
  return static_cast<int>(x);
}

double at_index(const std::string& name, const experiment::IndexedValues& function, int index) {
  const auto& [first, values] = function;
  const int last = first + static_cast<int>(values.size()) - 1;
  if (index < first || index > last)
    throw std::out_of_range(fmt::format("'{}' has indices from {} to {}, not {}", name, first, last, index));
  return values[static_cast<std::size_t>(index - first)];
}

double at_probability(const std::string& name, const std::vector<double>& sample, double p) {
  if (!(p >= 0 && p <= 1)) throw std::domain_error(fmt::format("'{}' takes a part from 0 to 1, not {}", name, p));
  return numerics::quantile(sample, p);
}

double at_place(const std::string& name, const std::map<std::string, double>& cells, const std::string& place) {
  const auto cell = cells.find(place);
  if (cell != cells.end()) return cell->second;
  std::vector<std::string> places;
  for (const auto& [other, value] : cells) places.push_back(other);
  const std::string near = manuscript::did_you_mean(place, places);
  throw std::out_of_range(fmt::format("'{}' has no place '{}'{}", name, place,
                                      near.empty() && !places.empty()
                                          ? fmt::format("; there are '{}' to '{}'", places.front(), places.back())
                                      : near.empty() ? ""
                                                     : "; " + near));
}

/// The numbers of a statement's figure: what its run gave, and its parameters. Errors are written for authors.
manuscript::Lookup lookup_in(const experiment::Result& result, const Statement& s) {
  return [&result, &s](const std::string& name, const manuscript::Argument& argument) {
    const double* const number = std::get_if<double>(&argument);
    const std::string* const text = std::get_if<std::string>(&argument);
    if (const auto cells = result.cells.find(name); cells != result.cells.end() && (number || text))
      return at_place(name, cells->second, text ? *text : experiment::number_text(*number));
    if (const auto sample = result.samples.find(name); number && sample != result.samples.end())
      return at_probability(name, sample->second, *number);
    if (const auto function = result.functions.find(name); number && function != result.functions.end())
      return at_index(name, function->second, whole(*number));
    const auto value = result.values.find(name);
    if (!number && value != result.values.end()) return value->second;
    const auto parameter = s.parameters.find(name);
    if (!number && parameter != s.parameters.end()) return parameter->second;
    throw std::out_of_range(fmt::format("the run gave no '{}'", name));
  };
}

Diagnostic error(const Statement& s, std::string message, std::string hint = "") {
  return {manuscript::Severity::error, s.place, std::move(message), s.source_line, std::move(hint)};
}

StatementVerdict verdict_on_value(const Statement& s, const manuscript::Lookup& lookup) {
  try {
    const double x = manuscript::evaluate(s.term, lookup);
    if (std::isnan(x)) return {"", false, "this value is not a number (NaN)"};
    return {manuscript::format_number(x, s.format), true, ""};
  } catch (const std::logic_error& failure) {
    return {"", false, failure.what()};
  }
}

StatementVerdict verdict_on_claim(const Statement& s, const manuscript::Lookup& lookup) {
  try {
    const bool holds = manuscript::evaluate(s.term, lookup) != 0;
    return {manuscript::numbers_text(s.term, lookup), holds, ""};
  } catch (const std::logic_error& failure) {
    return {failure.what(), false, failure.what()};
  }
}

void tell_value(const Statement& s, const StatementVerdict& verdict, Judgement& judgement) {
  if (verdict.holds)
    judgement.values.push_back(
        {s.number, s.expression, verdict.text, fmt::format("{}:{}", s.place.file, s.place.line)});
  else
    judgement.errors.push_back(error(s, verdict.problem));
}

void tell_claim(const Statement& s, const StatementVerdict& verdict, Judgement& judgement) {
  if (!verdict.problem.empty())
    judgement.errors.push_back(error(s, fmt::format("the claim \"{}\" cannot be judged: {}", s.text, verdict.problem)));
  else if (!verdict.holds)
    judgement.errors.push_back(error(s, fmt::format("the claim \"{}\" does not hold", s.text), verdict.text));
  judgement.claims_json.push_back(
      {{"place", {{"file", s.text_place.file}, {"line", s.text_place.line}, {"column", s.text_place.column}}},
       {"figure", s.figure},
       {"text", s.text},
       {"condition", s.expression},
       {"numbers", verdict.text},
       {"holds", verdict.holds}});
  judgement.claims.push_back({s.number, s.expression, verdict.text, verdict.holds,
                              fmt::format("{}:{}", s.text_place.file, s.text_place.line), s.figure});
}

}  // namespace

std::vector<ExportName> export_names(const std::vector<experiment::OutputInfo>& outputs) {
  std::vector<ExportName> names;
  for (const auto& output : outputs)
    if (!output.is_curve())
      names.push_back(
          {output.name, output.kind != experiment::OutputKind::number, output.kind == experiment::OutputKind::cells});
  return names;
}

manuscript::Lookup exports_of(const experiment::Result& result) {
  static const Statement of_no_parameters;
  return lookup_in(result, of_no_parameters);
}

Statements read_statements(const std::vector<manuscript::Chapter>& chapters, const std::vector<Request>& requests) {
  return StatementReader(requests).run(chapters);
}

std::map<std::string, FigureStatements> by_figure(const Statements& statements) {
  std::map<std::string, FigureStatements> figures;
  for (const auto& s : statements.values) figures[s.figure].values.push_back(&s);
  for (const auto& s : statements.claims) figures[s.figure].claims.push_back(&s);
  return figures;
}

std::vector<StatementVerdict> judge(const FigureStatements& statements, const experiment::Result& result) {
  std::vector<StatementVerdict> verdicts;
  for (const Statement* s : statements.values) verdicts.push_back(verdict_on_value(*s, lookup_in(result, *s)));
  for (const Statement* s : statements.claims) verdicts.push_back(verdict_on_claim(*s, lookup_in(result, *s)));
  return verdicts;
}

Judgement judgement(const Statements& statements,
                    const std::map<std::string, std::vector<StatementVerdict>>& verdicts) {
  Judgement judgement;
  std::map<std::string, std::size_t> next;  // of a figure's verdicts
  const auto tell = [&](const std::vector<Statement>& list, const auto& one) {
    for (const auto& s : list)
      if (const auto at = verdicts.find(s.figure); at != verdicts.end())
        one(s, at->second.at(next[s.figure]++), judgement);
  };
  tell(statements.values, tell_value);
  tell(statements.claims, tell_claim);
  return judgement;
}

}  // namespace engine
