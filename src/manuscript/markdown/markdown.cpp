// Where Pandoc's Markdown and CommonMark differ (Pandoc 2.17, measured): metadata blocks; footnotes, definitions and
// fancy enumerators are items to Pandoc and text to cmark, so their markers are replaced by such as cmark knows, of the
// same length; lists and quotes cannot interrupt a paragraph; fences of tildes, and indented ones, cannot either.
#include "manuscript/markdown/markdown.hpp"

#include <cmark.h>

#include <algorithm>
#include <cctype>
#include <memory>

#include "manuscript/markdown/fence.hpp"
#include "text/characters.hpp"

namespace manuscript {
namespace {

using text::is_alpha;
using text::is_blank;
using text::npos;

constexpr int most_nested = 100;  // lists and their items count each

std::string_view without_trailing_blanks(std::string_view line) {
  const std::size_t last = line.find_last_not_of(" \t");
  return last == npos ? std::string_view() : line.substr(0, last + 1);
}

// --------------------------------------------------------------------------------------------------------- list
// markers

/// The length of "(iv)", "a.", "#.", "(@label)" at `first`; 0 when there is none or cmark knows it.
std::size_t fancy_marker(std::string_view line, std::size_t first) {
  const bool parenthesis = line[first] == '(';
  std::size_t at = first + parenthesis;
  const std::size_t begin = at;
  if (at < line.size() && line[at] == '@') {
    while (at < line.size() && line[at] != ')' && line[at] != ' ' && line[at] != '.') ++at;
  } else if (at < line.size() && line[at] == '#') {
    ++at;
  } else {
    while (at < line.size() && std::isalnum(static_cast<unsigned char>(line[at]))) ++at;
  }
  if (at == begin || at >= line.size()) return 0;
  const std::string_view name = line.substr(begin, at - begin);
  if (name[0] != '@' && at + 1 - first > 10) return 0;
  const bool known_to_cmark = !parenthesis && std::isdigit(static_cast<unsigned char>(name[0]));
  const bool roman = name.find_first_not_of("ivxlcdmIVXLCDM") == npos;
  const bool digits = name.find_first_not_of("0123456789") == npos;
  if (known_to_cmark || !(name.size() == 1 || roman || digits || name[0] == '@')) return 0;
  if (line[at] != ')' && (parenthesis || line[at] != '.')) return 0;
  // "B. Russell" is a name: a capital letter with a period needs two blanks.
  const std::size_t blanks =
      line[at] == '.' && std::isupper(static_cast<unsigned char>(name[0])) && name.size() == 1 ? 2 : 1;
  const std::size_t length = at + 1 - first;
  for (std::size_t k = 1; k <= blanks; ++k)
    if (at + k >= line.size() || line[at + k] != ' ') return 0;
  return length;
}

/// "[^label]:" becomes "-   .....", whose item has its content in the fifth column, as footnotes and examples have.
void mask_wide_marker(char* line, std::size_t first, std::size_t length) {
  line[first] = '-';
  std::fill(line + first + 1, line + first + 4, ' ');
  std::fill(line + first + 4, line + first + std::max<std::size_t>(length, 5), '.');
}

void mask_enumerator(char* line, std::size_t first, std::size_t length) {
  if (line[first + 1] == '@' && length > 3) return mask_wide_marker(line, first, length);
  std::fill(line + first, line + first + length - 1, '9');
  line[first + length - 1] = ')';
}

void mask_marker(std::string_view line, char* masked) {
  const std::size_t first = line.find_first_not_of(' ');
  if (first == npos) return;
  const bool definition = (line[first] == ':' || line[first] == '~') && first + 1 < line.size() &&
                          (line[first + 1] == ' ' || line[first + 1] == '\t') && !is_blank(line.substr(first + 1));
  if (definition && first <= 3) {
    masked[first] = '-';
  } else if (line.substr(first, 2) == "[^" && first <= 3) {
    const std::size_t close = line.find("]:", first);
    if (close != npos && close > first + 2) mask_wide_marker(masked, first, close + 2 - first);
  } else if (line[first] == '(' || line[first] == '#' || is_alpha(line[first])) {
    if (const std::size_t length = fancy_marker(line, first)) mask_enumerator(masked, first, length);
  }
}

// --------------------------------------------------------------------------------------------------------------
// parsing

struct Free {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};

struct Leaf {
  RunKind kind;
  int first, last;
  std::size_t byte;  // where its text begins in the first line
  int quotes;
  bool is_paragraph;
  bool is_item = false, is_plain = false;
};

class Parse {
 public:
  Parse(const Lines& lines, const std::string& text) : lines_(lines), text_(text) {}

