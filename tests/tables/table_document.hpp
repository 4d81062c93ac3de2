// A document with a table, and figures of it.
#pragma once

#include <string>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "support/scratch_folder.hpp"
#include "system/files.hpp"
#include "tables/table_experiment.hpp"

namespace table_document {

using experiment::Json;

/// Two islands by year, one count missing.
inline const std::string voles =
    "year,island,site,voles,mice,se\n"
    "2019,north,a,10,5,1\n"
    "2020,north,a,14,6,2\n"
    "2021,north,b,,7,\n"
    "2019,south,a,3,1,1\n"
    "2020,south,b,5,2,1\n"
    "2021,south,b,8,4,2\n";

struct Document {
  support::ScratchFolder scratch;
  experiment::Experiment table = tables::table_experiment(scratch.path());

  explicit Document(const std::string& bytes = voles, const std::string& name = "data/voles.csv") {
    sys::write_file(scratch.path() / name, bytes);
  }

  static Json with_file(const Json& given) {
    Json all{{"file", "data/voles.csv"}};
    all.update(given);
    return all;
  }
  Json effective(const Json& given) const {
    return experiment::effective_parameters(table.parameters, with_file(given)).value;
  }

  /// What is wrong with a figure: "parameter: message [hint]", in a file "file:line:column: ...".
  std::vector<std::string> errors(const Json& given) const {
    auto checked = experiment::effective_parameters(table.parameters, with_file(given));
    if (checked.errors.empty()) checked.errors = table.check(checked.value);
    std::vector<std::string> list;
    for (const auto& e : checked.errors) {
      std::string where = e.path.empty() ? "" : e.path[0];
      for (std::size_t i = 1; i < e.path.size(); ++i) where += "." + e.path[i];
      if (e.place) where = e.place->file + ":" + std::to_string(e.place->line) + ":" + std::to_string(e.place->column);
      list.push_back(where + ": " + e.message + (e.hint.empty() ? "" : " [" + e.hint + "]"));
    }
    return list;
  }

  experiment::Result result(const Json& given) const {
    experiment::Run run;
    return table.run(effective(given), run);
  }
  plot::Figure figure(const Json& given) const {
    const Json parameters = effective(given);
    return table.draw(parameters, table.restore(parameters, nullptr));
  }
};

}  // namespace table_document
