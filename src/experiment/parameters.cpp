// Checking of parameter values against their declarations, and their normal forms.
#include "experiment/parameters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <stdexcept>

#include "text/number.hpp"

using experiment::Json;

void nlohmann::adl_serializer<numerics::NetworkKind>::to_json(Json& json, const numerics::NetworkKind& kind) {
  json = kind.name();
}

void nlohmann::adl_serializer<numerics::NetworkKind>::from_json(const Json& json, numerics::NetworkKind& kind) {
  const auto known = numerics::network_kind(json.get<std::string>());
  if (!known) throw std::invalid_argument("unknown network '" + json.get<std::string>() + "'");
  kind = *known;
}

namespace experiment {
namespace {

/// Text for messages: strings in quotes as the author wrote them, other values as JSON.
std::string shown(const Json& value) {
  if (value.is_string()) return "'" + value.get<std::string>() + "'";
  return value.dump();
}

/// A number of a declaration, for messages.
std::string limit(double value) { return text::plain(text::exact(value)); }

std::string kind_of(const Json& value) {
  if (value.is_null()) return "nothing";
  if (value.is_string()) return "text";
  if (value.is_array()) return "a list";
  if (value.is_object()) return "a mapping";
  return value.is_boolean() ? "a truth value" : "a number";
}

bool is_number(const std::string& text) {
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0' && text.find_first_not_of("0123456789+-.eE") == std::string::npos;
}

bool inside(const ParameterInfo& info, double x) {
  return x <= info.maximum && (info.minimum_is_open ? x > info.minimum : x >= info.minimum);
}

/// Collects what is wrong with one parameter's value while its normal form is made.
class Checker {
 public:
  explicit Checker(const ParameterInfo& info) : info_(info) {}

  Checked run(const Json& value) {
    Json normal = any(value, {info_.name});
    return {std::move(normal), std::move(errors_)};
  }

 private:
  using Path = std::vector<std::string>;

  Json any(const Json& value, const Path& path) {
    switch (info_.type) {
      case Type::integer:
        return integer(value, path);
      case Type::number:
        return number(value, path);
      case Type::dataset:
      case Type::choice:
        return choice(value, path);
      case Type::numbers:
        return list(value, path, [this](const Json& v, const Path& p) { return number(v, p); });
      case Type::networks:
        return networks(value, path);
      case Type::learning_rates:
        return learning_rates(value, path);
    }
    return value;
  }

  Json fail(Path path, std::string message, std::string given = {}, std::vector<std::string> candidates = {}) {
    errors_.push_back({std::move(path), std::move(message), std::move(given), std::move(candidates), {}});
    return nullptr;
  }

  Json fail_with_hint(Path path, std::string message, std::string hint) {
    errors_.push_back({std::move(path), std::move(message), {}, {}, std::move(hint)});
    return nullptr;
  }

  /// "parameter 'depth'", or of an element "each of 'learning-rates'".
  std::string subject(const Path& path) const {
    return fmt::format("{} '{}'", path.size() == 1 ? "parameter" : "each of", info_.name);
  }

  Json wrong_type(const Json& value, const Path& path, const std::string& wanted) {
    if (value.is_null() && path.size() == 1)
      return fail_with_hint(path, fmt::format("parameter '{}' has no value", info_.name),
                            "leave it out to have the default");
    const bool quoted =
        value.is_string() && wanted.find("number") != std::string::npos && is_number(value.get<std::string>());
    return fail_with_hint(path,
                          fmt::format("{} must be {}, but this is {}", subject(path), wanted,
                                      quoted                                     ? "text, " + shown(value)
                                      : value.is_structured() || value.is_null() ? kind_of(value)
                                                                                 : shown(value)),
                          quoted ? fmt::format("without quotes: {}", value.get<std::string>()) : "");
  }

  Json not_a_list(const Json& value, const Path& path) {
    if (value.is_structured() || value.is_null()) return wrong_type(value, path, "a list");
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    return fail_with_hint(path, fmt::format("{} must be a list, but this is {}", subject(path), shown(value)),
                          fmt::format("in brackets: [{}]", text));
  }

  Json out_of_range(const Json& value, const Path& path) {
    return fail(path, fmt::format("{} must be {}, but this is {}", subject(path), range_text(info_), shown(value)));
  }

  Json not_finite(const Path& path) { return fail(path, fmt::format("{} must be a finite number", subject(path))); }

  Json integer(const Json& value, const Path& path) {
    if (!value.is_number()) return wrong_type(value, path, "a whole number");
    const double x = value.get<double>();
    if (!std::isfinite(x)) return not_finite(path);
    if (x != std::floor(x)) return wrong_type(value, path, "a whole number");
    if (!inside(info_, x) || std::abs(x) > 2147483647.0) return out_of_range(value, path);
    return static_cast<int>(x);
  }

  Json number(const Json& value, const Path& path) {
    if (!value.is_number()) return wrong_type(value, path, "a number");
    const double x = value.get<double>();
    if (!std::isfinite(x)) return not_finite(path);
    if (!inside(info_, x)) return out_of_range(value, path);
    return x;
  }

