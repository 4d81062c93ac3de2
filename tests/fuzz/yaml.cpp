// Any bytes as the body of a directive, and as metadata: bound to an experiment's parameters, or refused at a place.
#include "diagnostics.hpp"
#include "engine/sources/metadata.hpp"
#include "engine/sources/request.hpp"

using namespace engine;

namespace {

/// Parameters once checked are in their normal form: checked again they are the same.
void promise_normal_form(const Request& request) {
  const auto again = experiment::effective_parameters(request.experiment->parameters, request.parameters);
  fuzz::promise(again.errors.empty(), "parameters that were bound are valid");
  fuzz::promise(again.value.dump() == request.parameters.dump(), "parameters that were bound are in normal form");
  const Json read = Json::parse(request.parameters.dump());
  fuzz::promise(read == request.parameters, "parameters that were bound survive as JSON");
  for (const auto& number : request.experiment->outputs(request.parameters))
    fuzz::promise(!number.name.empty(), "an export has a name");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string text = fuzz::text_of(bytes, size);
  const manuscript::Source file{"metadata.yaml", text};
  const Metadata metadata = read_metadata(file);
  fuzz::promise_diagnostics(file, metadata.errors);
  for (const auto& scanned : metadata.texts) fuzz::promise_diagnostics(file, scanned.errors);
  const auto parsed = manuscript::parse_yaml(file);
  fuzz::promise_diagnostics(file, parsed.errors);
  fuzz::promise(parsed.errors.empty() || !metadata.errors.empty(), "metadata that cannot be parsed has an error");
  parsed.root.json().dump(-1, ' ', false, manuscript::Json::error_handler_t::replace);

  const manuscript::Source source{"chapter.md", "```{.figure #fig:a}\n" + text + "\n```\n"};
  const auto chapter = manuscript::scan(source);
  fuzz::promise_diagnostics(source, chapter.errors);
  const Metadata defaults;
  const experiment::Catalogue experiments;
  BindContext context;
  context.metadata = &defaults;
  context.experiments = &experiments;
  context.auto_dataset = "digits";
  for (const auto& directive : chapter.directives) {
    const BoundDirective bound = bind(source, directive, context);
    fuzz::promise_diagnostics(source, bound.errors);
    fuzz::promise(bound.request.experiment || !bound.errors.empty(), "a directive without an experiment is an error");
    if (bound.errors.empty()) promise_normal_form(bound.request);
  }
  return 0;
}
