// The experiment phase-diagram: published critical points and factors, and the map that shows them.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace phase_diagram_test {

using namespace experiment;

namespace {

const std::string name = "phase-diagram";
const Json coarse = {{"resolution", 12}};

const Result& coarse_result() {
  static const Result result = descent_run::result(name, coarse);
  return result;
}

double value(const std::string& of) { return coarse_result().values.at(of); }

}  // namespace

TEST_CASE("phase-diagram exports the factors of ten customary networks, without biases, at width 100") {
  // sigma_w^2, chi_1, its root and decades per layer; whole numbers and fractions are exact, the others by independent
  // quadrature.
  struct Row {
    const char* network;
    double weight_variance, chi, factor, decades;
  };
  for (const Row& row :
       {Row{"sigmoid-uniform-fan-in", 1.0 / 3, 0.0200078, 0.14145, -0.8494},
        Row{"sigmoid-xavier", 1, 0.0557207, 0.23605, -0.6270}, Row{"sigmoid-he", 2, 0.100977, 0.31777, -0.4979},
        Row{"tanh-uniform-fan-in", 1.0 / 3, 1.0 / 3, 0.57735, -0.2386}, Row{"tanh-xavier", 1, 1, 1, 0},
        Row{"tanh-he", 2, 1.10553, 1.05144, 0.0218}, Row{"tanh-normal", 100, 5.545, 2.3548, 0.3720},
        Row{"relu-xavier", 1, 0.5, 0.70711, -0.1505}, Row{"relu-he", 2, 1, 1, 0},
        Row{"relu-normal", 100, 50, 7.0711, 0.8495}}) {
    const std::string network = row.network;
    INFO(network);
    CHECK(value(network + ".weight-variance") == Approx(row.weight_variance).epsilon(1e-12));
    CHECK(value(network + ".chi") == Approx(row.chi).epsilon(1e-4));
    CHECK(value(network + ".factor") == Approx(row.factor).epsilon(1e-4));
    CHECK(value(network + ".decades") == Approx(row.decades).margin(6e-5));
  }
}

TEST_CASE(
    "phase-diagram's critical points of tanh: 1.760955 (Schoenholz et al. 2017: 1.76), 1.049996 (Xiao et al. 2018: "
    "1.05)") {
  CHECK(value("critical.weight-variance") == Approx(1.760955).margin(1e-6));
  CHECK(value("critical.variance") == Approx(0.570048).margin(1e-6));
  CHECK(value("critical-without-bias.weight-variance") == Approx(1).margin(1e-6));
  const IndexedValues& line = coarse_result().functions.at("critical-weight-variance");
  CHECK(line.first == 1);
  CHECK(line.values.front() == Approx(1.049996).margin(1e-6));
  CHECK(line.values.back() == Approx(4.266396).margin(1e-6));
  CHECK(coarse_result().functions.at("critical-variance").values.front() == Approx(0.025919).margin(1e-6));
}

TEST_CASE("phase-diagram's depth scales on the line sigma_b^2 = 0.05") {
  CHECK(value("sigma_w2=1.chi") == Approx(0.75903).margin(1e-5));
  CHECK(value("sigma_w2=1.correlation-depth") == Approx(3.627).margin(1e-3));
  CHECK(value("sigma_w2=1.trainable-depth") == Approx(6 * 3.627).margin(6e-3));
  CHECK(value("sigma_w2=1.75.correlation-depth") == Approx(426.2).margin(0.1));
  CHECK(value("sigma_w2=2.correlation") == Approx(0.744).margin(5e-4));
  CHECK(value("sigma_w2=4.correlation-depth") == Approx(6.98).margin(5e-3));
}

TEST_CASE("phase-diagram's map changes its sign on its critical line, where the trainable depth is largest") {
  const PanelData& map = coarse_result().panel("decades per layer");
  const PanelData& depth = coarse_result().panel("trainable depth");
  const Series& line = *coarse_result().panel("critical line").find("critical", SeriesKind::theory);
  REQUIRE(map.series.size() == 13);
  REQUIRE(line.x.size() == 13);
  for (std::size_t j = 0; j < line.x.size(); ++j) {
    const Series& row = map.series[j];
    for (std::size_t i = 0; i < row.x.size(); ++i)
      if (std::abs(row.x[i] - line.x[j]) > 1e-6) CHECK((row.y[i] > 0) == (row.x[i] > line.x[j]));
    const auto& layers = depth.series[j].y;
    const auto deepest = std::max_element(layers.begin(), layers.end()) - layers.begin();
    CHECK(std::abs(row.x[static_cast<std::size_t>(deepest)] - line.x[j]) < 0.41);  // one column
  }
}

TEST_CASE("phase-diagram knows other activations' critical points: 103.0076 of the sigmoid, 2 of the ReLU") {
  const Json sigmoid = {
      {"activation", "sigmoid"}, {"resolution", 6}, {"weight-variances", {1, 200}}, {"line-bias-variance", 0}};
  CHECK(descent_run::result(name, sigmoid).values.at("critical.weight-variance") == Approx(103.0076).margin(1e-4));
  const Json relu = {{"activation", "relu"}, {"resolution", 6}};
  const Result of_relu = descent_run::result(name, relu);
  CHECK(of_relu.values.at("critical.weight-variance") == Approx(2).margin(1e-9));
  for (const double x : of_relu.panel("critical line").series[0].x) CHECK(x == Approx(2).margin(1e-9));
}

TEST_CASE("phase-diagram is a heat map with its critical line, the phases named and the networks marked") {
  const plot::Figure figure = descent_run::figure(name, coarse, coarse_result());
  REQUIRE(figure.panels.size() == 1);
  int maps = 0;
  std::vector<std::string> names;
  for (const plot::Mark& mark : figure.panels[0].marks) {
    if (const auto* map = std::get_if<plot::HeatMap>(&mark)) {
      ++maps;
      CHECK(map->ramp == plot::Ramp::diverging);
      CHECK(map->centre == 0);
    }
    if (const auto* note = std::get_if<plot::Note>(&mark))
      if (std::isalpha(static_cast<unsigned char>(note->text[0])) || note->text[0] == '(' || note->text[0] == '$')
        names.push_back(note->text);
  }
  CHECK(maps == 1);
  CHECK(names == std::vector<std::string>{"ordered:\ngradients vanish", "chaotic:\ngradients explode", "(1.761, 0.05)",
                                          "$U(\\pm n^{-1/2})$", "Xavier", "He"});
  for (const char* activation : {"linear", "sigmoid", "tanh", "relu", "leaky-relu", "gelu", "swish", "softsign"})
    CHECK_NOTHROW(descent_run::scene(name, {{"activation", activation}, {"resolution", 5}}));
}

TEST_CASE("phase-diagram refuses a range that goes backwards") {
  CHECK(descent_run::errors(name, Json{{"weight-variances", {3, 1}}}).size() == 1);
  CHECK(descent_run::errors(name, Json{{"bias-variances", {1, 1}}}).size() == 1);
}

}  // namespace phase_diagram_test
