// The way of a build: identify every figure, run and draw those that changed, judge, write the documents, remember.
#include "engine/build.hpp"

#include <fmt/format.h>

#include <chrono>
#include <map>
#include <set>

#include "engine/documents.hpp"
#include "engine/figure_files.hpp"
#include "engine/live_figures.hpp"
#include "engine/live_frames.hpp"
#include "engine/runs/experiment_code.hpp"
#include "engine/runs/verdict_cache.hpp"
#include "engine/sources/panels.hpp"
#include "engine/text_tables.hpp"
#include "manuscript/numerals.hpp"
#include "publish/formats.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

/// Files of figures that the chapters no longer have go with them, but for those that somebody has changed.
void remove_orphans(const FigureEntries& before, const std::set<std::string>& now, BuildContext& context) {
  for (const auto& [id, entry] : before) {
    if (now.contains(id)) continue;
    const Json files = entry->value("files", Json::object());
    for (const auto& [name, checksum] : files.items()) {
      if (context.made.remove(name, checksum, context.sums)) continue;
      context.note(Event::Kind::warning,
                   fmt::format("{} stays, though there is no {} any more: it was changed since it was made",
                               (context.settings.output / name).string(), id));
    }
  }
}

std::vector<std::string> formats_of(const Project& project, const Settings& settings) {
  return settings.formats.empty() ? project.metadata.formats : settings.formats;
}

/// Its files; where its experiment's drawing function fails, the figure does, and the others go on.
void draw_and_write(FigureBuild& made, BuildContext& context) {
  try {
    write_figure(made, context);
  } catch (const CodeFailure& failure) {
    context.runner.fail(*made.request, made.outcome, failure.what(), failure.is_news);
    if (!context.settings.keep_going) throw std::runtime_error(made.outcome.error);
  }
}

/// One build under way.
class Build {
 public:
  Build(BuildContext& context)
      : context_(context), before_(read_manifest(context.settings)), figures_before_(figure_entries(before_)) {}

  BuildSummary run() {
    remove_leftovers_in(context_.settings.output);
    sys::remove_leftovers(context_.settings.scratch());
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
    for (const auto& request : context_.project.requests)
      figures_.push_back(identify(request, context_, before_of(request.id)));
    std::vector<FigureBuild*> stale;
    for (auto& made : figures_)
      if (context_.settings.force || !made.on_disk) stale.push_back(&made);
    context_.made.must_be_ours(names_to_write(stale));
    get_results(stale, context_, context_.settings.force ? Rerun::all : Rerun::nothing);
    for (FigureBuild* made : stale) {
      summary_.ran += made->outcome.state == RunState::computed;
      context_.stop.throw_if_set();
      if (!made->outcome.has_failed()) draw_and_write(*made, context_);
      if (!made->outcome.has_failed()) continue;
      ++summary_.failed;
      summary_.failures.emplace_back(made->request->id, made->outcome.error);
    }
    summary_.figures = static_cast<int>(figures_.size());
    tell_withheld();
  }

  void tell_withheld() const {
    const auto& withheld = context_.project.withheld;
    if (withheld.empty()) return;
    std::vector<std::string> ids;
    for (const auto& request : withheld) ids.push_back(request.id);
    context_.note(
        Event::Kind::warning,
        fmt::format("not run, since their experiments are the document's own code: {}; the report shows an empty "
                    "frame for each, dashes for numbers, and judges no claim that rests on them",
                    fmt::join(ids, ", ")));
  }

  /// What this build may write and the last one did not remember to have written.
  std::vector<std::string> names_to_write(const std::vector<FigureBuild*>& stale) const {
    std::vector<std::string> names;
    for (const FigureBuild* made : stale)
      for (auto& name : file_names(*made->request)) names.push_back(std::move(name));
    const Json documents = before_.value("documents", Json::object());
    for (const auto& format : formats_of(context_.project, context_.settings))
      if (!documents.contains(format)) names.push_back(publish::file_of_format(format));
    if (!before_.contains("claims") || !before_["claims"].contains("sha256")) names.push_back("claims.json");
    if (before_.empty()) names.push_back("manifest.json");
    return names;
  }

