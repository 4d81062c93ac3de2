// The names of networks, "<activation>-<initialisation>" with an optional "-<scale>", and their parts.
#include "numerics/network.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace numerics {
namespace {

const std::vector<std::string> activations{"linear",     "sigmoid", "tanh",  "relu",
                                           "leaky-relu", "gelu",    "swish", "softsign"};
const std::vector<std::string> initialisations{"uniform-fan-in", "xavier", "he", "normal", "orthogonal"};

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

std::string_view name(Activation value) { return activations.at(static_cast<std::size_t>(value)); }
std::string_view name(Initialisation value) { return initialisations.at(static_cast<std::size_t>(value)); }
const std::vector<std::string>& activation_names() { return activations; }
const std::vector<std::string>& initialisation_names() { return initialisations; }
std::optional<Activation> activation(std::string_view name) { return find<Activation>(activations, name); }
std::optional<Initialisation> initialisation(std::string_view name) {
  return find<Initialisation>(initialisations, name);
}

std::optional<NetworkKind> network_kind(std::string_view name) {
  for (const std::string& first : activations) {
    const auto rest = after(name, first);
    if (!rest) continue;
    NetworkKind kind{*activation(first)};
    if (const auto exact = initialisation(*rest)) {
      kind.initialisation = *exact;
      return kind;
    }
    for (const std::string& second : initialisations) {
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

}  // namespace numerics
