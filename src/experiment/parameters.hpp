// Parameters, declared once: each field of an experiment's parameter struct with its name, unit, range and meaning.
// Validation, `describe`, the documentation and the cache key are read off this declaration.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "experiment/parameter_type.hpp"

namespace experiment {

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
    return add(std::move(name), types::integer, field, std::move(meaning), range);
  }
  Parameters& number(std::string name, double P::*field, std::string meaning, Range range = {}) {
    return add(std::move(name), types::number, field, std::move(meaning), range);
  }
  Parameters& choice(std::string name, std::string P::*field, std::vector<std::string> choices, std::string meaning,
                     const ParameterType& type = types::choice) {
    add(std::move(name), type, field, std::move(meaning));
    infos_.back().choices = std::move(choices);
    return *this;
  }
  Parameters& numbers(std::string name, std::vector<double> P::*field, std::string meaning, Range range = {},
                      Elements elements = {}) {
    return add(std::move(name), types::numbers, field, std::move(meaning), range, elements);
  }
  /// A parameter of any type; T is written to and read from JSON in its normal form.
  template <class T>
  Parameters& parameter(const ParameterType& type, std::string name, T P::*field, std::string meaning, Range range = {},
                        Elements elements = {}) {
    return add(std::move(name), type, field, std::move(meaning), range, elements);
  }
  /// The unit of the one that was declared last.
  Parameters& unit(std::string unit) {
    infos_.back().unit = std::move(unit);
    return *this;
  }
  /// What must hold beyond single values: `requirement` adds what is wrong to the errors, and is asked once every
  /// parameter is right by itself.
  Parameters& require(std::function<void(const P&, std::vector<ParameterError>&)> requirement) {
    requirements_.push_back(std::move(requirement));
    return *this;
  }
  std::vector<ParameterError> check(const Json& effective) const {
    std::vector<ParameterError> errors;
    const P parameters = read(effective);
    for (const auto& requirement : requirements_) requirement(parameters, errors);
    return errors;
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
  Parameters& add(std::string name, const ParameterType& type, T P::*field, std::string meaning, Range range = {},
                  Elements elements = {}) {
    infos_.push_back({.name = std::move(name),
                      .type = &type,
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
  std::vector<std::function<void(const P&, std::vector<ParameterError>&)>> requirements_;
};

}  // namespace experiment
