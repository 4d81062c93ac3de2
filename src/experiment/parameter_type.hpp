// A type of parameters is a value: its name, and how what an author wrote is checked and brought into its normal form.
// Plain numbers, choices and lists are here; a type of a domain stands beside it, in one file.
#pragma once

#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "experiment/json.hpp"
#include "experiment/parameter_field.hpp"

namespace experiment {

/// One parameter as users see it.
struct ParameterInfo {
  std::string name;
  const ParameterType* type = nullptr;
  Json default_value;
  std::string unit;
  std::string meaning;
  double minimum = -std::numeric_limits<double>::infinity();  // of a number, or of each number of a list
  double maximum = std::numeric_limits<double>::infinity();
  bool minimum_is_open = false;  // the minimum itself is not allowed
  std::size_t min_size = 1;      // of a list
  std::size_t max_size = 64;
  std::vector<std::string> choices;
  bool is_told_when_set = false;  // with its default it says nothing of how a figure was made
};

struct Checked {
  Json value;
  std::vector<ParameterError> errors;
};

/// Makes a value's normal form part by part, and collects what is wrong. A part that is wrong is null.
class ParameterCheck {
 public:
  using Path = std::vector<std::string>;

  explicit ParameterCheck(const ParameterInfo& info) : info_(info) {}

  Json integer(const Json& value, const Path& path);
  Json number(const Json& value, const Path& path);
  Json truth(const Json& value, const Path& path);
  Json text(const Json& value, const Path& path);
  /// One of the declaration's choices; `what` it is, for the message.
  Json choice(const Json& value, const Path& path, const std::string& what);
  /// element(value, path) of each, where the list has as many as were declared.
  template <class Element>
  Json list(const Json& value, const Path& path, const Element& element) {
    if (!has_right_size(value, path)) return nullptr;
    Json normal = Json::array();
    for (std::size_t i = 0; i < value.size(); ++i) normal.push_back(element(value[i], below(path, std::to_string(i))));
    return normal;
  }

  Json fail(ParameterError error);
  Json wrong_type(const Json& value, const Path& path, const std::string& wanted);
  static Path below(Path path, std::string part);

  std::vector<ParameterError> errors;

 private:
  bool has_right_size(const Json& value, const Path& path);
  Json not_a_list(const Json& value, const Path& path);
  Json out_of_range(const Json& value, const Path& path);
  Json not_finite(const Path& path);
  std::string subject(const Path& path) const;

  const ParameterInfo& info_;
};

struct ParameterType {
  std::string name;  // "whole number", "list of networks"
  /// The normal form of a value that was given: equal things have equal forms, so that they have one key.
  Json (*normal)(const Json& value, const ParameterCheck::Path&, ParameterCheck&) = nullptr;
  bool is_list = false;  // a declaration says how many elements it may have
  /// Brings a value into agreement with the other parameters, once each is right by itself. `given` is what the author
  /// wrote.
  void (*agree)(const ParameterInfo& own, const std::vector<ParameterInfo>& all, const Json& given, Checked&) = nullptr;
};

/// Text for messages: strings in quotes as the author wrote them, other values as JSON.
std::string shown(const Json& value);

/// The allowed range in words: "1 to 1000", "greater than 0".
std::string range_text(const ParameterInfo& info);

/// Checks a value against a declaration; gives its normal form (5 for 5.0 where an integer is wanted) or the errors.
Checked check(const ParameterInfo& info, const Json& value);

/// The effective parameters, in the order of their declaration: those given, checked, and defaults for the others.
Checked effective_parameters(const std::vector<ParameterInfo>& infos, const Json& given);

}  // namespace experiment
