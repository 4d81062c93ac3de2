// Results as JSON and CSV.
#include "experiment/result_json.hpp"

#include <cmath>
#include <limits>

#include "catch.hpp"

namespace result_json_test {

using experiment::Result;
using experiment::SeriesKind;

namespace {

Result sample() {
  Result r;
  r.panels = {
      {{"weight gradient", {"layer", "linear"}, {"norm", "log"}},
       {{"tanh-xavier", SeriesKind::measured, {1, 2, 3}, {0.1, 1e-45, INFINITY}, {0.05, 0, 1}, {0.2, 1e-44, INFINITY}},
        {"tanh-xavier", SeriesKind::theory, {1, 2}, {1.0 / 3, std::numeric_limits<double>::denorm_min()}, {}, {}}}}};
  r.values = {{"a", 0.1}, {"b", -INFINITY}, {"c", NAN}};
  r.functions = {{"f", {2, {1.5, NAN}}}};
  return r;
}

}  // namespace

TEST_CASE("non-finite numbers are strings") {
  const auto json = experiment::to_json(sample());
  CHECK(json["panels"][0]["series"][0]["y"][2] == "Infinity");
  CHECK(json["values"]["b"] == "-Infinity");
  CHECK(json["values"]["c"] == "NaN");
}

TEST_CASE("JSON is laid out as Json itself would") {
  Result r = sample();
  r.panels.push_back(
      {{"dates", {"day", "date"}, {"y", "linear"}}, {{"s", SeriesKind::reference, {0, 86400}, {1, -0.0}, {}, {}}}});
  r.panels.push_back({{"nothing \"here\"\n", {"", "category", {"A", "B"}}, {}}, {}});
  r.panels.back().series = {{"c", SeriesKind::measured, {1, 0}, {1e22, 5e-324}, {}, {}},
                            {"empty", SeriesKind::measured, {}, {}, {}, {}}};
  for (double x : {0.3, 123456789012345680.0, 1e15, 1e16, 1e-5, 9007199254740993.0, 5e-324, 2.2250738585072014e-308})
    r.functions["f"].values.push_back(x);
  const experiment::Json head{
      {"experiment", "x"}, {"parameters", {{"rate", 0.1}, {"list", {1, 2}}}}, {"none", nullptr}};
  const std::string text = experiment::to_json_text(head, r);
  CHECK(text == experiment::Json::parse(text).dump(1));
  CHECK(experiment::Json::parse(text)["panels"][2]["series"][0]["x"] == experiment::Json({"B", "A"}));
  CHECK(experiment::to_json_text(experiment::Json::object(), {}) ==
        "{\n \"panels\": [],\n \"values\": {},\n \"functions\": {}\n}");
}

TEST_CASE("the CSV is tidy, and its band columns are empty where there is no band") {
  const std::string csv = experiment::to_csv(sample());
  CHECK(csv ==
        "panel,series,x,y,lower,upper\n"
        "weight gradient,tanh-xavier,1,0.1,0.05,0.2\n"
        "weight gradient,tanh-xavier,2,1e-45,0,1e-44\n"
        "weight gradient,tanh-xavier,3,Infinity,1,Infinity\n"
        "weight gradient,tanh-xavier (theory),1,0.3333333333333333,,\n"
        "weight gradient,tanh-xavier (theory),2,5e-324,,\n");
}

TEST_CASE("CSV fields with commas and quotes are quoted") {
  Result r;
  r.panels = {{{"a, \"b\"", {}, {}}, {{"s", SeriesKind::measured, {0}, {0}, {}, {}}}}};
  CHECK(experiment::to_csv(r) == "panel,series,x,y,lower,upper\n\"a, \"\"b\"\"\",s,0,0,,\n");
}

}  // namespace result_json_test
