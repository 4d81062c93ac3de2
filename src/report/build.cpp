// The way of a build: results, drawings, files, documents, manifest.
#include "report/build.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <set>

#include "cairo/drawing.hpp"
#include "data/catalogue.hpp"
#include "report/drawings.hpp"
#include "report/files.hpp"
#include "report/fingerprint.hpp"
#include "report/hash.hpp"
#include "report/publish.hpp"
#include "report/result_json.hpp"

namespace report {
namespace fs = std::filesystem;
namespace {

/// A project without a date gets this one: the clock must not show in the output.
constexpr const char* no_date = "2000-01-01";

/// The report's date as an ISO day: SOURCE_DATE_EPOCH, else the metadata.
std::string report_date(const Metadata& metadata) {
  if (const char* epoch = std::getenv("SOURCE_DATE_EPOCH"); epoch && *epoch) {
    char* end = nullptr;
    const long long seconds = std::strtoll(epoch, &end, 10);
    if (*end == '\0' && seconds >= 0) return fmt::format("{:%Y-%m-%d}", fmt::gmtime(static_cast<std::time_t>(seconds)));
  }
  return metadata.date.empty() ? no_date : metadata.date;
}

/// Everything that one build works with.
struct Workshop {
  const Project& project;
  const Settings& settings;
  Store store;
  std::string program;
  std::string date;
  Datasets datasets;
  Runner runner;
  Listener listener;
  const std::atomic<bool>& interrupted;

  Workshop(const Project& p, const Settings& s, Listener l, const std::atomic<bool>& stop)
      : project(p),
        settings(s),
        store(s.cache),
        program(program_fingerprint(s.root)),
        date(report_date(p.metadata)),
        datasets(s.data, store, program),
        runner(s, store, datasets, l, stop),
        listener(std::move(l)),
        interrupted(stop) {}

