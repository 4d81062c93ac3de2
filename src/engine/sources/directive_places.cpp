// See directive_places.hpp.
#include "engine/sources/directive_places.hpp"

#include <algorithm>

namespace engine {

using manuscript::Entry;
using manuscript::SourceLocation;
using manuscript::YamlNode;

SourceLocation place_in(const manuscript::Directive& directive, const std::vector<std::string>& path, bool is_of_key) {
  const auto* entries = directive.body.entries();
  const auto is_first = [&](const Entry& e) { return !path.empty() && e.key == path.front(); };
  if (!entries || std::none_of(entries->begin(), entries->end(), is_first)) return directive.place;
  if (is_of_key) {
    const YamlNode& parent = directive.body.at({path.begin(), path.end() - 1});
    if (const auto* mapping = parent.entries())
      for (const auto& e : *mapping)
        if (e.key == path.back()) return e.key_place;
  }
  return directive.body.at(path).place;
}

std::string hint_of(const experiment::ParameterError& error) {
  return error.candidates.empty() ? error.hint : manuscript::did_you_mean(error.given, error.candidates);
}

manuscript::Diagnostic diagnostic_of(const experiment::ParameterError& error, const manuscript::Directive& directive,
                                     const manuscript::Source& source) {
  if (const auto& place = error.place)
    return {manuscript::Severity::error,
            {place->file, place->line, place->column, place->length},
            error.message,
            place->source_line,
            hint_of(error)};
  return manuscript::error_at(source, place_in(directive, error.path, error.is_of_key), error.message, hint_of(error));
}

}  // namespace engine
