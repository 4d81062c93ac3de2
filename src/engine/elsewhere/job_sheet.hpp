// What is to be done elsewhere: a list of runs with their jobs, from which a process makes them that has the program,
// the data and the store, and no document.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "engine/runs/stored_jobs.hpp"
#include "engine/settings.hpp"
#include "engine/sources/request.hpp"

namespace engine {

/// A run with jobs that have no value yet.
struct OpenRun {
  const Request* request = nullptr;
  Provenance provenance;
  std::string key;
  std::string place;             // "chapters/02.md:14"
  std::vector<MissingJob> jobs;  // of its next call of `each` or `table`
  bool is_one_job = false;       // the run as a whole is the one job, under whole_run_key
  std::string again;             // tells forced runs from others; else empty
};

/// One run of a sheet.
struct SheetRun {
  Json provenance;  // as to_json has it
  std::string key;  // the result's
  std::string place;
  std::vector<std::string> jobs;  // keys
  bool is_one_job = false;
  std::string again;
};

/// A file that a worker needs of the document, by its content in the store.
struct SheetFile {
  std::string name;    // from the document's folder
  std::string sha256;  // of the bytes, and their key
  bool is_executable = false;
  bool declares = false;  // a program, as an experiment
};

/// An experiment in C++ of the document's, compiled.
struct SheetObject {
  std::string file;    // its source, from the document's folder
  std::string code;    // fingerprint of its run
  std::string sha256;  // of the object's bytes, and their key
};

struct JobSheet {
  std::vector<SheetRun> runs;
  std::vector<SheetFile> files;
  std::vector<SheetObject> objects;

  std::size_t jobs() const;
};

/// The sheet of these runs, put into the store with all that it names; gives its key, the SHA-256 of its form.
std::string store_sheet(const std::vector<OpenRun>& runs, const Settings& settings, const store::Store& store);

/// Throws std::runtime_error when the store has no such sheet.
JobSheet stored_sheet(const std::string& key, const store::Store& store);

/// Why a run's jobs failed elsewhere is kept under this key.
std::string fault_key(const std::string& result_key, const std::string& again);

/// The keys of share `share` of `shares`, counted from 0: every `shares`-th job.
std::set<std::string> share_of(const JobSheet& sheet, std::size_t share, std::size_t shares);

}  // namespace engine
