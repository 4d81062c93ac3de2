// Verdicts, kept by the result and the statements that they rest on.
#include "report/judging.hpp"

#include <algorithm>
#include <optional>

#include "experiment/result_json.hpp"
#include "report/hash.hpp"

namespace report {
namespace {

std::string verdicts_key(const Made& made, const FigureStatements& statements, const Workshop& shop) {
  Json inputs{
      {"program", shop.program}, {"result", made.outcome.key}, {"values", Json::array()}, {"claims", Json::array()}};
  for (const Statement* s : statements.values) inputs["values"].push_back({s->expression, s->format});
  for (const Statement* s : statements.claims) inputs["claims"].push_back(s->expression);
  return sha256(inputs.dump());
}

bool all_hold(const std::vector<Verdict>& verdicts) {
  return std::all_of(verdicts.begin(), verdicts.end(), [](const Verdict& v) { return v.holds; });
}

std::string stored_form(const std::vector<Verdict>& verdicts) {
  Json texts = Json::array();
  for (const auto& v : verdicts) texts.push_back(v.text);
  return texts.dump();
}

std::optional<std::vector<Verdict>> stored_verdicts(const std::string& key, const FigureStatements& statements,
                                                    const Store& store) {
  const auto found = store.get(Kept::verdicts, key);
  if (!found.bytes) return std::nullopt;
  try {
    std::vector<Verdict> verdicts;
    for (const auto& text : Json::parse(*found.bytes)) verdicts.push_back({text.get<std::string>(), true, ""});
    if (verdicts.size() == statements.values.size() + statements.claims.size()) return verdicts;
  } catch (const std::exception&) {
  }
  return std::nullopt;  // judged, and stored, anew
}

}  // namespace

Judgement judge_text(std::vector<Made>& figures, Workshop& shop) {
  const auto statements = by_figure(shop.project.statements);
  std::map<std::string, std::vector<Verdict>> verdicts;
  struct Unjudged {
    const Made* made;
    const FigureStatements* statements;
    std::string key;
  };
  std::vector<Unjudged> unjudged;
  std::vector<Made*> unread;
  for (auto& made : figures) {
    const auto its = statements.find(made.request->id);
    if (its == statements.end()) continue;
    std::string key = verdicts_key(made, its->second, shop);
    if (auto stored = stored_verdicts(key, its->second, shop.store)) {
      verdicts.emplace(its->first, std::move(*stored));
      continue;
    }
    unjudged.push_back({&made, &its->second, std::move(key)});
    if (made.outcome.bytes.empty()) unread.push_back(&made);
  }
  get_results(unread, shop, false);
  for (const auto& [made, its, key] : unjudged) {
    auto judged = judge(*its, made->outcome.result);
    // What does not hold is judged, and told, at every build.
    if (all_hold(judged)) shop.store.put(Kept::verdicts, key, stored_form(judged));
    verdicts.emplace(made->request->id, std::move(judged));
  }
  return judgement(shop.project.statements, verdicts);
}

}  // namespace report
