// A chapter on its way to the first run: scanned, its directives bound to their experiments, its values and claims read.
#include "fuzz.hpp"
#include "report/request.hpp"
#include "report/statements.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const document::Source source{"chapter.md", fuzz::text_of(data, size)};
  const auto chapter = document::scan(source);
  std::vector<document::Diagnostic> errors = chapter.errors;
  const report::Metadata metadata;
  std::vector<report::Request> requests;
  for (const auto& directive : chapter.directives) {
    auto bound = report::bind(source, directive, {&metadata, "digits", {}});
    errors.insert(errors.end(), bound.errors.begin(), bound.errors.end());
    bound.request.bound = bound.errors.empty();
    requests.push_back(std::move(bound.request));
  }
  const std::vector<document::Chapter> chapters{chapter};
  for (const auto& error : document::check_references(chapters, {"known2020"})) errors.push_back(error);
  for (const auto& error : report::read_statements(chapters, requests).errors) errors.push_back(error);
  for (const auto& error : errors) fuzz::require_place(error, source.text);
  return 0;
}
