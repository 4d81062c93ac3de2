// Multilayer perceptrons by name: activation, initialisation, sizes.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace numerics {

enum class Activation { linear, sigmoid, tanh, relu, leaky_relu, gelu, swish, softsign };
enum class Initialisation { uniform_fan_in, xavier, he, normal, orthogonal };

/// Activation and initialisation: what a directive calls "tanh-xavier".
struct NetworkKind {
  Activation activation = Activation::tanh;
  Initialisation initialisation = Initialisation::xavier;
  double scale = 1;  // multiplies the initial weights; with `normal` it is their standard deviation

  /// "tanh-xavier"; with a scale other than 1, "tanh-normal-2".
  std::string name() const;
  bool operator==(const NetworkKind&) const = default;
};

std::string_view name(Activation);
std::string_view name(Initialisation);
const std::vector<std::string>& activation_names();
const std::vector<std::string>& initialisation_names();
std::optional<Activation> activation(std::string_view name);
std::optional<Initialisation> initialisation(std::string_view name);

/// "relu-he" -> its kind; nothing when either part is unknown.
std::optional<NetworkKind> network_kind(std::string_view name);

/// The kinds of these names, in their order. Throws std::invalid_argument with the first that is unknown.
std::vector<NetworkKind> network_kinds(std::initializer_list<std::string_view> names);

}  // namespace numerics
