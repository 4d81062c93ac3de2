// Networks and their learning rates as parameters.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "experiment/parameter_list.hpp"
#include "numerics/networks/network.hpp"

/// A network in JSON is its name, "tanh-xavier", or {"activation": ..., "initialisation": ..., "scale": ...}.
template <>
struct nlohmann::adl_serializer<numerics::NetworkKind> {
  static void to_json(nlohmann::ordered_json& json, const numerics::NetworkKind& kind);
  static void from_json(const nlohmann::ordered_json& json, numerics::NetworkKind& kind);
};

namespace experiments {

/// A learning rate for all networks, or one for each by name.
struct LearningRates {
  double all = 0.1;
  std::map<std::string, double> by_network;

  /// The network's own rate if it has one, else the one for all.
  double of(const std::string& network) const;
};

/// A rate for each of these networks, in their order.
LearningRates one_each(const std::vector<numerics::NetworkKind>& networks, const std::vector<double>& rates);

void to_json(experiment::Json& json, const LearningRates& rates);
void from_json(const experiment::Json& json, LearningRates& rates);

/// Of std::vector<numerics::NetworkKind>. A network is given by its name or as a mapping, and not twice.
extern const experiment::ParameterType network_list;

/// Of LearningRates. Beside a list of networks, a list is read as one for each in order, and a mapping must have each.
extern const experiment::ParameterType learning_rates;

}  // namespace experiments

// As JSON has them is compiled once, for all experiments that have such parameters.
extern template std::shared_ptr<const experiment::ParameterField> experiment::json_field(
    experiment::FieldOf<std::vector<numerics::NetworkKind>>);
extern template std::shared_ptr<const experiment::ParameterField> experiment::json_field(
    experiment::FieldOf<experiments::LearningRates>);
