// What a program answers, held against what it declares: every way in which it can be wrong has its own words.
#include "programs/answer.hpp"

#include "catch.hpp"
#include "experiment/result_json.hpp"

namespace answer_test {

namespace {

using programs::AnswerError;
using programs::Declaration;

Declaration declaration() {
  Declaration d;
  d.name = "lv";
  d.panels = {{{"populations", {"year", "linear"}, {"individuals", "log"}}, {"prey", "predators"}, {}}};
  d.outputs = {{experiment::OutputKind::number, "", "period", "", {}},
               {experiment::OutputKind::sequence, "", "peak", "", {}}};
  return d;
}

constexpr const char* series = R"([{"name": "prey", "x": [0, 1], "y": [2, "NaN"]},
  {"name": "predators", "kind": "theory", "x": [0, 1], "y": [1, 3], "lower": [0, 2], "upper": [2, 4]}])";

std::string answer(const std::string& panels = R"([{"title": "populations", "series": )" + std::string(series) + "}]",
                   const std::string& values = R"({"period": 5.5})",
                   const std::string& functions = R"({"peak": {"first": 1, "values": [4, 9]}})") {
  return R"({"panels": )" + panels + R"(, "values": )" + values + R"(, "functions": )" + functions + "}";
}

std::string panel(const std::string& all_series) {
  return R"([{"title": "populations", "series": )" + all_series + "}]";
}

