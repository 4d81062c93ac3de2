// A table of the document, read from its file.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "data/tables/filter.hpp"
#include "data/tables/table.hpp"
#include "experiment/parameter_type.hpp"

namespace tables {

struct TableOrErrors {
  data::Table table;
  std::vector<experiment::ParameterError> errors;
};

/// The table in the file of this name, which is relative to the document's folder and lies within it; JSON records and
/// TSV by its extension, else CSV. Errors are those of the parameter 'file', and of places in the file.
TableOrErrors read_table_file(const std::filesystem::path& document, const std::string& name,
                              const data::TableOptions& options);

/// Errors of a table's cells, as those of the parameter that asked for them.
std::vector<experiment::ParameterError> cell_errors(const data::TableErrors& errors, const std::string& parameter,
                                                    const std::string& file, const std::string& bytes);

/// Errors of the condition `where` on rows, as those of its parameter; `columns` are those that it may name.
std::vector<experiment::ParameterError> condition_errors(const std::vector<data::FilterError>& errors,
                                                         const std::string& where,
                                                         const std::vector<std::string>& columns);

}  // namespace tables
