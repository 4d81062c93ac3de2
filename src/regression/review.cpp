// The files of output/check/.
// See review.hpp.
#include "regression/review.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <map>

#include "system/file_sums.hpp"
#include "system/files.hpp"

namespace regression {
namespace fs = std::filesystem;
namespace {

/// What `bless` needs to know.
Json check_json(const CheckSummary& summary) {
  Json figures = Json::array();
  for (const CheckedFigure& f : summary.figures) {
    Json differences = Json::array();
    for (const Difference& d : f.differences) differences.push_back({{"layer", layer_name(d.layer)}, {"text", d.text}});
    figures.push_back({{"figure", f.name.figure},
                       {"dataset", f.name.dataset},
                       {"verdict", name_of(f.verdict)},
                       {"cause", f.cause()},
                       {"differences", std::move(differences)},
                       {"reference", f.reference_checksum},
                       {"key", f.key}});
  }
  return {{"figures", std::move(figures)}};
}

void write_files_of(const CheckedFigure& f, const fs::path& folder) {
  const auto write = [&](const char* kind, const char* extension, const std::string& bytes) {
    if (!bytes.empty()) sys::write_file(folder / kind / f.name.file(extension), bytes);
  };
  write("before", ".png", f.reference_png);
  write("now", ".png", f.png);
  if (f.verdict != FigureVerdict::same) write("now", ".json", f.json);
  write("difference", ".png", f.difference_png);
}

/// A file of the check by its name in the output folder.
std::string in_output(const fs::path& name) { return ("check" / name).string(); }

/// Files and links below a folder, by their names from there.
std::vector<fs::path> files_below(const fs::path& folder) {
  std::vector<fs::path> names;
  std::error_code error;
  for (const auto& item : fs::recursive_directory_iterator(folder, error))
    if (item.is_symlink() || !item.is_directory()) names.push_back(item.path().lexically_relative(folder));
  return names;
}

/// Puts what no check made into the folder that takes the old one's place; in both until the old one goes.
void keep_foreign(const fs::path& folder, const fs::path& fresh, const std::map<std::string, std::string>& made) {
  for (const fs::path& name : files_below(folder)) {
    if (made.contains(in_output(name))) continue;
    if (fs::exists(fs::symlink_status(fresh / name)))
      throw sys::FileError(
          fmt::format("{} is there already, and no check made it; move it away", (folder / name).string()));
    fs::create_directories((fresh / name).parent_path());
    if (fs::is_symlink(folder / name))
      fs::copy_symlink(folder / name, fresh / name);
    else
      fs::create_hard_link(folder / name, fresh / name);
  }
}

/// As XML Schema has it, without a zone: "2026-11-30T20:10:26".
std::string now_utc() {
  return fmt::format("{:%FT%T}", fmt::gmtime(std::chrono::system_clock::to_time_t(std::chrono::system_clock::now())));
}

}  // namespace

fs::path check_folder(const engine::Settings& settings) { return settings.output / "check"; }

std::vector<std::string> review_names(const std::vector<ReferenceName>& figures) {
  std::vector<std::string> names{"manifest.json"};
  for (const char* name : {"check.json", "index.html", "junit.xml"}) names.push_back(in_output(name));
  for (const auto& figure : figures)
    for (const char* kind : {"before", "now", "difference"})
      for (const char* extension : {".json", ".png"})
        names.push_back(in_output(fs::path(kind) / figure.file(extension)));
  return names;
}

void write_review(const CheckSummary& summary, const engine::Settings& settings, engine::MadeFiles& made) {
  const fs::path folder = check_folder(settings), fresh = settings.scratch() / "check",
                 old = settings.scratch() / "check-before";
  for (const fs::path& left : {fresh, old}) fs::remove_all(left);
  for (const CheckedFigure& f : summary.figures) write_files_of(f, fresh);
  sys::write_file(fresh / "check.json", check_json(summary).dump(1) + "\n");
  sys::write_file(fresh / "junit.xml", junit_xml(summary, now_utc()));
  sys::write_file(fresh / "index.html",
                  review_page(summary, settings.program(), sys::read_file(settings.theme() / "check.css"),
                              sys::read_file(settings.theme() / "check.js")));
  std::map<std::string, std::string> files;
  for (const fs::path& name : files_below(fresh)) files[in_output(name)] = sys::sha256_of_file(fresh / name);
  const auto before = made.all();
  keep_foreign(folder, fresh, before);
  made.expect(files);
  if (fs::exists(folder)) fs::rename(folder, old);
  fs::rename(fresh, folder);
  fs::remove_all(old);
  for (const auto& [name, checksum] : before)
    if (name.starts_with(in_output("")) && !files.contains(name)) made.forget(name);
  made.save();
}

}  // namespace regression