  Markdown::Blocks run() {
    const std::unique_ptr<cmark_node, Free> root(cmark_parse_document(text_.data(), text_.size(), CMARK_OPT_SOURCEPOS));
    walk(root.get());
    build_runs();
    return std::move(blocks_);
  }

 private:
  std::string_view line(int number) const {
    if (number < 1 || number > lines_.count()) return {};
    return std::string_view(text_).substr(lines_.start(number), lines_.line(number).size());
  }

  /// Blocks in the text's order; no recursion, since a chapter may nest as deep as it likes.
  void walk(cmark_node* root) {
    int quotes = 0, depth = 0;
    cmark_node* node = root;
    while (node) {
      visit(node, quotes);
      if (is_container(node) && cmark_node_first_child(node)) {
        quotes += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
        if (++depth > most_nested && blocks_.too_deep == 0) blocks_.too_deep = first_line(node);
        node = cmark_node_first_child(node);
        continue;
      }
      while (node && !cmark_node_next(node)) {
        node = cmark_node_parent(node);
        --depth;
        if (node) quotes -= cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
      }
      if (node) node = cmark_node_next(node);
    }
  }

  static bool is_container(cmark_node* node) {
    const auto type = cmark_node_get_type(node);
    return type == CMARK_NODE_DOCUMENT || type == CMARK_NODE_BLOCK_QUOTE || type == CMARK_NODE_LIST ||
           type == CMARK_NODE_ITEM;
  }

  void visit(cmark_node* node, int quotes) {
    switch (cmark_node_get_type(node)) {
      case CMARK_NODE_CODE_BLOCK:
        return code(node);
      case CMARK_NODE_HEADING:
        return leaf(node, RunKind::heading, quotes);
      case CMARK_NODE_THEMATIC_BREAK:
        metadata_block(node);
        return leaf(node, RunKind::text, quotes);
      case CMARK_NODE_PARAGRAPH:
      case CMARK_NODE_HTML_BLOCK:
        return leaf(node, RunKind::text, quotes);
      default:
        return;
    }
  }

  static int first_line(cmark_node* node) { return cmark_node_get_start_line(node); }
  static std::size_t first_byte(cmark_node* node) {
    return static_cast<std::size_t>(std::max(cmark_node_get_start_column(node), 1)) - 1;
  }

  // ----------------------------------------------------------------------------------------------------------------
  // code

  void code(cmark_node* node) {
    const std::string_view opening =
        line(first_line(node)).substr(std::min(first_byte(node), line(first_line(node)).size()));
    const std::string_view literal = cmark_node_get_literal(node);
    if (!is_fenced(node)) return indented(node, literal);
    CodeBlock block;
    block.line = first_line(node);
    block.byte = first_byte(node);
    const auto length = static_cast<int>(std::count(literal.begin(), literal.end(), '\n'));
    block.is_closed = is_closing(node, block.line + 1 + length, opening);
    if (!block.is_closed && !looks_like_directive(opening) && !holds_directive(literal)) {
      // To Pandoc it begins nothing, and what follows is text.
      blocks_.open_fences.push_back(
          {block.line, block.byte, std::min(opening.find_first_not_of(opening[0]), opening.size())});
      const std::size_t begin = lines_.start(block.line) + block.byte;
      blocks_.regions.push_back({begin, begin + std::min(opening.find_first_not_of(opening[0]), opening.size()), true});
      return;
    }
    body(block, literal);
    find_obstacle(node, block);
    blocks_.code.push_back(std::move(block));
  }

