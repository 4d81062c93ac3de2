// See worker.hpp.
#include "engine/elsewhere/worker.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "engine/sources/compiled_experiments.hpp"
#include "engine/sources/own_experiments.hpp"
#include "store/code_fingerprint.hpp"
#include "store/remote_store.hpp"
#include "system/checksum.hpp"
#include "system/files.hpp"

namespace engine {
namespace fs = std::filesystem;
namespace {

using store::EntryKind;

/// A folder that is gone with the process.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string name = (fs::temp_directory_path() / "report-work-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw sys::FileError("cannot make a folder in " + fs::temp_directory_path().string());
    path_ = name;
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  ~TemporaryFolder() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

std::string content(const std::string& sum, const std::string& name, const store::Store& store) {
  auto found = store.get(EntryKind::files, sum);
  if (!found.bytes || sys::sha256(*found.bytes) != sum)
    throw std::runtime_error(fmt::format("the store lacks {} of the document", name));
  return std::move(*found.bytes);
}

/// What the sheet brings along of the document, laid out as there.
void unpack(const JobSheet& sheet, const fs::path& folder, const store::Store& store) {
  for (const SheetFile& file : sheet.files) {
    const fs::path place = (folder / file.name).lexically_normal();
    if (!sys::lies_in(place, folder)) throw std::runtime_error("a file of the list lies outside of its document");
    sys::write_file(place, content(file.sha256, file.name, store));
    if (file.is_executable) fs::permissions(place, fs::perms::owner_exec, fs::perm_options::add);
  }
}

/// The program's experiments, and those that the sheet brings along.
OwnExperiments experiments_for(const JobSheet& sheet, const Settings& settings, const store::Store& store) {
  OwnExperiments own;
  for (const SheetFile& file : sheet.files)
    if (file.declares) add_program(settings.document / file.name, settings, own);
  for (const SheetObject& object : sheet.objects)
    for (auto& experiment : experiments_in(object.file, content(object.sha256, object.file, store), object.code))
      own.catalogue.add(std::move(experiment));
  return own;
}

Request request_of(const SheetRun& run, const experiment::Catalogue& catalogue) {
  Request request;
  request.experiment = catalogue.find(run.provenance.at("experiment").get<std::string>());
  if (!request.experiment)
    throw std::runtime_error(
        fmt::format("this program has no experiment '{}'; it is another version than the one that "
                    "listed the jobs",
                    run.provenance.at("experiment").get<std::string>()));
  request.id = run.provenance.at("figure");
  request.place.file = run.place;
  request.parameters = run.provenance.at("parameters");
  request.seed = run.provenance.at("seed");
  if (const Json& set = run.provenance.at("dataset"); !set.is_null()) request.dataset = set.at("name");
  return request;
}

/// A value that is computed here must be the one that is asked for.
void must_be_alike(const SheetRun& run, const RunOutcome& here) {
  if (here.key == run.key) return;
  std::vector<std::string> differences;
  for (const Change& change : changes_since(here.provenance, run.provenance, Json::object(), Json::object()))
    differences.push_back(text(change, here.provenance.experiment));
  throw std::runtime_error(
      fmt::format("this machine would compute something else: {}",
                  differences.empty() ? "its key is another" : fmt::format("{}", fmt::join(differences, "; "))));
}

/// How many of these values the server does not have, after one more try.
std::size_t left_unsent(const std::set<std::string>& keys, const store::Store& store) {
  store::RemoteStore* const remote = store.remote();
  if (!remote || !remote->writes()) return 0;
  remote->wake();
  std::size_t unsent = 0;
  for (const auto& key : keys) {
    if (remote->has(EntryKind::jobs, key)) continue;
    const auto kept = store.get(EntryKind::jobs, key);
    if (kept.bytes && !remote->put(EntryKind::jobs, key, *kept.bytes)) ++unsent;
  }
  return unsent;
}

std::string host_name() {
  char name[256] = "";
  ::gethostname(name, sizeof name - 1);
  return name;
}

}  // namespace

ShareSummary do_share(const Share& share, const Settings& given, const Listener& listener, sys::StopFlag stop) {
  const TemporaryFolder folder;
  Settings settings = given;
  settings.document = folder.path();
  settings.output = folder.path() / "output";
  settings.executor = nullptr;
  const store::Store store = settings.store();
  const JobSheet sheet = stored_sheet(share.sheet, store);
  const auto mine = share_of(sheet, share.index, share.of);
  unpack(sheet, folder.path(), store);
  const OwnExperiments own = experiments_for(sheet, settings, store);
  store::Datasets datasets(settings.data, store, store::program_fingerprint());
  sys::FileSums sums(settings.scratch() / "sums.json");
  ShareSummary summary;
  for (const SheetRun& run : sheet.runs) {
    std::set<std::string> keys;
    for (const auto& key : run.jobs)
      if (mine.contains(key)) keys.insert(key);
    if (keys.empty()) continue;
    summary.jobs += keys.size();
    try {
      const Request request = request_of(run, own.catalogue);
      Runner runner(settings, store, datasets, sums, listener, stop);
      must_be_alike(run, runner.identify(request));
      runner.do_jobs(request, keys, run.again);
    } catch (const sys::Interrupted&) {
      throw;
    } catch (const std::exception& failure) {
      const std::string why = fmt::format("{} (on {})", failure.what(), host_name());
      summary.faults.push_back(fmt::format("{}: {}", run.provenance.value("figure", ""), why));
      store.put(EntryKind::faults, fault_key(run.key, run.again), why);
    }
    for (const auto& key : keys) summary.done += store.has(EntryKind::jobs, key);
  }
  summary.unsent = left_unsent(mine, store);
  return summary;
}

}  // namespace engine
