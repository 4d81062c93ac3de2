// The first layer: a figure's numbers, series by series, each within what its experiment declares.
#pragma once

#include <optional>
#include <vector>

#include "experiment/any_experiment.hpp"
#include "regression/difference.hpp"

namespace regression {

/// A result as a reference keeps it, in the digits that are looked at.
Json data_json(const experiment::Result& result, const std::vector<experiment::OutputInfo>& outputs);

struct DataComparison {
  std::vector<Difference> differences;
  std::optional<Located> worst;  // the largest deviation, allowed or not; that of a series where some are too large
};

/// Compares two results in that form; one difference for each series or value that differs. Throws std::exception when
/// the reference is not in that form.
DataComparison compare_data(const Json& now, const Json& reference, const std::vector<experiment::OutputInfo>& outputs);

/// Exported values side by side, in the reference's order, new ones at the end.
std::vector<ValueRow> value_table(const Json& now, const Json& reference,
                                  const std::vector<experiment::OutputInfo>& outputs);

}  // namespace regression