  /// cmark does not say which of the two it is; an indented block holds its first line.
  bool is_fenced(cmark_node* node) const {
    const std::string_view opening =
        line(first_line(node)).substr(std::min(first_byte(node), line(first_line(node)).size()));
    if (!opening.starts_with("```") && !opening.starts_with("~~~")) return false;
    const std::string_view literal = cmark_node_get_literal(node);
    const char* info = cmark_node_get_fence_info(node);
    return (info && *info) || literal.substr(0, literal.find('\n')) != opening;
  }

  /// Whether a line is the fence that closes the block: inside of the block's container, as long as the opening one.
  bool is_closing(cmark_node* node, int number, std::string_view opening) const {
    if (number > lines_.count()) return false;
    for (cmark_node* parent = cmark_node_parent(node); parent && cmark_node_parent(parent);
         parent = cmark_node_parent(parent))
      if (number > cmark_node_get_end_line(parent)) return false;
    const std::size_t length = std::min(opening.find_first_not_of(opening[0]), opening.size());
    const std::string_view text = without_trailing_blanks(line(number));
    const std::size_t before = text.find_last_not_of(opening[0]);
    return text.size() - (before == npos ? 0 : before + 1) >= length;
  }

  static bool holds_directive(std::string_view literal) {
    while (!literal.empty()) {
      const std::size_t end = std::min(literal.find('\n'), literal.size());
      if (looks_like_directive(literal.substr(0, end))) return true;
      literal.remove_prefix(std::min(end + 1, literal.size()));
    }
    return false;
  }

  /// A line of the content is what is left of the source's line behind the containers' marks.
  void body(CodeBlock& block, std::string_view literal) const {
    for (int n = block.line + 1; !literal.empty(); ++n) {
      const std::size_t length = std::min(literal.find('\n'), literal.size());
      const std::string_view source = line(n);
      block.body.push_back(source.size() - std::min(length, source.size()));
      literal.remove_prefix(std::min(length + 1, literal.size()));
    }
  }

  // ----------------------------------------------------------------------------------------------- where Pandoc
  // disagrees

  void find_obstacle(cmark_node* node, CodeBlock& block) const {
    const bool is_tilde = line(block.line)[block.byte] == '~';
    if (touches_text(node) && (is_tilde || is_indented(node, block) || touches_container(node))) {
      block.obstacle = "Pandoc reads this fence as part of the text above";
      block.remedy = "put a blank line before it";
    }
    if (block.obstacle.empty() && follows_open_backtick(node, block)) {
      block.obstacle = "a backtick in the text above may make code of this fence";
      block.remedy = "put a blank line before it, or close the code";
    }
    for (cmark_node* container = cmark_node_parent(node); container; container = cmark_node_parent(container)) {
      if (!interrupts_text(container)) continue;
      const bool quote = cmark_node_get_type(container) == CMARK_NODE_BLOCK_QUOTE;
      block.obstacle = std::string("Pandoc reads the ") + (quote ? "quote" : "list") +
                       " around this fence as part of the text above";
      block.remedy = "put a blank line before line " + std::to_string(first_line(container));
    }
    if (block.obstacle.empty() && begins_item_far_from_marker(node, block)) {
      block.obstacle = "Pandoc does not see a fence so far behind the list's marker";
      block.remedy = "put it on a line of its own";
    }
  }

