// See declaration.hpp.
#include "programs/declaration.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "experiment/figure_keys.hpp"
#include "manuscript/yaml/yaml.hpp"
#include "programs/files_read.hpp"

namespace programs {
namespace fs = std::filesystem;
namespace {

using experiment::Allowed;
using experiment::OutputKind;
using experiment::ParameterInfo;
using manuscript::Entry;
using manuscript::Json;
using manuscript::SourceLocation;
using manuscript::YamlNode;

const std::map<std::string, const experiment::ParameterType*>& parameter_types() {
  namespace types = experiment::types;
  static const std::map<std::string, const experiment::ParameterType*> known{
      {"number", &types::number}, {"integer", &types::integer}, {"boolean", &types::truth},  {"text", &types::text},
      {"choice", &types::choice}, {"numbers", &types::numbers}, {"dataset", &types::dataset}};
  return known;
}

bool is_name(const std::string& text) {
  return !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.") ==
             std::string::npos;
}

class Reader {
 public:
  Reader(const manuscript::Source& source, fs::path folder, fs::path document)
      : source_(source), folder_(std::move(folder)), document_(std::move(document)) {}

  ReadDeclaration run() {
    Declaration& d = read_.declaration;
    d.name = fs::path(source_.file).stem().string();
    auto parsed = manuscript::parse_yaml(source_);
    read_.errors = std::move(parsed.errors);
    if (!read_.errors.empty()) return std::move(read_);
    mapping(parsed.root, "a program's declaration",
            {{"title", [&](const YamlNode& n) { d.title = text(n, "title"); }},
             {"summary", [&](const YamlNode& n) { d.summary = text(n, "summary"); }},
             {"command", [&](const YamlNode& n) { command(n); }},
             {"reads", [&](const YamlNode& n) { reads(n); }},
             {"timeout", [&](const YamlNode& n) { d.timeout = limit(n, "timeout", "seconds", 86400); }},
             {"memory", [&](const YamlNode& n) { d.memory = limit(n, "memory", "gigabytes", 1024); }},
             {"parameters", [&](const YamlNode& n) { parameters(n); }},
             {"gives", [&](const YamlNode& n) { gives(n); }}});
    if (d.title.empty()) d.title = d.name;
    if (d.command.empty() && read_.errors.empty())
      fail({source_.file, 0, 0, 1}, "the declaration has no command", "as in: command: [python3, model.py]");
    if (d.panels.empty() && d.outputs.empty() && read_.errors.empty())
      fail({source_.file, 0, 0, 1}, "the declaration says nothing of what the program gives",
           "as in: gives: {panels: [{title: growth, x: {label: year}, y: {label: individuals}}]}");
    return std::move(read_);
  }

 private:
  using Keys = std::vector<std::pair<std::string, std::function<void(const YamlNode&)>>>;

  void fail(const SourceLocation& place, std::string message, std::string hint = "") {
    read_.errors.push_back(manuscript::error_at(source_, place, std::move(message), std::move(hint)));
  }

  /// Reads a mapping key by key; one that is not known is an error.
  void mapping(const YamlNode& node, const std::string& what, const Keys& keys) {
    const auto* entries = node.entries();
    if (!entries) return fail(node.place, fmt::format("{} must be a mapping", what));
    for (const Entry& entry : *entries) {
      const auto key =
          std::find_if(keys.begin(), keys.end(), [&](const auto& known) { return known.first == entry.key; });
      if (key != keys.end()) {
        key->second(entry.value);
        continue;
      }
      std::vector<std::string> names;
      for (const auto& known : keys) names.push_back(known.first);
      const std::string near = manuscript::did_you_mean(entry.key, names);
      fail(entry.key_place, fmt::format("unknown key '{}' of {}", entry.key, what),
           near.empty() ? fmt::format("known are {}", fmt::join(names, ", ")) : near);
    }
  }

  /// Names, each with a mapping of its own.
  void named(const YamlNode& node, const std::string& what, const std::function<void(const Entry&)>& each) {
    const auto* entries = node.entries();
    if (!entries) return fail(node.place, fmt::format("{} must be a mapping from names to what they are", what));
    for (const Entry& entry : *entries) {
      if (is_name(entry.key))
        each(entry);
      else
        fail(entry.key_place, fmt::format("'{}' cannot be a name", entry.key),
             "names begin with a letter; letters, digits, '-', '_' and '.' follow");
    }
  }

  std::string text(const YamlNode& node, const std::string& what) {
    const Json json = node.json();
    if (json.is_string()) return json.get<std::string>();
    if (json.is_number() || json.is_boolean()) return node.text;
    fail(node.place, fmt::format("'{}' must be text", what));
    return "";
  }

