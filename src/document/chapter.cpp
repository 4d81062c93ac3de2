// Scanning of chapters: blocks by libcmark, which keeps places; what stands in their text by scan_inline.
#include "document/chapter.hpp"

#include <cmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <regex>

#include "document/attributes.hpp"
#include "document/inline.hpp"
#include "document/unicode.hpp"

namespace document {
namespace {

struct Free {
  void operator()(cmark_node* n) const { cmark_node_free(n); }
  void operator()(cmark_iter* i) const { cmark_iter_free(i); }
};

const std::regex& figure_id() {
  static const std::regex pattern("fig:[a-z0-9][a-z0-9-]*");
  return pattern;
}

class ChapterScanner {
 public:
  explicit ChapterScanner(Source source) {
    chapter_.source = std::move(source);
    std::string& text = chapter_.source.text;
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  }

  Chapter run() {
    split_lines();
    if (check_bytes()) {
      is_text_.assign(lines_.size() + 1, true);
      scan_blocks();
      scan_text();
    }
    std::stable_sort(chapter_.errors.begin(), chapter_.errors.end(), [](const auto& a, const auto& b) {
      return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
    return std::move(chapter_);
  }

 private:
  const Source& source() const { return chapter_.source; }
  const std::string& line(int number) const {
    static const std::string none;
    return number >= 1 && static_cast<std::size_t>(number) <= lines_.size() ? lines_[static_cast<std::size_t>(number) - 1] : none;
  }

  void fail(Place place, std::string message, std::string hint = "") {
    chapter_.errors.push_back({Severity::error, place, std::move(message), line(place.line), std::move(hint)});
  }

  void split_lines() {
    const std::string& text = source().text;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size());
      std::size_t last = end;
      if (last > at && text[last - 1] == '\r') --last;
      lines_.push_back(text.substr(at, last - at));
      at = end + 1;
    }
  }

  /// Bytes that no chapter can hold; without them gone nothing else can be trusted.
  bool check_bytes() {
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      const std::string& text = lines_[i];
      int column = 1;
      for (std::size_t at = 0; at < text.size(); ++column) {
        const CodePoint c = decode(text, at);
        const Place place{source().file, static_cast<int>(i) + 1, column, 1};
        if (!c.valid) return fail(place, "this is no valid UTF-8", "save the chapter as UTF-8"), false;
        if (c.value == 0) return fail(place, "a zero byte; this is no text file"), false;
        if (c.value == '\r') return fail(place, "a carriage return inside a line", "end lines with LF or CR LF"), false;
        at += c.bytes;
      }
    }
    return true;
  }

  void scan_blocks() {
    const std::string& text = source().text;
    const std::unique_ptr<cmark_node, Free> root(cmark_parse_document(text.data(), text.size(), CMARK_OPT_SOURCEPOS));
    const std::unique_ptr<cmark_iter, Free> iterator(cmark_iter_new(root.get()));
    for (cmark_event_type event; (event = cmark_iter_next(iterator.get())) != CMARK_EVENT_DONE;) {
      if (event != CMARK_EVENT_ENTER) continue;
      cmark_node* node = cmark_iter_get_node(iterator.get());
      const auto type = cmark_node_get_type(node);
      if (type != CMARK_NODE_CODE_BLOCK && type != CMARK_NODE_HTML_BLOCK) continue;
      for (int i = cmark_node_get_start_line(node); i <= cmark_node_get_end_line(node); ++i)
        if (static_cast<std::size_t>(i) < is_text_.size()) is_text_[static_cast<std::size_t>(i)] = false;
      if (type == CMARK_NODE_CODE_BLOCK) code_block(node);
    }
  }

  void code_block(cmark_node* node) {
    const int first = cmark_node_get_start_line(node), last = cmark_node_get_end_line(node);
    const std::string& opening = line(first);
    // cmark's column counts bytes and takes a tab for up to four; the fence itself is easily found.
    const std::size_t fence = opening.find_first_of("`~", 0);
    const bool fenced = fence != std::string::npos && opening.find_first_not_of(opening[fence], fence) - fence >= 3 &&
                        (opening.substr(fence, 3) == "```" || opening.substr(fence, 3) == "~~~") && is_fence(node, opening, fence);
    if (!fenced) return;
    const Place place{source().file, first, count_code_points(opening.substr(0, fence)) + 1, 3};
    if (!is_closed(first, last, opening[fence])) {
      fail(place, "this code block is never closed", fmt::format("a line of '{}' is missing", std::string(3, opening[fence])));
      return;
    }
    const std::size_t brace = opening.find('{', fence);
    const auto attributes = brace == std::string::npos ? std::nullopt : parse_attributes(std::string_view(opening).substr(brace));
    if (attributes && attributes->has_class("figure"))
      figure(node, place, brace, *attributes);
    else
      almost_a_figure(node, place, attributes);
  }

