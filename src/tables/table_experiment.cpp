// See table_experiment.hpp. What a run would give is in the file already, so that the store keeps nothing of it: a
// result is taken from the file whenever it is asked for, under a key that holds the file's content.
#include "tables/table_experiment.hpp"

#include <memory>
#include <mutex>
#include <utility>

#include "system/file_sums.hpp"
#include "tables/prepared.hpp"
#include "tables/table_figure.hpp"
#include "tables/table_file.hpp"
#include "tables/table_outputs.hpp"
#include "tables/table_request.hpp"

namespace tables {
namespace fs = std::filesystem;
namespace {

using experiment::Result;

struct Reading {
  TableRequest request;
  PreparedOrErrors result;
};

Reading read(const Json& effective, const fs::path& document) {
  Reading reading{read_request(effective), {}};
  const TableRequest& request = reading.request;
  auto& errors = reading.result.errors;
  errors = contradictions(request);
  if (!errors.empty()) return reading;
  auto found = read_table_file(document, request.file, request.options);
  errors = std::move(found.errors);
  if (errors.empty()) reading.result = prepare(found.table, request);
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
  e.panels = [readings](const Json& effective) { return readings->of(effective)->result.prepared.panels.size(); };
  e.files = [document](const Json& effective) {
    return std::vector<fs::path>{(document / effective.at("file").get<std::string>()).lexically_normal()};
  };
  return e;
}

}  // namespace tables
