// Scanning of chapters: blocks by libcmark, then what stands in them. What only Pandoc knows to go on beyond its block
// is masked, and the chapter parsed again.
#include "document/chapter.hpp"

#include <algorithm>
#include <tuple>

#include "document/directive.hpp"
#include "document/inline.hpp"
#include "document/lines.hpp"
#include "document/markdown.hpp"

namespace document {
namespace {

constexpr int most_parses = 8;  // a chapter of which each parse reveals more was made to take long

/// What one parse finds; the regions say what is to be masked before the next.
std::vector<Region> scan_blocks(const Markdown& markdown, const Lines& lines, Chapter& chapter) {
  InlineContext context{lines, chapter, {}, {}, {}, 0, false, false, false};
  find_definitions(context);
  const Markdown::Blocks blocks = markdown.parse();
  for (const auto& block : blocks.code) scan_code_block(block, context);
  for (const int line : blocks.lost_directives)
    context.complain(lines.place(line, lines.line(line).find_first_not_of(" \t"), lines.line(line).size()),
                     "this looks like a figure directive, but may be code to Pandoc", "put a blank line before it, and indent it by four columns");
  for (const auto& block : blocks.text) scan_inline(block.run, block.kind, context);
  if (context.has_more_errors)
    chapter.errors.push_back({Severity::error, {chapter.source.file, 0, 0, 1}, "there are more mistakes; not all are listed", "", ""});
  std::vector<Region> regions = std::move(context.regions);
  regions.insert(regions.end(), blocks.regions.begin(), blocks.regions.end());
  return regions;
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
    chapter = Chapter{std::move(chapter.source), {}, {}, {}, {}, {}, {}, {}};
    chapter.errors = lines.encoding_errors();
  };
  reset();
  if (lines.hopeless()) return chapter;
  Markdown markdown(lines);
  std::vector<Region> regions = scan_blocks(markdown, lines, chapter);
  for (int parses = 1; !regions.empty() && parses < most_parses; ++parses) {
    markdown.mask(regions);
    reset();
    regions = scan_blocks(markdown, lines, chapter);
  }
  sort_by_place(chapter.references);
  sort_by_place(chapter.images);
  sort_by_place(chapter.values);
  sort_by_place(chapter.claims);
  sort_by_place(chapter.errors);
  return chapter;
}

}  // namespace document