  /// Whether a line of text, or what may be text to Pandoc, stands directly above.
  bool touches_text(cmark_node* node) const {
    while (true) {
      const std::string_view above = line(first_line(node) - 1);
      if (above.find_first_not_of(" \t>") == npos) return false;
      cmark_node* before = cmark_node_previous(node);
      cmark_node* parent = cmark_node_parent(node);
      // Without anything before it there, the line above is outside of the container, or a link's definition.
      if (!before) return cmark_node_get_type(parent) == CMARK_NODE_DOCUMENT || first_line(parent) != first_line(node);
      if (cmark_node_get_end_line(before) + 1 < first_line(node)) return true;
      const auto type = cmark_node_get_type(before);
      if (type == CMARK_NODE_CODE_BLOCK) return !is_fenced(before);
      // Underlines of more than one line make no heading to Pandoc.
      const bool is_heading = type == CMARK_NODE_HEADING && cmark_node_get_end_line(before) <= first_line(before) + 2;
      if (!is_heading && type != CMARK_NODE_THEMATIC_BREAK) return true;
      node = before;  // it interrupts no text either
    }
  }

  bool follows_open_backtick(cmark_node* node, const CodeBlock& block) const {
    cmark_node* before = cmark_node_previous(node);
    if (!before || cmark_node_get_type(before) != CMARK_NODE_PARAGRAPH || !touches_text(node)) return false;
    const std::size_t begin = lines_.start(first_line(before));
    return std::count(text_.begin() + static_cast<std::ptrdiff_t>(begin),
                      text_.begin() + static_cast<std::ptrdiff_t>(lines_.start(block.line)), '`') %
               2 ==
           1;
  }

  /// To Pandoc quotes, items and notes go on up to the next blank line.
  static bool touches_container(cmark_node* node) {
    cmark_node* before = cmark_node_previous(node);
    return before &&
           (cmark_node_get_type(before) == CMARK_NODE_LIST || cmark_node_get_type(before) == CMARK_NODE_BLOCK_QUOTE);
  }

  /// Whether the fence is indented in its container. In items Pandoc and cmark reckon differently, so all count as
  /// that.
  bool is_indented(cmark_node* node, const CodeBlock& block) const {
    if (cmark_node_get_type(cmark_node_parent(node)) == CMARK_NODE_ITEM) return true;
    const std::string_view before = line(block.line).substr(0, block.byte);
    return !before.empty() && !before.ends_with('>') && !before.ends_with("> ");
  }

  bool interrupts_text(cmark_node* container) const {
    const auto type = cmark_node_get_type(container);
    if ((type != CMARK_NODE_LIST && type != CMARK_NODE_BLOCK_QUOTE) || !touches_text(container)) return false;
    if (is_division(line(first_line(container) - 1))) return false;
    if (type == CMARK_NODE_BLOCK_QUOTE) return true;
    const char marker = lines_.text()[lines_.start(first_line(container)) + first_byte(container)];
    const bool is_definition = marker == ':' || marker == '~';
    return !is_definition && cmark_node_get_type(cmark_node_parent(container)) != CMARK_NODE_ITEM;
  }

  /// The line that begins or ends a division.
  static bool is_division(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t>");
    return first != npos && text.substr(first, 3) == ":::";
  }

  bool marker_is_masked(cmark_node* node) const {
    const std::size_t marker = lines_.start(first_line(node)) + first_byte(node);
    return marker < text_.size() && text_[marker] != lines_.text()[marker];
  }

  bool begins_item_far_from_marker(cmark_node* node, const CodeBlock& block) const {
    cmark_node* item = cmark_node_parent(node);
    if (cmark_node_get_type(item) != CMARK_NODE_ITEM || first_line(item) != block.line) return false;
    const std::string_view before = line(block.line).substr(0, block.byte);
    return !before.ends_with(' ') || before.ends_with("  ") || marker_is_masked(item);
  }

  /// A directive that is indented as code to us may be one to Pandoc, whose definitions and notes are indented by four
  /// and whose quotes go on without their marks.
  void indented(cmark_node* node, std::string_view literal) {
    if (!looks_like_directive(literal.substr(0, literal.find('\n')))) return;
    if (touches_container(node) && touches_text(node)) {
      blocks_.lost_directives.push_back(first_line(node));
      return;
    }
    for (cmark_node* item = cmark_node_parent(node); item; item = cmark_node_parent(item))
      if (cmark_node_get_type(item) == CMARK_NODE_ITEM && marker_is_masked(item)) {
        blocks_.lost_directives.push_back(first_line(node));
        return;
      }
  }

