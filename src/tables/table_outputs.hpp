// What a table's figure gives to the text: statistics of each series, and its values by their place.
#pragma once

#include <string>
#include <vector>

#include "experiment/output_info.hpp"
#include "experiment/result.hpp"
#include "tables/prepared.hpp"

namespace tables {

/// "control.mean", "control.quantile", ...; below a panel's title where there are several panels.
std::vector<experiment::OutputInfo> outputs_of(const Prepared& prepared, const TableRequest& request);

/// The series and these outputs of them.
experiment::Result result_of(const Prepared& prepared, const TableRequest& request);

/// The panel's axes: labels are the columns' names where none are given.
experiment::PanelInfo panel_info(const Prepared& prepared, const TablePanel& panel, const TableRequest& request);

}  // namespace tables