  /// An indented code block may hold fences of its own; a fenced one has the fence where the block begins.
  static bool is_fence(cmark_node* node, const std::string& opening, std::size_t fence) {
    const char* literal = cmark_node_get_literal(node);
    return std::string(literal).substr(0, opening.size() - fence) != opening.substr(fence);
  }

  bool is_closed(int first, int last, char mark) const {
    if (last <= first) return false;
    const std::string& text = line(last);
    const std::size_t end = text.find_last_not_of(" \t");
    if (end == std::string::npos || text[end] != mark) return false;
    std::size_t begin = end;
    while (begin > 0 && text[begin - 1] == mark) --begin;
    const std::string before = text.substr(0, begin);
    return end - begin + 1 >= 3 && before.find_first_not_of(" \t>") == std::string::npos;
  }

  /// Blocks whose author surely meant a figure.
  void almost_a_figure(cmark_node* node, const Place& place, const std::optional<Attributes>& attributes) {
    const std::string literal = cmark_node_get_literal(node);
    const bool has_experiment = literal.starts_with("experiment:") || literal.find("\nexperiment:") != std::string::npos;
    const std::string info = cmark_node_get_fence_info(node);
    if (attributes && attributes->id.starts_with("fig:"))
      fail(place, fmt::format("this code block has a figure's ID '{}' but not the class 'figure'", attributes->id),
           fmt::format("write {{.figure #{}}}", attributes->id));
    else if (has_experiment && (info == "figure" || info == ".figure" || info.starts_with("figure ")))
      fail(place, "a figure directive needs its class and ID in braces", "write ```{.figure #fig:name}");
    else if (has_experiment && attributes)
      for (const auto& c : attributes->classes)
        if (!nearest(c, {"figure"}).empty()) fail(place, fmt::format("unknown class '.{}' of a block that names an experiment", c), "did you mean '.figure'?");
  }

  void figure(cmark_node* node, const Place& place, std::size_t brace, const Attributes& attributes) {
    const std::string& opening = line(place.line);
    const int id_column = count_code_points(opening.substr(0, brace + attributes.id_offset)) + 1;
    const Place id_place{source().file, place.line, id_column, count_code_points(attributes.id) + 1};
    if (attributes.id.empty()) return fail(place, "the figure has no ID", "write {.figure #fig:name}");
    if (!attributes.id.starts_with("fig:")) {
      fail(id_place, fmt::format("the ID of a figure begins with 'fig:', but this is '{}'", attributes.id), fmt::format("write #fig:{}", attributes.id));
      return;
    }
    if (attributes.id.size() > 104 || !std::regex_match(attributes.id, figure_id())) {
      fail(id_place, fmt::format("'{}' cannot be a figure's ID: after 'fig:' come small letters, digits and dashes, 100 at most", attributes.id));
      return;
    }
    const std::string body = cmark_node_get_literal(node);
    std::vector<int> lines, columns;
    body_places(body, place.line, lines, columns);
    auto parsed = parse_yaml(source(), body, lines, columns);
    for (auto& error : parsed.errors) chapter_.errors.push_back(std::move(error));
    chapter_.directives.push_back({attributes.id, place, id_place, std::move(parsed.root)});
    if (parsed.errors.empty()) captions(chapter_.directives.back(), cmark_node_get_end_line(node));
  }

  /// Line by line, where the body of a code block stands in the source.
  void body_places(const std::string& body, int opening, std::vector<int>& lines, std::vector<int>& columns) const {
    int number = opening;
    for (std::size_t at = 0; at <= body.size();) {
      const std::size_t end = std::min(body.find('\n', at), body.size());
      const std::string text = body.substr(at, end - at);
      const std::string& full = line(++number);
      lines.push_back(number);
      columns.push_back(full.ends_with(text) ? count_code_points(full) - count_code_points(text) : 0);
      at = end + 1;
    }
  }

