// A page as Pandoc wrote it, taken apart at the marks of its units, so that one of them can be put in anew. Notes
// and highlighted blocks of code are numbered through the page: a part numbers its own from 1, and is linked by adding
// what stands before it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace publish {

struct PagePart {
  std::string text;
  std::vector<std::string> notes;  // items of the list at the page's end
  std::size_t code_blocks = 0;     // that are numbered; only highlighted ones show their number
  bool is_free = false;            // the unit can be read alone
};

struct PageParts {
  std::string head;  // before the first unit
  std::vector<PagePart> units;
  PagePart tail;       // behind the last, to the page's notes or to its end
  std::string ending;  // from behind the notes on
};

/// Calls use(text) for each of the texts that a part, or a page, consists of.
template <class Use>
void each_text(PagePart& part, const Use& use) {
  use(part.text);
  for (std::string& note : part.notes) use(note);
}
template <class Use>
void each_text(PageParts& page, const Use& use) {
  for (std::string* text : {&page.head, &page.ending}) use(*text);
  for (PagePart& unit : page.units) each_text(unit, use);
  each_text(page.tail, use);
}

/// The parts between the marks of these units, whose numbers begin with `first`. None where the page is not as
/// Pandoc writes one, or where the text brings numbers of its own that look like those of notes or code.
std::optional<PageParts> page_parts(const std::string& page, const std::string& mark, std::size_t first,
                                    std::size_t count);

/// The page without its marks.
std::string linked_page(const PageParts& parts);

/// The part with each citation as it stands in another, in their order. None where they cite other sources.
std::optional<PagePart> with_citations_of(const PagePart& other, PagePart part);

/// Whether the words around the part's citations are what they are without them: citeproc takes the space before one
/// that is raised, and the full stop behind one that ends with its own.
bool has_plain_citations(const PagePart& part);

/// The keys of all sources that the parts cite, once each.
std::vector<std::string> cited_sources(std::span<const PagePart> parts);

}  // namespace publish
