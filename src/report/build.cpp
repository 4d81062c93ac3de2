// The way of a build: identify every figure, run and draw those that changed, judge, write the documents, remember.
#include "report/build.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <set>

#include "document/numerals.hpp"
#include "report/documents.hpp"
#include "report/figure_files.hpp"
#include "report/files.hpp"
#include "report/hash.hpp"
#include "report/judging.hpp"

namespace report {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Files of figures that the chapters no longer have go with them, but for those that somebody has changed.
void remove_orphans(const FigureEntries& before, const std::set<std::string>& now, Workshop& shop) {
  for (const auto& [id, entry] : before) {
    if (now.contains(id)) continue;
    const Json files = entry->value("files", Json::object());
    for (const auto& [name, checksum] : files.items()) {
      if (!shop.made.all().contains(name)) continue;
      const fs::path file = shop.settings.output / name;
      std::error_code error;
      if (shop.sums.sha256(file) == checksum)
        fs::remove(file, error);
      else if (fs::exists(file, error))
        shop.note(Event::Kind::warning,
                  fmt::format("{} stays, though there is no {} any more: it was changed since it was made",
                              file.string(), id));
      shop.made.forget(name);
    }
  }
}

std::vector<std::string> formats_of(const Project& project, const Settings& settings) {
  return settings.formats.empty() ? project.metadata.formats : settings.formats;
}

/// One build under way.
class Build {
 public:
  Build(Workshop& shop)
      : shop_(shop), before_(read_manifest(shop.settings)), figures_before_(figure_entries(before_)) {}

  BuildSummary run() {
    for (const char* folder : {"", "data", "figures", ".work"}) remove_leftovers(shop_.settings.output / folder);
    make_figures();
    try {
      write_documents();
    } catch (...) {
      remember();  // the figures are made, whatever became of the report
      throw;
    }
    remember();
    return std::move(summary_);
  }

 private:
  const Json* before_of(const std::string& id) const {
    const auto at = figures_before_.find(id);
    return at == figures_before_.end() ? nullptr : at->second;
  }

  void make_figures() {
    for (const auto& request : shop_.project.requests)
      figures_.push_back(identify(request, shop_, before_of(request.id)));
    std::vector<Made*> stale;
    for (auto& made : figures_)
      if (shop_.settings.force || !made.on_disk) stale.push_back(&made);
    shop_.made.must_be_ours(names_to_write(stale));
    get_results(stale, shop_, shop_.settings.force);
    for (Made* made : stale) {
      summary_.ran += made->outcome.ran;
      if (!made->outcome.ok()) {
        ++summary_.failed;
        summary_.failures.emplace_back(made->request->id, made->outcome.error);
        continue;
      }
      if (shop_.interrupted) throw Interrupted{};
      write_figure(*made, shop_);
    }
    summary_.figures = static_cast<int>(figures_.size());
  }

  /// What this build may write and the last one did not remember to have written.
  std::vector<std::string> names_to_write(const std::vector<Made*>& stale) const {
    std::vector<std::string> names;
    for (const Made* made : stale)
      for (auto& name : file_names(*made->request)) names.push_back(std::move(name));
    const Json documents = before_.value("documents", Json::object());
    for (const auto& format : formats_of(shop_.project, shop_.settings))
      if (!documents.contains(format)) names.push_back("report." + format);
    if (!before_.contains("claims") || !before_["claims"].contains("sha256")) names.push_back("claims.json");
    if (before_.empty()) names.push_back("manifest.json");
    return names;
  }

  /// A report with a hole in it, or with a sentence that does not hold, would lie; the last whole one stays.
  void write_documents() {
    documents_ = before_.value("documents", Json::object());
    claims_ = before_.value("claims", Json::object());
    if (summary_.failed > 0) return;
    const std::string key = documents_key(figures_, shop_);
    std::vector<std::string> stale;
    for (const auto& format : formats_of(shop_.project, shop_.settings))
      if (!documents_.contains(format) || !is_current(documents_[format], format, key, shop_)) stale.push_back(format);
    const bool judged =
        claims_.value("key", "") == key && claims_.value("sha256", "") == shop_.sums.sha256(claims_file());
    if (!stale.empty() || !judged) judge_all(key);
    summary_.claims = claims_.value("count", 0);
    if (!summary_.untrue.empty()) return;
    if (shop_.interrupted) throw Interrupted{};
    report::write_documents(stale, figures_, judgement_, key, shop_, documents_);
    for (const auto& format : formats_of(shop_.project, shop_.settings))
      summary_.written.push_back((shop_.settings.output / ("report." + format)).string());
  }

