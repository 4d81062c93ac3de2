// What is declared of outputs, as the store keeps it.
#pragma once

#include "experiment/json.hpp"
#include "experiment/output_info.hpp"

namespace experiment {

Json to_json(const std::vector<OutputInfo>& outputs);

/// Throws std::exception for another form.
std::vector<OutputInfo> outputs_from(const Json& json);

}  // namespace experiment
