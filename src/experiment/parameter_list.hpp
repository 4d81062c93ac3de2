// Parameters without the type of the struct that they fill, which is known by its address: what an experiment's own
// file need not compile.
#pragma once

#include <functional>
#include <limits>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiment/parameter_error.hpp"

namespace experiment {

using Json = nlohmann::ordered_json;
struct ParameterInfo;
struct ParameterType;
class ParameterField;

namespace types {
extern const ParameterType integer, number, truth, text, choice, dataset, numbers;
}

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

/// A field of a struct that is known by its address.
template <class T>
using FieldOf = std::function<T&(void* parameters)>;

/// The field as JSON has it, by what T is written to and read from there. Its definition is in parameter_field.hpp,
/// which parameter_type.hpp includes.
template <class T>
std::shared_ptr<const ParameterField> json_field(FieldOf<T> field);

class ParameterList {
 public:
  using Made = std::shared_ptr<void>;
  using Requirement = std::function<void(const void* parameters, std::vector<ParameterError>&)>;
  struct Declared {
    std::string_view name;
    const ParameterType& type;
    std::string_view meaning;
    Range range;
    Elements elements;
  };

  /// `make` gives a struct with its defaults.
  explicit ParameterList(Made (*make)());
  ParameterList(const ParameterList&);
  ParameterList(ParameterList&&) noexcept;
  ParameterList& operator=(const ParameterList&);
  ParameterList& operator=(ParameterList&&) noexcept;
  ~ParameterList();

  void add(const Declared& declared, FieldOf<int> field);
  void add(const Declared& declared, FieldOf<double> field);
  void add(const Declared& declared, FieldOf<std::string> field);
  void add(const Declared& declared, FieldOf<std::vector<double>> field);
  void add(const Declared& declared, std::shared_ptr<const ParameterField> field);
  template <class T>
  void add(const Declared& declared, FieldOf<T> field) {
    add(declared, json_field<T>(std::move(field)));
  }
  void choices(std::vector<std::string> choices);  // of the one that was declared last, as is the unit
  void unit(std::string_view unit);
  void require(Requirement requirement);

  const std::vector<ParameterInfo>& infos() const { return infos_; }
  /// The struct, filled from effective parameters that have been checked.
  Made read(const Json& effective) const;
  /// What is wrong beyond single values.
  std::vector<ParameterError> check(const Json& effective) const;

 private:
  Made (*make_)();
  std::vector<ParameterInfo> infos_;
  std::vector<std::shared_ptr<const ParameterField>> fields_;
  std::vector<Requirement> requirements_;
};

}  // namespace experiment
