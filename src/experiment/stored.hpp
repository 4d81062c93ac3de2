// Values as the store keeps them. What a run or a job gives is a plain struct; its fields are found by the compiler, so
// that nobody lists them a second time and none can be forgotten.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace experiment {

/// Writes a value's stored form, part by part: a list, and all that has parts, is a list.
class StoredWriter {
 public:
  StoredWriter();
  StoredWriter(const StoredWriter&) = delete;
  StoredWriter& operator=(const StoredWriter&) = delete;
  ~StoredWriter();

  void number(double x);
  void integer(std::int64_t i);
  void natural(std::uint64_t i);
  void truth(bool is_true);
  void text(const std::string& text);
  void numbers(const std::vector<double>& numbers);
  void begin_list();
  void end_list();

  struct State;
  State& state() { return *state_; }

 private:
  std::unique_ptr<State> state_;
};

/// What was written, as a text that no other value has; the writer is empty afterwards.
std::string text_of(StoredWriter& writer);

/// Reads what a StoredWriter wrote, in the same order. All throw std::exception where the form is another.
class StoredReader {
 public:
  struct State;
  explicit StoredReader(std::unique_ptr<State> state);
  StoredReader(const StoredReader&) = delete;
  StoredReader& operator=(const StoredReader&) = delete;
  ~StoredReader();

  double number();
  std::int64_t integer();
  std::uint64_t natural();
  bool truth();
  std::string text();
  std::vector<double> numbers();
  std::size_t begin_list();             // its length
  void begin_list(std::size_t length);  // of this length
  void end_list();

 private:
  std::unique_ptr<State> state_;
};

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
/// Eigen::VectorXd, known by its form: most experiments have no need of Eigen, whose headers are long.
template <class T>
inline constexpr bool is_vector_of_eigen = requires {
  requires T::RowsAtCompileTime == -1 && T::ColsAtCompileTime == 1;
};

template <class T>
constexpr bool is_storable_value();

template <class... T>
constexpr bool are_storable(const std::tuple<T&...>*) {
  return (is_storable_value<std::remove_const_t<T>>() && ...);
}

template <class T>
constexpr bool is_storable_value() {
  if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T> || std::is_same_v<T, std::string> || is_vector_of_eigen<T>)
    return true;
  else if constexpr (is_list<T>)
    return is_storable_value<typename T::value_type>();
  else if constexpr (is_pair<T>)
    return is_storable_value<typename T::first_type>() && is_storable_value<typename T::second_type>();
  else if constexpr (std::is_aggregate_v<T>)
    return are_storable(static_cast<decltype(fields_of(std::declval<T&>()))*>(nullptr));
  else
    return false;
}
}  // namespace detail

/// Whether a value can be stored: a number, a text, an enum, a list or a vector of Eigen, a pair, or a struct of such.
template <class T>
constexpr bool is_storable() {
  return detail::is_storable_value<std::remove_cvref_t<T>>();
}

/// Numbers, texts, enums, lists, pairs, vectors of Eigen, and structs of such.
template <class T>
void write_stored(StoredWriter& out, const T& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, std::vector<double>>) {
    out.numbers(value);
  } else if constexpr (std::is_floating_point_v<T>) {
    out.number(static_cast<double>(value));
  } else if constexpr (std::is_same_v<T, bool>) {
    out.truth(value);
  } else if constexpr (std::is_same_v<T, std::string>) {
    out.text(value);
  } else if constexpr (std::is_unsigned_v<T>) {
    out.natural(value);
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    out.integer(static_cast<std::int64_t>(value));
  } else {
    out.begin_list();
    if constexpr (is_list<T> || is_vector_of_eigen<T>) {
      for (const auto& item : value) write_stored(out, static_cast<const typename T::value_type&>(item));
    } else if constexpr (is_pair<T>) {
      write_stored(out, value.first);
      write_stored(out, value.second);
    } else {
      std::apply([&](const auto&... field) { (write_stored(out, field), ...); }, fields_of(value));
    }
    out.end_list();
  }
}

/// Reads what write_stored wrote. Throws std::exception when it is of another form.
template <class T>
void read_stored(StoredReader& in, T& value) {
  using namespace detail;
  if constexpr (std::is_same_v<T, std::vector<double>>) {
    value = in.numbers();
  } else if constexpr (std::is_floating_point_v<T>) {
    value = static_cast<T>(in.number());
  } else if constexpr (std::is_same_v<T, bool>) {
    value = in.truth();
  } else if constexpr (std::is_same_v<T, std::string>) {
    value = in.text();
  } else if constexpr (std::is_unsigned_v<T>) {
    value = static_cast<T>(in.natural());
  } else if constexpr (std::is_integral_v<T> || std::is_enum_v<T>) {
    value = static_cast<T>(in.integer());
  } else if constexpr (is_list<T> || is_vector_of_eigen<T>) {
    constexpr bool grows = requires { value.resize(1); };
    if constexpr (grows)
      value.resize(
          static_cast<std::conditional_t<is_vector_of_eigen<T>, std::ptrdiff_t, std::size_t>>(in.begin_list()));
    else
      in.begin_list(value.size());
    for (std::ptrdiff_t i = 0; i < static_cast<std::ptrdiff_t>(value.size()); ++i) {
      typename T::value_type read{};
      read_stored(in, read);
      value[static_cast<std::conditional_t<is_vector_of_eigen<T>, std::ptrdiff_t, std::size_t>>(i)] = std::move(read);
    }
    in.end_list();
  } else if constexpr (is_pair<T>) {
    in.begin_list(2);
    read_stored(in, value.first);
    read_stored(in, value.second);
    in.end_list();
  } else {
    const auto fields = fields_of(value);
    in.begin_list(std::tuple_size_v<decltype(fields)>);
    std::apply([&](auto&... field) { (read_stored(in, field), ...); }, fields);
    in.end_list();
  }
}

}  // namespace experiment
