// Parameters, declared once: each field of an experiment's parameter struct with its name, unit, range and meaning.
// Validation, `describe`, the documentation and the cache key are read off this declaration.
#pragma once

#include <concepts>
#include <functional>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiment/stored.hpp"
#include "numerics/networks/network.hpp"

/// A network in JSON is its name, "tanh-xavier", or {"activation": ..., "initialisation": ..., "scale": ...}.
template <>
struct nlohmann::adl_serializer<numerics::NetworkKind> {
  static void to_json(nlohmann::ordered_json& json, const numerics::NetworkKind& kind);
  static void from_json(const nlohmann::ordered_json& json, numerics::NetworkKind& kind);
};

namespace experiment {

/// A learning rate for all networks, or one for each by name.
struct LearningRates {
  double all = 0.1;
  std::map<std::string, double> by_network;

  /// The network's own rate if it has one, else the one for all.
  double of(const std::string& network) const;
};

enum class Type { integer, number, choice, dataset, numbers, networks, learning_rates };

/// "integer", "list of numbers", ...
std::string type_name(Type type);

/// One parameter as users see it.
struct ParameterInfo {
  std::string name;
  Type type = Type::number;
  Json default_value;
  std::string unit;
  std::string meaning;
  double minimum = -std::numeric_limits<double>::infinity();  // of a number, or of each number of a list
  double maximum = std::numeric_limits<double>::infinity();
  bool minimum_is_open = false;  // the minimum itself is not allowed
  std::size_t min_size = 1;      // of a list
  std::size_t max_size = 64;
  std::vector<std::string> choices;
};

/// What is wrong with a parameter's value. `path` leads to the part that is wrong: list indices and mapping keys.
struct ParameterError {
  std::vector<std::string> path;  // starts with the parameter's name
  std::string message;
  std::string given = {};                    // a name that is not known ...
  std::vector<std::string> candidates = {};  // ... and those that are, for "did you mean"
  std::string hint = {};                     // what would be right, where that is known
};

struct Checked {
  Json value;
  std::vector<ParameterError> errors;
};

/// Checks a value against a declaration; gives its normal form (5 for 5.0 where an integer is wanted) or the errors.
Checked check(const ParameterInfo& info, const Json& value);

/// The effective parameters, in the order of their declaration: those given, checked, and defaults for the others.
/// A list of learning rates is read as one for each network in order.
Checked effective_parameters(const std::vector<ParameterInfo>& infos, const Json& given);

/// The allowed range in words: "1 to 1000", "greater than 0".
std::string range_text(const ParameterInfo& info);

void from_json(const Json& json, LearningRates& rates);
void to_json(Json& json, const LearningRates& rates);

/// The numbers that a parameter may be, or each of a list: from(1).to(1000), above(0).
struct Range {
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool minimum_is_open = false;

  Range to(double largest) const { return {minimum, largest, minimum_is_open}; }
};

inline Range from(double smallest) { return {.minimum = smallest}; }
inline Range above(double limit) { return {.minimum = limit, .minimum_is_open = true}; }

/// How many elements a list may have.
struct Elements {
  std::size_t least = 1;
  std::size_t most = 64;
};

/// The fields of the struct P, in the order in which they are declared.
template <class P>
class Parameters {
 public:
  Parameters& integer(std::string name, int P::*field, std::string meaning, Range range = {}) {
    return add(std::move(name), Type::integer, field, std::move(meaning), range);
  }
  Parameters& number(std::string name, double P::*field, std::string meaning, Range range = {}) {
    return add(std::move(name), Type::number, field, std::move(meaning), range);
  }
  Parameters& choice(std::string name, std::string P::*field, std::vector<std::string> choices, std::string meaning) {
    add(std::move(name), Type::choice, field, std::move(meaning));
    infos_.back().choices = std::move(choices);
    return *this;
  }
  Parameters& numbers(std::string name, std::vector<double> P::*field, std::string meaning, Range range = {},
                      Elements elements = {}) {
    return add(std::move(name), Type::numbers, field, std::move(meaning), range, elements);
  }
  Parameters& networks(std::string name, std::vector<numerics::NetworkKind> P::*field, std::string meaning,
                       Elements elements = {}) {
    return add(std::move(name), Type::networks, field, std::move(meaning), {}, elements);
  }
  Parameters& learning_rates(std::string name, LearningRates P::*field, std::string meaning, Range range = {}) {
    return add(std::move(name), Type::learning_rates, field, std::move(meaning), range);
  }
  /// The unit of the one that was declared last.
  Parameters& unit(std::string unit) {
    infos_.back().unit = std::move(unit);
    return *this;
  }
  /// The data set; the engine puts in the name of the one that is really used and loads it.
  Parameters& dataset(std::string P::*field) {
    add("dataset", Type::dataset, field, "images that the networks see; auto is MNIST when at hand, else digits");
    infos_.back().choices = {"auto", "mnist", "fashion-mnist", "cifar-10", "digits"};
    return *this;
  }
  /// A data set that the experiment can do without: by default it is "none", whatever the report's default is.
  Parameters& optional_dataset(std::string P::*field, std::string otherwise) {
    dataset(field);
    infos_.back().meaning += "; none is " + std::move(otherwise);
    infos_.back().choices.insert(infos_.back().choices.begin(), "none");
    return *this;
  }
  const std::vector<ParameterInfo>& infos() const { return infos_; }

  /// Fills the struct from effective parameters that have been checked.
  P read(const Json& effective) const {
    P parameters;
    for (std::size_t i = 0; i < infos_.size(); ++i) setters_[i](parameters, effective.at(infos_[i].name));
    return parameters;
  }

 private:
  template <class T>
  Parameters& add(std::string name, Type type, T P::*field, std::string meaning, Range range = {},
                  Elements elements = {}) {
    infos_.push_back({.name = std::move(name),
                      .type = type,
                      .default_value = Json(P{}.*field),
                      .unit = "",
                      .meaning = std::move(meaning),
                      .minimum = range.minimum,
                      .maximum = range.maximum,
                      .minimum_is_open = range.minimum_is_open,
                      .min_size = elements.least,
                      .max_size = elements.most,
                      .choices = {}});
    setters_.push_back([field](P& parameters, const Json& json) { parameters.*field = json.get<T>(); });
    return *this;
  }

  std::vector<ParameterInfo> infos_;
  std::vector<std::function<void(P&, const Json&)>> setters_;
};

}  // namespace experiment
