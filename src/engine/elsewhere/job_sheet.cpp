// See job_sheet.hpp.
#include "engine/elsewhere/job_sheet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <stdexcept>

#include "system/checksum.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

using store::EntryKind;

/// Puts the document's files that these runs read, and the declarations of their programs.
class Files {
 public:
  Files(const Settings& settings, const store::Store& store) : settings_(settings), store_(store) {}

  void add(const Request& request) {
    if (!request.experiment->runs_program) return;
    add(settings_.document / request.experiment->file, true);
    for (const fs::path& file : request.experiment->files(request.parameters)) add(file, false);
  }

  std::vector<SheetFile> all() const {
    std::vector<SheetFile> files;
    for (const auto& [name, file] : files_) files.push_back(file);
    return files;
  }

 private:
  void add(const fs::path& file, bool declares) {
    if (!sys::lies_in(file, settings_.document)) return;  // an interpreter: each machine has its own
    const std::string name = file.lexically_relative(settings_.document).string();
    if (const auto known = files_.find(name); known != files_.end()) {
      known->second.declares = known->second.declares || declares;
      return;
    }
    const std::string bytes = sys::read_file(file);
    const std::string sum = sys::sha256(bytes);
    store_.put(EntryKind::files, sum, bytes);
    const bool is_executable = (fs::status(file).permissions() & fs::perms::owner_exec) != fs::perms::none;
    files_[name] = {name, sum, is_executable, declares};
  }

  const Settings& settings_;
  const store::Store& store_;
  std::map<std::string, SheetFile> files_;
};

Json to_json(const JobSheet& sheet) {
  Json runs = Json::array(), files = Json::array(), objects = Json::array();
  for (const auto& run : sheet.runs)
    runs.push_back({{"provenance", run.provenance},
                    {"key", run.key},
                    {"place", run.place},
                    {"jobs", run.jobs},
                    {"is_one_job", run.is_one_job},
                    {"again", run.again}});
  for (const auto& file : sheet.files)
    files.push_back({{"name", file.name},
                     {"sha256", file.sha256},
                     {"is_executable", file.is_executable},
                     {"declares", file.declares}});
  for (const auto& object : sheet.objects)
    objects.push_back({{"file", object.file}, {"code", object.code}, {"sha256", object.sha256}});
  return {{"runs", runs}, {"files", files}, {"objects", objects}};
}

JobSheet sheet_from(const Json& json) {
  JobSheet sheet;
  for (const Json& run : json.at("runs"))
    sheet.runs.push_back(
        {run.at("provenance"), run.at("key"), run.at("place"), run.at("jobs"), run.at("is_one_job"), run.at("again")});
  for (const Json& file : json.at("files"))
    sheet.files.push_back({file.at("name"), file.at("sha256"), file.at("is_executable"), file.at("declares")});
  for (const Json& object : json.at("objects"))
    sheet.objects.push_back({object.at("file"), object.at("code"), object.at("sha256")});
  return sheet;
}

}  // namespace

std::size_t JobSheet::jobs() const {
  std::size_t count = 0;
  for (const auto& run : runs) count += run.jobs.size();
  return count;
}

std::string fault_key(const std::string& result_key, const std::string& again) {
  return sys::sha256(Json{"fault", result_key, again}.dump());
}

std::string store_sheet(const std::vector<OpenRun>& runs, const Settings& settings, const store::Store& store) {
  JobSheet sheet;
  Files files(settings, store);
  std::map<std::string, SheetObject> objects;
  for (const OpenRun& run : runs) {
    SheetRun listed{to_json(run.provenance), run.key, run.place, {}, run.is_one_job, run.again};
    for (const auto& job : run.jobs) listed.jobs.push_back(job.key);
    sheet.runs.push_back(std::move(listed));
    files.add(*run.request);
    const auto& experiment = *run.request->experiment;
    if (!experiment.object_bytes) continue;
    store.put(EntryKind::files, experiment.object, *experiment.object_bytes);
    objects[experiment.file] = {experiment.file, experiment.code, experiment.object};
  }
  sheet.files = files.all();
  for (auto& [file, object] : objects) sheet.objects.push_back(std::move(object));
  const std::string text = to_json(sheet).dump();
  const std::string key = sys::sha256(text);
  store.put(EntryKind::sheets, key, text);
  return key;
}

JobSheet stored_sheet(const std::string& key, const store::Store& store) {
  const auto found = store.get(EntryKind::sheets, key);
  if (!found.bytes || sys::sha256(*found.bytes) != key)
    throw std::runtime_error(fmt::format(
        "the store has no list of jobs {}; the machine that made it and this one need one store: the same REPORT_CACHE "
        "in a shared folder, or REPORT_STORE",
        key));
  return sheet_from(Json::parse(*found.bytes));
}

std::set<std::string> share_of(const JobSheet& sheet, std::size_t share, std::size_t shares) {
  std::set<std::string> keys;
  std::size_t number = 0;
  for (const auto& run : sheet.runs)
    for (const auto& key : run.jobs)
      if (number++ % shares == share) keys.insert(key);
  return keys;
}

}  // namespace engine
