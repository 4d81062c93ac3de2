// Random streams: fixed numbers, and independence.
#include "numerics/random.hpp"

#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_int_distribution.hpp>
#include <boost/random/uniform_real_distribution.hpp>
#include <cmath>
#include <set>

#include "catch.hpp"

namespace random_test {

using numerics::RandomStream;

TEST_CASE("the same path gives the same numbers on every machine") {
  // Fixed once; a change of these numbers changes every figure.
  auto engine = RandomStream(7).child("fig:a").child("seed", 3).engine();
  CHECK(engine() == 6159996126804359200u);
  CHECK(engine() == 17716595213230140838u);
  boost::random::normal_distribution<double> normal;
  boost::random::uniform_real_distribution<double> uniform;
  boost::random::uniform_int_distribution<int> die(1, 6);
  CHECK(normal(engine) == -1.1414549662435705);
  CHECK(uniform(engine) == 0.67114135178006518);
  CHECK(die(engine) == 6);
}

TEST_CASE("every path is a stream of its own") {
  const RandomStream root(1);
  std::set<std::uint64_t> first;
  first.insert(root.engine()());
  first.insert(RandomStream(2).engine()());
  first.insert(root.child("").engine()());
  first.insert(root.child("ab").engine()());
  first.insert(root.child("a").child("b").engine()());
  first.insert(root.child("b").child("a").engine()());
  first.insert(root.child("7").engine()());
  for (std::uint64_t i = 0; i < 1000; ++i) first.insert(root.child("", i).engine()());
  for (std::uint64_t i = 0; i < 1000; ++i) first.insert(root.child("a", i).engine()());
  CHECK(first.size() == 2007);
}

TEST_CASE("neighbouring streams are uncorrelated") {
  constexpr int draws = 20000;
  auto a = RandomStream(1).child("seed", 0).engine();
  auto b = RandomStream(1).child("seed", 1).engine();
  boost::random::normal_distribution<double> normal_a, normal_b;
  double product = 0, square = 0, mean = 0;
  for (int i = 0; i < draws; ++i) {
    const double x = normal_a(a), y = normal_b(b);
    product += x * y / draws;
    square += x * x / draws;
    mean += x / draws;
  }
  const double deviation = 1 / std::sqrt(double(draws));  // of the product's and the mean's averages
  CHECK(std::abs(product) < 4 * deviation);
  CHECK(std::abs(mean) < 4 * deviation);
  CHECK(std::abs(square - 1) < 4 * std::sqrt(2.0) * deviation);
}

}  // namespace random_test
