// The experiment width-and-depth: draws against the exact law of one layer, Hanin and Nica 2019.
#include <cmath>

#include "catch.hpp"
#include "experiments/descent_run.hpp"

namespace width_and_depth_test {

using namespace experiment;

namespace {

const std::string name = "width-and-depth";

const Result& default_result() {
  static const Result result = descent_run::result(name, {{"widths", {25, 256}}, {"draws", 2000}});
  return result;
}

double value(const std::string& of) { return default_result().values.at(of); }

}  // namespace

TEST_CASE(
    "width-and-depth: 2000 ReLU networks of width 256 and 50 layers have a deviation of 0.2162 decades (Hanin's law)") {
  CHECK(value("n=256.deviation") == Approx(0.2162).margin(5e-5));
  CHECK(value("n=256.measured-deviation") == Approx(0.2162).epsilon(0.05));
  CHECK(value("n=25.deviation") == Approx(0.7472).margin(5e-5));
  CHECK(value("n=25.measured-deviation") == Approx(0.7472).epsilon(0.05));
}

TEST_CASE(
    "width-and-depth: the typical norm drifts down by the exact mean of its logarithm, though its mean square is "
    "kept") {
  CHECK(value("n=25.mean-log") == Approx(-5.374).margin(6e-4));
  CHECK(value("n=256.mean-log") == Approx(-0.491).margin(6e-4));
  const double error = 0.7472 * 2 * std::log(10) / std::sqrt(2000);  // of the mean
  CHECK(value("n=25.measured-mean-log") == Approx(-5.374).margin(4 * error));
  CHECK(value("n=25.second-moment") == Approx(std::pow(1.2, 50)).epsilon(1e-12));
  CHECK(value("n=256.beta") == Approx(50.0 / 256));
}

TEST_CASE("width-and-depth: variances follow the exact curve at every depth") {
  const PanelData& panel = default_result().panel("fluctuation");
  for (const char* width : {"n=25", "n=256"}) {
    const Series& measured = *panel.find(width);
    const Series& exact = *panel.find(width, SeriesKind::theory);
    REQUIRE(measured.x == exact.x);
    REQUIRE(measured.x.size() == 50);
    // The relative error of a variance from 2000 draws is 0.03, more with the tails of narrow networks.
    for (std::size_t k = 0; k < measured.x.size(); ++k) CHECK(measured.y[k] == Approx(exact.y[k]).epsilon(0.16));
  }
}

TEST_CASE("width-and-depth: at width 10 one network in twenty is dead after 50 layers (2^-n a layer)") {
  const Result result = descent_run::result(name, {{"widths", {10}}, {"draws", 2000}});
  CHECK(result.values.at("n=10.dead") == Approx(0.048).margin(5e-4));
  CHECK(result.values.at("n=10.measured-dead") == Approx(0.048).margin(0.02));
  CHECK(std::isfinite(result.values.at("n=10.measured-variance-log")));
}

TEST_CASE("width-and-depth: linear networks fluctuate by 2/n a layer") {
  const Result result = descent_run::result(name, {{"activation", "linear"}, {"widths", {200}}, {"draws", 1000}});
  CHECK(result.values.at("n=200.variance-log") == Approx(50 * 2.0 / 200).epsilon(0.02));
  CHECK(result.values.at("n=200.measured-variance-log") == Approx(0.5).epsilon(0.15));
}

TEST_CASE("width-and-depth is drawn, and is the same for any order of its jobs") {
  const Json small = {{"widths", {4, 32}}, {"depth", 12}, {"draws", 120}};
  CHECK_NOTHROW(descent_run::scene(name, small));
  CHECK_NOTHROW(descent_run::scene(name, {{"widths", {2}}, {"depth", 1}, {"draws", 10}}));
  Run backwards;
  backwards.for_each = [](std::size_t count, const std::function<void(std::size_t)>& job) {
    for (std::size_t i = count; i-- > 0;) job(i);
  };
  backwards.progress = [](double, double) {};
  const Result again = find(name)->run(descent_run::effective(name, small), backwards);
  CHECK(again.values == descent_run::result(name, small).values);
}

TEST_CASE("width-and-depth refuses widths that are not whole or listed twice") {
  CHECK(descent_run::errors(name, Json{{"widths", {16.5}}}).size() == 1);
  CHECK(descent_run::errors(name, Json{{"widths", {16, 16}}}).size() == 1);
}

}  // namespace width_and_depth_test