  /// A report with a hole in it, or with a sentence that does not hold, would lie; the last whole one stays.
  void write_documents() {
    documents_ = before_.value("documents", Json::object());
    claims_ = before_.value("claims", Json::object());
    if (const auto& place = context_.project.metadata.draft; place.line > 0)
      warn({manuscript::Severity::warning, place, "this is a draft, and all formats say so", "",
            "take the line out for a final version"});
    if (summary_.failed > 0) return;
    const std::string key = documents_key(figures_, context_);
    std::vector<std::string> stale;
    for (const auto& format : formats_of(context_.project, context_.settings))
      if (!documents_.contains(format) || !is_current(documents_[format], format, key, context_))
        stale.push_back(format);
    const bool judged =
        claims_.value("key", "") == key && claims_.value("sha256", "") == context_.sums.sha256(claims_file());
    if (!stale.empty() || !judged) judge_all(key);
    summary_.claims = claims_.value("count", 0);
    if (!summary_.untrue.empty()) return;
    context_.stop.throw_if_set();
    engine::write_documents(stale, figures_, judgement_, key, context_, documents_);
    for (const auto& format : formats_of(context_.project, context_.settings))
      summary_.written.push_back((context_.settings.output / publish::file_of_format(format)).string());
  }

  void judge_all(const std::string& key) {
    for (const auto& warning : context_.project.warnings) warn(warning);
    const auto marks = text::number_marks(context_.project.metadata.language);
    for (const auto& chapter : context_.project.chapters)
      for (const auto& doubt : manuscript::doubtful_claims(chapter, marks)) warn(doubt);
    judgement_ = judge_text(figures_, context_);
    add_tables(figures_, context_, judgement_);
    for (auto& wrong : wrong_panels_drawn()) judgement_.errors.push_back(std::move(wrong));
    for (auto& fault : faults_of_ranges(figures_, context_)) {
      if (fault.severity == manuscript::Severity::error)
        judgement_.errors.push_back(std::move(fault));
      else
        warn(fault);
    }
    for (auto& fault : faults_of_frames(figures_, context_)) judgement_.errors.push_back(std::move(fault));
    summary_.untrue = judgement_.errors;
    const std::string bytes = judgement_.claims_json.dump(1) + "\n";
    const std::string checksum = sys::sha256(bytes);
    context_.made.expect({{"claims.json", checksum}});
    sys::write_file(claims_file(), bytes);
    // Claims that failed are judged, and told, at every build.
    claims_ = {
        {"key", summary_.untrue.empty() ? key : ""}, {"sha256", checksum}, {"count", judgement_.claims_json.size()}};
  }

  /// References to panels of which only the drawing tells how many there are.
  std::vector<manuscript::Diagnostic> wrong_panels_drawn() {
    return wrong_panels(context_.project.chapters, [&](const std::string& figure) -> std::optional<std::size_t> {
      for (const FigureBuild& made : figures_)
        if (made.request->id == figure && !panels_before_run(*made.request))
          return inline_drawing(made, context_).panels;
      return std::nullopt;
    });
  }

  void warn(const manuscript::Diagnostic& d) {
    const std::string hint = d.hint.empty() ? "" : "; " + d.hint;
    context_.note(Event::Kind::warning, fmt::format("{}:{}:{}: {}{}", context_.project.at_hand(d.place.file),
                                                    d.place.line, d.place.column, d.message, hint));
  }

  fs::path claims_file() const { return context_.settings.output / "claims.json"; }

