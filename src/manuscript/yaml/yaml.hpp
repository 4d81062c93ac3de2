// YAML with places: what yaml-cpp reads, each node knowing where in the chapter it stands.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "manuscript/diagnostic.hpp"
#include "manuscript/source.hpp"

namespace manuscript {

using Json = nlohmann::ordered_json;

struct YamlNode;

struct Entry;

/// A scalar (as JSON by YAML 1.2's core schema; quoted ones are strings), a list or a mapping.
struct YamlNode {
  SourceLocation place;
  std::variant<Json, std::vector<YamlNode>, std::vector<Entry>> content;
  std::string text = {};  // of a scalar: what is written, "1.10" where the content is the number 1.1

  /// The entries of a mapping, the items of a list; nothing of another node.
  const std::vector<Entry>* entries() const { return std::get_if<std::vector<Entry>>(&content); }
  const std::vector<YamlNode>* items() const { return std::get_if<std::vector<YamlNode>>(&content); }
  Json json() const;
  /// The node at a path of list indices and keys; the deepest one that exists.
  const YamlNode& at(const std::vector<std::string>& path) const;
};

struct Entry {
  std::string key;
  SourceLocation key_place;
  YamlNode value;
};

struct ParsedYaml {
  YamlNode root;  // an empty mapping when there are errors
  std::vector<Diagnostic> errors;
};

/// Parses YAML that stands in `source` at the given lines: line i of `text` is line `lines[i]` of the source,
/// shifted right by `columns[i]`. Aliases are bounded; duplicate keys, tabs and a top level that is not a mapping are
/// errors.
ParsedYaml parse_yaml(const Source& source, const std::string& text, const std::vector<int>& lines,
                      const std::vector<int>& columns);

/// Parses a whole file of YAML.
ParsedYaml parse_yaml(const Source& source);

}  // namespace manuscript
