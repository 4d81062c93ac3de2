// A field of a parameter struct as JSON has it.
#pragma once

#include <utility>

#include "experiment/json.hpp"
#include "experiment/parameter_list.hpp"

namespace experiment {

class ParameterField {
 public:
  virtual ~ParameterField() = default;
  virtual Json get(void* parameters) const = 0;
  /// From the value's normal form.
  virtual void set(void* parameters, const Json& value) const = 0;
};

template <class T>
std::shared_ptr<const ParameterField> json_field(FieldOf<T> field) {
  struct Field : ParameterField {
    FieldOf<T> of;
    explicit Field(FieldOf<T> f) : of(std::move(f)) {}
    Json get(void* parameters) const override { return of(parameters); }
    void set(void* parameters, const Json& value) const override { of(parameters) = value.get<T>(); }
  };
  return std::make_shared<Field>(std::move(field));
}

}  // namespace experiment
