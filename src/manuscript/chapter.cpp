// Scanning of chapters: blocks by libcmark, then what stands in them. What only Pandoc knows to go on beyond its block
// is masked, and the chapter parsed again.
#include "manuscript/chapter.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <regex>
#include <set>
#include <tuple>

#include "manuscript/markdown/directive.hpp"
#include "manuscript/markdown/fence.hpp"
#include "manuscript/markdown/inline.hpp"
#include "manuscript/markdown/lines.hpp"
#include "manuscript/markdown/links.hpp"
#include "manuscript/markdown/markdown.hpp"
#include "manuscript/markdown/tables.hpp"

namespace manuscript {
namespace {

constexpr int most_parses = 8;  // a chapter of which each parse reveals more was made to take long

/// A comment may hold what looks like metadata, and metadata what looks like a comment: of regions that overlap, the
/// one that begins first is there, and no other until the next parse.
void keep_first_of_overlapping(std::vector<ByteRange>& regions) {
  std::sort(regions.begin(), regions.end(), [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
  std::size_t reach = 0;
  std::erase_if(regions, [&](const ByteRange& region) {
    if (region.begin < reach) return true;
    reach = region.end;
    return false;
  });
}

/// What parses found that the next one does not see.
struct Found {
  std::vector<LineRange> metadata;
  std::vector<OpenFence> open_fences;
  int open_block = 0;  // the line of the first block that is never closed, and is told already; 0 when there is none
};

/// Lines of the code blocks' content.
std::vector<bool> code_lines(const Markdown::Blocks& blocks, int count) {
  std::vector<bool> is_code(static_cast<std::size_t>(count) + 2, false);
  for (const auto& block : blocks.code)
    for (std::size_t k = 0; k < block.body.size(); ++k)
      if (const std::size_t n = static_cast<std::size_t>(block.line) + 1 + k; n < is_code.size()) is_code[n] = true;
  return is_code;
}

/// "[^label]:" and "(@label)" at the beginning of a line, whose markers are not text.
void find_marked_labels(const Markdown& markdown, const Lines& lines, const std::vector<bool>& is_code,
                        Chapter& chapter) {
  bool is_text = false,
       is_block = false;  // the lines above are a paragraph, in which no note begins; or another block
  for (int n = 1; n <= lines.count(); ++n) {
    const std::string_view line = lines.line(n);
    const std::size_t first = std::min(line.find_first_not_of(" \t"), line.size());
    const bool is_blank = first == line.size() || is_code[static_cast<std::size_t>(n)];
    const bool is_marked = !is_blank && markdown.has_masked_marker(n);
    const std::string_view note = is_marked ? note_label(line.substr(first)) : std::string_view();
    const std::string_view example = is_marked ? example_label(line.substr(first)) : std::string_view();
    const std::string_view name = note.empty() ? example : note;
    if (!note.empty() && is_text)
      chapter.errors.push_back(lines.error(lines.place(n, first, note.size() + 4),
                                           "Pandoc reads this note as part of the text above",
                                           "put a blank line before it"));
    if (!name.empty()) {
      const std::size_t begin = lines.start(n) + first + 2;
      // Within a paragraph "(@label)" refers to an example.
      chapter.labels.push_back({note.empty() ? Label::Kind::example : Label::Kind::note,
                                is_text && note.empty() ? Label::Form::use : Label::Form::definition, std::string(name),
                                lines.place(n, first, name.size() + (note.empty() ? 3 : 4)), begin,
                                begin + name.size()});
    }
    // A note goes on in the lines below it, and another may follow them.
    const bool begins_block = !is_blank && ((!name.empty() && !is_text) ||
                                            std::string_view("#:`~-=").find(line[first]) != std::string_view::npos);
    is_block = !is_blank && (is_block || begins_block);
    is_text = !is_blank && !is_block;
  }
}

/// cmark keeps definitions of links to itself, so that they stand in no text that is scanned.
void find_link_definitions(const Lines& lines, const std::vector<bool>& is_code, Chapter& chapter) {
  std::set<std::size_t> known;
  for (const auto& label : chapter.labels)
    if (label.kind == Label::Kind::link && label.form == Label::Form::definition) known.insert(label.begin);
  bool begins_block = true;
  for (int n = 1; n <= lines.count(); ++n) {
    const std::string_view line = lines.line(n);
    const bool is_blank = line.find_first_not_of(" \t") == std::string_view::npos;
    const auto definition =
        begins_block && !is_code[static_cast<std::size_t>(n)] ? link_definition(line) : std::nullopt;
    begins_block = is_blank || definition;
    if (!definition) continue;
    const std::size_t begin = lines.start(n) + definition->label_offset;
    if (!known.insert(begin).second) continue;
    chapter.labels.push_back({Label::Kind::link, Label::Form::definition, definition->label,
                              lines.place(n, definition->label_offset, definition->label_bytes), begin,
                              begin + definition->label_bytes});
  }
}

/// A line of Git's marks: seven of one sign, then a blank and a name, or nothing.
bool is_conflict_mark(std::string_view line, char sign) {
  const std::size_t end = std::min(line.find_first_not_of(sign), line.size());
  return end == 7 && (line.size() == 7 || line[7] == ' ');
}

/// Both sides of a conflict that nobody has settled would be printed. Code may show such lines.
void complain_of_conflicts(const Lines& lines, const std::vector<bool>& is_code, InlineContext& context) {
  const char* hint = "keep one side, and remove the lines <<<<<<<, ======= and >>>>>>>";
  bool is_open = false;
  for (int n = 1; n <= lines.count(); ++n) {
    if (is_code[static_cast<std::size_t>(n)]) continue;
    const bool begins = is_conflict_mark(lines.line(n), '<'), ends = is_conflict_mark(lines.line(n), '>');
    if (begins || (ends && !is_open && lines.line(n).size() > 8))
      context.complain(lines.place(n, 0, lines.line(n).size()), "a conflict that Git has left here is not settled",
                       hint);
    is_open = begins || (is_open && !ends);
  }
}

/// What one parse finds; the regions say what is to be masked before the next.
std::vector<ByteRange> scan_blocks(const Markdown& markdown, const Lines& lines, Chapter& chapter, Found& found) {
  InlineContext context{lines, chapter, {}, {}, {}, 0, false, false, false, {}, {}};
  find_definitions(context);
  const Markdown::Blocks blocks = markdown.parse();
  if (blocks.too_deep > 0)
    context.complain(lines.place(blocks.too_deep, 0, lines.line(blocks.too_deep).size()),
                     "quotes and lists lie more than a hundred deep in each other here",
                     "Pandoc would take minutes over more");
  found.open_block = 0;
  for (const auto& block : blocks.code) {
    scan_code_block(block, context);
    if (!block.is_closed && found.open_block == 0) found.open_block = block.line;
  }
  for (const int line : blocks.lost_directives) {
    const SourceLocation place = lines.place(line, lines.line(line).find_first_not_of(" \t"), lines.line(line).size());
    context.add_broken_directive(lines.line(line), place);
    context.complain(
        place, fmt::format("this looks like a {} directive, but may be code to Pandoc", kind_in(lines.line(line)).name),
        "put a blank line before it, and indent it by four columns");
  }
  for (const auto& block : blocks.text) {
    if (block.kind == RunKind::text) check_table(block.run, context);
    scan_inline(block.run, block.kind, context);
  }
  context.complain_of_open_divisions(0);
  const auto is_code = code_lines(blocks, lines.count());
  find_marked_labels(markdown, lines, is_code, chapter);
  find_link_definitions(lines, is_code, chapter);
  complain_of_conflicts(lines, is_code, context);
  if (context.has_more_errors)
    chapter.errors.push_back(
        {Severity::error, {chapter.source.file, 0, 0, 1}, "there are more mistakes; not all are listed", "", ""});
  std::vector<ByteRange> regions = std::move(context.regions);
  regions.insert(regions.end(), blocks.regions.begin(), blocks.regions.end());
  keep_first_of_overlapping(regions);
  for (const auto& block : blocks.metadata) {
    const auto begins_here = [&](const ByteRange& region) { return region.begin == lines.start(block.first - 1); };
    if (std::any_of(regions.begin(), regions.end(), begins_here)) found.metadata.push_back(block);
  }
  for (const auto& fence : blocks.open_fences) {
    const auto begins_here = [&](const ByteRange& region) {
      return region.begin == lines.start(fence.line) + fence.byte;
    };
    if (std::any_of(regions.begin(), regions.end(), begins_here)) found.open_fences.push_back(fence);
  }
  return regions;
}

/// A fence without words behind one that is told already is likely to be the one that was to end it.
void complain_of_open_fences(const Lines& lines, Found& found, Chapter& chapter) {
  std::sort(found.open_fences.begin(), found.open_fences.end(),
            [](const auto& a, const auto& b) { return a.line < b.line; });
  int open = found.open_block;
  for (const auto& fence : found.open_fences) {
    const std::string_view text = lines.line(fence.line).substr(fence.byte);
    const bool is_bare = text.find_first_not_of(" \t", fence.length) == std::string_view::npos;
    const bool is_end = is_bare && open > 0 && open < fence.line;
    if (!is_end)
      chapter.errors.push_back(lines.error(lines.place(fence.line, fence.byte, text.size()),
                                           "this code block is never closed",
                                           "end it with a line '" + std::string(text.substr(0, fence.length)) + "'"));
    open = is_end ? 0 : fence.line;
  }
}

/// Lines between rules are metadata to Pandoc when they are a mapping; it takes minutes over aliases that multiply.
void check_metadata(const Lines& lines, const LineRange& block, Chapter& chapter) {
  static const std::regex key("[A-Za-z_][A-Za-z0-9_-]*:( .*)?");
  std::string text;
  std::vector<int> numbers;
  bool is_mapping = false;
  for (int n = block.first; n <= block.last; ++n) {
    const std::string line(lines.line(n));
    is_mapping = is_mapping || (line.size() < 1000 && std::regex_match(line, key));
    text += line + "\n";
    numbers.push_back(n);
  }
  if (!is_mapping) return;
  if (lines.is_embedded()) {
    const std::string_view rule = lines.line(block.first - 1);
    chapter.errors.push_back(lines.error(lines.place(block.first - 1, 0, rule.size()),
                                         "metadata begins within a text of the metadata",
                                         "a rule stands between blank lines"));
    return;
  }
  auto parsed = parse_yaml(chapter.source, text, numbers, std::vector<int>(numbers.size(), 0));
  if (parsed.errors.empty()) chapter.front_matter.push_back({std::move(parsed.root), block.first, block.last});
  std::move(parsed.errors.begin(), parsed.errors.end(), std::back_inserter(chapter.errors));
}

/// LaTeX that goes over several paragraphs was masked, and is looked at by itself.
void add_long_environments(const std::vector<ByteRange>& masked, const Lines& lines, Chapter& chapter) {
  InlineContext context{lines, chapter, {}, {}, {}, 0, false, false, false, {}, {}};
  for (const auto& region : masked) {
    const std::string_view text = std::string_view(lines.text()).substr(region.begin, region.end - region.begin);
    if (region.is_text || !text.starts_with("\\begin{")) continue;
    const auto place = [&](std::size_t at, std::size_t bytes) {
      const int line = lines.line_at(region.begin + at);
      return lines.place(line, region.begin + at - lines.start(line), bytes);
    };
    if (const std::size_t value = text.find("\\value{"); value != std::string_view::npos)
      context.complain(place(value, 6), "values are not seen within LaTeX that goes over a blank line",
                       "they stand in formulas between dollars, and in environments such as align");
    context.use_latex(text, LatexPiece::text, place);
  }
}

/// Everything in the text's order, although captions are read with their directives.
template <typename Item>
void sort_by_place(std::vector<Item>& items) {
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
}

/// Fills a chapter that has its source already.
void scan_lines(const Lines& lines, Chapter& chapter) {
  const auto reset = [&] {
    Source kept = std::move(chapter.source);
    chapter = Chapter();
    chapter.source = std::move(kept);
    chapter.errors = lines.encoding_errors();
  };
  reset();
  if (lines.hopeless()) return;
  Markdown markdown(lines);
  Found found;
  if (markdown.head().first > 0) found.metadata.push_back(markdown.head());
  std::vector<ByteRange> regions = scan_blocks(markdown, lines, chapter, found), masked;
  for (int parses = 1; !regions.empty() && parses < most_parses; ++parses) {
    masked.insert(masked.end(), regions.begin(), regions.end());
    markdown.mask(regions);
    reset();
    regions = scan_blocks(markdown, lines, chapter, found);
  }
  add_long_environments(masked, lines, chapter);
  for (const auto& block : found.metadata) check_metadata(lines, block, chapter);
  complain_of_open_fences(lines, found, chapter);
  sort_by_place(chapter.references);
  sort_by_place(chapter.images);
  sort_by_place(chapter.values);
  sort_by_place(chapter.claims);
  sort_by_place(chapter.latex);
  sort_by_place(chapter.errors);
}

}  // namespace

Chapter scan(Source source) {
  Chapter chapter;
  chapter.source = std::move(source);
  scan_lines(Lines(chapter.source), chapter);
  return chapter;
}

Chapter scan_within(const Source& source, const Lines& lines, const SourceText& run) {
  Chapter chapter;
  chapter.source = source;
  scan_lines(Lines(lines, run), chapter);
  return chapter;
}

}  // namespace manuscript
