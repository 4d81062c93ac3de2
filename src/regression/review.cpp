// The files of output/check/.
// See review.hpp.
#include "regression/review.hpp"

#include "report/files.hpp"

namespace regression {
namespace fs = std::filesystem;
namespace {

/// What `bless` needs to know.
Json check_json(const CheckSummary& summary) {
  Json figures = Json::array();
  for (const CheckedFigure& f : summary.figures) {
    Json differences = Json::array();
    for (const Difference& d : f.differences) differences.push_back({{"layer", layer_name(d.layer)}, {"text", d.text}});
    figures.push_back({{"figure", f.name.figure}, {"dataset", f.name.dataset}, {"verdict", name_of(f.verdict)}, {"cause", f.cause()},
                       {"differences", std::move(differences)}, {"reference", f.reference_checksum}, {"key", f.key}});
  }
  return {{"figures", std::move(figures)}};
}

void write_files_of(const CheckedFigure& f, const fs::path& folder) {
  const auto write = [&](const char* kind, const char* extension, const std::string& bytes) {
    if (!bytes.empty()) report::write_file(folder / kind / f.name.file(extension), bytes);
  };
  write("before", ".png", f.reference_png);
  write("now", ".png", f.png);
  if (f.verdict != Verdict::same) write("now", ".json", f.json);
  write("difference", ".png", f.difference_png);
}

}  // namespace

fs::path check_folder(const report::Settings& settings) { return settings.output / "check"; }

void write_review(const CheckSummary& summary, const report::Settings& settings) {
  const fs::path folder = check_folder(settings), fresh = settings.scratch() / "check", old = settings.scratch() / "check-before";
  for (const fs::path& left : {fresh, old}) fs::remove_all(left);
  for (const CheckedFigure& f : summary.figures) write_files_of(f, fresh);
  report::write_file(fresh / "check.json", check_json(summary).dump(1) + "\n");
  report::write_file(fresh / "junit.xml", junit_xml(summary));
  report::write_file(fresh / "index.html", review_page(summary, report::read_file(settings.theme() / "check.css"),
                                                       report::read_file(settings.theme() / "check.js")));
  if (fs::exists(folder)) fs::rename(folder, old);
  fs::rename(fresh, folder);
  fs::remove_all(old);
}

}  // namespace regression