  /// "---", then lines, then "---" or "...": metadata to Pandoc, wherever it stands after a blank line.
  void metadata_block(cmark_node* node) {
    const int first = first_line(node);
    if (without_trailing_blanks(line(first)) != "---" || is_blank(line(first + 1))) return;
    if (!is_blank(line(first - 1)) || cmark_node_get_type(cmark_node_parent(node)) != CMARK_NODE_DOCUMENT) return;
    if (!blocks_.regions.empty() && lines_.start(first) < blocks_.regions.back().end) return;
    if (first >= no_metadata_end_) return;
    for (int n = first + 1; n <= lines_.count(); ++n) {
      const std::string_view end = without_trailing_blanks(line(n));
      if (end != "---" && end != "...") continue;
      blocks_.regions.push_back({lines_.start(first), lines_.start(n) + line(n).size(), false});
      blocks_.metadata.push_back({first + 1, n - 1});
      return;
    }
    no_metadata_end_ = first;
  }

  // ----------------------------------------------------------------------------------------------------------------
  // text

  /// cmark lets an underlined heading end a line too late, and HTML of one line a line too early.
  void leaf(cmark_node* node, RunKind kind, int quotes) {
    const auto type = cmark_node_get_type(node);
    const int first = first_line(node);
    int last = std::max(cmark_node_get_end_line(node), first);
    if (type == CMARK_NODE_HTML_BLOCK) {
      const std::string_view literal = cmark_node_get_literal(node);
      last = std::max(first, first - 1 + static_cast<int>(std::count(literal.begin(), literal.end(), '\n')));
    }
    last = std::min(last, lines_.count());
    if (kind == RunKind::heading && last > first) last = first_underline(first + 1, last);
    cmark_node* parent = cmark_node_parent(node);
    bool is_item = false;
    for (cmark_node* above = parent; above && !is_item; above = cmark_node_parent(above))
      is_item = cmark_node_get_type(above) == CMARK_NODE_ITEM;
    const bool is_plain = cmark_node_get_type(parent) == CMARK_NODE_ITEM && !marker_is_masked(parent) &&
                          cmark_node_get_list_tight(cmark_node_parent(parent));
    leaves_.push_back({kind, first, last, first_byte(node), quotes, type == CMARK_NODE_PARAGRAPH, is_item, is_plain});
  }

  /// What follows an underline may look like another one: "-", "=" or ">" alone.
  int first_underline(int from, int to) const {
    while (from < to && !is_underline(line(from))) ++from;
    return from;
  }

  /// Behind the marks of quotes.
  static bool is_underline(std::string_view text) {
    text = text.substr(std::min(text.find_first_not_of(" \t>"), text.size()));
    return text.starts_with('=') ? text.find_first_not_of("= \t") == npos
                                 : text.starts_with('-') && text.find_first_not_of("- \t") == npos;
  }

  /// Mathematics may hold lines that look like lists or underlines; a block that leaves "$$" open goes on in the next
  /// one if no blank line parts them.
  void build_runs() {
    for (std::size_t k = 0; k < leaves_.size();) {
      std::size_t last = k;
      bool open = has_odd_display(leaves_[k]);
      while (open && last + 1 < leaves_.size() && leaves_[last + 1].first == leaves_[last].last + 1)
        open ^= has_odd_display(leaves_[++last]);
      if (open || last == k) {
        add_run(leaves_[k]);
        ++k;
      } else {
        add_run({RunKind::text, leaves_[k].first, leaves_[last].last, leaves_[k].byte, leaves_[k].quotes, true,
                 leaves_[k].is_item, leaves_[k].is_plain});
        k = last + 1;
      }
    }
  }

  bool has_odd_display(const Leaf& leaf) const {
    const std::size_t begin = lines_.start(leaf.first), end = lines_.start(leaf.last) + line(leaf.last).size();
    const std::string_view text = std::string_view(text_).substr(begin, end - begin);
    bool odd = false;
    for (std::size_t at = text.find("$$"); at != npos; at = text.find("$$", at + 2)) odd = !odd;
    return odd;
  }

