// A directive's fence line is read here, its body by parse_yaml.
#include "manuscript/markdown/directive.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "manuscript/expression.hpp"
#include "manuscript/markdown/attributes.hpp"
#include "manuscript/markdown/fence.hpp"
#include "manuscript/markdown/latex_commands.hpp"
#include "manuscript/markdown/lookalike.hpp"
#include "manuscript/unicode.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::npos;

constexpr std::size_t longest_id = 104;  // files bear these names

bool is_id_of(const DirectiveKind& kind, std::string_view id) {
  if (!id.starts_with(kind.prefix) || id.size() == kind.prefix.size() || id[kind.prefix.size()] == '-') return false;
  return id.substr(kind.prefix.size()).find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == npos;
}

/// An ID as it could have been meant: small letters, dashes for what is not allowed.
std::string proper_id(const DirectiveKind& kind, std::string_view id) {
  if (id.starts_with(kind.prefix)) id.remove_prefix(kind.prefix.size());
  std::string name;
  for (const char c : id) {
    const char small = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool allowed = (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9');
    if (allowed)
      name += small;
    else if (!name.empty() && name.back() != '-')
      name += '-';
  }
  while (name.ends_with('-')) name.pop_back();
  return std::string(kind.prefix) + (name.empty() ? "name" : name.substr(0, longest_id - kind.prefix.size()));
}

class Reader {
 public:
  Reader(const CodeBlock& block, InlineContext& context)
      : block_(block), context_(context), line_(context.lines.line(block.line)), kind_(&kind_in(line_)) {
    info_ = std::min(line_.find_first_not_of(line_[block.byte], block.byte), line_.size());
    info_ = std::min(line_.find_first_not_of(" \t", info_), line_.size());
  }

  void run() {
    const std::string_view info = text::trimmed(line_.substr(info_));
    if (info == "{=latex}" || info == "{=tex}") return raw_latex();
    const auto attributes = parse_attributes(info);
    if (!attributes || attributes->length != info.size()) return no_attributes(info);
    if (attributes->has_class("values")) return named_values(*attributes);
    if (!attributes->has_class(kind_->name)) return other_class(*attributes);
    if (context_.lines.is_embedded())
      return fail(fence(), fmt::format("a {} cannot stand in the metadata", kind_->name),
                  fmt::format("{}s stand in the chapters", kind_->name));
    if (!has_sound_id(*attributes)) {
      if (attributes->ids > 0)
        context_.chapter.anchors.push_back({proper_id(*kind_, attributes->id), place(info_, attributes->length), true});
      return context_.add_broken_directive(line_, place(info_, attributes->length));
    }
    const SourceLocation id_place = place(info_ + attributes->id_offset, attributes->id.size() + 1);
    // References to a figure that is broken otherwise are not mistakes of their own.
    if (!is_whole(fmt::format("this {}", kind_->name)) || !read_body(attributes->id, id_place))
      context_.chapter.anchors.push_back({attributes->id, id_place, true});
  }

 private:
  SourceLocation place(std::size_t byte, std::size_t bytes) const {
    return context_.lines.place(block_.line, byte, bytes);
  }
  SourceLocation fence() const { return place(block_.byte, line_.size() - block_.byte); }

  void fail(const SourceLocation& where, std::string message, std::string hint = "") {
    context_.complain(where, std::move(message), std::move(hint));
  }

  void raw_latex() {
    for (std::size_t k = 0; k < block_.body.size(); ++k)
      context_.use_latex(body_line(k), LatexPiece::for_print, [&](std::size_t at, std::size_t bytes) {
        return context_.lines.place(block_.line + 1 + static_cast<int>(k), block_.body[k] + at, bytes);
      });
  }

  std::string_view body_line(std::size_t k) const {
    const std::string_view line = context_.lines.line(block_.line + 1 + static_cast<int>(k));
    return line.substr(std::min(block_.body[k], line.size()));
  }

  bool names_experiment() const {
    for (std::size_t k = 0; k < block_.body.size(); ++k)
      if (body_line(k).starts_with("experiment:")) return true;
    return false;
  }

  // ------------------------------------------------------------------------------------------------- named values

  void named_values(const Attributes& attributes) {
    const std::size_t before = context_.chapter.errors.size();
    read_named_values(attributes);
    if (context_.chapter.errors.size() > before || context_.has_more_errors) context_.chapter.has_broken_values = true;
  }

  void read_named_values(const Attributes& attributes) {
    const SourceLocation all = place(info_, attributes.length);
    if (context_.lines.is_embedded())
      return fail(fence(), "values cannot be named in the metadata", "they are named in the chapters");
    if (!is_whole("this block of named values")) return;
    if (attributes.ids > 0 || attributes.classes.size() > 1 || !attributes.pairs.empty())
      return fail(all, "a block of named values has its class alone, since it is not printed", how_to_name_values);
    const auto root = body("this block names no value", how_to_name_values);
    if (!root) return;
    ++context_.chapter.value_blocks;
    for (const auto& entry : std::get<std::vector<Entry>>(root->content)) named_value(entry);
  }

  void named_value(const Entry& entry) {
    const Json* json = std::get_if<Json>(&entry.value.content);
    if (!can_name_value(entry.key))
      return fail(entry.key_place, fmt::format("'{}' cannot name a value", entry.key),
                  "a name is a letter from a to z, then letters, digits, '-', '_' and '.', and no word of expressions");
    if (!json || !json->is_string() || trimmed_lines_are_empty(json->get<std::string>()))
      return fail(json && json->is_null() ? entry.key_place : entry.value.place,
                  fmt::format("'{}' must be an expression in quotes", entry.key),
                  fmt::format("as in: {}: \"figure: expression | .2f | m\"", entry.key));
    const SourceLocation& from = entry.value.place;
    const auto value = json->get<std::string>();
    const SourceText run =
        scalar_run(context_.lines, from.line, context_.lines.byte_of(from), value, block_.line + 1, block_.body);
    NamedValueSite site{entry.key, value, entry.key_place, from, {}};
    for (std::size_t at = 0; at < value.size() && !run.pieces.empty(); ++at) {
      const bool begins =
          std::any_of(run.pieces.begin(), run.pieces.end(), [&](const Piece& piece) { return piece.offset == at; });
      if (!begins) continue;
      const SourceLocation part = run.place(context_.lines, at, 1);
      site.stretches.push_back({at, part.line, part.column});
    }
    std::replace(site.expression.begin(), site.expression.end(), '\n', ' ');
    context_.chapter.named_values.push_back(std::move(site));
  }

  // ----------------------------------------------------------------------------------------- blocks that are no
  // directives

  /// Whether the first line looks like "name: ...".
  bool names_value() const {
    return !block_.body.empty() && can_name_value(body_line(0).substr(0, body_line(0).find(':')));
  }

  void no_attributes(std::string_view info) {
    if ((!block_.is_closed || !block_.obstacle.empty()) && swallows_directive()) return;
    const std::size_t brace = info.find('{');
    const bool one_word = info == "figure" || info == ".figure";
    const bool is_table = (info.starts_with("table") || info.starts_with(".table") || info.starts_with("{table")) &&
                          info.find("#tbl:") != npos;
    if (looks_like_directive(line_.substr(block_.byte))) {
      const std::size_t at = brace == npos ? info_ : info_ + brace;
      const bool open = info.find('}') == npos;
      context_.add_broken_directive(line_, place(at, line_.size() - at));
      fail(place(at, line_.size() - at),
           fmt::format("the {}'s attributes {}", kind_->name, open ? "do not end in this line" : "cannot be read"),
           fmt::format("as in: {}", kind_->how));
    } else if ((info == "values" || info == ".values" || info.starts_with("{values")) && names_value()) {
      context_.chapter.has_broken_values = true;
      fail(place(info_, info.size()), "a block of named values needs its class in braces", how_to_name_values);
    } else if ((one_word || info.starts_with("figure ") || info.starts_with("{figure")) &&
               (names_experiment() || info.find("#fig:") != npos)) {
      context_.add_broken_directive(line_, place(info_, info.size()));
      fail(place(info_, info.size()), "a figure directive needs its class and ID in braces",
           "as in: ```{.figure #fig:name}");
    } else if (is_table) {
      context_.add_broken_directive(line_, place(info_, info.size()));
      fail(place(info_, info.size()), "a table needs its class and ID in braces",
           fmt::format("as in: {}", table_directive.how));
    }
  }

  /// A fence that is never closed makes code of all directives after it; so does one that is text to Pandoc.
  bool swallows_directive() {
    const auto swallowed = [&](std::size_t k) { return looks_like_directive(body_line(k)); };
    for (std::size_t k = 0; k < block_.body.size(); ++k)
      if (swallowed(k)) context_.add_broken_directive(body_line(k), fence());
    for (std::size_t k = 0; k < block_.body.size(); ++k) {
      if (!swallowed(k)) continue;
      const int number = block_.line + 1 + static_cast<int>(k);
      if (block_.is_closed)
        fail(fence(),
             fmt::format("{}; it holds the {} directive of line {}", block_.obstacle, kind_in(body_line(k)).name,
                         number),
             block_.remedy);
      else
        fail(fence(),
             fmt::format("this code block is never closed; it holds the {} directive of line {}",
                         kind_in(body_line(k)).name, number),
             fmt::format("end it with a line '{}'", closing_fence()));
      return true;
    }
    return false;
  }

  std::string closing_fence() const {
    const std::size_t end = std::min(line_.find_first_not_of(line_[block_.byte], block_.byte), line_.size());
    return std::string(line_.substr(block_.byte, end - block_.byte));
  }

  void other_class(const Attributes& attributes) {
    if ((!block_.is_closed || !block_.obstacle.empty()) && swallows_directive()) return;
    if (auto found = lookalike(attributes, Bearer::code_block)) {
      context_.chapter.has_broken_values = true;
      fail(place(info_, attributes.length), std::move(found->message), std::move(found->hint));
    }
    const bool has_figure_id = attributes.id.starts_with("fig:");
    if (attributes.id.starts_with(table_directive.prefix)) return no_table_class(attributes);
    if (!has_figure_id && !can_bear(attributes.id, Bearer::code_block)) {
      fail(
          place(info_ + attributes.id_offset, attributes.id.size() + 1),
          fmt::format("{} cannot bear the number that '{}' is to refer to", name_of(Bearer::code_block), attributes.id),
          who_bears(attributes.id));
      context_.chapter.anchors.push_back({attributes.id, place(info_, attributes.length), true});
      return;
    }
    if (attributes.ids > 0 && !has_figure_id)
      context_.chapter.anchors.push_back(
          {attributes.id, place(info_ + attributes.id_offset, attributes.id.size() + 1)});
    if (!has_figure_id && !names_experiment()) return;
    context_.add_broken_directive(line_, place(info_, attributes.length));
    for (const auto& name : attributes.classes) {
      if (nearest(name, {"figure"}).empty()) continue;
      const std::size_t at = line_.find("." + name, info_);
      return fail(place(at, name.size() + 1), fmt::format("unknown class '.{}'", name), "did you mean '.figure'?");
    }
    if (has_figure_id)
      fail(place(info_, attributes.length),
           fmt::format("this code block has a figure's ID '{}' but not the class 'figure'", attributes.id),
           fmt::format("as in: {{.figure #{}}}", attributes.id));
  }

  void no_table_class(const Attributes& attributes) {
    context_.add_broken_directive(line_, place(info_, attributes.length));
    for (const auto& name : attributes.classes) {
      if (nearest(name, {"table"}).empty()) continue;
      const std::size_t at = line_.find("." + name, info_);
      return fail(place(at, name.size() + 1), fmt::format("unknown class '.{}'", name), "did you mean '.table'?");
    }
    fail(place(info_, attributes.length),
         fmt::format("this code block has a table's ID '{}' but not the class 'table'", attributes.id),
         fmt::format("as in: {{.table #{}}}", attributes.id));
  }

  // ----------------------------------------------------------------------------------------------------------
  // directives

  bool has_sound_id(const Attributes& attributes) {
    const SourceLocation whole = place(info_, attributes.length);
    const SourceLocation id = place(info_ + attributes.id_offset, attributes.id.size() + 1);
    const std::string wanted = fmt::format("did you mean '#{}'?", proper_id(*kind_, attributes.id));
    const auto& [name, prefix, how] = *kind_;
    if (attributes.ids == 0)
      return fail(whole, fmt::format("the {} has no ID", name), fmt::format("as in: {}", how.substr(3))), false;
    if (attributes.ids > 1) return fail(id, fmt::format("the {} has two IDs", name), "remove one of them"), false;
    if (!attributes.id.starts_with(prefix))
      return fail(id, fmt::format("a {}'s ID begins with '{}'", name, prefix), wanted), false;
    if (attributes.id.size() > longest_id)
      return fail(id, fmt::format("the {}'s ID is too long", name),
                  fmt::format("at most 100 characters after '{}'", prefix)),
             false;
    if (!is_id_of(*kind_, attributes.id))
      return fail(id,
                  fmt::format("'{}' cannot be a {}'s ID: after '{}' come small letters, digits and dashes",
                              attributes.id, name, prefix),
                  wanted),
             false;
    return true;
  }

  bool is_whole(const std::string& what) {
    if (!block_.is_closed)
      return fail(fence(), fmt::format("{} is never closed", what),
                  fmt::format("end it with a line '{}'", closing_fence())),
             false;
    if (!block_.obstacle.empty()) return fail(fence(), block_.obstacle, block_.remedy), false;
    return true;
  }

  bool read_body(const std::string& id, const SourceLocation& id_place) {
    auto root = body(fmt::format("the {} is empty", kind_->name),
                     is_table() ? "its body names a file or a figure: 'file: data/name.csv', 'from: name'"
                                : "its body names an experiment: 'experiment: name'");
    if (!root) return false;
    scan_captions(*root, id);
    if (is_table())
      scan_columns(*root);
    else
      check_plain_texts(*root);
    auto& kind = is_table() ? context_.chapter.tables : context_.chapter.directives;
    kind.push_back({id, fence(), id_place, std::move(*root)});
    return true;
  }

  /// The mapping that the block holds; nothing where it cannot be read, or is empty, which is told so.
  std::optional<YamlNode> body(std::string emptiness, const char* remedy) {
    std::string text;
    std::vector<int> lines, columns;
    for (std::size_t k = 0; k < block_.body.size(); ++k) {
      const int number = block_.line + 1 + static_cast<int>(k);
      text += std::string(body_line(k)) + "\n";
      lines.push_back(number);
      columns.push_back(count_code_points(context_.lines.line(number).substr(0, block_.body[k])));
    }
    if (trimmed_lines_are_empty(text)) return fail(fence(), std::move(emptiness), remedy), std::nullopt;
    if (context_.has_more_errors) return std::nullopt;
    ParsedYaml parsed = parse_yaml(context_.chapter.source, text, lines, columns);
    std::move(parsed.errors.begin(), parsed.errors.end(), std::back_inserter(context_.chapter.errors));
    if (!parsed.errors.empty()) return std::nullopt;
    return std::move(parsed.root);
  }

  bool is_table() const { return kind_ == &table_directive; }

  static bool trimmed_lines_are_empty(std::string_view text) { return text.find_first_not_of(" \t\n") == npos; }

  void scan_captions(const YamlNode& root, const std::string& id) {
    for (const auto& entry : std::get<std::vector<Entry>>(root.content)) {
      const Json* json = std::get_if<Json>(&entry.value.content);
      if (entry.key != "caption" || !json || !json->is_string()) continue;
      const SourceLocation& from = entry.value.place;
      const auto caption = json->get<std::string>();
      const SourceText run =
          scalar_run(context_.lines, from.line, context_.lines.byte_of(from), caption, block_.line + 1, block_.body);
      if (is_table()) refuse_names(run);
      const std::size_t values = context_.chapter.values.size(), claims = context_.chapter.claims.size();
      scan_inline(run, RunKind::caption, context_);
      const auto put_in_caption = [&](auto& statements, std::size_t first) {
        for (; first < statements.size(); ++first) {
          StatementMark& mark = statements[first].mark;
          mark.begin = offset_in_value(run, mark.begin, caption);
          mark.figure = id;
        }
      };
      put_in_caption(context_.chapter.values, values);
      put_in_caption(context_.chapter.claims, claims);
    }
  }

  /// A table has no parameters that "{{name}}" could stand for. Formulas may have such braces.
  void refuse_names(const SourceText& run) {
    const auto formulas = formulas_in(run.text);
    for (std::size_t at = run.text.find("{{"); at != npos; at = run.text.find("{{", at + 2)) {
      const std::string_view name = name_in_braces(std::string_view(run.text).substr(at));
      const auto holds = [&](const auto& formula) { return formula.first < at && at < formula.second; };
      if (name.empty() || std::any_of(formulas.begin(), formulas.end(), holds)) continue;
      fail(run.place(context_.lines, at, name.size() + 4),
           fmt::format("'{{{{{}}}}}' is filled in in figures' captions only", name),
           "a value is written `figure: expression`{.value}");
    }
  }

  /// A column's header and unit are Markdown.
  void scan_columns(const YamlNode& root) {
    const auto* columns = root.at({"columns"}).items();
    if (!columns) return;
    for (const auto& column : *columns) {
      const auto* entries = column.entries();
      if (!entries) continue;
      for (const auto& entry : *entries)
        if (entry.key == "header" || entry.key == "unit") scan_header(entry);
    }
  }

  void scan_header(const Entry& entry) {
    const Json* json = std::get_if<Json>(&entry.value.content);
    if (!json || !json->is_string()) return;
    const auto text = json->get<std::string>();
    const SourceLocation& from = entry.value.place;
    if (hidden_statement(text))
      return fail(from, fmt::format("values and claims are not seen in a column's '{}'", entry.key),
                  "write them in the caption");
    scan_inline(scalar_run(context_.lines, from.line, context_.lines.byte_of(from), text, block_.line + 1, block_.body),
                RunKind::caption, context_);
  }

  /// Titles and descriptions are no Markdown.
  void check_plain_texts(const YamlNode& root) {
    for (const auto& entry : std::get<std::vector<Entry>>(root.content)) {
      const Json* json = std::get_if<Json>(&entry.value.content);
      if ((entry.key != "alt" && entry.key != "title") || !json || !json->is_string()) continue;
      const auto text = json->get<std::string>();
      if (hidden_statement(text) || text.find("\\value{") != std::string::npos)
        fail(entry.value.place, fmt::format("'{}' is plain text, in which values and claims are not seen", entry.key),
             "write them in the caption");
      if (entry.key == "alt") scan_formulas(entry.value.place, json->get<std::string>());
    }
  }

  /// What an alternative text holds between dollars is read out as signs. A title's formulas are the drawing's.
  void scan_formulas(const SourceLocation& from, const std::string& text) {
    const SourceText run =
        scalar_run(context_.lines, from.line, context_.lines.byte_of(from), text, block_.line + 1, block_.body);
    for (const auto& [begin, end] : formulas_in(text))
      context_.use_latex(std::string_view(text).substr(begin + 1, end - begin - 2), LatexPiece::formula,
                         [&, begin = begin](std::size_t at, std::size_t bytes) {
                           return run.place(context_.lines, begin + 1 + at, bytes);
                         });
  }

  const CodeBlock& block_;
  InlineContext& context_;
  std::string_view line_;
  const DirectiveKind* kind_;
  std::size_t info_ = 0;  // where the info string begins
};

}  // namespace

void scan_code_block(const CodeBlock& block, InlineContext& context) { Reader(block, context).run(); }

}  // namespace manuscript
