// Scanning of chapters: blocks by libcmark, then what stands in them. What only Pandoc knows to go on beyond its block
// is masked, and the chapter parsed again.
#include "document/chapter.hpp"

#include <algorithm>
#include <iterator>
#include <regex>
#include <tuple>

#include "document/directive.hpp"
#include "document/inline.hpp"
#include "document/lines.hpp"
#include "document/markdown.hpp"
#include "document/tables.hpp"

namespace document {
namespace {

constexpr int most_parses = 8;  // a chapter of which each parse reveals more was made to take long

/// A comment may hold what looks like metadata, and metadata what looks like a comment: of regions that overlap, the one
/// that begins first is there, and no other until the next parse.
void keep_first_of_overlapping(std::vector<Region>& regions) {
  std::sort(regions.begin(), regions.end(), [](const Region& a, const Region& b) { return a.begin < b.begin; });
  std::size_t reach = 0;
  std::erase_if(regions, [&](const Region& region) {
    if (region.begin < reach) return true;
    reach = region.end;
    return false;
  });
}

/// What one parse finds; the regions say what is to be masked before the next.
std::vector<Region> scan_blocks(const Markdown& markdown, const Lines& lines, Chapter& chapter, std::vector<LineRange>& metadata) {
  InlineContext context{lines, chapter, {}, {}, {}, 0, false, false, false, 0, {}};
  find_definitions(context);
  const Markdown::Blocks blocks = markdown.parse();
  if (blocks.too_deep > 0)
    context.complain(lines.place(blocks.too_deep, 0, lines.line(blocks.too_deep).size()),
                     "quotes and lists lie more than a hundred deep in each other here", "Pandoc would take minutes over more");
  for (const auto& block : blocks.code) scan_code_block(block, context);
  for (const int line : blocks.lost_directives)
    context.complain(lines.place(line, lines.line(line).find_first_not_of(" \t"), lines.line(line).size()),
                     "this looks like a figure directive, but may be code to Pandoc", "put a blank line before it, and indent it by four columns");
  for (const auto& block : blocks.text) {
    if (block.kind == RunKind::text) check_table(block.run, context);
    scan_inline(block.run, block.kind, context);
  }
  if (context.has_more_errors)
    chapter.errors.push_back({Severity::error, {chapter.source.file, 0, 0, 1}, "there are more mistakes; not all are listed", "", ""});
  std::vector<Region> regions = std::move(context.regions);
  regions.insert(regions.end(), blocks.regions.begin(), blocks.regions.end());
  keep_first_of_overlapping(regions);
  for (const auto& block : blocks.metadata) {
    const auto begins_here = [&](const Region& region) { return region.begin == lines.start(block.first - 1); };
    if (std::any_of(regions.begin(), regions.end(), begins_here)) metadata.push_back(block);
  }
  return regions;
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
  auto parsed = parse_yaml(chapter.source, text, numbers, std::vector<int>(numbers.size(), 0));
  std::move(parsed.errors.begin(), parsed.errors.end(), std::back_inserter(chapter.errors));
}

/// LaTeX that goes over several paragraphs was masked, and is looked at by itself.
void add_long_environments(const std::vector<Region>& masked, const Lines& lines,
                           Chapter& chapter) {
  InlineContext context{lines, chapter, {}, {}, {}, 0, false, false, false, 0, {}};
  for (const auto& region : masked) {
    const std::string_view text =
        std::string_view(lines.text()).substr(region.begin, region.end - region.begin);
    if (region.is_text || !text.starts_with("\\begin{")) continue;
    context.use_latex(text, LatexPiece::text, [&](std::size_t at, std::size_t bytes) {
      const int line = lines.line_at(region.begin + at);
      return lines.place(line, region.begin + at - lines.start(line), bytes);
    });
  }
}

/// Everything in the text's order, although captions are read with their directives.
template <typename Item>
void sort_by_place(std::vector<Item>& items) {
  std::stable_sort(items.begin(), items.end(), [](const Item& a, const Item& b) {
    return std::tie(a.place.line, a.place.column) < std::tie(b.place.line, b.place.column);
  });
}

}  // namespace

Chapter scan(Source source) {
  Chapter chapter;
  chapter.source = std::move(source);
  const Lines lines(chapter.source);
  const auto reset = [&] {
    Source kept = std::move(chapter.source);
    chapter = Chapter();
    chapter.source = std::move(kept);
    chapter.errors = lines.encoding_errors();
  };
  reset();
  if (lines.hopeless()) return chapter;
  Markdown markdown(lines);
  std::vector<LineRange> metadata;
  if (markdown.head().first > 0) metadata.push_back(markdown.head());
  std::vector<Region> regions = scan_blocks(markdown, lines, chapter, metadata), masked;
  for (int parses = 1; !regions.empty() && parses < most_parses; ++parses) {
    masked.insert(masked.end(), regions.begin(), regions.end());
    markdown.mask(regions);
    reset();
    regions = scan_blocks(markdown, lines, chapter, metadata);
  }
  add_long_environments(masked, lines, chapter);
  for (const auto& block : metadata) check_metadata(lines, block, chapter);
  sort_by_place(chapter.references);
  sort_by_place(chapter.images);
  sort_by_place(chapter.values);
  sort_by_place(chapter.claims);
  sort_by_place(chapter.latex);
  sort_by_place(chapter.errors);
  return chapter;
}

}  // namespace document