  void remember() {
    Json manifest{{"generator", fmt::format("literate-report {}", REPORT_VERSION)},
                  {"program", context_.program},
                  {"tools", context_.tools.versions()},
                  {"date", context_.date},
                  {"figures", Json::object()},
                  {"claims", claims_},
                  {"documents", documents_}};
    if (Json origin = origin_of_live_module(context_.project); !origin.is_null())
      manifest["live_module"] = std::move(origin);
    std::set<std::string> kept;
    for (const auto& made : figures_) {
      const std::string& id = made.request->id;
      const Json* old = before_of(id);
      if (made.on_disk && !made.outcome.has_failed())
        manifest["figures"][id] = made.entry;
      else if (old)
        manifest["figures"][id] = *old;
      else
        continue;
      kept.insert(id);
    }
    for (const auto& request : context_.project.withheld)
      if (const Json* old = before_of(request.id)) {
        manifest["figures"][request.id] = *old;
        kept.insert(request.id);
      }
    remove_orphans(figures_before_, kept, context_);
    manifest["files"] = context_.made.listed(before_);
    if (manifest != before_) {
      const std::string bytes = manifest.dump(1) + "\n";
      context_.made.expect({{"manifest.json", sys::sha256(bytes)}});
      sys::write_file(context_.settings.output / "manifest.json", bytes);
    }
    context_.made.save_list();
    context_.sums.save();
    context_.tools.save();
  }

  BuildContext& context_;
  Json before_;
  FigureEntries figures_before_;
  std::vector<FigureBuild> figures_;
  Judgement judgement_;
  Json documents_, claims_;
  BuildSummary summary_;
};

}  // namespace

BuildSummary build(const Project& project, const Settings& settings, const Listener& listener, sys::StopFlag stop) {
  const auto start = Clock::now();
  require_live_module(project, settings);
  const sys::FolderLock lock(settings.output);
  BuildContext context(project, settings, listener, stop);
  BuildSummary summary = Build(context).run();
  summary.seconds = seconds_since(start);
  return summary;
}

std::vector<FigureFiles> rerun(const Project& project, const std::vector<std::string>& ids, const Settings& settings,
                               const Listener& listener, sys::StopFlag stop, int dots_per_inch) {
  const sys::FolderLock lock(settings.output);
  BuildContext context(project, settings, listener, stop);
  const Json manifest = read_manifest(settings);
  const FigureEntries before = figure_entries(manifest);
  std::vector<FigureBuild> figures;
  for (const auto& id : ids) {
    const auto at = before.find(id);
    figures.push_back(identify(*project.find(id), context, at == before.end() ? nullptr : at->second));
  }
  std::vector<FigureBuild*> pointers;
  for (auto& made : figures) pointers.push_back(&made);
  std::vector<std::string> names{"manifest.json"};
  for (const FigureBuild& made : figures) {
    for (auto& name : file_names(*made.request)) names.push_back(std::move(name));
    if (dots_per_inch > 0) names.push_back(name_of_resolution(*made.request, dots_per_inch));
  }
  context.made.must_be_ours(names);
  get_results(pointers, context, Rerun::all);
  std::vector<FigureFiles> all;
  for (auto& made : figures) {
    if (!made.outcome.has_failed()) draw_and_write(made, context);
    FigureFiles files{made.request->id, {}, made.outcome.error, made.outcome.seconds};
    if (!made.outcome.has_failed())
      for (const auto& [name, checksum] : made.entry["files"].items()) files.files.push_back(settings.output / name);
    if (!made.outcome.has_failed() && dots_per_inch > 0)
      files.files.push_back(write_resolution(made, dots_per_inch, context));
    all.push_back(std::move(files));
  }
  context.made.save();
  return all;
}

std::vector<ListedFigure> list(const Project& project, const Settings& settings) {
  const std::atomic<bool> never{false};
  BuildContext context(project, settings, nullptr, never);
  const Json manifest = read_manifest(settings);
  std::vector<ListedFigure> listed;
  for (const auto& request : project.requests)
    listed.push_back({&request, freshness(request, context.runner.look_up(request), manifest, settings)});
  return listed;
}

}  // namespace engine
