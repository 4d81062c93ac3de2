// Claims judged by what a figure gives with a reader's values.
#include "livefigure/claims.hpp"

#include <cmath>

#include "catch.hpp"

using namespace livefigure;
using experiment::Json;

namespace {

experiment::Result result() {
  experiment::Result r;
  r.values = {{"eta=0.5.loss", 3.0}, {"kappa", 100.0}};
  r.functions["eta=0.5.steps"] = {1, {7, 8}};
  r.samples["spread"] = {0, 1, 2, 3, 4};
  return r;
}

LiveVerdict verdict(const char* condition, const std::map<std::string, std::string>& renamed = {}) {
  return judge(term_from(Json::parse(condition)), result(), Json::parse(R"({"horizon": 4, "kind": "a"})"), renamed);
}

}  // namespace

TEST_CASE("a condition goes to the page as it is, and comes back") {
  const char* text =
      R"(["and",["~",["export","a"],2.5,0.1],["not",["<",["export","b",["neg",1.0]],["export","c",["text","d"]]]]])";
  CHECK(to_json(term_from(Json::parse(text))).dump() == text);
}

TEST_CASE("a claim holds or does not, and its numbers are told") {
  CHECK(verdict(R"(["<",["export","kappa"],101])").holds);
  const auto fails = verdict(R"([">=",["export","eta=0.5.loss"],["export","horizon"]])");
  CHECK(fails.is_judged);
  CHECK_FALSE(fails.holds);
  CHECK(fails.numbers == "3 >= 4");
  CHECK(verdict(R"(["==",["export","eta=0.5.steps",2],8])").holds);
  CHECK(verdict(R"(["==",["export","spread",0.5],2])").holds);
}

TEST_CASE("a claim about a value that has moved goes along with it") {
  CHECK(verdict(R"(["==",["export","eta=0.1.loss"],3])", {{"eta=0.1.loss", "eta=0.5.loss"}}).holds);
}

TEST_CASE("a claim about what is not there cannot be judged") {
  CHECK_FALSE(verdict(R"(["==",["export","eta=0.1.loss"],3])").is_judged);
  CHECK_FALSE(verdict(R"(["==",["export","eta=0.5.steps",3],8])").is_judged);
  CHECK_FALSE(verdict(R"(["==",["export","eta=0.5.steps",1.5],8])").is_judged);
  CHECK_FALSE(verdict(R"(["==",["export","spread",2],2])").is_judged);
  CHECK_FALSE(verdict(R"(["==",["export","kind"],1])").is_judged);
}

TEST_CASE("what is no condition is no number, and does not hold") {
  for (const char* text : {"null", "\"x\"", "[]", "[3]", R"(["export"])", R"(["export",3])", R"(["<",1])",
                           R"(["^",1,2,3])", R"(["nand",1,2])"}) {
    CAPTURE(text);
    CHECK(std::isnan(term_from(Json::parse(text)).number));
  }
}
