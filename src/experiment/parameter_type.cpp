// Checking of parameter values against their declarations, and their normal forms.
#include "experiment/parameter_type.hpp"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "text/number.hpp"

namespace experiment {
namespace {

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

std::string size_text(const ParameterInfo& info) {
  if (info.min_size == info.max_size) return std::to_string(info.min_size);
  return fmt::format("{} to {}", info.min_size, info.max_size);
}

}  // namespace

std::string shown(const Json& value) {
  if (value.is_string()) return "'" + value.get<std::string>() + "'";
  return value.dump();
}

ParameterCheck::Path ParameterCheck::below(Path path, std::string part) {
  path.push_back(std::move(part));
  return path;
}

Json ParameterCheck::fail(ParameterError error) {
  errors.push_back(std::move(error));
  return nullptr;
}

/// "parameter 'depth'", or of an element "each of 'learning-rates'".
std::string ParameterCheck::subject(const Path& path) const {
  return fmt::format("{} '{}'", path.size() == 1 ? "parameter" : "each of", info_.name);
}

Json ParameterCheck::wrong_type(const Json& value, const Path& path, const std::string& wanted) {
  if (value.is_null() && path.size() == 1)
    return fail({.path = path,
                 .message = fmt::format("parameter '{}' has no value", info_.name),
                 .hint = "leave it out to have the default"});
  const bool quoted =
      value.is_string() && wanted.find("number") != std::string::npos && is_number(value.get<std::string>());
  const std::string what = quoted                                     ? "text, " + shown(value)
                           : value.is_structured() || value.is_null() ? kind_of(value)
                                                                      : shown(value);
  return fail({.path = path,
               .message = fmt::format("{} must be {}, but this is {}", subject(path), wanted, what),
               .hint = quoted ? fmt::format("without quotes: {}", value.get<std::string>()) : ""});
}

Json ParameterCheck::not_a_list(const Json& value, const Path& path) {
  if (value.is_structured() || value.is_null()) return wrong_type(value, path, "a list");
  const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
  return fail({.path = path,
               .message = fmt::format("{} must be a list, but this is {}", subject(path), shown(value)),
               .hint = fmt::format("in brackets: [{}]", text)});
}

Json ParameterCheck::out_of_range(const Json& value, const Path& path) {
  return fail({path, fmt::format("{} must be {}, but this is {}", subject(path), range_text(info_), shown(value))});
}

Json ParameterCheck::not_finite(const Path& path) {
  return fail({path, fmt::format("{} must be a finite number", subject(path))});
}

Json ParameterCheck::integer(const Json& value, const Path& path) {
  if (!value.is_number()) return wrong_type(value, path, "a whole number");
  const double x = value.get<double>();
  if (!std::isfinite(x)) return not_finite(path);
  if (x != std::floor(x)) return wrong_type(value, path, "a whole number");
  if (!inside(info_, x) || std::abs(x) > 2147483647.0) return out_of_range(value, path);
  return static_cast<int>(x);
}

Json ParameterCheck::number(const Json& value, const Path& path) {
  if (!value.is_number()) return wrong_type(value, path, "a number");
  const double x = value.get<double>();
  if (!std::isfinite(x)) return not_finite(path);
  if (!inside(info_, x)) return out_of_range(value, path);
  return x;
}

Json ParameterCheck::truth(const Json& value, const Path& path) {
  return value.is_boolean() ? value : wrong_type(value, path, "true or false");
}

Json ParameterCheck::text(const Json& value, const Path& path) {
  return value.is_string() ? value : wrong_type(value, path, "text");
}

Json ParameterCheck::choice(const Json& value, const Path& path, const std::string& what) {
  const std::string known = fmt::format("{}", fmt::join(info_.choices, ", "));
  if (!value.is_string()) return wrong_type(value, path, "one of " + known);
  const auto text = value.get<std::string>();
  for (const auto& c : info_.choices)
    if (c == text) return value;
  return fail({path, fmt::format("unknown {} '{}'; known are {}", what, text, known), text, info_.choices});
}

bool ParameterCheck::has_right_size(const Json& value, const Path& path) {
  if (!value.is_array()) return !not_a_list(value, path).is_null();
  if (value.size() >= info_.min_size && value.size() <= info_.max_size) return true;
  fail({path, fmt::format("{} has {} element{}; it takes {}", subject(path),
                          value.empty() ? "no" : std::to_string(value.size()), value.size() == 1 ? "" : "s",
                          size_text(info_))});
  return false;
}

namespace types {

using Path = ParameterCheck::Path;

const ParameterType integer{
    "whole number", [](const Json& value, const Path& path, ParameterCheck& c) { return c.integer(value, path); }};

const ParameterType number{
    "number", [](const Json& value, const Path& path, ParameterCheck& c) { return c.number(value, path); }};

const ParameterType truth{"true or false",
                          [](const Json& value, const Path& path, ParameterCheck& c) { return c.truth(value, path); }};

const ParameterType text{"text",
                         [](const Json& value, const Path& path, ParameterCheck& c) { return c.text(value, path); }};

const ParameterType choice{"choice", [](const Json& value, const Path& path, ParameterCheck& c) {
                             return c.choice(value, path, fmt::format("value for parameter '{}':", path.front()));
                           }};

const ParameterType dataset{"data set", [](const Json& value, const Path& path, ParameterCheck& c) {
                              return c.choice(value, path, "data set");
                            }};

const ParameterType numbers{.name = "list of numbers",
                            .normal =
                                [](const Json& value, const Path& path, ParameterCheck& c) {
                                  return c.list(value, path,
                                                [&c](const Json& v, const Path& p) { return c.number(v, p); });
                                },
                            .is_list = true};

}  // namespace types

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

Checked check(const ParameterInfo& info, const Json& value) {
  ParameterCheck check(info);
  Json normal = info.type->normal(value, {info.name}, check);
  return {std::move(normal), std::move(check.errors)};
}

Checked effective_parameters(const std::vector<ParameterInfo>& infos, const Json& given) {
  Checked all{Json::object(), {}};
  for (const auto& info : infos) {
    Checked one = check(info, given.contains(info.name) ? given[info.name] : info.default_value);
    all.value[info.name] = std::move(one.value);
    all.errors.insert(all.errors.end(), one.errors.begin(), one.errors.end());
  }
  if (!all.errors.empty()) return all;
  for (const auto& info : infos)
    if (info.type->agree) info.type->agree(info, infos, given, all);
  return all;
}

}  // namespace experiment
