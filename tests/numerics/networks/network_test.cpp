// Names of networks.
#include "numerics/networks/network.hpp"

#include "catch.hpp"

namespace network_test {

using namespace numerics;

TEST_CASE("every network's name reads back as the same network") {
  for (const std::string& activation_name : activation_names()) {
    for (const std::string& initialisation_name : initialisation_names()) {
      for (const double scale : {1.0, 2.0, 0.5, 1e-3, 1.0 / 3}) {
        const NetworkKind kind{*activation(activation_name), *initialisation(initialisation_name), scale};
        INFO(kind.name());
        REQUIRE(network_kind(kind.name()));
        CHECK(*network_kind(kind.name()) == kind);
      }
    }
  }
}

TEST_CASE("a scale other than 1 follows the initialisation") {
  CHECK(NetworkKind{Activation::tanh, Initialisation::normal, 2}.name() == "tanh-normal-2");
  CHECK(NetworkKind{Activation::leaky_relu, Initialisation::uniform_fan_in, 0.5}.name() ==
        "leaky-relu-uniform-fan-in-0.5");
  CHECK(network_kind("tanh-normal-1")->name() == "tanh-normal");
}

TEST_CASE("names of no network are none") {
  for (const char* text : {"", "tanh", "tanh-", "-xavier", "tanhxavier", "tanh-xavier-", "tanh-xavier-0",
                           "tanh-xavier--2", "tanh-xavier-nan", "tanh-xavier-inf", "tanh-xavier-2x", "relu-xaver",
                           "leaky-xavier", "tanh-xavier-2-3", "Tanh-xavier"}) {
    INFO(text);
    CHECK_FALSE(network_kind(text));
  }
}

TEST_CASE("a list of networks is given by their names, and an unknown one is named") {
  CHECK(
      network_kinds({"tanh-xavier", "relu-he-2"}) ==
      std::vector<NetworkKind>{{Activation::tanh, Initialisation::xavier}, {Activation::relu, Initialisation::he, 2}});
  CHECK_THROWS_WITH(network_kinds({"tanh-xavier", "relu-hi"}), ContainsSubstring("'relu-hi'"));
}

}  // namespace network_test
