// YAML as metadata and directives hold it: any text gives a tree or errors with places, in bounded time and memory.
#include "fuzz.hpp"
#include "report/metadata.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const document::Source source{"metadata.yaml", fuzz::text_of(data, size)};
  const auto parsed = document::parse_yaml(source);
  for (const auto& error : parsed.errors) fuzz::require_place(error, source.text);
  parsed.root.json().dump(-1, ' ', false, document::Json::error_handler_t::replace);
  const auto metadata = report::read_metadata(source);
  for (const auto& error : metadata.errors) fuzz::require_place(error, source.text);
  fuzz::require(parsed.errors.empty() || !metadata.errors.empty(), "metadata that cannot be parsed has an error");
  return 0;
}
