// What a run returns is stored and read back: every kind of field, to the last bit.
#include <Eigen/Core>
#include <cmath>
#include <limits>

#include "catch.hpp"
#include "experiment/outputs.hpp"
#include "experiment/stored_json.hpp"

namespace stored_test {

using namespace experiment;

namespace {

enum class Kind { first, second };

struct Part {
  std::vector<double> values;
  std::pair<double, int> pair;
};

struct Whole {
  double number = 0;
  int count = 0;
  bool is_true = false;
  std::string text;
  Kind kind = Kind::first;
  std::vector<Part> parts = {};
  Eigen::VectorXd vector = {};
  std::array<double, 2> two = {};
  Curve curve = {};
};

Whole sample() {
  Whole w{.number = 1.0 / 3, .count = -7, .is_true = true, .text = "a \"b\"", .kind = Kind::second};
  w.parts = {{{0.1, INFINITY, -INFINITY, NAN, std::numeric_limits<double>::denorm_min(), -0.0}, {1e300, 3}}, {}};
  w.vector = Eigen::VectorXd::LinSpaced(3, 0, 1);
  w.two = {1e-320, 2};
  w.curve = {{1, 2}, {3, 4}};
  return w;
}

}  // namespace

TEST_CASE("a stored struct reads back with the same bits, infinities and NaN included") {
  const Whole w = sample();
  const Json json = to_stored(w);
  const auto back = from_stored<Whole>(Json::parse(json.dump()));
  CHECK(to_stored(back) == json);
  CHECK(back.number == 1.0 / 3);
  CHECK(back.count == -7);
  CHECK(back.is_true);
  CHECK(back.text == w.text);
  CHECK(back.kind == Kind::second);
  REQUIRE(back.parts.size() == 2);
  CHECK(back.parts[0].values[1] == INFINITY);
  CHECK(back.parts[0].values[2] == -INFINITY);
  CHECK(std::isnan(back.parts[0].values[3]));
  CHECK(back.parts[0].values[4] == std::numeric_limits<double>::denorm_min());
  CHECK(std::signbit(back.parts[0].values[5]));
  CHECK(back.parts[0].pair == std::pair{1e300, 3});
  CHECK(back.parts[1].values.empty());
  CHECK(back.vector == w.vector);
  CHECK(back.two == w.two);
  CHECK(back.curve.y == w.curve.y);
  CHECK(back.curve.lower.empty());
}

TEST_CASE("a stored value of another form is refused") {
  Json json = to_stored(sample());
  CHECK_THROWS(from_stored<Part>(json));
  json.erase(json.size() - 1);
  CHECK_THROWS(from_stored<Whole>(json));
  CHECK_THROWS(from_stored<Whole>(Json::object()));
  CHECK_THROWS(from_stored<double>("Infinitely"));
  CHECK_THROWS(from_stored<std::vector<double>>(3));
  CHECK_THROWS((from_stored<std::array<double, 2>>(Json{1, 2, 3})));
}

}  // namespace stored_test