  Json choice(const Json& value, const Path& path) {
    if (!value.is_string())
      return wrong_type(value, path, "one of " + fmt::format("{}", fmt::join(info_.choices, ", ")));
    const auto text = value.get<std::string>();
    for (const auto& c : info_.choices)
      if (c == text) return value;
    const std::string what =
        info_.type == Type::dataset ? "data set" : fmt::format("value for parameter '{}':", info_.name);
    return fail(path, fmt::format("unknown {} '{}'; known are {}", what, text, fmt::join(info_.choices, ", ")), text,
                info_.choices);
  }

  template <class Element>
  Json list(const Json& value, const Path& path, const Element& element) {
    if (!value.is_array()) return not_a_list(value, path);
    if (value.size() < info_.min_size || value.size() > info_.max_size)
      return fail(path, fmt::format("{} has {} element{}; it takes {}", subject(path),
                                    value.empty() ? "no" : std::to_string(value.size()), value.size() == 1 ? "" : "s",
                                    size_text()));
    Json normal = Json::array();
    for (std::size_t i = 0; i < value.size(); ++i) {
      Path below = path;
      below.push_back(std::to_string(i));
      normal.push_back(element(value[i], below));
    }
    return normal;
  }

  std::string size_text() const {
    if (info_.min_size == info_.max_size) return std::to_string(info_.min_size);
    return fmt::format("{} to {}", info_.min_size, info_.max_size);
  }

  Json networks(const Json& value, const Path& path) {
    Json normal = list(value, path, [this](const Json& v, const Path& p) { return network(v, p); });
    for (std::size_t i = 0; i < normal.size(); ++i)
      for (std::size_t j = 0; j < i; ++j)
        if (!normal[i].is_null() && normal[i] == normal[j]) {
          Path at = path;
          at.push_back(std::to_string(i));
          fail(at, fmt::format("network {} is listed twice", shown(normal[i])));
        }
    return normal;
  }

  Json network(const Json& value, const Path& path) {
    if (value.is_object()) return network_mapping(value, path);
    if (!value.is_string())
      return fail(path,
                  "a network is a name such as 'tanh-xavier', or a mapping of activation, initialisation and scale");
    return network_name(value.get<std::string>(), path);
  }

  Json network_name(const std::string& name, const Path& path) {
    if (const auto kind = numerics::network_kind(name)) return kind->name();
    std::vector<std::string> known;
    for (const auto& a : numerics::activation_names())
      for (const auto& i : numerics::initialisation_names()) known.push_back(a + "-" + i);
    return fail(
        path,
        fmt::format(
            "unknown network '{}': a network is <activation>-<initialisation>, with an activation of {}, and an "
            "initialisation of {}",
            name, fmt::join(numerics::activation_names(), ", "), fmt::join(numerics::initialisation_names(), ", ")),
        name, known);
  }

  Json network_mapping(const Json& value, const Path& path) {
    numerics::NetworkKind kind;
    bool good = true;
    const auto is_known = [](const std::string& key) {
      return key == "activation" || key == "initialisation" || key == "scale";
    };
    bool misspelt = false;  // then what is missing is there under another name
    for (const auto& [key, part] : value.items()) misspelt = misspelt || !is_known(key);
    for (const char* needed : {"activation", "initialisation"})
      if (!value.contains(needed) && !misspelt)
        good = !fail(path, fmt::format("the network lacks '{}'", needed)).is_null();
    for (const auto& [key, part] : value.items()) {
      Path at = path;
      at.push_back(key);
      if (key == "activation" || key == "initialisation") {
        const auto& names = key == "activation" ? numerics::activation_names() : numerics::initialisation_names();
        const std::string text = part.is_string() ? part.get<std::string>() : part.dump();
        const auto a = key == "activation" ? numerics::activation(text) : std::nullopt;
        const auto i = key == "activation" ? std::nullopt : numerics::initialisation(text);
        if (a) kind.activation = *a;
        if (i) kind.initialisation = *i;
        if (!a && !i) {
          fail(at, fmt::format("unknown {} '{}'; known are {}", key, text, fmt::join(names, ", ")), text, names);
          good = false;
        }
      } else if (key == "scale") {
        if (part.is_number() && std::isfinite(part.get<double>()) && part.get<double>() > 0)
          kind.scale = part.get<double>();
        else
          good = !fail(at, fmt::format("the scale of a network must be a number greater than 0, but this is {}",
                                       shown(part)))
                      .is_null();
      } else {
        fail(at, fmt::format("unknown key '{}' of a network; known are activation, initialisation, scale", key), key,
             {"activation", "initialisation", "scale"});
        good = false;
      }
    }
    return good ? Json(kind.name()) : Json(nullptr);
  }