  void note(Event::Kind kind, std::string message) const {
    if (listener) listener({kind, "", std::move(message)});
  }
};

struct Made {
  const Request* request;
  RunOutcome outcome;
  Drawing drawing;
  Json files;  // path below output/ -> checksum
};

Json data_file(const Made& made) {
  const Request& r = *made.request;
  Json json{{"figure", r.id}, {"experiment", r.experiment->name}, {"parameters", r.parameters}, {"dataset", nullptr}, {"seed", r.seed}};
  if (!r.dataset.empty()) json["dataset"] = {{"name", r.dataset}, {"sha256", made.outcome.data_sha256}};
  json.update(to_json(made.outcome.result));
  return json;
}

/// Draws a figure and writes its files below output/.
void write_figure(Made& made, const Workshop& shop) {
  made.drawing = draw(*made.request, made.outcome, shop.date, shop.program, shop.store);
  const std::string stem = made.request->stem();
  const auto put = [&](const std::string& name, const std::string& bytes) {
    write_file(shop.settings.output / name, bytes);
    made.files[name] = sha256(bytes);
  };
  put("data/" + stem + ".csv", to_csv(made.outcome.result));
  put("data/" + stem + ".json", data_file(made).dump(1) + "\n");
  put("figures/" + stem + ".pdf", made.drawing.pdf);
  put("figures/" + stem + ".svg", made.drawing.svg);
  put("figures/" + stem + ".png", made.drawing.png);
}

std::vector<std::pair<std::string, std::string>> facts(const Made& made) {
  const Request& r = *made.request;
  std::vector<std::pair<std::string, std::string>> list{{"experiment", r.experiment->name}};
  for (const auto& [name, value] : r.parameters.items())
    if (name != "dataset") list.emplace_back(name, parameter_text(value));
  if (!r.dataset.empty())
    list.emplace_back("data set", fmt::format("{} (SHA-256 {}…)", dataset_title(r.dataset), made.outcome.data_sha256.substr(0, 16)));
  list.emplace_back("seed", std::to_string(r.seed));
  return list;
}

Publication publication(const std::vector<Made>& figures, const Judgement& judgement, const Workshop& shop) {
  const Project& project = shop.project;
  Publication p;
  p.chapters = project.chapter_files;
  p.metadata = project.metadata_file;
  p.bibliography = project.bibliography;
  p.theme = shop.settings.theme();
  p.work = shop.settings.scratch();
  p.date = shop.date;
  p.interrupted = &shop.interrupted;
  p.values = judgement.values;
  p.claims = judgement.claims;
  p.ink_css = drawing::ink_css(drawing::Theme::light) + "@media (prefers-color-scheme: dark) {\n" +
              drawing::ink_css(drawing::Theme::dark) + "}\n";
  for (const auto& made : figures) {
    const Request& r = *made.request;
    PublishedFigure f;
    f.id = r.id;
    f.caption = r.looks.caption;
    f.alt = r.looks.alt;
    f.title = r.looks.title.empty() ? r.experiment->title : r.looks.title;
    f.pdf = fs::absolute(shop.settings.output / "figures" / (r.stem() + ".pdf"));
    f.inline_svg = made.drawing.inline_svg;
    f.width_mm = made.drawing.width_mm;
    f.height_mm = made.drawing.height_mm;
    f.csv_href = "data/" + r.stem() + ".csv";
    f.json_href = "data/" + r.stem() + ".json";
    f.png_href = "figures/" + r.stem() + ".png";
    f.facts = facts(made);
    f.rerun = "./build-report.sh figure " + r.id;
    p.figures.push_back(std::move(f));
  }
  return p;
}

/// The key of a document: everything that it is made from.
std::string document_key(const std::vector<Made>& figures, const Judgement& judgement, const Workshop& shop,
                         const std::string& format) {
  std::string text = format + "\n" + shop.program + "\n" + shop.date + "\n";
  const auto add = [&](const fs::path& file) { text += file.filename().string() + " " + sha256(read_file(file)) + "\n"; };
  for (const auto& chapter : shop.project.chapters) text += sha256(chapter.source.text) + "\n";
  if (!shop.project.metadata_file.empty()) add(shop.project.metadata_file);
  if (!shop.project.bibliography.empty()) add(shop.project.bibliography);
  std::set<fs::path> theme;
  for (const auto& item : fs::recursive_directory_iterator(shop.settings.theme()))
    if (item.is_regular_file()) theme.insert(item.path());
  for (const auto& file : theme) add(file);
  for (const auto& chapter : shop.project.chapters)
    for (const auto& image : chapter.images)
      if (!image.path.starts_with("data:")) add(shop.settings.chapters / image.path);
  for (const auto& v : judgement.values) text += v.expression + "=" + v.text + "\n";
  text += judgement.claims_json.dump();
  for (const auto& made : figures) {
    text += made.request->looks.caption + "\n" + made.request->looks.alt + "\n" + made.files.dump() + "\n";
    for (const auto& [name, value] : facts(made)) text += name + value + "\n";
  }
  return sha256(text);
}

/// True when the document of the last build is what this one would make, and still is on disk.
bool is_current(const Json& before, const std::string& key, const fs::path& file) {
  std::error_code error;
  return before.is_object() && before.value("key", "") == key && fs::exists(file, error) &&
         before.value("sha256", "") == sha256(read_file(file));
}

/// Writes one format of the report and gives its entry in the manifest.
Json write_document(const std::string& format, const std::vector<Made>& figures, const Judgement& judgement, const Workshop& shop,
                    const Json& before) {
  const fs::path file = shop.settings.output / ("report." + format);
  const std::string key = document_key(figures, judgement, shop, format);
  if (is_current(before, key, file)) return before;
  const auto start = std::chrono::steady_clock::now();
  shop.note(Event::Kind::note, fmt::format("writing {}", file.filename().string()));
  const Published published = publish(publication(figures, judgement, shop), format);
  for (const auto& warning : published.warnings) shop.note(Event::Kind::warning, warning);
  write_file(file, published.bytes);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return {{"file", file.filename().string()}, {"key", key}, {"sha256", sha256(published.bytes)}, {"seconds", seconds}};
}

/// Files of figures that the chapters no longer have go with them.
void remove_orphans(const Json& before, const Json& now, const Settings& settings) {
  const Json old = before.value("figures", Json::object());
  for (const auto& [id, entry] : old.items()) {
    if (now.contains(id)) continue;
    const Json files = entry.value("files", Json::object());
    for (const auto& [name, checksum] : files.items()) {
      std::error_code error;
      if (name.find("..") == std::string::npos) fs::remove(settings.output / name, error);
    }
  }
}

std::vector<const Request*> all_requests(const Project& project) {
  std::vector<const Request*> requests;
  for (const auto& r : project.requests) requests.push_back(&r);
  return requests;
}

std::vector<std::string> formats_of(const Project& project, const Settings& settings) {
  return settings.formats.empty() ? project.metadata.formats : settings.formats;
}

}  // namespace

BuildSummary build(const Project& project, const Settings& settings, const Listener& listener,
                   const std::atomic<bool>& interrupted) {
  const auto start = std::chrono::steady_clock::now();
  const FolderLock lock(settings.output);
  Workshop shop(project, settings, listener, interrupted);
  const Json before = read_manifest(settings);
  const auto requests = all_requests(project);
  auto outcomes = shop.runner.run(requests, std::vector<bool>(requests.size(), settings.force));

  BuildSummary summary;
  Json manifest{{"generator", fmt::format("literate-report {}", REPORT_VERSION)}, {"program", shop.program}, {"date", shop.date},
                {"figures", Json::object()}, {"documents", before.value("documents", Json::object())}};
  std::vector<Made> figures;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    ++summary.figures;
    summary.ran += outcomes[i].ran;
    if (!outcomes[i].ok()) {
      ++summary.failed;
      summary.failures.emplace_back(requests[i]->id, outcomes[i].error);
      const Json old = before.value("figures", Json::object());
      if (old.contains(requests[i]->id)) manifest["figures"][requests[i]->id] = old[requests[i]->id];
      continue;
    }
    if (interrupted) throw Interrupted{};
    Made made{requests[i], std::move(outcomes[i]), {}, Json::object()};
    write_figure(made, shop);
    manifest["figures"][requests[i]->id] = manifest_entry(*made.request, made.outcome, made.files);
    figures.push_back(std::move(made));
  }
  std::map<std::string, const experiments::Result*> results;
  for (const auto& made : figures) results.emplace(made.request->id, &made.outcome.result);
  Judgement judgement = judge(project.statements, results);
  summary.claims = static_cast<int>(judgement.claims.size());
  summary.untrue = std::move(judgement.errors);
  write_file(settings.output / "claims.json", judgement.claims_json.dump(1) + "\n");
  // A report with a hole in it, or with a sentence that does not hold, would lie; the last whole one stays.
  if (summary.failed == 0 && summary.untrue.empty())
    for (const auto& format : formats_of(project, settings)) {
      if (interrupted) throw Interrupted{};
      Json& entry = manifest["documents"][format];
      entry = write_document(format, figures, judgement, shop, entry);
      summary.written.push_back((settings.output / ("report." + format)).string());
    }
  remove_orphans(before, manifest["figures"], settings);
  write_file(settings.output / "manifest.json", manifest.dump(1) + "\n");
  summary.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return summary;
}

