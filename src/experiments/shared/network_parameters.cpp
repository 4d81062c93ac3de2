// See network_parameters.hpp.
#include "experiments/shared/network_parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiment/parameter_type.hpp"

using experiment::Json;

void nlohmann::adl_serializer<numerics::NetworkKind>::to_json(Json& json, const numerics::NetworkKind& kind) {
  json = kind.name();
}

void nlohmann::adl_serializer<numerics::NetworkKind>::from_json(const Json& json, numerics::NetworkKind& kind) {
  kind = numerics::network_kinds({json.get<std::string>()}).front();
}

namespace experiments {
namespace {

using experiment::Checked;
using experiment::ParameterCheck;
using experiment::ParameterInfo;
using experiment::shown;
using Path = ParameterCheck::Path;

/// The name in its normal form. `is_key` where it is the key of a mapping.
Json network_name(const std::string& name, const Path& path, bool is_key, ParameterCheck& check) {
  if (const auto kind = numerics::network_kind(name)) return kind->name();
  std::vector<std::string> known;
  for (const auto& a : numerics::activation_names())
    for (const auto& i : numerics::initialisation_names()) known.push_back(a + "-" + i);
  const std::string message = fmt::format(
      "unknown network '{}': a network is <activation>-<initialisation>, with an activation of {}, and an "
      "initialisation of {}",
      name, fmt::join(numerics::activation_names(), ", "), fmt::join(numerics::initialisation_names(), ", "));
  return check.fail({path, message, name, known, {}, is_key});
}

/// One part of a network that is given as a mapping.
void read_part(const std::string& key, const Json& part, const Path& at, numerics::NetworkKind& kind,
               ParameterCheck& check) {
  const std::string text = part.is_string() ? part.get<std::string>() : part.dump();
  const auto take = [&](auto found, auto& field, const std::vector<std::string>& names) {
    if (found)
      field = *found;
    else
      check.fail({at, fmt::format("unknown {} '{}'; known are {}", key, text, fmt::join(names, ", ")), text, names});
  };
  if (key == "activation") {
    take(numerics::activation(text), kind.activation, numerics::activation_names());
  } else if (key == "initialisation") {
    take(numerics::initialisation(text), kind.initialisation, numerics::initialisation_names());
  } else if (key == "scale") {
    if (part.is_number() && std::isfinite(part.get<double>()) && part.get<double>() > 0)
      kind.scale = part.get<double>();
    else
      check.fail({at, "the scale of a network must be a number greater than 0, but this is " + shown(part)});
  } else {
    check.fail({at,
                fmt::format("unknown key '{}' of a network; known are activation, initialisation, scale", key),
                key,
                {"activation", "initialisation", "scale"},
                {},
                true});
  }
}

Json network_mapping(const Json& value, const Path& path, ParameterCheck& check) {
  const std::size_t errors_before = check.errors.size();
  const auto is_known = [](const std::string& key) {
    return key == "activation" || key == "initialisation" || key == "scale";
  };
  bool misspelt = false;  // then what is missing is there under another name
  for (const auto& [key, part] : value.items()) misspelt = misspelt || !is_known(key);
  for (const char* needed : {"activation", "initialisation"})
    if (!value.contains(needed) && !misspelt) check.fail({path, fmt::format("the network lacks '{}'", needed)});
  numerics::NetworkKind kind;
  for (const auto& [key, part] : value.items()) read_part(key, part, ParameterCheck::below(path, key), kind, check);
  return check.errors.size() == errors_before ? Json(kind.name()) : Json(nullptr);
}

Json network(const Json& value, const Path& path, ParameterCheck& check) {
  if (value.is_object()) return network_mapping(value, path, check);
  if (value.is_string()) return network_name(value.get<std::string>(), path, false, check);
  return check.fail(
      {path, "a network is a name such as 'tanh-xavier', or a mapping of activation, initialisation and scale"});
}

Json networks(const Json& value, const Path& path, ParameterCheck& check) {
  Json normal = check.list(value, path, [&](const Json& v, const Path& p) { return network(v, p, check); });
  for (std::size_t i = 0; i < normal.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (!normal[i].is_null() && normal[i] == normal[j])
        check.fail({ParameterCheck::below(path, std::to_string(i)),
                    fmt::format("network {} is listed twice", shown(normal[i]))});
  return normal;
}

Json rates(const Json& value, const Path& path, ParameterCheck& check) {
  if (value.is_array())
    return check.list(value, path, [&](const Json& v, const Path& p) { return check.number(v, p); });
  if (value.is_number()) return check.number(value, path);
  if (!value.is_object()) return check.wrong_type(value, path, "a number, or one for each network");
  Json normal = Json::object();
  for (const auto& [key, part] : value.items()) {
    const Path at = ParameterCheck::below(path, key);
    const Json name = network_name(key, at, true, check);
    const Json rate = check.number(part, at);
    if (!name.is_null()) normal[name.get<std::string>()] = rate;
  }
  return normal;
}

/// The learning rates of the networks that are listed, in their order; one without a rate gets the one that stands for
/// all.
Json in_order_of(const Json& networks, const Json& rates) {
  Json named = Json::object();
  for (const auto& name : networks) {
    const auto text = name.get<std::string>();
    named[text] = rates.contains(text) ? rates[text] : Json(LearningRates{}.all);
  }
  return named;
}

/// Learning rates in the order of the networks, as a mapping; and every network must have one.
void match_networks(const ParameterInfo& own, const std::vector<ParameterInfo>& all, const Json& given,
                    Checked& checked) {
  const auto of_networks = std::ranges::find(all, &network_list, &ParameterInfo::type);
  Json& rates = checked.value[own.name];
  if (of_networks == all.end() || !rates.is_structured()) return;
  const Json& networks = checked.value[of_networks->name];
  if (!given.contains(own.name)) {
    if (rates.is_object()) rates = in_order_of(networks, rates);
    return;
  }
  if (rates.is_array()) {
    if (rates.size() != networks.size()) {
      checked.errors.push_back(
          {{own.name},
           fmt::format("{} learning rate{} for {} network{}; it takes one for each, or one number for all",
                       rates.size(), rates.size() == 1 ? "" : "s", networks.size(), networks.size() == 1 ? "" : "s")});
      return;
    }
    Json named = Json::object();
    for (std::size_t i = 0; i < rates.size(); ++i) named[networks[i].get<std::string>()] = rates[i];
    rates = named;
    return;
  }
  const auto names = networks.get<std::vector<std::string>>();
  for (const auto& name : names)
    if (!rates.contains(name))
      checked.errors.push_back({{own.name}, fmt::format("network '{}' has no learning rate", name)});
  for (const auto& [name, rate] : rates.items())
    if (std::ranges::find(names, name) == names.end())
      checked.errors.push_back({{own.name, name},
                                fmt::format("a learning rate for network '{}', which is not in the list", name),
                                name,
                                names,
                                {},
                                true});
  if (checked.errors.empty()) rates = in_order_of(networks, rates);
}

}  // namespace

double LearningRates::of(const std::string& network) const {
  const auto own = by_network.find(network);
  return own == by_network.end() ? all : own->second;
}

LearningRates one_each(const std::vector<numerics::NetworkKind>& networks, const std::vector<double>& rates) {
  LearningRates all;
  for (std::size_t i = 0; i < networks.size(); ++i) all.by_network[networks[i].name()] = rates.at(i);
  return all;
}

void to_json(Json& json, const LearningRates& rates) {
  if (rates.by_network.empty())
    json = rates.all;
  else
    json = rates.by_network;
}

void from_json(const Json& json, LearningRates& rates) {
  if (json.is_object())
    rates.by_network = json.get<std::map<std::string, double>>();
  else
    rates.all = json.get<double>();
}

const experiment::ParameterType network_list{.name = "list of networks", .normal = networks, .is_list = true};

const experiment::ParameterType learning_rates{
    .name = "number, or one for each network", .normal = rates, .agree = match_networks};

}  // namespace experiments

template std::shared_ptr<const experiment::ParameterField> experiment::json_field(
    experiment::FieldOf<std::vector<numerics::NetworkKind>>);
template std::shared_ptr<const experiment::ParameterField> experiment::json_field(
    experiment::FieldOf<experiments::LearningRates>);
