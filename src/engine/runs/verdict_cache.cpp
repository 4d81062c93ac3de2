// Verdicts, kept by the results and the statements that they rest on.
#include "engine/runs/verdict_cache.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "experiment/result_json.hpp"
#include "system/checksum.hpp"

namespace engine {
namespace {

std::string verdicts_key(const std::vector<const FigureBuild*>& figures, const StatementGroup& statements,
                         const BuildContext& context) {
  Json inputs{{"program", context.program},
              {"language", context.project.metadata.language},
              {"results", Json::array()},
              {"values", Json::array()},
              {"claims", Json::array()}};
  for (const FigureBuild* made : figures)
    inputs["results"].push_back({made->request->id, made->outcome.key, made->request->experiment->object});
  const auto definitions = [](const Statement& s) { return fmt::format("{}", fmt::join(s.definitions, "\n")); };
  for (const Statement* s : statements.values) inputs["values"].push_back({s->written, definitions(*s)});
  for (const Statement* s : statements.claims) inputs["claims"].push_back({s->written, definitions(*s)});
  return sys::sha256(inputs.dump());
}

bool all_hold(const std::vector<StatementVerdict>& verdicts) {
  return std::all_of(verdicts.begin(), verdicts.end(), [](const StatementVerdict& v) { return v.holds; });
}

std::string stored_form(const std::vector<StatementVerdict>& verdicts) {
  Json all = Json::array();
  for (const auto& v : verdicts) {
    Json pieces = Json::array();
    for (const auto& piece : v.pieces) pieces.push_back({piece.is_formula, piece.content});
    all.push_back({pieces, v.formula, v.numbers});
  }
  return all.dump();
}

std::optional<std::vector<StatementVerdict>> stored_verdicts(const std::string& key, const StatementGroup& statements,
                                                             const store::Store& store) {
  const auto found = store.get(store::EntryKind::verdicts, key);
  if (!found.bytes) return std::nullopt;
  try {
    std::vector<StatementVerdict> verdicts;
    for (const auto& stored : Json::parse(*found.bytes)) {
      StatementVerdict& v = verdicts.emplace_back();
      for (const auto& piece : stored.at(0))
        v.pieces.push_back({piece.at(0).get<bool>(), piece.at(1).get<std::string>()});
      v.formula = stored.at(1).get<std::string>();
      v.numbers = stored.at(2).get<std::string>();
    }
    if (verdicts.size() == statements.values.size() + statements.claims.size()) return verdicts;
  } catch (const std::exception&) {
  }
  return std::nullopt;  // judged, and stored, anew
}

/// The builds of these figures; nothing where one of them is not part of the build.
std::vector<const FigureBuild*> builds_of(const FigureIds& ids, const std::vector<FigureBuild>& figures) {
  std::vector<const FigureBuild*> builds;
  for (const auto& id : ids)
    for (const auto& made : figures)
      if (made.request->id == id) builds.push_back(&made);
  return builds.size() == ids.size() ? builds : std::vector<const FigureBuild*>{};
}

}  // namespace

Judgement judge_text(std::vector<FigureBuild>& figures, BuildContext& context) {
  const auto groups = by_figures(context.project.statements);
  std::map<FigureIds, std::vector<StatementVerdict>> verdicts;
  struct Unjudged {
    const FigureIds* ids;
    const StatementGroup* statements;
    std::vector<const FigureBuild*> figures;
    std::string key;
  };
  std::vector<Unjudged> unjudged;
  std::set<std::string> needed;
  for (const auto& [ids, statements] : groups) {
    const auto builds = builds_of(ids, figures);
    if (builds.empty()) continue;
    std::string key = verdicts_key(builds, statements, context);
    if (auto stored = stored_verdicts(key, statements, context.store)) {
      verdicts.emplace(ids, std::move(*stored));
      continue;
    }
    needed.insert(ids.begin(), ids.end());
    unjudged.push_back({&ids, &statements, builds, std::move(key)});
  }
  std::vector<FigureBuild*> unread;
  for (auto& made : figures)
    if (needed.contains(made.request->id) && !made.outcome.has_result()) unread.push_back(&made);
  get_results(unread, context, Rerun::nothing);
  const auto marks = text::number_marks(context.project.metadata.language);
  for (const auto& [ids, statements, builds, key] : unjudged) {
    std::map<std::string, const experiment::Result*> results;
    for (const FigureBuild* made : builds) results[made->request->id] = &made->outcome.result;
    auto judged = judge(*statements, results, marks);
    // What does not hold is judged, and told, at every build.
    if (all_hold(judged)) context.store.put(store::EntryKind::verdicts, key, stored_form(judged));
    verdicts.emplace(*ids, std::move(judged));
  }
  return judgement(context.project.statements, verdicts);
}

}  // namespace engine
