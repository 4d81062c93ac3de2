// What a reference keeps of a list of numbers, and what a comparison with it finds.
#include "regression/digest.hpp"

#include <cmath>

#include "catch.hpp"
#include "regression/readable_json.hpp"

namespace digest_test {

using namespace regression;
using experiment::Allowed;

namespace {

Allowed within(double relative, double absolute = 0) { return experiment::within({relative, absolute}, ""); }

std::vector<double> decaying(std::size_t count) {
  std::vector<double> v;
  for (std::size_t k = 0; k < count; ++k) v.push_back(std::pow(-0.9, static_cast<double>(k)));
  return v;
}

Comparison compared(const std::vector<double>& now, const std::vector<double>& reference, const Allowed& tolerance) {
  const bool quantiles = !tolerance.statistics.empty();
  const int digits = digits_for(tolerance);
  return compare(digest(now, digits, quantiles), digest(reference, digits, quantiles), tolerance);
}

}  // namespace

TEST_CASE(
    "a short list is kept whole, a long one by samples and mean sizes, an even one by its first number and step") {
  CHECK(digest({1, 2.5}, 6, false) == Json::parse("[1, 2.5]"));
  CHECK(digest({INFINITY, -INFINITY, NAN}, 6, false) == Json::parse(R"(["Infinity", "-Infinity", "NaN"])"));
  std::vector<double> steps;
  for (int i = 0; i <= 700; ++i) steps.push_back(i);
  CHECK(digest(steps, 12, false) == Json::parse(R"({"count": 701, "from": 0, "step": 1})"));
  const Json kept = digest(decaying(701), 12, false);
  CHECK(kept.at("count") == 701);
  CHECK(kept.at("sample").size() <= 32);
  CHECK(kept.at("sample").size() == kept.at("size").size());
}

TEST_CASE("numbers are kept in the digits that their tolerance looks at") {
  CHECK(digits_for(within(1e-12)) == 14);
  CHECK(digits_for(within(1e-9)) == 11);
  CHECK(digits_for(within(0)) == 15);
  CHECK(digits_for(experiment::statistics({experiment::median({0.1, 0})}, "")) == 6);
  CHECK(digest({1.0 / 3}, 6, false).dump() == "[0.333333]");
}

TEST_CASE("what a list is compared with itself is nothing") {
  for (const std::size_t count : {1, 64, 65, 701}) {
    const auto c = compared(decaying(count), decaying(count), within(1e-12));
    CHECK(c.broken.empty());
    CHECK(c.worst.excess == 0);
  }
}

TEST_CASE("a deviation is found at its place, with its size beside what is allowed") {
  auto now = decaying(60);
  now[37] *= 1 + 3e-3;
  const auto c = compared(now, decaying(60), within(1e-12));
  CHECK(c.worst.exceeds());
  CHECK(c.worst.index == 37);
  CHECK(c.worst.place == "[37]");
  CHECK(c.worst.excess == Approx(3e9).epsilon(1e-3));
  CHECK(!compared(now, decaying(60), within(1e-2)).worst.exceeds());
}

TEST_CASE("in a long list no single number changes unnoticed, wherever it stands") {
  const auto reference = decaying(701);
  for (std::size_t i = 0; i < reference.size(); i += 7) {
    auto now = reference;
    now[i] *= 1 + 1e-6;
    const auto c = compared(now, reference, within(1e-12));
    INFO(i);
    CHECK(c.worst.exceeds());
    CHECK(c.worst.index <= i);
    CHECK(i < c.worst.index + 22);
  }
}

TEST_CASE("a list of another length is not compared number by number") {
  CHECK(compared(decaying(59), decaying(60), within(1)).broken == "has 59 numbers, the reference 60");
  CHECK(compared(decaying(700), decaying(701), within(1)).broken == "has 700 numbers, the reference 701");
}

TEST_CASE("infinity and NaN are only like themselves") {
  CHECK(!compared({INFINITY, NAN}, {INFINITY, NAN}, within(0)).worst.exceeds());
  CHECK(compared({INFINITY}, {-INFINITY}, within(1)).worst.exceeds());
  CHECK(compared({1}, {NAN}, within(1)).worst.exceeds());
  CHECK(compared({NAN}, {1}, within(1)).worst.exceeds());
  CHECK(compared({INFINITY}, {1}, within(1)).worst.exceeds());
}

TEST_CASE("what is allowed is absolute plus relative to the reference, and nothing where both are nothing") {
  CHECK(!compared({1.1}, {1}, within(0, 0.2)).worst.exceeds());
  CHECK(compared({1.3}, {1}, within(0, 0.2)).worst.exceeds());
  CHECK(!compared({1.25}, {1}, within(0.1, 0.2)).worst.exceeds());
  CHECK(!compared({1e-12}, {0}, within(0, 1e-11)).worst.exceeds());
  CHECK(compared({1e-12}, {0}, within(1e-3)).worst.exceeds());
  CHECK(!compared({7}, {7}, within(0)).worst.exceeds());
  CHECK(compared({7}, {8}, within(0)).worst.exceeds());
}

TEST_CASE("by statistics a curve may take another way if it begins, ends and lies alike") {
  using namespace experiment;
  const Allowed tolerance = statistics({first_value({1e-6, 0}), median({0.05, 0}), last_value({0.1, 0})}, "");
  for (const std::size_t count : {20, 400}) {
    std::vector<double> reference, other, wrong;
    for (std::size_t i = 0; i < count; ++i) {
      const double t = static_cast<double>(i) / static_cast<double>(count);
      reference.push_back(2 - t + 0.05 * std::sin(40 * t) * t);
      other.push_back(2 - t + 0.05 * std::cos(40 * t) * t);
      wrong.push_back(2 - 0.7 * t);
    }
    CHECK(!compared(other, reference, tolerance).worst.exceeds());
    const auto c = compared(wrong, reference, tolerance);
    CHECK(c.worst.exceeds());
    CHECK(c.worst.place == "last");
  }
}

TEST_CASE("references read well: small things in a line, numbers side by side, everything back as it was") {
  Json json{{"name", "a"}, {"numbers", Json::array()}, {"tick", {{"label", "10"}, {"value", 10}}}};
  for (int i = 0; i < 60; ++i) json["numbers"].push_back(i / 8.0);
  const std::string text = readable(json);
  CHECK(Json::parse(text) == json);
  CHECK(text.find("\"tick\": {\"label\": \"10\", \"value\": 10}") != std::string::npos);
  for (std::size_t from = 0, end; (end = text.find('\n', from)) != std::string::npos; from = end + 1)
    CHECK(end - from <= 112);
  CHECK(readable(Json::object()) == "{}\n");
  CHECK(readable(Json::array()) == "[]\n");
}

}  // namespace digest_test
