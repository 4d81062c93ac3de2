// Values as the store keeps them. What a run or a job gives is a plain struct; its fields are found by the compiler, so
// that nobody lists them a second time and none can be forgotten.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace experiment {

using Json = nlohmann::ordered_json;

/// The shortest text that reads back to the same bits; Infinity, -Infinity, NaN.
std::string number_text(double x);

/// A number in JSON, which knows no infinity and no NaN: these are text.
Json stored_number(double x);
double number_from(const Json& json);

namespace detail {

struct AnyField {
  template <class T>
  operator T() const;  // never defined: only the compiler asks
};

template <class T, std::size_t... I>
constexpr bool takes(std::index_sequence<I...>) {
  return requires { T{(static_cast<void>(I), AnyField{})...}; };
}

inline constexpr std::size_t most_fields = 12;

template <class T, std::size_t N = most_fields + 1>
constexpr std::size_t field_count() {
  if constexpr (N == 0 || takes<T>(std::make_index_sequence<N>{}))
    return N;
  else
    return field_count<T, N - 1>();
}

/// The fields of a struct as a tuple of references.
template <class T>
constexpr auto fields_of(T& t) {
  constexpr std::size_t count = field_count<std::remove_const_t<T>>();
  static_assert(count >= 1 && count <= most_fields, "a stored struct has 1 to 12 fields; group them");
  if constexpr (count == 1) {
    auto& [a] = t;
    return std::tie(a);
  } else if constexpr (count == 2) {
    auto& [a, b] = t;
    return std::tie(a, b);
  } else if constexpr (count == 3) {
    auto& [a, b, c] = t;
    return std::tie(a, b, c);
  } else if constexpr (count == 4) {
    auto& [a, b, c, d] = t;
    return std::tie(a, b, c, d);
  } else if constexpr (count == 5) {
    auto& [a, b, c, d, e] = t;
    return std::tie(a, b, c, d, e);
  } else if constexpr (count == 6) {
    auto& [a, b, c, d, e, f] = t;
    return std::tie(a, b, c, d, e, f);
  } else if constexpr (count == 7) {
    auto& [a, b, c, d, e, f, g] = t;
    return std::tie(a, b, c, d, e, f, g);
  } else if constexpr (count == 8) {
    auto& [a, b, c, d, e, f, g, h] = t;
    return std::tie(a, b, c, d, e, f, g, h);
  } else if constexpr (count == 9) {
    auto& [a, b, c, d, e, f, g, h, i] = t;
    return std::tie(a, b, c, d, e, f, g, h, i);
  } else if constexpr (count == 10) {
    auto& [a, b, c, d, e, f, g, h, i, j] = t;
    return std::tie(a, b, c, d, e, f, g, h, i, j);
  } else if constexpr (count == 11) {
    auto& [a, b, c, d, e, f, g, h, i, j, k] = t;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k);
  } else {
    auto& [a, b, c, d, e, f, g, h, i, j, k, l] = t;
    return std::tie(a, b, c, d, e, f, g, h, i, j, k, l);
  }
}

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;
template <class T, std::size_t N>
inline constexpr bool is_list<std::array<T, N>> = true;
template <class T>
inline constexpr bool is_pair = false;
template <class A, class B>
inline constexpr bool is_pair<std::pair<A, B>> = true;
template <class T>
inline constexpr bool is_vector_of_eigen = std::is_same_v<T, Eigen::VectorXd>;
template <class T>
inline constexpr bool is_plain = std::is_same_v<T, bool> || std::is_integral_v<T> || std::is_same_v<T, std::string>;

[[noreturn]] inline void misfit() { throw std::invalid_argument("a stored value has another form"); }

}  // namespace detail

/// Numbers, texts, enums, lists, pairs, vectors of Eigen, and structs of such.
template <class T>
Json to_stored(const T& value) {
  using namespace detail;
  if constexpr (std::is_floating_point_v<T>) {
    return stored_number(static_cast<double>(value));
  } else if constexpr (is_plain<T>) {
    return value;
  } else if constexpr (std::is_enum_v<T>) {
    return static_cast<std::int64_t>(value);
  } else if constexpr (is_list<T> || is_vector_of_eigen<T>) {
    Json list = Json::array();
    for (const auto& item : value) list.push_back(to_stored(static_cast<const typename T::value_type&>(item)));
    return list;
  } else if constexpr (is_pair<T>) {
    return Json::array({to_stored(value.first), to_stored(value.second)});
  } else {
    Json list = Json::array();
    std::apply([&](const auto&... field) { (list.push_back(to_stored(field)), ...); }, fields_of(value));
    return list;
  }
}

/// Reads what to_stored wrote. Throws std::exception when it is of another form.
template <class T>
void read_stored(const Json& json, T& value) {
  using namespace detail;
  if constexpr (std::is_floating_point_v<T>) {
    value = static_cast<T>(number_from(json));
  } else if constexpr (is_plain<T>) {
    value = json.get<T>();
  } else if constexpr (std::is_enum_v<T>) {
    value = static_cast<T>(json.get<std::int64_t>());
  } else if constexpr (is_list<T> || is_vector_of_eigen<T>) {
    if (!json.is_array()) misfit();
    if constexpr (requires { value.resize(json.size()); }) value.resize(static_cast<Eigen::Index>(json.size()));
    if (static_cast<std::size_t>(value.size()) != json.size()) misfit();
    std::size_t i = 0;
    for (const Json& item : json) {
      typename T::value_type read{};
      read_stored(item, read);
      value[static_cast<Eigen::Index>(i++)] = std::move(read);
    }
  } else if constexpr (is_pair<T>) {
    if (!json.is_array() || json.size() != 2) misfit();
    read_stored(json[0], value.first);
    read_stored(json[1], value.second);
  } else {
    const auto fields = fields_of(value);
    if (!json.is_array() || json.size() != std::tuple_size_v<decltype(fields)>) misfit();
    std::size_t i = 0;
    std::apply([&](auto&... field) { (read_stored(json[i++], field), ...); }, fields);
  }
}

template <class T>
T from_stored(const Json& json) {
  T value{};
  read_stored(json, value);
  return value;
}

}  // namespace experiment