  Json learning_rates(const Json& value, const Path& path) {
    if (value.is_array()) return list(value, path, [this](const Json& v, const Path& p) { return number(v, p); });
    if (!value.is_object()) {
      if (!value.is_number()) return wrong_type(value, path, "a number, or one for each network");
      return number(value, path);
    }
    Json normal = Json::object();
    for (const auto& [key, part] : value.items()) {
      Path at = path;
      at.push_back(key);
      const Json name = network_name(key, at);
      const Json rate = number(part, at);
      if (!name.is_null()) normal[name.get<std::string>()] = rate;
    }
    return normal;
  }

  const ParameterInfo& info_;
  std::vector<ParameterError> errors_;
};

/// The learning rates of the networks that are listed, in their order; one without a rate gets the one that stands for
/// all.
Json rates_in_order_of(const Json& networks, const Json& rates) {
  Json named = Json::object();
  for (const auto& name : networks) {
    const auto text = name.get<std::string>();
    named[text] = rates.contains(text) ? rates[text] : Json(LearningRates{}.all);
  }
  return named;
}

/// Learning rates in the order of the networks, as a mapping; and every network must have one.
void match_learning_rates(const std::vector<ParameterInfo>& infos, const Json& given, Checked& checked) {
  const ParameterInfo* rates_info = nullptr;
  const ParameterInfo* networks_info = nullptr;
  for (const auto& info : infos) {
    if (info.type == Type::learning_rates) rates_info = &info;
    if (info.type == Type::networks) networks_info = &info;
  }
  if (!rates_info || !networks_info) return;
  Json& rates = checked.value[rates_info->name];
  const Json& networks = checked.value[networks_info->name];
  if (!rates.is_structured()) return;
  if (!given.contains(rates_info->name)) {
    if (rates.is_object()) rates = rates_in_order_of(networks, rates);
    return;
  }
  const auto fail = [&](std::vector<std::string> path, std::string message, std::string unknown = {},
                        std::vector<std::string> known = {}) {
    checked.errors.push_back({std::move(path), std::move(message), std::move(unknown), std::move(known), {}});
  };
  if (rates.is_array()) {
    if (rates.size() != networks.size())
      return fail(
          {rates_info->name},
          fmt::format("{} learning rate{} for {} network{}; it takes one for each, or one number for all", rates.size(),
                      rates.size() == 1 ? "" : "s", networks.size(), networks.size() == 1 ? "" : "s"));
    Json named = Json::object();
    for (std::size_t i = 0; i < rates.size(); ++i) named[networks[i].get<std::string>()] = rates[i];
    rates = named;
    return;
  }
  const auto names = networks.get<std::vector<std::string>>();
  for (const auto& name : names)
    if (!rates.contains(name)) fail({rates_info->name}, fmt::format("network '{}' has no learning rate", name));
  for (const auto& [name, rate] : rates.items())
    if (std::find(names.begin(), names.end(), name) == names.end())
      fail({rates_info->name, name}, fmt::format("a learning rate for network '{}', which is not in the list", name),
           name, names);
  if (checked.errors.empty()) rates = rates_in_order_of(networks, rates);
}

}  // namespace

double LearningRates::of(const std::string& network) const {
  const auto own = by_network.find(network);
  return own == by_network.end() ? all : own->second;
}

void from_json(const Json& json, LearningRates& rates) {
  if (json.is_object())
    rates.by_network = json.get<std::map<std::string, double>>();
  else
    rates.all = json.get<double>();
}

void to_json(Json& json, const LearningRates& rates) {
  if (rates.by_network.empty())
    json = rates.all;
  else
    json = rates.by_network;
}

std::string type_name(Type type) {
  switch (type) {
    case Type::integer:
      return "whole number";
    case Type::number:
      return "number";
    case Type::choice:
      return "choice";
    case Type::dataset:
      return "data set";
    case Type::numbers:
      return "list of numbers";
    case Type::networks:
      return "list of networks";
    case Type::learning_rates:
      return "number, or one for each network";
  }
  return "";
}

std::string range_text(const ParameterInfo& info) {
  if (!info.choices.empty()) return fmt::format("{}", fmt::join(info.choices, ", "));
  const bool low = std::isfinite(info.minimum);
  const bool high = std::isfinite(info.maximum);
  if (low && high)
    return info.minimum_is_open
               ? fmt::format("greater than {} and at most {}", limit(info.minimum), limit(info.maximum))
               : fmt::format("in the range {} to {}", limit(info.minimum), limit(info.maximum));
  if (low) return fmt::format("{} {}", info.minimum_is_open ? "greater than" : "at least", limit(info.minimum));
  if (high) return fmt::format("at most {}", limit(info.maximum));
  return "any";
}

Checked check(const ParameterInfo& info, const Json& value) { return Checker(info).run(value); }

Checked effective_parameters(const std::vector<ParameterInfo>& infos, const Json& given) {
  Checked all{Json::object(), {}};
  for (const auto& info : infos) {
    Checked one = check(info, given.contains(info.name) ? given[info.name] : info.default_value);
    all.value[info.name] = std::move(one.value);
    all.errors.insert(all.errors.end(), one.errors.begin(), one.errors.end());
  }
  if (all.errors.empty()) match_learning_rates(infos, given, all);
  return all;
}

}  // namespace experiment