  void judge_all(const std::string& key) {
    for (const auto& warning : shop_.project.warnings) warn(warning);
    for (const auto& chapter : shop_.project.chapters)
      for (const auto& doubt : document::doubtful_claims(chapter)) warn(doubt);
    judgement_ = judge_text(figures_, shop_);
    summary_.untrue = judgement_.errors;
    const std::string bytes = judgement_.claims_json.dump(1) + "\n";
    const std::string checksum = sha256(bytes);
    shop_.made.expect({{"claims.json", checksum}});
    write_file(claims_file(), bytes);
    // Claims that failed are judged, and told, at every build.
    claims_ = {{"key", summary_.untrue.empty() ? key : ""}, {"sha256", checksum}, {"count", judgement_.claims.size()}};
  }

  void warn(const document::Diagnostic& d) {
    const std::string hint = d.hint.empty() ? "" : "; " + d.hint;
    shop_.note(Event::Kind::warning, fmt::format("{}:{}:{}: {}{}", shop_.project.at_hand(d.place.file), d.place.line,
                                                 d.place.column, d.message, hint));
  }

  fs::path claims_file() const { return shop_.settings.output / "claims.json"; }

  void remember() {
    Json manifest{{"generator", fmt::format("literate-report {}", REPORT_VERSION)},
                  {"program", shop_.program},
                  {"tools", shop_.tools.versions()},
                  {"date", shop_.date},
                  {"figures", Json::object()},
                  {"claims", claims_},
                  {"documents", documents_}};
    std::set<std::string> kept;
    for (const auto& made : figures_) {
      const std::string& id = made.request->id;
      const Json* old = before_of(id);
      if (made.on_disk && made.outcome.ok())
        manifest["figures"][id] = made.entry;
      else if (old)
        manifest["figures"][id] = *old;
      else
        continue;
      kept.insert(id);
    }
    remove_orphans(figures_before_, kept, shop_);
    manifest["files"] = shop_.made.listed(before_);
    if (manifest != before_) {
      const std::string bytes = manifest.dump(1) + "\n";
      shop_.made.expect({{"manifest.json", sha256(bytes)}});
      write_file(shop_.settings.output / "manifest.json", bytes);
    }
    shop_.made.save_list();
    shop_.sums.save();
    shop_.tools.save();
  }

  Workshop& shop_;
  Json before_;
  FigureEntries figures_before_;
  std::vector<Made> figures_;
  Judgement judgement_;
  Json documents_, claims_;
  BuildSummary summary_;
};

}  // namespace

BuildSummary build(const Project& project, const Settings& settings, const Listener& listener,
                   const std::atomic<bool>& interrupted) {
  const auto start = Clock::now();
  const FolderLock lock(settings.output);
  Workshop shop(project, settings, listener, interrupted);
  BuildSummary summary = Build(shop).run();
  summary.seconds = seconds_since(start);
  return summary;
}

std::vector<FigureFiles> rerun(const Project& project, const std::vector<std::string>& ids, const Settings& settings,
                               const Listener& listener, const std::atomic<bool>& interrupted) {
  const FolderLock lock(settings.output);
  Workshop shop(project, settings, listener, interrupted);
  const Json manifest = read_manifest(settings);
  const FigureEntries before = figure_entries(manifest);
  std::vector<Made> figures;
  for (const auto& id : ids) {
    const auto at = before.find(id);
    figures.push_back(identify(*project.find(id), shop, at == before.end() ? nullptr : at->second));
  }
  std::vector<Made*> pointers;
  for (auto& made : figures) pointers.push_back(&made);
  std::vector<std::string> names{"manifest.json"};
  for (const Made& made : figures)
    for (auto& name : file_names(*made.request)) names.push_back(std::move(name));
  shop.made.must_be_ours(names);
  get_results(pointers, shop, true);
  std::vector<FigureFiles> all;
  for (auto& made : figures) {
    FigureFiles files{made.request->id, {}, made.outcome.error, made.outcome.seconds};
    if (made.outcome.ok()) {
      write_figure(made, shop);
      for (const auto& [name, checksum] : made.entry["files"].items()) files.files.push_back(settings.output / name);
    }
    all.push_back(std::move(files));
  }
  shop.made.save();
  return all;
}

std::vector<Listed> list(const Project& project, const Settings& settings) {
  const std::atomic<bool> never{false};
  Workshop shop(project, settings, nullptr, never);
  const Json manifest = read_manifest(settings);
  std::vector<Listed> listed;
  for (const auto& request : project.requests)
    listed.push_back({&request, freshness(request, shop.runner.look_up(request), manifest, settings)});
  return listed;
}

}  // namespace report
