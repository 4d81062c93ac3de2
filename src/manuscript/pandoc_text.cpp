// Statements are numbered where they stand, so that nothing has to be found again by its words or its order.
#include "manuscript/pandoc_text.hpp"

#include <iterator>
#include <utility>

#include "manuscript/markdown/lines.hpp"

namespace manuscript {
namespace {

constexpr std::size_t class_length = 5;  // of `value` and `claim`, and of the command's name

template <typename Chapter, typename Use>
void for_each_mark(Chapter& chapter, Use use) {
  for (auto& value : chapter.values) use(value.mark);
  for (auto& claim : chapter.claims) use(claim.mark);
}

/// Of those statements that stand in the caption of a figure or a table, or in the text where that is empty.
std::vector<Edit> edits_within(const Chapter& chapter, const std::string& figure) {
  std::vector<Edit> edits;
  for_each_mark(chapter, [&](const StatementMark& mark) {
    if (mark.figure == figure)
      edits.push_back({mark.begin, mark.begin + class_length,
                       mark.in_formula ? command_of_value(mark.number) : class_of_statement(mark.number)});
  });
  return edits;
}

void number_caption(Directive& directive, const Chapter& chapter) {
  auto edits = edits_within(chapter, directive.id);
  if (edits.empty()) return;
  for (auto& entry : std::get<std::vector<Entry>>(directive.body.content))
    if (entry.key == "caption") entry.value.content = Json(edited(entry.value.json().get<std::string>(), edits));
}

}  // namespace

std::size_t number_statements(Chapter& chapter, std::size_t first) {
  for_each_mark(chapter, [&](StatementMark& mark) { mark.number = first++; });
  for (auto* kind : {&chapter.directives, &chapter.tables})
    for (auto& directive : *kind) number_caption(directive, chapter);
  return first;
}

std::string class_of_statement(std::size_t number) { return name_of_number(number, class_length); }

std::string command_of_value(std::size_t number) { return signs_of_number(number, class_length); }

std::vector<Edit> statement_edits(const Chapter& chapter) { return edits_within(chapter, ""); }

std::vector<std::string> texts_for_pandoc(std::span<const Chapter> chapters) {
  auto labels = label_edits(chapters);
  std::vector<std::string> texts;
  for (std::size_t k = 0; k < chapters.size(); ++k) {
    auto edits = statement_edits(chapters[k]);
    std::move(labels[k].begin(), labels[k].end(), std::back_inserter(edits));
    texts.push_back(edits.empty() ? "" : edited(Lines(chapters[k].source).text(), std::move(edits)));
  }
  return texts;
}

}  // namespace manuscript
