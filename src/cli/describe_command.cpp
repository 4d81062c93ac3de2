// describe: what the registry says of itself, as text, JSON or Markdown.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "cli/commands.hpp"
#include "engine/runs/experiment_code.hpp"
#include "engine/sources/own_experiments.hpp"
#include "experiment/drawing/default_figure.hpp"
#include "livefigure/can_run.hpp"
#include "manuscript/diagnostic.hpp"

namespace cli {
namespace {

using experiment::Experiment;
using experiment::OutputInfo;
using experiment::OutputKind;
using experiment::ParameterInfo;
using Json = engine::Json;

/// Parameters that every experiment has, and looks, which run nothing.
const std::vector<std::pair<const char*, const char*>> common_keys{
    {"seed", "where all random draws start (default: that of metadata.yaml, else 1)"},
    {"caption", "Pandoc Markdown; {{name}} stands for a parameter's value"},
    {"alt", "the text alternative"},
    {"title", "the drawing's title"},
    {"width", "margin, column or full"},
    {"height", "millimetres, 20 to 240"},
    {"live", "parameters that readers may move on the page; with frames, of any experiment"}};

std::string default_text(const ParameterInfo& info) {
  if (info.default_value.is_null() || info.default_value == "") return "none";
  return info.default_value.is_string() ? info.default_value.get<std::string>() : info.default_value.dump();
}

std::vector<OutputInfo> outputs_of(const Experiment& e) {
  return engine::outputs_of(e, experiment::effective_parameters(e.parameters, Json::object()).value);
}

/// What the text may use.
std::vector<OutputInfo> exports_of(const Experiment& e) {
  auto outputs = outputs_of(e);
  std::erase_if(outputs, [](const OutputInfo& output) { return output.is_curve(); });
  return outputs;
}

/// Whether it can run live, in a line.
std::string live_text(const Experiment& e) {
  const std::string why = livefigure::why_not(e);
  return why.empty() ? "can run live, in a reader's browser"
                     : "can be live by frames; it cannot run in a browser: " + why;
}

/// A curve as "error signal / tanh-xavier", a number or a sequence by its name.
std::string subject(const OutputInfo& output) {
  if (!output.is_curve()) return output.name;
  const char* kind = output.kind == OutputKind::theory      ? " (theory)"
                     : output.kind == OutputKind::reference ? " (reference)"
                                                            : "";
  return output.panel + " / " + output.name + kind;
}

bool is_indexed(const OutputInfo& output) { return !output.is_curve() && output.kind != OutputKind::number; }

std::string argument(const OutputInfo& output) {
  const char* of = output.kind == OutputKind::sequence ? "(k)"
                   : output.kind == OutputKind::sample ? "(p)"
                   : output.kind == OutputKind::cells  ? "(place)"
                                                       : "";
  return output.name + of;
}

/// Names of a map's rows are many, and all of one form: the first and the last say enough.
void shorten(std::vector<std::string>& names) {
  constexpr std::size_t many = 60;
  if (names.size() <= many) return;
  const std::string rest = fmt::format("... ({} in all)", names.size());
  names = {names[0], names[1], names[2], rest, names.back()};
}

/// What `check` allows, once for all outputs to which the same is allowed for the same reason.
struct AllowedGroup {
  std::string limits, reason;
  std::vector<std::string> subjects;
};

std::vector<AllowedGroup> allowed_groups(const Experiment& e) {
  std::vector<AllowedGroup> groups;
  for (const OutputInfo& output : outputs_of(e)) {
    const std::string limits = limits_text(output.allowed);
    auto group = std::find_if(groups.begin(), groups.end(), [&](const AllowedGroup& g) {
      return g.limits == limits && g.reason == output.allowed.reason;
    });
    if (group == groups.end()) group = groups.insert(groups.end(), {limits, output.allowed.reason, {}});
    group->subjects.push_back(subject(output));
  }
  for (AllowedGroup& group : groups) shorten(group.subjects);
  return groups;
}

std::string limits(const ParameterInfo& info) {
  std::string text = experiment::range_text(info);
  if (info.type->is_list) text += fmt::format("; {} to {} elements", info.min_size, info.max_size);
  return text;
}

std::string as_text(const Experiment& e) {
  std::string text = fmt::format("{}: {}\n  {}\n  It {}.\n\n  parameters\n", e.name, e.title, e.summary, live_text(e));
  for (const auto& p : e.parameters) {
    text += fmt::format("    {} ({}{}{}): {}\n", p.name, p.type->name, p.unit.empty() ? "" : ", ", p.unit, p.meaning);
    text += fmt::format("      default {}; {}\n", default_text(p), limits(p));
  }
  text += "\n  in every figure\n";
  for (const auto& [name, meaning] : common_keys) text += fmt::format("    {}: {}\n", name, meaning);
  const auto looks = experiment::looks_of(e);
  if (!looks.empty()) text += "\n  looks of this one, which is drawn from its series\n";
  for (const auto& look : looks) text += fmt::format("    {}: {}\n", look.name, look.meaning);
  const auto exports = exports_of(e);
  if (!exports.empty()) text += "\n  exports (with the default parameters)\n";
  for (const auto& x : exports) text += fmt::format("    {}: {}\n", argument(x), x.meaning);
  text += "\n  what 'check' allows (panel / series, numbers and sequences, with the default parameters)\n";
  for (const auto& g : allowed_groups(e))
    text += fmt::format("    {}; {}: {}\n", g.limits, g.reason, fmt::join(g.subjects, ", "));
  return text;
}

std::string as_markdown(const Experiment& e) {
  std::string text = fmt::format(
      "## `{}`: {}\n\n{}\n\nIt {}.\n\n| parameter | type | unit | default | range | meaning "
      "|\n|---|---|---|---|---|---|\n",
      e.name, e.title, e.summary, live_text(e));
  for (const auto& p : e.parameters)
    text += fmt::format("| `{}` | {} | {} | `{}` | {} | {} |\n", p.name, p.type->name, p.unit, default_text(p),
                        limits(p), p.meaning);
  const auto looks = experiment::looks_of(e);
  if (!looks.empty()) text += "\n| look | meaning |\n|---|---|\n";
  for (const auto& look : looks) text += fmt::format("| `{}` | {} |\n", look.name, look.meaning);
  const auto exports = exports_of(e);
  if (!exports.empty()) text += "\n| export | meaning |\n|---|---|\n";
  for (const auto& x : exports) text += fmt::format("| `{}` | {} |\n", argument(x), x.meaning);
  text += "\n| allowed by `check` | reason | of |\n|---|---|---|\n";
  for (const auto& g : allowed_groups(e))
    text += fmt::format("| {} | {} | `{}` |\n", g.limits, g.reason, fmt::join(g.subjects, "`, `"));
  return text;
}

Json finite_or_null(double x) { return std::isfinite(x) ? Json(x) : Json(nullptr); }

Json as_json(const Experiment& e) {
  Json json{{"name", e.name},         {"title", e.title},        {"summary", e.summary}, {"parameters", Json::array()},
            {"looks", Json::array()}, {"exports", Json::array()}};
  for (const auto& p : e.parameters)
    json["parameters"].push_back({{"name", p.name},
                                  {"type", p.type->name},
                                  {"unit", p.unit},
                                  {"default", p.default_value},
                                  {"minimum", finite_or_null(p.minimum)},
                                  {"maximum", finite_or_null(p.maximum)},
                                  {"choices", p.choices},
                                  {"range", limits(p)},
                                  {"meaning", p.meaning}});
  for (const auto& look : experiment::looks_of(e))
    json["looks"].push_back({{"name", look.name}, {"type", look.type->name}, {"meaning", look.meaning}});
  for (const auto& x : exports_of(e))
    json["exports"].push_back({{"name", x.name}, {"indexed", is_indexed(x)}, {"meaning", x.meaning}});
  const std::string why = livefigure::why_not(e);
  json["live"] = {{"can", why.empty()}, {"why_not", why.empty() ? Json(nullptr) : Json(why)}};
  json["tolerances"] = Json::array();
  for (const OutputInfo& output : outputs_of(e)) {
    const experiment::Allowed& allowed = output.allowed;
    Json entry{{"panel", output.panel}, {"name", output.name}};
    if (allowed.statistics.empty()) {
      entry["relative"] = allowed.bound.relative;
      entry["absolute"] = allowed.bound.absolute;
    }
    entry["allowed"] = limits_text(allowed);
    entry["reason"] = allowed.reason;
    json["tolerances"].push_back(std::move(entry));
  }
  return json;
}

std::vector<const Experiment*> chosen(const Options& o, const experiment::Catalogue& catalogue) {
  std::vector<const Experiment*> list;
  const auto names = catalogue.names();
  for (const auto& name : o.arguments) {
    list.push_back(catalogue.find(name));
    if (!list.back())
      throw UsageError(fmt::format("unknown experiment '{}'; known are {}. {}", name, fmt::join(names, ", "),
                                   manuscript::did_you_mean(name, names)));
  }
  return list.empty() ? catalogue.all() : list;
}

}  // namespace

int describe(const Options& o) {
  const auto own = engine::read_experiments(o.settings);
  for (const auto& error : own.errors) fmt::print(stderr, "{}", manuscript::render(error, use_color(o)));
  if (std::any_of(own.errors.begin(), own.errors.end(),
                  [](const auto& d) { return d.severity == manuscript::Severity::error; }))
    return bad_input;
  const auto list = chosen(o, own.catalogue);
  Json all = Json::array();
  std::vector<std::string> texts;
  bool is_whole = true;
  for (const auto* e : list) try {
      if (o.json)
        all.push_back(as_json(*e));
      else
        texts.push_back(o.markdown ? as_markdown(*e) : as_text(*e));
    } catch (const engine::CodeFailure& failure) {
      fmt::print(stderr, "error: {}\n", failure.what());
      is_whole = false;
    }
  // Nothing is printed until all are asked: the program may have to start anew.
  if (!o.json)
    fmt::print("{}", fmt::join(texts, "\n"));
  else if (o.arguments.size() != 1 || is_whole)
    fmt::print("{}\n", (o.arguments.size() == 1 ? all[0] : all).dump(1));
  return is_whole ? all_well : not_true;
}

}  // namespace cli
