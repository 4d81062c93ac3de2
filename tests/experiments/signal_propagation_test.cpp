// The experiment signal-propagation: signals of real networks and of pairs of inputs against mean-field theory.
#include <cmath>

#include "catch.hpp"
#include "data/digits.hpp"
#include "experiments/descent_run.hpp"

namespace signal_propagation_test {

using namespace experiment;

namespace {

const std::string name = "signal-propagation";

const data::Dataset& images() {
  static const data::Dataset dataset = data::digits(400);
  return dataset;
}

Json effective(Json changes) {
  changes["dataset"] = "digits";
  return descent_run::effective(name, changes);
}

Result run_with(const Json& changes, bool backwards = false) {
  Run run;
  run.dataset = &images();
  run.random = numerics::RandomStream(1);
  run.for_each = [backwards](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = 0; i < count; ++i) job(backwards ? count - 1 - i : i);
  };
  run.progress = [](double done, double total) { CHECK(done <= total); };
  return find(name)->run(effective(changes), run);
}

const Json small = {{"depth", 30}, {"width", 64}, {"batch", 16}, {"seeds", 3}};

const Result& small_result() {
  static const Result result = run_with(small);
  return result;
}

double value(const std::string& of) { return small_result().values.at(of); }
double at(const std::string& function, std::size_t index) {
  return small_result().functions.at(function).values.at(index);
}

}  // namespace

TEST_CASE(
    "signal-propagation: finite tanh networks keep to the theory of three phases (n = 1000, c_0 = 0.5, layer 40)") {
  // Theory 0.9976, 0.8695, 0.4487; eight networks with all their weights gave 0.9978, 0.882 +- 0.022, 0.457 +- 0.054.
  CHECK(value("sigma_w2=1.3.final-theory") == Approx(0.9976).margin(1e-4));
  CHECK(value("sigma_w2=1.761.final-theory") == Approx(0.8695).margin(1e-4));
  CHECK(value("sigma_w2=2.5.final-theory") == Approx(0.4487).margin(1e-4));
  CHECK(value("sigma_w2=1.3.final") == Approx(0.9976).margin(0.001));
  CHECK(value("sigma_w2=1.761.final") == Approx(0.8695).margin(0.02));
  CHECK(value("sigma_w2=2.5.final") == Approx(0.4487).margin(0.04));
  // Deviations from eight networks are themselves uncertain by a quarter.
  CHECK(value("sigma_w2=1.761.final-deviation") == Approx(0.03).margin(0.015));
  CHECK(value("sigma_w2=2.5.final-deviation") == Approx(0.054).margin(0.03));
}

TEST_CASE("signal-propagation: the ReLU makes all inputs alike by Cho and Saul's map, to 0.987862 after 50 layers") {
  CHECK(at("relu-from-orthogonal", 1) == Approx(0.318310).margin(1e-6));
  CHECK(at("relu-from-orthogonal", 10) == Approx(0.871536).margin(1e-6));
  CHECK(at("relu-from-orthogonal", 50) == Approx(0.987862).margin(1e-6));
  for (std::size_t l : {5u, 20u, 40u})
    CHECK(at("relu.similarity", l) == Approx(at("relu.theory-similarity", l)).margin(0.02));
  SECTION("pairs of digits become alike in real networks too") {
    CHECK(at("relu-he.similarity", 0) < 0.7);
    CHECK(at("relu-he.similarity", 29) > 0.9);
  }
}

TEST_CASE("signal-propagation: sigmoid networks with Xavier's weights lose their input, 0.627 decades a layer") {
  // chi_1 = 0.0557207: in the ordered phase differences of inputs vanish by the same factor as gradients.
  CHECK(std::log10(at("sigmoid-xavier.variation", 12) / at("sigmoid-xavier.variation", 2)) / 10 ==
        Approx(-0.627).margin(0.03));
  CHECK(at("sigmoid-xavier.variation", 10) == Approx(1e-6).epsilon(0.9));
  const double lost = value("sigmoid-xavier.indistinguishable-layer");
  CHECK(lost >= 10);
  CHECK(lost <= 14);
  CHECK(std::isnan(value("tanh-xavier.indistinguishable-layer")));
}

TEST_CASE("signal-propagation: sizes follow theory where signals vanish, saturate or keep their size") {
  // tanh with U(+-1/sqrt n): sigma_w^2 = 1/3, log10(1/3)/2 a layer.
  CHECK(value("tanh-uniform-fan-in.size-decades") / 28 == Approx(-0.2386).margin(0.01));
  CHECK(at("tanh-normal.rms", 20) > 0.9);
  CHECK(at("sigmoid-xavier.rms", 20) == Approx(0.52).margin(0.03));
  for (const char* network :
       {"tanh-normal", "tanh-xavier", "tanh-uniform-fan-in", "sigmoid-xavier", "sigmoid-uniform-fan-in"})
    for (std::size_t l = 1; l < 30; ++l) {
      INFO(network << " layer " << l);
      const double theory = at(std::string(network) + ".theory-rms", l);
      CHECK(std::log10(at(std::string(network) + ".rms", l) / theory) == Approx(0).margin(0.25));
    }
}

TEST_CASE("signal-propagation: the theory of vanishing differences goes on where their digits end") {
  const Series& theory =
      *small_result().panel("variation over inputs").find("sigmoid-uniform-fan-in", SeriesKind::theory);
  for (std::size_t l = 3; l < theory.y.size(); ++l)
    CHECK(std::log10(theory.y[l] / theory.y[l - 1]) == Approx(-0.849).margin(0.02));
}

TEST_CASE("signal-propagation is the same for any order of its jobs") {
  const Result backwards = run_with(small, true);
  for (const auto& [function, values] : small_result().functions)
    CHECK(backwards.functions.at(function).values == values.values);
}

TEST_CASE("signal-propagation is drawn in four panels, for the smallest networks too") {
  CHECK(find(name)->draw(effective(small), small_result()).panels.size() == 4);
  const Json tiny = {{"depth", 3},
                     {"width", 2},
                     {"batch", 2},
                     {"seeds", 1},
                     {"phase-width", 2},
                     {"phase-depth", 1},
                     {"phase-draws", 2},
                     {"networks", {"gelu-he"}},
                     {"phase-activation", "softsign"}};
  const auto figure = find(name)->draw(effective(tiny), run_with(tiny));
  CHECK_NOTHROW(plot::layout(figure, descent_run::measure));
}

TEST_CASE("signal-propagation refuses phases in which signals shrink or grow without end") {
  CHECK(find(name)->check(effective({{"phase-bias-variance", 0}, {"phase-weight-variances", {0.9, 2}}})).size() == 1);
  CHECK(find(name)->check(effective({{"phase-activation", "relu"}, {"phase-weight-variances", {3}}})).size() == 1);
}

}  // namespace signal_propagation_test