std::string refusal(const std::string& text) {
  try {
    programs::read_answer(text, declaration());
  } catch (const AnswerError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("an answer becomes a result with the declared axes") {
  const auto result = programs::read_answer(answer(), declaration());
  REQUIRE(result.panels.size() == 1);
  CHECK(result.panels[0].x.label == "year");
  CHECK(result.panels[0].y.scale == "log");
  REQUIRE(result.panels[0].series.size() == 2);
  CHECK(std::isnan(result.panels[0].series[0].y[1]));
  CHECK(result.panels[0].series[1].kind == experiment::SeriesKind::theory);
  CHECK(result.panels[0].series[1].upper == std::vector<double>{2, 4});
  CHECK(result.values.at("period") == 5.5);
  CHECK(result.functions.at("peak").first == 1);
  CHECK(result.functions.at("peak").values == std::vector<double>{4, 9});
}

TEST_CASE("the stored form of an answer reads back to the same result") {
  const auto result = programs::read_answer(answer(), declaration());
  const auto again = programs::read_answer(result.stored.dump(), declaration());
  CHECK(again.stored == result.stored);
  CHECK(experiment::to_csv(again) == experiment::to_csv(result));
}

TEST_CASE("an answer in the whole form of a data file is taken, and infinities are") {
  auto json = nlohmann::ordered_json::parse(answer());
  json["figure"] = "fig:x";
  json["seed"] = 1;
  json["values"]["period"] = "Infinity";
  CHECK(std::isinf(programs::read_answer(json.dump(), declaration()).values.at("period")));
}

TEST_CASE("what is not as declared is refused in words") {
  CHECK(refusal("") == "nothing was printed on standard output");
  CHECK(refusal(" \n") == "nothing was printed on standard output");
  CHECK(refusal("hello\n") == "what was printed is not JSON, in line 1: hello");
  CHECK(refusal("{\"values\":\n {\"period\": NaN}}") ==
        "what was printed is not JSON, in line 2:  {\"period\": NaN}}; JSON has no NaN and no infinity, write \"NaN\", "
        "\"Infinity\" or \"-Infinity\" in quotes");
  CHECK(refusal("[1]") == "the answer must be an object, but this is [1]");
  CHECK(refusal(R"({"panel": []})").starts_with("the answer has a \"panel\", which nobody reads; known are panels"));
  CHECK(refusal(answer("[]")) == "the panel 'populations' is declared, but not given");
  CHECK(refusal(answer(R"([{"title": "other", "series": []}])")) ==
        "the panel 'populations' is declared, but not given");
  CHECK(refusal(answer("{}")) == "\"panels\" must be a list, but this is {}");
  const std::string own = answer().substr(11);  // the list of panels and what follows
  CHECK(refusal(R"({"panels": [{"title": "other", "series": []}, )" + own.substr(1)) ==
        "the panel \"other\" is not declared");
  CHECK(refusal(answer(panel("[]"))) == "panel 'populations' has no series 'prey', which is declared");
  CHECK(refusal(answer(panel(R"([{"name": "fox", "x": [], "y": []}])"))) ==
        "panel 'populations' has a series 'fox', which is not declared; declared are prey, predators");
  CHECK(refusal(answer(panel(R"([{"x": [], "y": []}])"))) == "a series of panel 'populations' has no \"name\"");
  CHECK(refusal(answer(panel(R"([{"name": "prey", "x": [0, 1], "y": [1]}])"))) ==
        "series 'prey' of panel 'populations' has 2 x and 1 y");
  CHECK(refusal(answer(panel(R"([{"name": "prey", "x": [0], "y": [1], "lower": [1]}])"))) ==
        "series 'prey' of panel 'populations' has \"lower\" or \"upper\" without the other");
  CHECK(refusal(answer(panel(R"([{"name": "prey", "x": ["NaN"], "y": [1]}])"))) ==
        "x[0] of series 'prey' of panel 'populations' is not finite, where a point must lie somewhere");
  CHECK(
      refusal(answer(panel(R"([{"name": "prey", "x": [0], "y": [null]}])"))) ==
      "y[0] of series 'prey' of panel 'populations' must be a number, \"Infinity\", \"-Infinity\" or \"NaN\", but this "
      "is null");
  CHECK(
      refusal(answer(panel(R"([{"name": "prey", "kind": "mesured", "x": [0], "y": [1]}])"))) ==
      "\"kind\" of series 'prey' of panel 'populations' must be \"measured\", \"theory\" or \"reference\", but this is "
      "\"mesured\"");
  CHECK(refusal(answer(panel(R"([{"name": "prey", "x": [0], "y": [1], "z": [1]}])")))
            .starts_with("series 'prey' of panel 'populations' has a \"z\", which nobody reads"));
  CHECK(refusal(answer(panel(series), "{}")) == "\"values\" lacks 'period', which is declared");
  CHECK(refusal(answer(panel(series), R"({"period": 1, "phase": 2})")) ==
        "\"values\" has 'phase', which is not declared");
  CHECK(refusal(answer(panel(series), R"({"period": "NaN"})")) == "the value 'period' is not a number (NaN)");
  CHECK(refusal(answer(panel(series), R"({"period": "long"})")) ==
        "the value 'period' must be a number, \"Infinity\", \"-Infinity\" or \"NaN\", but this is \"long\"");
  CHECK(refusal(answer(panel(series), R"({"period": 1})", "{}")) == "\"functions\" lacks 'peak', which is declared");
  CHECK(refusal(answer(panel(series), R"({"period": 1})", R"({"peak": [1]})")) ==
        "the function 'peak' must be an object, but this is [1]");
  CHECK(refusal(answer(panel(series), R"({"period": 1})", R"({"peak": {"first": 0.5, "values": []}})")) ==
        "\"first\" of the function 'peak' must be a whole number, but this is 0.5");
}

TEST_CASE("axes that an answer describes must be the declared ones") {
  const std::string with_axis =
      R"([{"title": "populations", "x": {"label": "day"}, "series": )" + std::string(series) + "}]";
  CHECK(refusal(answer(with_axis)) ==
        "\"x\" of panel 'populations' is {\"label\":\"day\"}, but the declaration says label 'year', scale linear");
}

namespace {

Declaration field() {
  Declaration d = declaration();
  d.panels = {{{"months", {"month", "date"}, {"voles"}}, {}, {}}, {{"sites", {"site", "category"}, {"voles"}}, {}, {}}};
  d.outputs.clear();
  return d;
}

std::string field_answer(const std::string& dates, const std::string& categories = R"(["b", "a", "b"])") {
  return R"({"panels": [{"title": "months", "series": [{"name": "v", "x": )" + dates +
         R"(, "y": [1, 2, 3]}]}, {"title": "sites", "series": [{"name": "v", "x": )" + categories +
         R"(, "y": [1, 2, 3]}, {"name": "w", "x": ["c", "a"], "y": [4, 5]}]}]})";
}

std::string field_refusal(const std::string& dates, const std::string& categories = R"(["b", "a", "b"])") {
  try {
    programs::read_answer(field_answer(dates, categories), field());
  } catch (const AnswerError& error) {
    return error.what();
  }
  return "none";
}

}  // namespace

TEST_CASE("an answer may lie along dates and categories") {
  const auto result =
      programs::read_answer(field_answer(R"(["1970-01-02", "1970-01-01T00:00:01.5", "2021-03"])"), field());
  CHECK(result.panels.at(0).series.at(0).x == std::vector<double>{86400, 1.5, 1614556800});
  CHECK(result.panels.at(1).x.categories == std::vector<std::string>{"b", "a", "c"});  // as they first appear
  CHECK(result.panels.at(1).series.at(0).x == std::vector<double>{0, 1, 0});
  CHECK(result.panels.at(1).series.at(1).x == std::vector<double>{2, 1});
  CHECK(result.stored.at("panels").at(0).at("series").at(0).at("x").at(0) == "1970-01-02");
}

TEST_CASE("dates and categories come from the store as they went into it, also finer ones than it keeps") {
  const auto result = programs::read_answer(
      field_answer(R"(["2021-03-05T12:30:00.1234567+02:00", "1969-12-31T23:59:59.9999999", "0001-01-01"])"), field());
  const auto again = programs::read_answer(result.stored.dump(), field());
  CHECK(again.panels.at(0).series.at(0).x == result.panels.at(0).series.at(0).x);
  CHECK(again.panels.at(1).x.categories == result.panels.at(1).x.categories);
  CHECK(again.stored == result.stored);
  CHECK(result.stored.at("panels").at(0).at("series").at(0).at("x").at(1) == "1970-01-01");
}

TEST_CASE("what is not a date or a category is refused in words") {
  const std::string dates = R"(["2021", "2022", "2023"])";
  CHECK(field_refusal(dates) == "none");
  CHECK(field_refusal(R"(["2021-13-01", "2022", "2023"])") ==
        "x[0] of series 'v' of panel 'months' must be a date in quotes, as in \"2021-03-05\", but this is "
        "\"2021-13-01\"; there is no month 13");
  CHECK(field_refusal("[\"2021\", 2022, 2023]") ==
        "x[1] of series 'v' of panel 'months' must be a date in quotes, as in \"2021-03-05\", but this is 2022");
  CHECK(field_refusal("7") == "\"x\" of series 'v' of panel 'months' must be a list, but this is 7");
  CHECK(field_refusal(dates, "[\"a\", 2, 3]") ==
        "x[1] of series 'v' of panel 'sites' must be a category, in quotes, but this is 2");
}

}  // namespace answer_test
