// chapters/metadata.yaml: title, date, and the defaults of all figures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "document/source.hpp"
#include "document/yaml.hpp"

namespace report {

struct Metadata {
  std::string title;
  std::string date;     // ISO 8601 day, "2026-01-31"; empty when not given
  std::string dataset;  // default of experiments that use one; empty when not given
  std::uint64_t seed = 1;
  std::vector<std::string> formats{"pdf", "html"};
  std::vector<document::Diagnostic> errors;
};

/// The formats that `build` can write.
const std::vector<std::string>& known_formats();

/// Reads the metadata; keys that Pandoc's templates use pass through to it and are not looked at here.
Metadata read_metadata(const document::Source& source);

}  // namespace report