  /// References, values and claims in a caption, with their places in the file.
  void captions(const Directive& directive, int closing_line) {
    const auto* entries = std::get_if<std::vector<Entry>>(&directive.body.content);
    for (std::size_t i = 0; entries && i < entries->size(); ++i) {
      const Entry& entry = (*entries)[i];
      if (entry.key != "caption") continue;
      const int end = i + 1 < entries->size() ? (*entries)[i + 1].key_place.line : closing_line;
      const Place& from = entry.value.place;
      Stretch stretch{from.line, from.column, {}};
      for (int n = from.line; n < std::max(end, from.line + 1); ++n) {
        std::string text = line(n);
        if (n == from.line) text = after_column(text, from.column);
        stretch.lines.push_back(std::move(text));
      }
      scan_inline(stretch, chapter_, true);
    }
  }

  static std::string after_column(const std::string& text, int column) {
    std::size_t at = 0;
    for (int i = 1; i < column && at < text.size(); ++i) at += decode(text, at).bytes;
    return text.substr(at);
  }

  /// Paragraphs, headings, tables: every run of lines that is neither blank nor code.
  void scan_text() {
    Stretch stretch;
    const int count = static_cast<int>(lines_.size());
    for (int n = metadata_block_end() + 1; n <= count + 1; ++n) {
      const bool text = n <= count && is_text_[static_cast<std::size_t>(n)] && line(n).find_first_not_of(" \t") != std::string::npos;
      if (text) {
        if (stretch.lines.empty()) stretch = {n, 1, {}};
        stretch.lines.push_back(line(n));
      } else if (!stretch.lines.empty()) {
        scan_inline(stretch, chapter_, false);
        stretch.lines.clear();
      }
    }
  }

  /// The last line of a YAML metadata block at the top; 0 when there is none.
  int metadata_block_end() const {
    if (line(1) != "---" || line(2).empty()) return 0;
    for (int n = 2; n <= static_cast<int>(lines_.size()); ++n)
      if (line(n) == "---" || line(n) == "...") return n;
    return 0;
  }

  Chapter chapter_;
  std::vector<std::string> lines_;
  std::vector<bool> is_text_;  // by line number
};

bool is_cross_reference(const std::string& target) {
  for (const char* prefix : {"fig:", "sec:", "eq:", "tbl:"})
    if (target.starts_with(prefix)) return true;
  return false;
}

/// All IDs that references may lead to; those used twice are errors.
class Anchors {
 public:
  Anchors(const std::vector<Chapter>& chapters, std::vector<Diagnostic>& errors) : errors_(errors) {
    for (const auto& chapter : chapters) {
      for (const auto& d : chapter.directives) add(chapter, d.id, d.id_place);
      for (const auto& a : chapter.anchors) add(chapter, a.id, a.place);
    }
  }
  bool has(const std::string& id) const { return places_.count(id) > 0; }
  std::vector<std::string> like(const std::string& target) const {
    std::vector<std::string> ids;
    const std::string prefix = target.substr(0, target.find(':') + 1);
    for (const auto& [id, place] : places_)
      if (id.starts_with(prefix)) ids.push_back(id);
    return ids;
  }

 private:
  void add(const Chapter& chapter, const std::string& id, const Place& place) {
    const auto [first, is_new] = places_.emplace(id, place);
    if (!is_new)
      errors_.push_back(error_at(chapter.source, place, fmt::format("the ID '{}' is used twice", id),
                                 fmt::format("first in {}:{}", first->second.file, first->second.line)));
  }
  std::map<std::string, Place> places_;
  std::vector<Diagnostic>& errors_;
};

}  // namespace

Chapter scan(Source source) { return ChapterScanner(std::move(source)).run(); }

std::vector<Diagnostic> check_references(const std::vector<Chapter>& chapters, const std::vector<std::string>& citation_keys) {
  std::vector<Diagnostic> errors;
  const Anchors anchors(chapters, errors);
  for (const auto& chapter : chapters)
    for (const auto& reference : chapter.references) {
      if (is_cross_reference(reference.target)) {
        if (!anchors.has(reference.target))
          errors.push_back(error_at(chapter.source, reference.place, fmt::format("reference to '{}', which does not exist", reference.target),
                                    did_you_mean(reference.target, anchors.like(reference.target))));
      } else if (std::find(citation_keys.begin(), citation_keys.end(), reference.target) == citation_keys.end()) {
        errors.push_back(error_at(chapter.source, reference.place, fmt::format("citation of '{}', which is not in the bibliography", reference.target),
                                  did_you_mean(reference.target, citation_keys)));
      }
    }
  return errors;
}

}  // namespace document
