// Verdicts, kept by the result and the statements that they rest on.
#include "engine/runs/verdict_cache.hpp"

#include <algorithm>
#include <optional>

#include "experiment/result_json.hpp"
#include "system/checksum.hpp"

namespace engine {
namespace {

std::string verdicts_key(const FigureBuild& made, const FigureStatements& statements, const BuildContext& context) {
  Json inputs{
      {"program", context.program}, {"result", made.outcome.key}, {"values", Json::array()}, {"claims", Json::array()}};
  if (const std::string& object = made.request->experiment->object; !object.empty()) inputs["object"] = object;
  for (const Statement* s : statements.values) inputs["values"].push_back({s->expression, s->format});
  for (const Statement* s : statements.claims) inputs["claims"].push_back(s->expression);
  return sys::sha256(inputs.dump());
}

bool all_hold(const std::vector<StatementVerdict>& verdicts) {
  return std::all_of(verdicts.begin(), verdicts.end(), [](const StatementVerdict& v) { return v.holds; });
}

std::string stored_form(const std::vector<StatementVerdict>& verdicts) {
  Json texts = Json::array();
  for (const auto& v : verdicts) texts.push_back(v.text);
  return texts.dump();
}

std::optional<std::vector<StatementVerdict>> stored_verdicts(const std::string& key, const FigureStatements& statements,
                                                             const store::Store& store) {
  const auto found = store.get(store::EntryKind::verdicts, key);
  if (!found.bytes) return std::nullopt;
  try {
    std::vector<StatementVerdict> verdicts;
    for (const auto& text : Json::parse(*found.bytes)) verdicts.push_back({text.get<std::string>(), true, ""});
    if (verdicts.size() == statements.values.size() + statements.claims.size()) return verdicts;
  } catch (const std::exception&) {
  }
  return std::nullopt;  // judged, and stored, anew
}

}  // namespace

Judgement judge_text(std::vector<FigureBuild>& figures, BuildContext& context) {
  const auto statements = by_figure(context.project.statements);
  std::map<std::string, std::vector<StatementVerdict>> verdicts;
  struct Unjudged {
    const FigureBuild* made;
    const FigureStatements* statements;
    std::string key;
  };
  std::vector<Unjudged> unjudged;
  std::vector<FigureBuild*> unread;
  for (auto& made : figures) {
    const auto its = statements.find(made.request->id);
    if (its == statements.end()) continue;
    std::string key = verdicts_key(made, its->second, context);
    if (auto stored = stored_verdicts(key, its->second, context.store)) {
      verdicts.emplace(its->first, std::move(*stored));
      continue;
    }
    unjudged.push_back({&made, &its->second, std::move(key)});
    if (!made.outcome.has_result()) unread.push_back(&made);
  }
  get_results(unread, context, Rerun::nothing);
  for (const auto& [made, its, key] : unjudged) {
    auto judged = judge(*its, made->outcome.result);
    // What does not hold is judged, and told, at every build.
    if (all_hold(judged)) context.store.put(store::EntryKind::verdicts, key, stored_form(judged));
    verdicts.emplace(made->request->id, std::move(judged));
  }
  return judgement(context.project.statements, verdicts);
}

}  // namespace engine
