// describe: what the registry says of itself, as text, JSON or Markdown.
#include <fmt/format.h>

#include <cmath>

#include "cli/commands.hpp"
#include "document/diagnostic.hpp"

namespace cli {
namespace {

using experiments::Experiment;
using experiments::ParameterInfo;
using Json = report::Json;

/// Parameters that every experiment has, and looks, which run nothing.
const std::vector<std::pair<const char*, const char*>> common_keys{
    {"seed", "where all random draws start (default: that of metadata.yaml, else 1)"},
    {"caption", "Pandoc Markdown; {{name}} stands for a parameter's value"},
    {"alt", "the text alternative"},
    {"title", "the drawing's title"},
    {"width", "margin, column or full"},
    {"height", "millimetres, 20 to 240"}};

std::string default_text(const ParameterInfo& info) {
  return info.default_value.is_string() ? info.default_value.get<std::string>() : info.default_value.dump();
}

std::vector<experiments::Export> exports_of(const Experiment& e) {
  return e.exports(experiments::effective_parameters(e.parameters, Json::object()).value);
}

std::vector<experiments::Tolerance> tolerances_of(const Experiment& e) {
  return e.tolerances(experiments::effective_parameters(e.parameters, Json::object()).value);
}

/// What a tolerance is about: "error signal / tanh-xavier", "value tanh-xavier.slope".
std::string subject(const experiments::Tolerance& t) {
  return t.panel.empty() ? "value " + t.name : t.panel + " / " + t.name;
}

std::string argument(const experiments::Export& e) { return e.indexed ? e.name + "(k)" : e.name; }

std::string limits(const ParameterInfo& info) {
  std::string text = experiments::range_text(info);
  if (info.type == experiments::Type::numbers || info.type == experiments::Type::networks)
    text += fmt::format("; {} to {} elements", info.min_size, info.max_size);
  return text;
}

std::string as_text(const Experiment& e) {
  std::string text = fmt::format("{}: {}\n  {}\n\n  parameters\n", e.name, e.title, e.summary);
  for (const auto& p : e.parameters) {
    text += fmt::format("    {} ({}{}{}): {}\n", p.name, experiments::type_name(p.type), p.unit.empty() ? "" : ", ",
                        p.unit, p.meaning);
    text += fmt::format("      default {}; {}\n", default_text(p), limits(p));
  }
  text += "\n  in every figure\n";
  for (const auto& [name, meaning] : common_keys) text += fmt::format("    {}: {}\n", name, meaning);
  const auto exports = exports_of(e);
  if (!exports.empty()) text += "\n  exports (with the default parameters)\n";
  for (const auto& x : exports) text += fmt::format("    {}: {}\n", argument(x), x.meaning);
  const auto tolerances = tolerances_of(e);
  if (!tolerances.empty())
    text +=
        "\n  what 'check' allows (panel / series and values, with the default parameters; the first that fits holds)\n";
  for (const auto& t : tolerances) text += fmt::format("    {}: {}; {}\n", subject(t), limits_text(t), t.reason);
  return text;
}

std::string as_markdown(const Experiment& e) {
  std::string text = fmt::format(
      "## `{}`: {}\n\n{}\n\n| parameter | type | unit | default | range | meaning |\n|---|---|---|---|---|---|\n",
      e.name, e.title, e.summary);
  for (const auto& p : e.parameters)
    text += fmt::format("| `{}` | {} | {} | `{}` | {} | {} |\n", p.name, experiments::type_name(p.type), p.unit,
                        default_text(p), limits(p), p.meaning);
  const auto exports = exports_of(e);
  if (!exports.empty()) text += "\n| export | meaning |\n|---|---|\n";
  for (const auto& x : exports) text += fmt::format("| `{}` | {} |\n", argument(x), x.meaning);
  const auto tolerances = tolerances_of(e);
  if (!tolerances.empty()) text += "\n| compared by `check` | allowed | reason |\n|---|---|---|\n";
  for (const auto& t : tolerances) text += fmt::format("| `{}` | {} | {} |\n", subject(t), limits_text(t), t.reason);
  return text;
}

Json finite_or_null(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json as_json(const Experiment& e) {
  Json json{{"name", e.name},
            {"title", e.title},
            {"summary", e.summary},
            {"parameters", Json::array()},
            {"exports", Json::array()}};
  for (const auto& p : e.parameters)
    json["parameters"].push_back({{"name", p.name},
                                  {"type", experiments::type_name(p.type)},
                                  {"unit", p.unit},
                                  {"default", p.default_value},
                                  {"minimum", finite_or_null(p.minimum)},
                                  {"maximum", finite_or_null(p.maximum)},
                                  {"choices", p.choices},
                                  {"range", limits(p)},
                                  {"meaning", p.meaning}});
  for (const auto& x : exports_of(e))
    json["exports"].push_back({{"name", x.name}, {"indexed", x.indexed}, {"meaning", x.meaning}});
  json["tolerances"] = Json::array();
  for (const auto& t : tolerances_of(e)) {
    Json entry{{"panel", t.panel}, {"name", t.name}};
    if (t.statistics.empty()) {
      entry["relative"] = t.bound.relative;
      entry["absolute"] = t.bound.absolute;
    }
    entry["allowed"] = limits_text(t);
    entry["reason"] = t.reason;
    json["tolerances"].push_back(std::move(entry));
  }
  return json;
}

std::vector<const Experiment*> chosen(const Options& o) {
  std::vector<const Experiment*> list;
  std::vector<std::string> names;
  for (const auto& e : experiments::registry()) names.push_back(e.name);
  for (const auto& name : o.arguments) {
    list.push_back(experiments::find(name));
    if (!list.back())
      throw UsageError(fmt::format("unknown experiment '{}'; known are {}. {}", name, fmt::join(names, ", "),
                                   document::did_you_mean(name, names)));
  }
  if (list.empty())
    for (const auto& e : experiments::registry()) list.push_back(&e);
  return list;
}

}  // namespace

int describe(const Options& o) {
  const auto list = chosen(o);
  if (o.json) {
    Json all = Json::array();
    for (const auto* e : list) all.push_back(as_json(*e));
    fmt::print("{}\n", (o.arguments.size() == 1 ? all[0] : all).dump(1));
    return all_well;
  }
  for (std::size_t i = 0; i < list.size(); ++i)
    fmt::print("{}{}", i > 0 ? "\n" : "", o.markdown ? as_markdown(*list[i]) : as_text(*list[i]));
  return all_well;
}

}  // namespace cli
