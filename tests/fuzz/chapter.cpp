// Any bytes as a chapter: what is found in it lies in it, and a second look finds the same.
#include "manuscript/chapter.hpp"

#include "diagnostics.hpp"
#include "engine/sources/statements.hpp"
#include "manuscript/markdown/lines.hpp"
#include "manuscript/pandoc_text.hpp"

using namespace manuscript;

namespace {

void promise_places(const Chapter& chapter) {
  const auto promise_each = [&](const auto& items) {
    for (const auto& item : items) fuzz::promise_place(chapter.source, item.place);
  };
  promise_each(chapter.directives);
  promise_each(chapter.tables);
  promise_each(chapter.references);
  promise_each(chapter.anchors);
  promise_each(chapter.images);
  promise_each(chapter.values);
  promise_each(chapter.named_values);
  promise_each(chapter.claims);
  for (const auto& directive : chapter.directives) {
    fuzz::promise_place(chapter.source, directive.id_place);
    fuzz::promise(directive.id.starts_with("fig:"), "a directive's ID is a figure's:", directive.id);
    // It becomes a file's name.
    fuzz::promise(directive.id.find_first_of("/\\") == std::string::npos && !directive.file_stem().empty() &&
                      !directive.file_stem().starts_with('.'),
                  "an ID is not a path:", directive.id);
  }
  for (const auto& claim : chapter.claims) fuzz::promise_place(chapter.source, claim.condition_place);
}

/// In the text and in the captions of figures that have an ID of their own.
void promise_marks(const Chapter& chapter) {
  const Lines lines(chapter.source);
  const auto promise_class = [&](const StatementMark& mark, const char* name) {
    std::vector<std::string> texts;
    if (mark.figure.empty()) texts.push_back(lines.text());
    for (const auto& directive : chapter.directives)
      if (directive.id == mark.figure) texts.push_back(directive.body.at({"caption"}).json().get<std::string>());
    fuzz::promise(texts.size() != 1 || texts[0].compare(mark.begin, 5, name) == 0,
                  "a statement's number takes the place of its class:", name);
  };
  for (const auto& value : chapter.values) promise_class(value.mark, "value");
  for (const auto& claim : chapter.claims) promise_class(claim.mark, "claim");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const Source source{"chapter.md", fuzz::text_of(bytes, size)};
  const Chapter chapter = scan(source);
  fuzz::promise_diagnostics(source, chapter.errors);
  promise_places(chapter);
  promise_marks(chapter);
  fuzz::promise_diagnostics(source, check_references({chapter}, {"glorot2010", "he2015"}));
  std::vector<engine::Request> requests;
  const engine::Metadata metadata;
  const experiment::Catalogue experiments;
  engine::BindContext context;
  context.metadata = &metadata;
  context.experiments = &experiments;
  context.auto_dataset = "digits";
  for (const auto& directive : chapter.directives) {
    auto bound = engine::bind(source, directive, context);
    bound.request.bound = bound.errors.empty();
    fuzz::promise_diagnostics(source, bound.errors);
    requests.push_back(std::move(bound.request));
  }
  fuzz::promise_diagnostics(source, engine::read_statements({chapter}, requests).errors);
  const Chapter again = scan(source);
  fuzz::promise(again.directives.size() == chapter.directives.size() && again.errors.size() == chapter.errors.size(),
                "a chapter scanned again gives the same");
  return 0;
}
