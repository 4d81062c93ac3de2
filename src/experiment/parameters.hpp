// Parameters, declared once: each field of an experiment's parameter struct with its name, unit, range and meaning.
// Validation, `describe`, the documentation and the cache key are read off this declaration.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiment/parameter_list.hpp"

namespace experiment {

/// The fields of the struct P, in the order in which they are declared.
template <class P>
class Parameters {
 public:
  Parameters& integer(std::string_view name, int P::*field, std::string_view meaning, Range range = {}) {
    return add(name, types::integer, field, meaning, range);
  }
  Parameters& number(std::string_view name, double P::*field, std::string_view meaning, Range range = {}) {
    return add(name, types::number, field, meaning, range);
  }
  Parameters& choice(std::string_view name, std::string P::*field, std::vector<std::string> choices,
                     std::string_view meaning, const ParameterType& type = types::choice) {
    add(name, type, field, meaning);
    list_.choices(std::move(choices));
    return *this;
  }
  Parameters& numbers(std::string_view name, std::vector<double> P::*field, std::string_view meaning, Range range = {},
                      Elements elements = {}) {
    return add(name, types::numbers, field, meaning, range, elements);
  }
  /// A parameter of any type; T is written to and read from JSON in its normal form.
  template <class T>
  Parameters& parameter(const ParameterType& type, std::string_view name, T P::*field, std::string_view meaning,
                        Range range = {}, Elements elements = {}) {
    return add(name, type, field, meaning, range, elements);
  }
  /// The unit of the one that was declared last.
  Parameters& unit(std::string_view unit) {
    list_.unit(unit);
    return *this;
  }
  /// What must hold beyond single values: `requirement` adds what is wrong to the errors, and is asked once every
  /// parameter is right by itself.
  Parameters& require(std::function<void(const P&, std::vector<ParameterError>&)> requirement) {
    list_.require([requirement = std::move(requirement)](const void* p, std::vector<ParameterError>& errors) {
      requirement(*static_cast<const P*>(p), errors);
    });
    return *this;
  }

  std::vector<ParameterError> check(const Json& effective) const { return list_.check(effective); }

  const std::vector<ParameterInfo>& infos() const { return list_.infos(); }

  /// Fills the struct from effective parameters that have been checked.
  P read(const Json& effective) const { return *static_cast<const P*>(list_.read(effective).get()); }

  const ParameterList& list() const { return list_; }

 private:
  static ParameterList::Made make() { return std::make_shared<P>(); }

  template <class T>
  Parameters& add(std::string_view name, const ParameterType& type, T P::*field, std::string_view meaning,
                  Range range = {}, Elements elements = {}) {
    list_.add({name, type, meaning, range, elements},
              FieldOf<T>([field](void* p) -> T& { return static_cast<P*>(p)->*field; }));
    return *this;
  }

  ParameterList list_{make};
};

}  // namespace experiment
