// explain: what a figure's result depends on, and what of that changed.
#include <fmt/format.h>

#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "cli/sources.hpp"
#include "engine/build.hpp"

namespace cli {
namespace {

using engine::Change;
using engine::Freshness;
using engine::Json;
using engine::Request;

Json as_json(const Request& r, const Freshness& f) {
  Json json{{"id", r.id},
            {"place", location(r.place)},
            {"state", engine::state_name(f.state)},
            {"why", f.why},
            {"changes", Json::array()},
            {"inputs", engine::to_json(f.provenance)},
            {"key", f.key},
            {"result", {{"file", f.result.string()}, {"stored", f.stored}}},
            {"seconds", f.seconds < 0 ? Json(nullptr) : Json(f.seconds)}};
  for (const auto& c : f.changes)
    json["changes"].push_back({{"kind", engine::name_of(c.kind)},
                               {"name", c.name},
                               {"before", c.before},
                               {"now", c.now},
                               {"where", c.where}});
  return json;
}

/// " (was 50)" behind an input that changed.
std::string was(const Freshness& f, Change::Kind kind, const std::string& name = "") {
  for (const auto& c : f.changes) {
    if (c.kind != kind || c.name != name) continue;
    if (kind == Change::Kind::dataset || kind == Change::Kind::code || kind == Change::Kind::arithmetic)
      return c.before.is_string() && !c.before.get<std::string>().empty()
                 ? fmt::format("  (was {})", c.before.get<std::string>())
                 : "";
    return c.before.is_null() ? "  (new)" : fmt::format("  (was {})", engine::parameter_text(c.before));
  }
  return "";
}

std::string what_changed(const Request& r, const Freshness& f) {
  if (f.state == engine::State::fresh) return "nothing that it depends on changed since its last run\n";
  if (f.state == engine::State::missing)
    return !f.why.empty() ? f.why + "\n"
                          : "it was not made for this output yet, and no result is stored under its key\n";
  std::string lines;
  for (const auto& c : f.changes) {
    if (c.kind == Change::Kind::code && !c.where.empty())
      lines += fmt::format("the code of {} changed:\n    {}\n", r.experiment->name, fmt::join(c.where, "\n    "));
    else
      lines += engine::text(c, r.experiment->name) + "\n";
  }
  if (f.stored) lines += "a stored result fits what it is now, so that nothing has to run\n";
  return lines;
}

std::string as_text(const engine::Project& project, const Request& r, const Freshness& f) {
  std::string t = fmt::format("{}  {}  {}\n{}\n", r.id, location_at_hand(project, r.place), engine::state_name(f.state),
                              what_changed(r, f));
  const auto line = [&](const char* label, const std::string& value) { t += fmt::format("{:<12} {}\n", label, value); };
  line("experiment", r.experiment->name + was(f, Change::Kind::experiment));
  const char* label = "parameters";
  for (const auto& [name, value] : r.parameters.items()) {
    line(label, fmt::format("{}: {}{}", name, engine::parameter_text(value), was(f, Change::Kind::parameter, name)));
    label = "";
  }
  line("seed", fmt::format("{}{}", r.seed, was(f, Change::Kind::seed)));
  line("data set", r.dataset.empty() ? "none"
                                     : fmt::format("{}, SHA-256 {}{}", r.dataset, f.provenance.data_sha256,
                                                   was(f, Change::Kind::dataset, r.dataset)));
  const char* read = "reads";
  for (const auto& [name, sum] : f.provenance.reads) {
    line(read, fmt::format("{}, SHA-256 {}{}", name, sum, was(f, Change::Kind::file, name)));
    read = "";
  }
  line("code", f.provenance.code + was(f, Change::Kind::code));
  line("arithmetic", f.provenance.arithmetic + was(f, Change::Kind::arithmetic));
  line("key", f.key);
  line("result", f.result.string() + (f.stored ? "" : "  (not there)"));
  line("last run", f.seconds < 0 ? "not known" : duration_text(f.seconds));
  return t;
}

}  // namespace

int explain(const Options& o) {
  if (o.arguments.size() != 1) throw UsageError("'explain' takes the ID of one figure; 'list' shows them");
  const auto project = engine::read_project(o.settings);
  const std::string id = full_id(o.arguments[0]);
  const Request& request = figure_named(project, id);
  if (print_diagnostics(project, o)) return bad_input;
  for (const auto& [listed, f] : engine::list(project, o.settings))
    if (listed == &request)
      fmt::print("{}", o.json ? as_json(request, f).dump(1) + "\n" : as_text(project, request, f));
  return all_well;
}

}  // namespace cli
