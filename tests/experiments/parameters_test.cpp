// Parameters: normal forms, ranges, names of networks, learning rates; and what holds for every experiment.
#include "experiment/parameters.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <set>

#include "catch.hpp"
#include "data/digits.hpp"
#include "experiment/any_experiment.hpp"
#include "experiment/drawing/default_figure.hpp"
#include "experiments/shared/network_parameters.hpp"
#include "places.hpp"
#include "support/experiments.hpp"

namespace parameters_test {

using namespace experiment;

namespace {

ParameterInfo info(const ParameterType& type, double minimum = -std::numeric_limits<double>::infinity(),
                   double maximum = std::numeric_limits<double>::infinity(), bool open = false) {
  ParameterInfo i;
  i.name = "p";
  i.type = &type;
  i.minimum = minimum;
  i.maximum = maximum;
  i.minimum_is_open = open;
  return i;
}

/// The normal form as JSON text; "error" when there is none.
std::string normal(const ParameterInfo& i, const Json& value) {
  const auto checked = check(i, value);
  return checked.errors.empty() ? checked.value.dump() : "error";
}

std::string message(const ParameterInfo& i, const Json& value) {
  const auto checked = check(i, value);
  REQUIRE(checked.errors.size() == 1);
  return checked.errors[0].message;
}

std::vector<ParameterInfo> rates_and_networks(const Json& default_rates) {
  auto networks = info(experiments::network_list),
       rates = info(experiments::learning_rates, 0, std::numeric_limits<double>::infinity(), true);
  networks.name = "networks";
  networks.default_value = {"tanh-xavier", "relu-he"};
  rates.name = "learning-rate";
  rates.default_value = default_rates;
  return {networks, rates};
}

std::string rates_of(const Json& given, const Json& default_rates = 0.1) {
  const auto checked = effective_parameters(rates_and_networks(default_rates), given);
  return checked.errors.empty() ? checked.value["learning-rate"].dump() : "error: " + checked.errors[0].message;
}

/// Parameters with which an experiment runs within a second.
Json small(const std::string& name) {
  if (name == "gradient-depth") return {{"depth", 5}, {"width", 16}, {"batch", 16}, {"seeds", 2}};
  if (name == "training-loss") return {{"depth", 3}, {"width", 16}, {"epochs", 1}, {"seeds", 1}};
  return Json::object();
}

}  // namespace

TEST_CASE("a whole number may be written as 5.0, and is 5") {
  const auto depth = info(types::integer, 2, 1000);
  CHECK(normal(depth, 5) == "5");
  CHECK(normal(depth, 5.0) == "5");
  CHECK(normal(depth, 1e2) == "100");
  for (const Json& bad : {Json(5.5), Json("5"), Json(true), Json(nullptr), Json::array({5}), Json::object(),
                          Json(1e300), Json(std::numeric_limits<double>::infinity()), Json(std::nan(""))})
    CHECK(normal(depth, bad) == "error");
}

TEST_CASE("a number is the same whether it was written 1 or 1.0, so that its key is the same") {
  CHECK(normal(info(types::number), 1) == "1.0");
  CHECK(normal(info(types::number), 1.0) == "1.0");
  CHECK(normal(info(types::numbers), Json::array({1, 2.5})) == "[1.0,2.5]");
}

TEST_CASE("a closed range includes its ends, an open one its upper end only") {
  const auto closed = info(types::number, 0, 1);
  CHECK(normal(closed, 0) == "0.0");
  CHECK(normal(closed, 1) == "1.0");
  CHECK(normal(closed, -1e-300) == "error");
  CHECK(normal(closed, 1.0000001) == "error");
  const auto open = info(types::number, 0, 1, true);
  CHECK(normal(open, 0) == "error");
  CHECK(normal(open, 1e-300) == "1e-300");
  CHECK(normal(open, 1) == "1.0");
  CHECK(message(closed, 2) == "parameter 'p' must be in the range 0 to 1, but this is 2");
  CHECK(message(open, 0) == "parameter 'p' must be greater than 0 and at most 1, but this is 0");
  CHECK(message(info(types::number, 0), -1) == "parameter 'p' must be at least 0, but this is -1");
}

TEST_CASE("a list is checked element by element, and by its length") {
  auto list = info(types::numbers, 0, 10);
  list.min_size = 2;
  list.max_size = 3;
  CHECK(normal(list, Json::array({1, 2})) == "[1.0,2.0]");
  CHECK(message(list, Json::array({1})) == "parameter 'p' has 1 element; it takes 2 to 3");
  CHECK(message(list, Json::array({1, 2, 3, 4})) == "parameter 'p' has 4 elements; it takes 2 to 3");
  const auto checked = check(list, Json::array({1, "x", 11}));
  REQUIRE(checked.errors.size() == 2);
  CHECK(checked.errors[0].path == std::vector<std::string>{"p", "1"});
  CHECK(checked.errors[1].path == std::vector<std::string>{"p", "2"});
  CHECK(check(list, 3).errors.at(0).hint == "in brackets: [3]");
}

TEST_CASE("a choice is one of its names, and a mistaken one comes with those that are known") {
  auto loss = info(types::choice);
  loss.choices = {"rosenbrock", "quadratic"};
  CHECK(normal(loss, "quadratic") == "\"quadratic\"");
  const auto checked = check(loss, "rosenbrok");
  REQUIRE(checked.errors.size() == 1);
  CHECK(checked.errors[0].given == "rosenbrok");
  CHECK(checked.errors[0].candidates == loss.choices);
  CHECK(normal(loss, 3) == "error");
}

TEST_CASE("a network given as a mapping has the normal form of its name") {
  const auto networks = info(experiments::network_list);
  CHECK(normal(networks, {"tanh-xavier", {{"activation", "relu"}, {"initialisation", "he"}}}) ==
        R"(["tanh-xavier","relu-he"])");
  CHECK(normal(networks, Json::array({{{"activation", "tanh"}, {"initialisation", "normal"}, {"scale", 2}}})) ==
        R"(["tanh-normal-2"])");
  CHECK(normal(networks, Json::array({{{"activation", "tanh"}, {"initialisation", "normal"}, {"scale", 1}}})) ==
        R"(["tanh-normal"])");
  CHECK(normal(networks, {"tanh-xavier", {{"activation", "tanh"}, {"initialisation", "xavier"}}}) == "error");
  CHECK(normal(networks, Json::array({{{"activation", "tanh"}}})) == "error");
  CHECK(normal(networks, Json::array({3})) == "error");
}

TEST_CASE("learning rates in a list are those of the networks in order, and a mapping may have any order") {
  const std::string both = R"({"tanh-xavier":0.1,"relu-he":0.2})";
  CHECK(rates_of({{"learning-rate", 0.3}}) == "0.3");
  CHECK(rates_of({{"learning-rate", {0.1, 0.2}}}) == both);
  CHECK(rates_of({{"learning-rate", {{"tanh-xavier", 0.1}, {"relu-he", 0.2}}}}) == both);
  CHECK(rates_of({{"learning-rate", {{"relu-he", 0.2}, {"tanh-xavier", 0.1}}}}) == both);
  CHECK(rates_of({{"learning-rate", Json::array({0.1})}}) ==
        "error: 1 learning rate for 2 networks; it takes one for each, or one number for all");
  CHECK(rates_of({{"learning-rate", {{"tanh-xavier", 0.1}}}}) == "error: network 'relu-he' has no learning rate");
  CHECK(rates_of({{"learning-rate", {{"tanh-xavier", 0.1}, {"relu-he", 0.1}, {"gelu-he", 0.1}}}}) ==
        "error: a learning rate for network 'gelu-he', which is not in the list");
}

TEST_CASE("default learning rates follow the networks that a chapter lists") {
  const Json defaults{{"tanh-xavier", 0.05}, {"relu-he", 0.02}};
  CHECK(rates_of(Json::object(), defaults) == R"({"tanh-xavier":0.05,"relu-he":0.02})");
  CHECK(rates_of({{"networks", {"relu-he"}}}, defaults) == R"({"relu-he":0.02})");
  CHECK(rates_of({{"networks", {"gelu-he", "relu-he"}}}, defaults) == R"({"gelu-he":0.1,"relu-he":0.02})");
}

/// A type that a user of the framework adds: a share, written as a number or as "30 %".
const ParameterType share{.name = "share",
                          .normal = [](const Json& value, const ParameterCheck::Path& path, ParameterCheck& check) {
                            const std::string text = value.is_string() ? value.get<std::string>() : "";
                            if (!text.ends_with(" %")) return check.number(value, path);
                            return check.number(std::stod(text) / 100, path);
                          }};

TEST_CASE("a type of parameters is added beside what it is of") {
  struct Cake {
    double eaten = 0.25;
  };
  const auto parameters = Parameters<Cake>{}.parameter(share, "eaten", &Cake::eaten, "what is gone", from(0).to(1));
  CHECK(parameters.infos()[0].type->name == "share");
  const auto eaten = [&](const Json& given) {
    return parameters.read(effective_parameters(parameters.infos(), given).value).eaten;
  };
  CHECK(eaten(Json::object()) == 0.25);
  CHECK(eaten({{"eaten", "30 %"}}) == Approx(0.3));
  CHECK(message(parameters.infos()[0], "130 %") == "parameter 'eaten' must be in the range 0 to 1, but this is 1.3");
}

TEST_CASE("a mistake in a mapping says whether the key is wrong or its value") {
  const auto mistake = [](const Json& network) {
    return check(info(experiments::network_list), Json::array({network})).errors.at(0);
  };
  const ParameterError of_key = mistake({{"activtion", "tanh"}, {"initialisation", "he"}});
  CHECK(of_key.path == std::vector<std::string>{"p", "0", "activtion"});
  CHECK(of_key.is_of_key);
  const ParameterError of_value = mistake({{"activation", "tan"}, {"initialisation", "he"}});
  CHECK(of_value.path == std::vector<std::string>{"p", "0", "activation"});
  CHECK_FALSE(of_value.is_of_key);
}

TEST_CASE("effective parameters stand in the order of their declaration, whatever the order in the chapter") {
  for (const auto& e : registry()) {
    INFO(e.name);
    Json given = Json::object();
    for (auto p = e.parameters.rbegin(); p != e.parameters.rend(); ++p) given[p->name] = p->default_value;
    const auto checked = effective_parameters(e.parameters, given);
    REQUIRE(checked.errors.empty());
    REQUIRE(checked.value.size() == e.parameters.size());
    std::size_t i = 0;
    for (const auto& [name, value] : checked.value.items()) CHECK(name == e.parameters[i++].name);
    CHECK(checked.value.dump() == effective_parameters(e.parameters, Json::object()).value.dump());
  }
}

TEST_CASE("the default parameters of every experiment pass its own check, and are their own normal form") {
  REQUIRE(registry().size() >= 5);
  for (const auto& e : registry()) {
    INFO(e.name);
    const auto checked = effective_parameters(e.parameters, Json::object());
    REQUIRE(checked.errors.empty());
    CHECK(e.check(checked.value).empty());
    CHECK(effective_parameters(e.parameters, checked.value).value == checked.value);
  }
}

TEST_CASE("every experiment says what it shows and what its parameters mean") {
  for (const auto& e : registry()) {
    INFO(e.name);
    CHECK_FALSE(e.title.empty());
    CHECK_FALSE(e.summary.empty());
    std::set<std::string> names{"experiment", "caption", "alt", "title", "height", "seed"};  // those of every figure
    for (const auto& p : e.parameters) {
      INFO(p.name);
      CHECK(names.insert(p.name).second);
      CHECK(p.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
      CHECK_FALSE(p.meaning.empty());
    }
  }
}

TEST_CASE("an experiment is named as its file is, and every file of an experiment is registered") {
  namespace fs = std::filesystem;
  const fs::path folder = source_folder() / "src" / "experiments";
  std::set<std::string> from_files, registered;
  for (const auto& item : fs::directory_iterator(folder)) {
    if (item.path().extension() != ".cpp") continue;
    std::ifstream in(item.path());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.find("const bool registered =") == std::string::npos) continue;
    std::string name = item.path().stem().string();
    std::replace(name.begin(), name.end(), '_', '-');
    from_files.insert(name);
  }
  for (const auto& e : registry()) registered.insert(e.name);
  registered.erase("saddle-escape");  // that of docs/new-experiment.md, which is linked into these tests alone
  CHECK(from_files.size() >= 5);
  CHECK(registered == from_files);
}

TEST_CASE("every output of an experiment has its meaning, and a reason for what it may differ") {
  const data::Dataset images = data::digits(200);
  for (const auto& e : registry()) {
    INFO(e.name);
    const auto checked = effective_parameters(e.parameters, small(e.name));
    REQUIRE(checked.errors.empty());
    Run run = support::serial_run(e.uses_dataset() ? &images : nullptr);
    const Result result = e.run(checked.value, run);
    for (const OutputInfo& output : e.outputs(checked.value)) {
      INFO(output.name);
      CHECK(output.is_curve() == output.meaning.empty());
      CHECK(output.name.find_first_of("(") == std::string::npos);
      CHECK(output.allowed.reason != Allowed{}.reason);
    }
    CHECK_FALSE(result.panels.empty());
    // Between two layers, steps or epochs there is nothing, so that no tick may stand there.
    for (const plot::Panel& panel : figure_of(e, checked.value, Json::object(), result).panels)
      for (const plot::Axis* axis : {&panel.x, &panel.y})
        for (const char* counted : {"layer", "step", "epoch", "iteration"}) {
          INFO(axis->label);
          if (axis->label.starts_with(counted)) CHECK(axis->counts);
        }
  }
}

}  // namespace parameters_test
