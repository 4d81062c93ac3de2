// See table_experiment.hpp. What a run would give is in the file already, so that the store keeps nothing of it: a
// result is taken from the file whenever it is asked for, under a key that holds the file's content.
#include "tables/table_experiment.hpp"

#include <fmt/format.h>

#include <memory>
#include <mutex>
#include <utility>

#include "data/tables/csv.hpp"
#include "data/tables/json_records.hpp"
#include "system/file_sums.hpp"
#include "system/files.hpp"
#include "tables/prepared.hpp"
#include "tables/table_figure.hpp"
#include "tables/table_outputs.hpp"
#include "tables/table_request.hpp"

namespace tables {
namespace fs = std::filesystem;
namespace {

using experiment::ParameterError;
using experiment::Result;

struct Reading {
  TableRequest request;
  PreparedOrErrors result;
};

std::vector<ParameterError> at_file(std::string message, std::string hint = "") {
  return {{.path = {"file"}, .message = std::move(message), .hint = std::move(hint)}};
}

/// Why a file cannot be the table; none when it can.
std::vector<ParameterError> refusal(const fs::path& file, const std::string& name, const fs::path& document) {
  std::error_code error;
  if (fs::path(name).is_absolute()) return at_file("'file' must be relative to the document's folder");
  if (const fs::path inside = file.lexically_relative(document); inside.empty() || *inside.begin() == "..")
    return at_file(fmt::format("'{}' leads out of the document's folder", name));
  if (!fs::exists(file, error))
    return at_file(fmt::format("there is no file '{}'", name), fmt::format("looked for {}", sys::path_at_hand(file)));
  if (!fs::is_regular_file(file, error)) return at_file(fmt::format("'{}' is not a file", name));
  return {};
}

Reading read(const Json& effective, const fs::path& document) {
  Reading reading{read_request(effective), {}};
  const TableRequest& request = reading.request;
  auto& errors = reading.result.errors;
  errors = contradictions(request);
  if (!errors.empty()) return reading;
  const fs::path file = (document / request.file).lexically_normal();
  errors = refusal(file, request.file, document);
  if (!errors.empty()) return reading;
  try {
    const bool is_json = file.extension() == ".json" || file.extension() == ".jsonl";
    const auto table = is_json ? data::read_json_records(sys::read_file(file), request.options.missing)
                               : data::read_csv(sys::read_file(file), request.options);
    errors = cell_errors(table.errors, "file", request.file, table.table.bytes ? *table.table.bytes : "");
    if (errors.empty()) reading.result = prepare(table.table, request);
  } catch (const sys::FileError& unreadable) {
    errors = at_file(unreadable.what());
  }
  return reading;
}

/// The last reading is kept: the same one is asked for errors, outputs, result and drawing.
class Readings {
 public:
  explicit Readings(fs::path document) : document_(std::move(document)) {}

  std::shared_ptr<const Reading> of(const Json& effective) {
    const std::lock_guard lock(mutex_);
    const std::string stamp = sys::stamp_of(document_ / effective.at("file").get<std::string>());
    std::string key = effective.dump() + stamp;
    if (!last_ || stamp.empty() || key != key_) {
      last_ = std::make_shared<const Reading>(read(effective, document_));
      key_ = std::move(key);
    }
    return last_;
  }

 private:
  const fs::path document_;
  std::mutex mutex_;
  std::string key_;
  std::shared_ptr<const Reading> last_;
};

/// What every figure of a table gives, for whoever asks what there is: a series stands for all.
std::vector<experiment::OutputInfo> outputs_of_any() {
  TableRequest request;
  request.x = "X";
  request.y = {"SERIES"};
  TableSeries series;
  series.name = "SERIES";
  series.x = series.y = {0};
  Prepared prepared;
  prepared.panels = {{"", {series}}};
  return outputs_of(prepared, request);
}

}  // namespace

experiment::Experiment table_experiment(const fs::path& document) {
  const auto readings = std::make_shared<Readings>(document);
  experiment::Experiment e;
  e.name = "table";
  e.title = "A table of the document";
  e.summary = "Draws columns of a CSV, TSV or JSON file of the document, and gives statistics of them.";
  e.file = "src/tables/table_experiment.cpp";
  e.parameters = table_parameters();
  e.check = [readings](const Json& effective) { return readings->of(effective)->result.errors; };
  e.outputs = [readings](const Json& effective) {
    if (effective.at("file") == "") return outputs_of_any();
    const auto reading = readings->of(effective);
    return outputs_of(reading->result.prepared, reading->request);
  };
  const auto result = [readings](const Json& effective) {
    const auto reading = readings->of(effective);
    if (!reading->result.errors.empty()) throw std::runtime_error(reading->result.errors.front().message);
    return result_of(reading->result.prepared, reading->request);
  };
  e.run = [result](const Json& effective, experiment::Run&) { return result(effective); };
  e.restore = [result](const Json& effective, const Json&) { return result(effective); };
  e.draw = [readings](const Json& effective, const Result&) {
    const auto reading = readings->of(effective);
    return figure_of(reading->result.prepared, reading->request);
  };
  e.files = [document](const Json& effective) {
    return std::vector<fs::path>{(document / effective.at("file").get<std::string>()).lexically_normal()};
  };
  return e;
}

}  // namespace tables