std::vector<FigureFiles> rerun(const Project& project, const std::vector<std::string>& ids, const Settings& settings,
                               const Listener& listener, const std::atomic<bool>& interrupted) {
  const FolderLock lock(settings.output);
  Workshop shop(project, settings, listener, interrupted);
  std::vector<const Request*> requests;
  for (const auto& id : ids) requests.push_back(project.find(id));
  auto outcomes = shop.runner.run(requests, std::vector<bool>(requests.size(), true));
  std::vector<FigureFiles> all;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    FigureFiles files{requests[i]->id, {}, outcomes[i].error, outcomes[i].seconds};
    if (outcomes[i].ok()) {
      Made made{requests[i], std::move(outcomes[i]), {}, Json::object()};
      write_figure(made, shop);
      for (const auto& [name, checksum] : made.files.items()) files.files.push_back(settings.output / name);
    }
    all.push_back(std::move(files));
  }
  return all;
}

std::vector<Listed> list(const Project& project, const Settings& settings) {
  const std::atomic<bool> never{false};
  Workshop shop(project, settings, nullptr, never);
  const Json manifest = read_manifest(settings);
  std::vector<Listed> listed;
  for (const auto& request : project.requests)
    listed.push_back({&request, freshness(request, shop.runner.look_up(request), manifest)});
  return listed;
}

}  // namespace report
