// See bless.hpp.
#include "regression/bless.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <set>

#include "engine/build_context.hpp"
#include "regression/reference.hpp"
#include "regression/review.hpp"
#include "system/files.hpp"

namespace regression {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t shown_digits = 12;

std::string brief(const std::string& checksum) { return checksum.substr(0, shown_digits); }

Json last_check(const engine::Settings& settings) {
  const fs::path file = check_folder(settings) / "check.json";
  std::error_code error;
  if (!fs::exists(file, error)) throw BlessError("nothing was checked yet; 'check' shows what 'bless' would accept");
  const Json json = Json::parse(sys::read_file(file), nullptr, false);
  if (!json.is_object() || !json.contains("figures"))
    throw BlessError(fmt::format("{} is damaged; run 'check' again", file.string()));
  return json.at("figures");
}

/// What was shown must still be what the sources give and what the references hold.
void must_be_current(const Json& entry, const ReferenceName& name, const fs::path& references,
                     engine::BuildContext& context) {
  const auto reference = read_reference(references, name);
  if ((reference ? reference->checksum : "") != entry.at("reference").get<std::string>())
    throw BlessError(
        fmt::format("the reference of {} is not the one that was checked; run 'check' again", name.figure));
  const engine::Request* request = context.project.find(name.figure);
  std::string key;
  if (request)
    key = engine::drawing_key(*request, context.runner.identify(*request).key, context.date, context.drawing_code);
  if (key != entry.at("key").get<std::string>())
    throw BlessError(fmt::format("{} has changed since it was checked; run 'check' again", name.figure));
}

Blessed accept(const Json& entry, const ReferenceName& name, const engine::Settings& settings,
               const fs::path& references) {
  const std::string before = entry.at("reference"), cause = entry.at("cause");
  const fs::path files[] = {references / name.file(".json"), references / name.file(".png")};
  if (entry.at("verdict") == name_of(FigureVerdict::deleted)) {
    for (const fs::path& file : files) fs::remove(file);
    return {name.figure, fmt::format("{}: reference {} removed", name.figure, brief(before))};
  }
  const fs::path shown = check_folder(settings) / "now";
  const std::string json = sys::read_file(shown / name.file(".json")), png = sys::read_file(shown / name.file(".png"));
  sys::write_files({{files[0], json}, {files[1], png}});
  const std::string after = checksum(json, png);
  if (before.empty()) return {name.figure, fmt::format("{}: new reference {}", name.figure, brief(after))};
  return {name.figure, fmt::format("{}: {} replaced by {}; {}", name.figure, brief(before), brief(after), cause)};
}

}  // namespace

std::vector<Blessed> bless(const engine::Project& project, const std::vector<std::string>& ids,
                           const engine::Settings& settings, const fs::path& references) {
  if (const auto other = other_document(references, settings.chapters))
    throw BlessError(fmt::format(
        "{} holds the references of another document ({}); name a folder for those of this one with --references",
        references.string(), other->string()));
  const sys::FolderLock lock(settings.output);
  const std::atomic<bool> never{false};
  engine::BuildContext context(project, settings, nullptr, never);
  const Json figures = last_check(settings);
  std::set<std::string> missing(ids.begin(), ids.end());
  std::vector<std::pair<const Json*, ReferenceName>> chosen;
  for (const Json& entry : figures) {
    const ReferenceName name{entry.at("figure"), entry.at("dataset")};
    if (!ids.empty() && std::find(ids.begin(), ids.end(), name.figure) == ids.end()) continue;
    missing.erase(name.figure);
    const std::string verdict = entry.at("verdict");
    if (verdict == name_of(FigureVerdict::same)) continue;
    if (verdict == name_of(FigureVerdict::failed))
      throw BlessError(fmt::format("{} failed in the last check; there is nothing of it to accept", name.figure));
    must_be_current(entry, name, references, context);
    for (const fs::path& file : foreign_files(references, name))
      throw BlessError(fmt::format(
          "{} is there already and is not a reference; move it away, or name another folder with --references",
          file.string()));
    chosen.emplace_back(&entry, name);
  }
  if (!missing.empty())
    throw BlessError(fmt::format("{} was not checked; run 'check {}'", *missing.begin(), *missing.begin()));
  std::vector<Blessed> all;
  if (chosen.empty()) return all;
  std::vector<ReferenceName> kept = all_references(references);
  for (const auto& [entry, name] : chosen) {
    std::erase(kept, name);
    if (entry->at("verdict") != name_of(FigureVerdict::deleted)) kept.push_back(name);
  }
  // The index first: a file that it names and that is not there is no reference, one that it does not name is in the
  // way.
  write_index(references, settings.chapters, kept);
  for (const auto& [entry, name] : chosen) all.push_back(accept(*entry, name, settings, references));
  return all;
}

}  // namespace regression