  std::optional<double> number(const YamlNode& node, const std::string& what) {
    const Json json = node.json();
    if (json.is_number() && std::isfinite(json.get<double>())) return json.get<double>();
    fail(node.place, fmt::format("'{}' must be a finite number", what));
    return std::nullopt;
  }

  double limit(const YamlNode& node, const std::string& what, const std::string& unit, double most) {
    const auto x = number(node, what);
    if (x && (*x <= 0 || *x > most))
      fail(node.place, fmt::format("'{}' must be a number of {} greater than 0, at most {}", what, unit, most));
    return x.value_or(1);
  }

  std::vector<std::string> texts(const YamlNode& node, const std::string& what, const std::string& example) {
    const auto* items = node.items();
    if (!items) {
      fail(node.place, fmt::format("'{}' must be a list", what), example);
      return {};
    }
    std::vector<std::string> list;
    for (const YamlNode& item : *items) list.push_back(text(item, what));
    return list;
  }

  void command(const YamlNode& node) {
    auto words = texts(node, "command", "each word by itself: [python3, model.py]; there is no shell");
    if (node.items() && (words.empty() || words.front().empty())) fail(node.place, "the command is empty");
    read_.declaration.command = std::move(words);
  }

  void reads(const YamlNode& node) {
    const auto* items = node.items();
    if (!items) return fail(node.place, "'reads' must be a list of files", "as in: reads: [model.py, ../data/*.csv]");
    std::set<fs::path> files;
    for (const YamlNode& item : *items) {
      const std::string pattern = text(item, "reads");
      if (pattern.empty()) continue;
      auto found = files_named(pattern, folder_, document_);
      if (!found.problem.empty()) fail(item.place, found.problem, "paths are relative to the folder of this file");
      files.insert(found.files.begin(), found.files.end());
    }
    read_.declaration.reads.assign(files.begin(), files.end());
  }

  void parameters(const YamlNode& node) {
    named(node, "'parameters'", [&](const Entry& entry) { parameter(entry); });
  }

  void parameter(const Entry& entry) {
    if (experiment::is_figure_key(entry.key) || entry.key == "width")
      return fail(entry.key_place, fmt::format("'{}' is what every figure has, and cannot be a parameter", entry.key));
    ParameterInfo info{.name = entry.key, .default_value = nullptr, .unit = "", .meaning = "", .choices = {}};
    const YamlNode* given = nullptr;
    bool names_type = false;
    const auto& types = parameter_types();
    mapping(entry.value, fmt::format("parameter '{}'", entry.key),
            {{"type", [&](const YamlNode& n) { names_type = true, info.type = type(n); }},
             {"default", [&](const YamlNode& n) { given = &n; }},
             {"minimum", [&](const YamlNode& n) { info.minimum = number(n, "minimum").value_or(info.minimum); }},
             {"maximum", [&](const YamlNode& n) { info.maximum = number(n, "maximum").value_or(info.maximum); }},
             {"unit", [&](const YamlNode& n) { info.unit = text(n, "unit"); }},
             {"meaning", [&](const YamlNode& n) { info.meaning = text(n, "meaning"); }},
             {"choices", [&](const YamlNode& n) { info.choices = texts(n, "choices", "as in: [low, high]"); }}});
    if (!entry.value.entries()) return;
    if (!given)
      return fail(entry.key_place, fmt::format("parameter '{}' has no default", entry.key), "as in: default: 1");
    if (!names_type) info.type = type_of(given->json(), info);
    if (!info.type) return;
    if (info.minimum > info.maximum) fail(entry.key_place, fmt::format("no number is in the range of '{}'", entry.key));
    if (info.type == types.at("choice") && info.choices.empty())
      return fail(entry.key_place, fmt::format("parameter '{}' is a choice without choices", entry.key),
                  "as in: choices: [low, high]");
    if (info.type == types.at("dataset")) info.choices = experiment_datasets();
    const auto checked = experiment::check(info, given->json());
    for (const auto& error : checked.errors) fail(given->place, "the default: " + error.message, error.hint);
    info.default_value = checked.value;
    read_.declaration.parameters.push_back(std::move(info));
  }

  static std::vector<std::string> experiment_datasets() { return {"auto", "mnist", "fashion-mnist", "cifar-10"}; }

  const experiment::ParameterType* type(const YamlNode& node) {
    const auto& known = parameter_types();
    const std::string name = text(node, "type");
    if (const auto found = known.find(name); found != known.end()) return found->second;
    std::vector<std::string> names;
    for (const auto& [other, value] : known) names.push_back(other);
    fail(node.place, fmt::format("unknown type '{}'; known are {}", name, fmt::join(names, ", ")),
         manuscript::did_you_mean(name, names));
    return nullptr;
  }

