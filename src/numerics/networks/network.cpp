// The names of networks, "<activation>-<initialisation>" with an optional "-<scale>", and their parts.
#include "numerics/networks/network.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace numerics {
namespace {

template <class Enum>
std::optional<Enum> find(const std::vector<std::string>& names, std::string_view name) {
  const auto place = std::find(names.begin(), names.end(), name);
  if (place == names.end()) return std::nullopt;
  return static_cast<Enum>(place - names.begin());
}

/// The shortest decimal that reads back as the same number.
std::string shortest(double number) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), number).ptr;
  return {text.data(), end};
}

std::optional<double> positive_number(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  if (!std::isfinite(number) || number <= 0) return std::nullopt;
  return number;
}

/// Cuts "<name>-" off the front of `text`.
std::optional<std::string_view> after(std::string_view text, std::string_view name) {
  if (text.size() <= name.size() || !text.starts_with(name) || text[name.size()] != '-') return std::nullopt;
  return text.substr(name.size() + 1);
}

}  // namespace

std::string NetworkKind::name() const {
  std::string text = std::string(numerics::name(activation)) + "-" + std::string(numerics::name(initialisation));
  if (scale != 1) text += "-" + shortest(scale);
  return text;
}

// Local to functions, since experiments are registered, and name networks, before main starts.
const std::vector<std::string>& activation_names() {
  static const std::vector<std::string> names{"linear",     "sigmoid", "tanh",  "relu",
                                              "leaky-relu", "gelu",    "swish", "softsign"};
  return names;
}

const std::vector<std::string>& initialisation_names() {
  static const std::vector<std::string> names{"uniform-fan-in", "xavier", "he", "normal", "orthogonal"};
  return names;
}

std::string_view name(Activation value) { return activation_names().at(static_cast<std::size_t>(value)); }
std::string_view name(Initialisation value) { return initialisation_names().at(static_cast<std::size_t>(value)); }
std::optional<Activation> activation(std::string_view name) { return find<Activation>(activation_names(), name); }
std::optional<Initialisation> initialisation(std::string_view name) {
  return find<Initialisation>(initialisation_names(), name);
}

std::optional<NetworkKind> network_kind(std::string_view name) {
  for (const std::string& first : activation_names()) {
    const auto rest = after(name, first);
    if (!rest) continue;
    NetworkKind kind{*activation(first)};
    if (const auto exact = initialisation(*rest)) {
      kind.initialisation = *exact;
      return kind;
    }
    for (const std::string& second : initialisation_names()) {
      const auto suffix = after(*rest, second);
      const auto scale = suffix ? positive_number(*suffix) : std::nullopt;
      if (!scale) continue;
      kind.initialisation = *initialisation(second);
      kind.scale = *scale;
      return kind;
    }
  }
  return std::nullopt;
}

std::vector<NetworkKind> network_kinds(std::initializer_list<std::string_view> names) {
  std::vector<NetworkKind> kinds;
  for (const std::string_view name : names) {
    const auto kind = network_kind(name);
    if (!kind) throw std::invalid_argument("unknown network '" + std::string(name) + "'");
    kinds.push_back(*kind);
  }
  return kinds;
}

}  // namespace numerics