  void add_run(const Leaf& leaf) {
    TextBlock block{leaf.kind, {}};
    block.run.is_item = leaf.is_item;
    block.run.is_plain = leaf.is_plain;
    int last = leaf.last;
    std::size_t begin = leaf.byte;
    if (leaf.kind == RunKind::heading) {
      const std::string_view text = line(leaf.first);
      if (last > leaf.first)
        --last;  // an underline
      else if (begin < text.size() && text[begin] == '#')
        begin = std::min(text.find_first_not_of('#', begin), text.size());
      const bool is_row = last < leaf.last && is_rule_of_table(line(leaf.first - 1));
      if (last > leaf.first || is_row || is_text_to_pandoc(leaf)) block.kind = RunKind::text;
    }
    for (int n = leaf.first; n <= last; ++n) {
      const std::string_view text = line(n);
      const std::size_t byte = std::min(n == leaf.first ? begin : behind_quotes(text, leaf.quotes), text.size());
      block.run.add_line(text.substr(byte), n, byte);
    }
    blocks_.text.push_back(std::move(block));
  }

  /// "---- ---" above a table's rows, of which the last looks like an underlined heading.
  static bool is_rule_of_table(std::string_view text) {
    text = without_trailing_blanks(text);
    return text.starts_with("--") && text.find_first_not_of("- ") == npos && text.find(' ') != npos;
  }

  /// A heading cannot interrupt a paragraph.
  bool is_text_to_pandoc(const Leaf& heading) const {
    const std::string_view above = line(heading.first - 1);
    return !leaves_.empty() && !is_blank(above) && is_end_of_paragraph(heading.first - 1);
  }

  bool is_end_of_paragraph(int number) const {
    const auto after =
        std::partition_point(leaves_.begin(), leaves_.end(), [&](const Leaf& leaf) { return leaf.first <= number; });
    if (after == leaves_.begin()) return false;
    const Leaf& leaf = *std::prev(after);
    return leaf.is_paragraph && leaf.last == number && !is_division(line(number));
  }

  static std::size_t behind_quotes(std::string_view text, int quotes) {
    std::size_t at = std::min(text.find_first_not_of(" \t"), text.size());
    for (int k = 0; k < quotes && at < text.size() && text[at] == '>'; ++k)
      at = std::min(text.find_first_not_of(" \t", at + 1), text.size());
    return at;
  }

  const Lines& lines_;
  const std::string& text_;
  std::vector<Leaf> leaves_;
  Markdown::Blocks blocks_;
  int no_metadata_end_ = 1 << 30;  // from this line on there is none
};

}  // namespace

Markdown::Markdown(const Lines& lines) : lines_(lines), text_(lines.text()) {
  for (int n = 1; n <= lines.count(); ++n) mask_marker(lines.line(n), text_.data() + lines.start(n));
  if (lines.line(1) != "---" || is_blank(lines.line(2))) return;
  for (int n = 2; n <= lines.count(); ++n) {
    const std::string_view end = without_trailing_blanks(lines.line(n));
    if (end != "---" && end != "...") continue;
    mask({{0, lines.start(n) + lines.line(n).size(), false}});
    head_ = {2, n - 1};
    return;
  }
}

Markdown::Blocks Markdown::parse() const { return Parse(lines_, text_).run(); }

bool Markdown::has_masked_marker(int line) const {
  const std::size_t first = lines_.line(line).find_first_not_of(' ');
  if (first == npos) return false;
  const char mark = text_[lines_.start(line) + first];
  return mark != lines_.line(line)[first] && mark != ' ' && mark != 'x';
}

void Markdown::mask(const std::vector<ByteRange>& regions) {
  for (const auto& region : regions)
    for (std::size_t at = region.begin; at < std::min(region.end, text_.size()); ++at)
      if (text_[at] != '\n') text_[at] = region.is_text ? 'x' : ' ';
}

}  // namespace manuscript