  /// What a default says of a type that is not named.
  static const experiment::ParameterType* type_of(const Json& value, const ParameterInfo& info) {
    const auto& known = parameter_types();
    if (!info.choices.empty()) return known.at("choice");
    if (value.is_boolean()) return known.at("boolean");
    if (value.is_array()) return known.at("numbers");
    return known.at(value.is_number() ? "number" : "text");
  }

  void gives(const YamlNode& node) {
    mapping(node, "'gives'",
            {{"panels", [&](const YamlNode& n) { panels(n); }},
             {"values", [&](const YamlNode& n) { outputs(n, "'values'", OutputKind::number); }},
             {"functions", [&](const YamlNode& n) { outputs(n, "'functions'", OutputKind::sequence); }}});
  }

  void panels(const YamlNode& node) {
    const auto* items = node.items();
    if (!items) return fail(node.place, "'panels' must be a list", "as in: [{title: growth, x: {label: year}}]");
    for (const YamlNode& item : *items) {
      PanelDeclaration panel;
      mapping(item, "a panel",
              {{"title", [&](const YamlNode& n) { panel.info.title = text(n, "title"); }},
               {"x",
                [&](const YamlNode& n) {
                  panel.info.x = axis(n, {"linear", "log", "date", "category"});
                }},
               {"y",
                [&](const YamlNode& n) {
                  panel.info.y = axis(n, {"linear", "log"});
                }},
               {"series", [&](const YamlNode& n) { panel.series = texts(n, "series", "as in: [prey, predators]"); }},
               {"tolerance", [&](const YamlNode& n) { tolerance(n, panel.allowed); }},
               {"reason", [&](const YamlNode& n) { panel.allowed.reason = text(n, "reason"); }}});
      auto& all = read_.declaration.panels;
      const bool twice =
          std::any_of(all.begin(), all.end(), [&](const auto& p) { return p.info.title == panel.info.title; });
      if (twice) fail(item.place, fmt::format("two panels have the title '{}'", panel.info.title));
      all.push_back(std::move(panel));
    }
  }

  experiment::AxisInfo axis(const YamlNode& node, const std::vector<std::string>& scales) {
    experiment::AxisInfo axis;
    mapping(node, "an axis",
            {{"label", [&](const YamlNode& n) { axis.label = text(n, "label"); }},
             {"scale", [&](const YamlNode& n) {
                axis.scale = text(n, "scale");
                if (std::find(scales.begin(), scales.end(), axis.scale) == scales.end())
                  fail(n.place, fmt::format("unknown scale '{}'; known are {}", axis.scale, fmt::join(scales, ", ")),
                       manuscript::did_you_mean(axis.scale, scales));
              }}});
    return axis;
  }

  void outputs(const YamlNode& node, const std::string& what, OutputKind kind) {
    named(node, what, [&](const Entry& entry) {
      experiment::OutputInfo info{kind, "", entry.key, "", {}};
      std::string unit;
      mapping(entry.value, fmt::format("'{}'", entry.key),
              {{"meaning", [&](const YamlNode& n) { info.meaning = text(n, "meaning"); }},
               {"unit", [&](const YamlNode& n) { unit = text(n, "unit"); }},
               {"tolerance", [&](const YamlNode& n) { tolerance(n, info.allowed); }},
               {"reason", [&](const YamlNode& n) { info.allowed.reason = text(n, "reason"); }}});
      if (!unit.empty()) info.meaning += fmt::format("{}[{}]", info.meaning.empty() ? "" : " ", unit);
      auto& all = read_.declaration.outputs;
      if (std::any_of(all.begin(), all.end(), [&](const auto& o) { return o.name == info.name; }))
        return fail(entry.key_place, fmt::format("'{}' is declared twice", info.name));
      all.push_back(std::move(info));
    });
  }

  void tolerance(const YamlNode& node, Allowed& allowed) {
    const auto relative = number(node, "tolerance");
    if (relative && *relative < 0) fail(node.place, "'tolerance' must not be negative");
    allowed.bound = {relative.value_or(0), 0};
    if (allowed.reason == Allowed{}.reason) allowed.reason = "declared by the program";
  }

  const manuscript::Source& source_;
  const fs::path folder_, document_;
  ReadDeclaration read_;
};

}  // namespace

ReadDeclaration read_declaration(const manuscript::Source& source, const fs::path& folder, const fs::path& document) {
  return Reader(source, folder, document).run();
}

}  // namespace programs
